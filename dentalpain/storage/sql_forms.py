"""Patients' forms in a database: the part of SQLStore that keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from ..errors import NotStoredError
from . import audit_trail
from .form_rows import answering_entry, answers_text, asking_entry, closing_entry, form_row, kept_form
from .patient_form import KeptForm, PatientForm
from .rows import Row, checked_text, new_id, utc_text
from .tables import patient_forms as table
from .transactions import Transactions, Work, rows


class SQLForms:
    """See FormStore."""

    _transactions: Transactions

    def ask(self, form: PatientForm) -> str:
        """Keep a form and its audit entry in one transaction; see FormStore.ask."""
        row = {"id": new_id(), **form_row(form)}
        with self._transactions.writing() as work:
            work.connection.execute(insert(table).values(tenant=work.tenant, **row))
            audit_trail.append(work, asking_entry(form))
        return str(row["id"])

    def find_form(self, form_id: str) -> KeptForm:
        """The form with this id. Raises NotStoredError."""
        with self._transactions.reading() as work:
            return kept_form(_one(work, table.c.id == form_id))

    def form_of(self, token_hash: str) -> KeptForm:
        """The form of a token. Raises NotStoredError."""
        with self._transactions.reading() as work:
            return kept_form(_one(work, table.c.token_hash == token_hash))

    def answer(self, token_hash: str, answers: Sequence[Mapping[str, Any]], at: dt.datetime) -> KeptForm:
        """Keep the answers and their audit entry in one transaction; see FormStore.answer."""
        now = utc_text("The time of answering", at)
        is_open = (table.c.answered_at.is_(None), table.c.closed_at.is_(None), table.c.expires_at > now)
        with self._transactions.writing() as work:
            mine = (table.c.tenant == work.tenant, table.c.token_hash == token_hash, *is_open)
            given = {"answered_at": now, "answers": answers_text(answers)}
            if not work.connection.execute(update(table).where(*mine).values(given)).rowcount:
                raise NotStoredError("No form with this token waits for an answer.")
            kept = kept_form(_one(work, table.c.token_hash == token_hash))
            audit_trail.append(work, answering_entry(kept.form.patient_ref, at))
            return kept

    def close_form(self, form_id: str, who: str, at: dt.datetime) -> None:
        """Close a form and write its audit entry in one transaction; see FormStore.close_form."""
        closed = {"closed_by": checked_text("The actor", who), "closed_at": utc_text("The time of closing", at)}
        with self._transactions.writing() as work:
            row = _one(work, table.c.id == form_id)
            if row["closed_at"] is None:
                work.connection.execute(update(table).where(*_named(work, form_id)).values(closed))
                audit_trail.append(work, closing_entry(row["patient_ref"], who, at))

    def take_form(self, form_id: str, assessment_id: str) -> None:
        """Note the assessment into which the answers were taken over. Raises NotStoredError."""
        taken = {"taken_into": checked_text("The assessment", assessment_id)}
        with self._transactions.writing() as work:
            if not work.connection.execute(update(table).where(*_named(work, form_id)).values(taken)).rowcount:
                raise NotStoredError("No form with this id is stored for this office.")

    def forms(self, patient_ref: str) -> tuple[KeptForm, ...]:
        """All forms of a patient in the order of asking."""
        with self._transactions.reading() as work:
            return _all(work, table.c.patient_ref == patient_ref)

    def forms_since(self, at: dt.datetime) -> tuple[KeptForm, ...]:
        """The forms that were asked from a moment on, or whose answers wait; see FormStore.forms_since."""
        waits = table.c.answered_at.is_not(None) & table.c.closed_at.is_(None) & table.c.taken_into.is_(None)
        with self._transactions.reading() as work:
            return _all(work, waits | (table.c.asked_at >= utc_text("The time", at)))


def _named(work: Work, form_id: str) -> tuple[ColumnElement[bool], ...]:
    return (table.c.tenant == work.tenant, table.c.id == form_id)


def _all(work: Work, wanted: ColumnElement[bool]) -> tuple[KeptForm, ...]:
    query = select(table).where(table.c.tenant == work.tenant, wanted).order_by(table.c.number)
    return tuple(kept_form(row) for row in rows(work, query))


def _one(work: Work, wanted: ColumnElement[bool]) -> Row:
    for row in rows(work, select(table).where(table.c.tenant == work.tenant, wanted)):
        return row
    raise NotStoredError("No such form is stored for this office.")
