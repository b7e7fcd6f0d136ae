"""Patients' forms in memory: the part of MemoryStore that keeps them."""

from __future__ import annotations

import datetime as dt
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import NotStoredError
from .form_rows import answering_entry, answers_text, asking_entry, closing_entry, form_row, kept_form
from .patient_form import KeptForm, PatientForm
from .port import AuditEntry
from .rows import Row, checked_text, new_id, utc_text


class MemoryForms(ABC):
    """See FormStore."""

    _lock: threading.RLock
    _forms: list[Row]

    @abstractmethod
    def append(self, entry: AuditEntry) -> None:
        """Add an entry to the end of the audit trail; the store that keeps it does."""

    def ask(self, form: PatientForm) -> str:
        """Keep a form and its audit entry; see FormStore.ask."""
        row = {"id": new_id(), **form_row(form)}
        with self._lock:
            self.append(asking_entry(form))
            self._forms.append(row)
        return str(row["id"])

    def find_form(self, form_id: str) -> KeptForm:
        """The form with this id. Raises NotStoredError."""
        return kept_form(self._form("id", form_id))

    def form_of(self, token_hash: str) -> KeptForm:
        """The form of a token. Raises NotStoredError."""
        return kept_form(self._form("token_hash", token_hash))

    def answer(self, token_hash: str, answers: Sequence[Mapping[str, Any]], at: dt.datetime) -> KeptForm:
        """Keep the answers and their audit entry; see FormStore.answer."""
        given = {"answered_at": utc_text("The time of answering", at), "answers": answers_text(answers)}
        with self._lock:
            row = self._form("token_hash", token_hash)
            if not kept_form(row).is_open(at):
                raise NotStoredError("No form with this token waits for an answer.")
            self.append(answering_entry(row["patient_ref"], at))
            row |= given
            return kept_form(row)

    def close_form(self, form_id: str, who: str, at: dt.datetime) -> None:
        """Close a form and write its audit entry; see FormStore.close_form."""
        closed = {"closed_by": checked_text("The actor", who), "closed_at": utc_text("The time of closing", at)}
        with self._lock:
            row = self._form("id", form_id)
            if row["closed_at"] is None:
                self.append(closing_entry(row["patient_ref"], who, at))
                row |= closed

    def take_form(self, form_id: str, assessment_id: str) -> None:
        """Note the assessment into which the answers were taken over. Raises NotStoredError."""
        with self._lock:
            self._form("id", form_id)["taken_into"] = checked_text("The assessment", assessment_id)

    def forms(self, patient_ref: str) -> tuple[KeptForm, ...]:
        """All forms of a patient in the order of asking."""
        with self._lock:
            return tuple(kept_form(row) for row in self._forms if row["patient_ref"] == patient_ref)

    def forms_since(self, at: dt.datetime) -> tuple[KeptForm, ...]:
        """The forms that were asked from a moment on, or whose answers wait; see FormStore.forms_since."""
        first = utc_text("The time", at)
        with self._lock:
            held = [(row["asked_at"] >= first, kept_form(row)) for row in self._forms]
        return tuple(kept for new, kept in held if new or kept.waits)

    def _form(self, column: str, value: str) -> Row:
        for row in self._forms:
            if row[column] == value:
                return row
        raise NotStoredError("No such form is stored for this office.")
