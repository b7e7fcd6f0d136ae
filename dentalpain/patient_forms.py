"""Questionnaires in the patient's own hands: an address that is good once and for minutes, and what comes back through it."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from itsdangerous import BadSignature, URLSafeSerializer

from .clinical.record import Record
from .errors import AnswersError, NoStoreError, NotStoredError
from .storage.patient_form import KeptForm, PatientForm

if TYPE_CHECKING:
    from .service import Service
    from .storage.port import AssessmentStore

Sheet = Mapping[str, Any]
MINUTES = 60
_SALT = "dentalpain patient form"


class PatientForms:
    """The forms in the store of a service. `minutes`: how long an address is good; 0 where no form is handed out.

    Where the host's callable names the office of each request, the address carries the office under a signature made with
    `secret()`: the patient, whom nobody has signed in, is then led to the right one.
    """

    def __init__(
        self,
        service: Callable[[], Service],
        clock: Callable[[], dt.datetime],
        minutes: int = MINUTES,
        secret: Callable[[], str | bytes | None] = lambda: None,
    ) -> None:
        self._service, self._clock, self._secret = service, clock, secret
        self.minutes = minutes

    def hand(self, patient_ref: str, instruments: Sequence[str], language: str, actor: str) -> tuple[KeptForm, str]:
        """A new form, and the token of its address, which is kept nowhere. Open forms of the patient are closed by it."""
        store, now = self._store(), self._clock()
        for earlier in store.forms(patient_ref):
            if earlier.is_open(now):
                store.close_form(earlier.id, actor, now)
        token = secrets.token_urlsafe(32)
        end = now + dt.timedelta(minutes=self.minutes)
        form = PatientForm(patient_ref, tuple(instruments), language, _hash(token), actor, now, end)
        kept = store.find_form(store.ask(form))
        return kept, f"{token}.{self._office()}" if getattr(store, "is_shared", False) else token

    def opened(self, token: str) -> KeptForm:
        """The form that waits for this patient's answers. Raises NotStoredError, always with the same words."""
        store, own = self._behind(token)
        kept = store.form_of(_hash(own))
        if not kept.is_open(self._clock()):
            raise NotStoredError("No form with this token waits for an answer.")
        return kept

    def answer(self, token: str, answers: Sequence[Sheet]) -> KeptForm:
        """Keep the patient's answers, once. Raises NotStoredError for a form that is not open."""
        store, own = self._behind(token)
        return store.answer(_hash(own), answers, self._clock())

    def urgent(self, kept: KeptForm) -> list[dict[str, Any]]:
        """The red flags that the answers raise by themselves, whatever the record says; for the staff alone.

        Each questionnaire is read by itself, so that one that cannot be read hides no flag of another.
        """
        screens = (self._screened(sheet) for sheet in kept.answers)
        raised = [flag for screen in screens if screen for flag in screen["red_flags"] if flag["answer"] == "yes"]
        return list({flag["rule"]: flag for flag in raised}.values())

    def unread(self, kept: KeptForm) -> list[str]:
        """The questionnaires whose answers fit them no longer: nobody can say what they would raise."""
        return [str(sheet["instrument"]) for sheet in kept.answers if self._screened(sheet) is None]

    def _screened(self, sheet: Sheet) -> dict[str, Any] | None:
        """What these answers say alone; None where the questionnaire has changed since."""
        try:
            return self._service().screen(Record(on=self._clock().date()), answers=[dict(sheet)])
        except AnswersError:
            return None

    def of_patient(self, patient_ref: str) -> tuple[KeptForm, ...]:
        """The forms of a patient in the order of asking; none without a store."""
        store = self._service().store
        return store.forms(patient_ref) if store is not None and self.minutes else ()

    def of_today(self) -> tuple[KeptForm, ...]:
        """The forms that were handed out since the last midnight, or whose answers still wait."""
        store, now = self._service().store, self._clock()
        if store is None or not self.minutes:
            return ()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return store.forms_since(midnight)

    def find(self, form_id: str) -> KeptForm:
        """The form with this id. Raises NotStoredError."""
        return self._store().find_form(form_id)

    def close(self, form_id: str, actor: str) -> None:
        """Let a form not be answered any more, or put its answers aside. Raises NotStoredError."""
        self._store().close_form(form_id, actor, self._clock())

    def take(self, form_id: str, assessment_id: str) -> None:
        """Note the assessment into which the answers were taken over. Raises NotStoredError."""
        self._store().take_form(form_id, assessment_id)

    def is_open(self, kept: KeptForm) -> bool:
        """Whether a form can be answered at this moment."""
        return kept.is_open(self._clock())

    def _store(self) -> AssessmentStore:
        store = self._service().store
        if store is None:
            raise NoStoreError("This office keeps nothing: name a store in DENTALPAIN_STORE.")
        return store

    def _office(self) -> str:
        return str(self._signer().dumps(self._store().tenant))

    def _behind(self, token: str) -> tuple[AssessmentStore, str]:
        """The store of the office that a token names, and the token without that name."""
        store: Any = self._store()
        own, _, office = token.partition(".")
        if not getattr(store, "is_shared", False):
            return store, token
        try:
            return store.of_tenant(self._signer().loads(office)), own
        except BadSignature:
            raise NotStoredError("No form with this token waits for an answer.") from None

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret() or secrets.token_bytes(32), salt=_SALT)


def _hash(token: str) -> str:
    """SHA-256 of a token of 256 random bits: nobody finds the one by the other, and no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
