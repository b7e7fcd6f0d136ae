"""Muting: a flag that a clinician does not want to be told again for one patient, until a day or until its facts change.

A muted flag stays in every result and is marked there; it makes no card, stands folded on the page, and changes no verdict.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .errors import InputError, NoStoreError, UnknownNameError
from .storage.mute import NEVER_MUTED, KeptMute, Mute

if TYPE_CHECKING:
    from .service import Service
    from .storage.port import AssessmentStore

Shape = dict[str, Any]
DAYS_MAX = 365


class Mutes:
    """The mutes in the store of a service; without a store there are none.

    `clock` gives the present time, `days_max` how many days a mute may last.
    """

    def __init__(self, service: Callable[[], Service], clock: Callable[[], dt.datetime], days_max: int = DAYS_MAX) -> None:
        self._service, self._clock, self._days_max = service, clock, days_max

    def marked(self, review: Mapping[str, Any], patient_ref: str | None) -> Shape:
        """The review with `muted` on each flag that is muted for this patient on the day that is judged.

        A mark that it carries from an earlier look is taken off first.
        """
        plain = [{name: value for name, value in flag.items() if name != "muted"} for flag in review["flags"]]
        held = {kept.mute.rule: kept for kept in self._standing(patient_ref)}  # of two, the newer one
        digests = self._digests() if held else {}
        on = _day(review["on"])
        flags = [
            {**flag, "muted": _mark(held[flag["rule"]])}
            if flag["rule"] in held and _holds(held[flag["rule"]].mute, flag, review, digests, on)
            else flag
            for flag in plain
        ]
        return {**review, "flags": flags}

    def mute(self, assessment_id: str, rule: str, until: dt.date, actor: str, code: str | None, text: str | None) -> str:
        """Mute a flag of a kept review or visit for its patient; the id of the mute.

        Raises NotStoredError, UnknownNameError for a rule that did not speak there, InputError for one that is never muted,
        for a last day that is past or too far away, and without a reason.
        """
        found = self._service().find(assessment_id)
        review = found["result"].get("review", found["result"])
        flag = next((one for one in review.get("flags", ()) if one["rule"] == rule), None)
        _check(flag)
        assert flag is not None
        self._check_until(until)
        if code is None and not (text or "").strip():
            raise InputError("A mute needs a reason.", where="/reason", mend="Choose a code of the list, or write a sentence.")
        return self._store().mute(
            Mute(
                patient_ref=found["patient_ref"],
                rule=rule,
                severity=flag["severity"],
                basis=basis(flag, review),
                rule_digest=self._digests().get(rule, ""),
                until=until,
                actor=actor,
                at=self._clock(),
                reason_code=code,
                reason_text=text,
            )
        )

    def find(self, mute_id: str) -> KeptMute:
        """The mute with this id. Raises NotStoredError."""
        return self._store().find_mute(mute_id)

    def lift(self, mute_id: str, actor: str) -> None:
        """End a mute. Raises NotStoredError."""
        self._store().lift(mute_id, actor, self._clock())

    def listed(self, patient_ref: str) -> list[Shape]:
        """All mutes of a patient, also those that have ended: `state` is standing, lifted or past.

        A standing one is silent only while its facts, its severity and its rule are as they were.
        """
        from .storage.mute_rows import mute_shape

        today = self._clock().date()
        return [{**mute_shape(kept), "state": _state(kept, today)} for kept in self._store().mutes(patient_ref)]

    @property
    def last_day(self) -> dt.date:
        """The last day that a mute which is made today may have."""
        return self._clock().date() + dt.timedelta(days=self._days_max)

    def _digests(self) -> Mapping[str, str]:
        """The rules as they stand, each as a digest of its text, its function and its limits."""
        from .signing import item_digests  # brings the whole reasoning with it

        return item_digests(self._service().knowledge)

    def _standing(self, patient_ref: str | None) -> list[KeptMute]:
        store = self._service().store
        if store is None or not patient_ref:
            return []
        return [kept for kept in store.mutes(patient_ref) if kept.lifted_at is None]

    def _check_until(self, until: dt.date) -> None:
        if not self._clock().date() <= until <= self.last_day:
            mend = f"Write a day from today to {self.last_day.isoformat()} ({self._days_max} days)."
            raise InputError("This last day of a mute is past, or too far away.", where="/until", mend=mend)

    def _store(self) -> AssessmentStore:
        store = self._service().store
        if store is None:
            raise NoStoreError("This office keeps nothing: name a store in DENTALPAIN_STORE.")
        return store


def can_be_muted(flag: Mapping[str, Any]) -> bool:
    """Whether a flag says yes by what is recorded, and is not contraindicated: a presumption waits for its answer."""
    return bool(flag["answer"] == "yes" and not flag.get("presumed") and flag["severity"] != NEVER_MUTED)


def basis(flag: Mapping[str, Any], review: Mapping[str, Any]) -> str:
    """SHA-256 of the facts that a flag rests on and of the medicines that it is about.

    Values count, and whether they are too old; where and when they were recorded does not.
    """
    facts = {(one["fact"], _exact(one["value"]), bool(one["stale"])) for one in flag["because"]}
    about = {part["name"] for index in flag["about"] for part in review["prescriptions"][index]["ingredients"]}
    return hashlib.sha256(json.dumps([sorted(facts), sorted(about)]).encode()).hexdigest()


def _exact(value: object) -> str:
    """A value as text: 29, 29.0 and Decimal("29.00") are one value; true and 1 are two."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"number {Decimal(str(value)).normalize():f}"
    return f"{type(value).__name__} {value}"


def _holds(
    mute: Mute, flag: Mapping[str, Any], review: Mapping[str, Any], digests: Mapping[str, str], on: dt.date
) -> bool:
    """Whether nothing has changed since the flag was muted."""
    if not can_be_muted(flag) or on > mute.until:
        return False
    then = (mute.severity, mute.rule_digest, mute.basis)
    return then == (flag["severity"], digests.get(mute.rule, ""), basis(flag, review))


def _check(flag: Mapping[str, Any] | None) -> None:
    if flag is None:
        raise UnknownNameError("This assessment has no flag of this rule.", where="/rule", mend="Name one that it shows.")
    if flag["severity"] == NEVER_MUTED:
        raise InputError("A contraindicated flag is never muted.", where="/rule", mend="Decide against it with a reason instead.")
    if not can_be_muted(flag):
        raise InputError("What is open or only presumed is never muted.", where="/rule", mend="Answer what it asks.")


def _mark(kept: KeptMute) -> Shape:
    mute = kept.mute
    return {"id": kept.id, "until": mute.until.isoformat(), "by": mute.actor, "reason_code": mute.reason_code}


def _state(kept: KeptMute, today: dt.date) -> str:
    if kept.lifted_at is not None:
        return "lifted"
    return "past" if kept.mute.until < today else "standing"


def _day(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
