"""What became of cards: accepted suggestions and overrides, with their reasons, kept where a clinician finds them.

A card is found by its uuid, which tells its rule. If its assessment was kept (DENTALPAIN_STORE_HOOKS), the store knows
it under the uuid, whichever process gave the card: an override is then kept with it, comment included. Else the trail
keeps the rule, the outcome and the code of the reason.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from typing import Any

from ..errors import RecordError
from ..fhir.card_ids import NOT_CHECKED, rule_of_card
from ..fhir.elements import Json
from ..signals import alert_overridden
from ..storage.port import ACCEPTED, FEEDBACK, NO_REASON, OVERRIDDEN
from .mount import mount

MOST = 100
LONGEST_COMMENT = 2000
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person did with one card."""

    card: str
    outcome: str
    reason: str | None = None
    comment: str | None = None


def read_feedback(given: Json) -> list[Outcome]:
    """The entries of a feedback; raises RecordError that names the place and never a value."""
    entries = given.get("feedback")
    if not isinstance(entries, list) or not entries or len(entries) > MOST:
        raise _wrong("/feedback", f"A list of 1 to {MOST} entries is needed.")
    return [_outcome(entry, f"/feedback/{index}") for index, entry in enumerate(entries)]


def _outcome(entry: Any, where: str) -> Outcome:
    if not isinstance(entry, dict):
        raise _wrong(where, "An object is needed here.")
    outcome = entry.get("outcome")
    if outcome not in (ACCEPTED, OVERRIDDEN):
        raise _wrong(f"{where}/outcome", "Write accepted or overridden.")
    _check_moment(entry.get("outcomeTimestamp"), f"{where}/outcomeTimestamp")
    card = _uuid(entry.get("card"), f"{where}/card")
    if outcome == ACCEPTED:
        _check_accepted(entry.get("acceptedSuggestions"), f"{where}/acceptedSuggestions")
        return Outcome(card, ACCEPTED)
    reason, comment = _reason(entry.get("overrideReason"), f"{where}/overrideReason")
    return Outcome(card, OVERRIDDEN, reason, comment)


def _check_accepted(held: Any, where: str) -> None:
    if not isinstance(held, list) or not held:
        raise _wrong(where, "The suggestions that were accepted are needed.")
    for index, one in enumerate(held):
        _uuid(one.get("id") if isinstance(one, dict) else None, f"{where}/{index}/id")


def _reason(held: Any, where: str) -> tuple[str | None, str | None]:
    """Code and comment; a code that is not ours goes into the words, since clients may add reasons of their own."""
    if held is None:
        return None, None
    if not isinstance(held, dict):
        raise _wrong(where, "An object is needed here.")
    coding, comment = held.get("reason"), held.get("userComment")
    if coding is not None and (not isinstance(coding, dict) or not _is_text(coding.get("code"), 200)):
        raise _wrong(f"{where}/reason", "A code is needed here.")
    if comment is not None and not _is_text(comment, LONGEST_COMMENT):
        raise _wrong(f"{where}/userComment", "Short text is needed here.")
    if coding is None or coding["code"] in mount.trail.reasons:
        return (coding["code"] if coding else None), comment
    code = coding["code"]
    shown = coding.get("display") if _is_text(coding.get("display"), 200) else code
    return None, f"{shown}: {comment}" if comment else str(shown)


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest and "\x00" not in value


def _check_moment(value: Any, where: str) -> None:
    try:
        if not isinstance(value, str) or not MOMENT.fullmatch(value):
            raise ValueError
        dt.datetime.fromisoformat(value)
    except ValueError:
        raise _wrong(where, "A time with its zone is needed, such as 2026-11-30T09:30:00Z.") from None


def _uuid(value: Any, where: str) -> str:
    try:
        return str(uuid.UUID(value if isinstance(value, str) else ""))
    except ValueError:
        raise _wrong(where, "A uuid is needed here.") from None


def _wrong(where: str, what: str) -> RecordError:
    return RecordError(what, where=where, mend="See the CDS Hooks specification.")


# -- keeping -------------------------------------------------------------------------------------------------------


def keep(given: list[Outcome], who: str) -> int:
    """Keep each outcome; how many were of cards of ours."""
    rules = [*mount.knowledge.rule_index, NOT_CHECKED]
    kept = 0
    for one in given:
        rule = rule_of_card(one.card, rules)
        if rule is not None:
            _keep(one, rule, who)
            kept += 1
    return kept


def _keep(one: Outcome, rule: str, who: str) -> None:
    store = mount.service.store
    assessment = store.assessment_of_card(one.card) if store is not None else None
    if one.outcome == OVERRIDDEN and assessment is not None:
        words = one.comment or (None if one.reason else NO_REASON)
        mount.trail.override(assessment, rule, who, one.reason, words)
        mount.tell(alert_overridden, who, None, assessment, [rule])
        return  # the store writes the entry of the trail itself
    result = " ".join(part for part in (one.outcome, rule, one.reason) if part)
    mount.trail.note(who, FEEDBACK, result, None, assessment)
    if one.outcome == OVERRIDDEN:
        mount.tell(alert_overridden, who, None, None, [rule])
