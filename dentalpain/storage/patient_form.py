"""Questionnaires that were handed to a patient: the plain values, and what a store promises about them.

The patient's page is opened by a token that is kept nowhere: the store holds its SHA-256 alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

PATIENT = "patient"  # who answers, in the trail


@dataclass(frozen=True, slots=True)
class PatientForm:
    """Questionnaires that a member of the staff handed to a patient, to be answered once before a moment.

    `token_hash` is the SHA-256 of the token in hexadecimal; `language` is a language tag, `instruments` are ids.
    """

    patient_ref: str
    instruments: tuple[str, ...]
    language: str
    token_hash: str
    asked_by: str
    asked_at: dt.datetime
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form with its id, and what became of it: answered, closed by the staff, taken over into an assessment.

    `answers` are answers files as the contract describes them, one for each questionnaire that was answered.
    """

    id: str
    form: PatientForm
    answered_at: dt.datetime | None = None
    answers: tuple[Mapping[str, Any], ...] = ()
    closed_by: str | None = None
    closed_at: dt.datetime | None = None
    taken_into: str | None = None

    def is_open(self, at: dt.datetime) -> bool:
        """Whether it can still be answered."""
        return self.answered_at is None and self.closed_at is None and at < self.form.expires_at

    @property
    def waits(self) -> bool:
        """Whether answers have come in that nobody has taken over or closed."""
        return self.answered_at is not None and self.closed_at is None and self.taken_into is None


class FormStore(Protocol):
    """What every store promises about patients' forms; each operation happens wholly or not at all."""

    def ask(self, form: PatientForm) -> str:
        """Keep a form that is handed to a patient, and with it the audit entry; the id of the form."""

    def find_form(self, form_id: str) -> KeptForm:
        """The form with this id. Raises NotStoredError."""

    def form_of(self, token_hash: str) -> KeptForm:
        """The form of a token. Raises NotStoredError."""

    def answer(self, token_hash: str, answers: Sequence[Mapping[str, Any]], at: dt.datetime) -> KeptForm:
        """Keep the patient's answers and the audit entry that says so; the form as it is then.

        Raises NotStoredError for a form that is unknown, answered, closed or out of time: it is answered once.
        """

    def close_form(self, form_id: str, who: str, at: dt.datetime) -> None:
        """Let a form not be answered any more, or put its answers aside; one that was closed before stays as it is.

        Raises NotStoredError.
        """

    def take_form(self, form_id: str, assessment_id: str) -> None:
        """Note the assessment into which the answers were taken over. Raises NotStoredError."""

    def forms(self, patient_ref: str) -> tuple[KeptForm, ...]:
        """All forms of a patient in the order of asking."""

    def forms_since(self, at: dt.datetime) -> tuple[KeptForm, ...]:
        """The forms of this office that were asked from a moment on, or whose answers wait, in the order of asking."""
