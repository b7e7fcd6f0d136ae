"""What is stored about one patient, as a whole: given out, removed, moved to another reference."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, insert, select, update

from ..errors import NotStoredError, StoreError
from .asked_once import forget_patient
from .audit_trail import append
from .dossier import dossier, moved_into
from .port import AuditEntry
from .rows import checked_text, utc_text
from .tables import assessments, audit, cards, kept_answers, moved_patients, mutes, overrides, patient_forms
from .transactions import Work, rows


def export_patient(work: Work, patient_ref: str, who: str, at: dt.datetime) -> dict[str, Any]:
    """All that is stored about a patient; see AssessmentStore.export_patient."""
    refs = _with_earlier(work, checked_text("The patient reference", patient_ref))
    mine = _rows_of(work, assessments, patient_ref)
    decided = (overrides.c.tenant == work.tenant, overrides.c.assessment_id.in_(select(assessments.c.id).where(*mine)))
    shown = (cards.c.tenant == work.tenant, cards.c.assessment_id.in_(select(assessments.c.id).where(*mine)))
    kept = (kept_answers.c.tenant == work.tenant, kept_answers.c.patient_ref.in_(refs))
    audited = (audit.c.tenant == work.tenant, audit.c.patient_ref.in_(refs))
    held = dossier(
        work.tenant,
        refs,
        at,
        assessments=rows(work, select(assessments).where(*mine).order_by(assessments.c.number)),
        overrides=rows(work, select(overrides).where(*decided).order_by(overrides.c.number)),
        cards=rows(work, select(cards).where(*shown).order_by(cards.c.card)),
        mutes=rows(work, select(mutes).where(*_rows_of(work, mutes, patient_ref)).order_by(mutes.c.number)),
        forms=rows(
            work,
            select(patient_forms).where(*_rows_of(work, patient_forms, patient_ref)).order_by(patient_forms.c.number),
        ),
        answers=rows(work, select(kept_answers).where(*kept).order_by(kept_answers.c.until)),
        audit=rows(work, select(audit).where(*audited).order_by(audit.c.number)),
    )
    if not held["assessments"] and not held["audit"]:
        raise NotStoredError("Nothing is stored about this patient.")
    append(work, AuditEntry(who, "export", at, "done", patient_ref))
    return held


def delete_patient(work: Work, patient_ref: str, who: str, at: dt.datetime) -> int:
    """Remove a patient's assessments and what hangs on them; see AssessmentStore.delete_patient."""
    mine = _rows_of(work, assessments, checked_text("The patient reference", patient_ref))
    theirs = select(assessments.c.id).where(*mine)
    for table in (overrides, cards):
        mine_too = (table.c.tenant == work.tenant, table.c.assessment_id.in_(theirs))
        work.connection.execute(delete(table).where(*mine_too))
    work.connection.execute(delete(mutes).where(*_rows_of(work, mutes, patient_ref)))
    forms = work.connection.execute(delete(patient_forms).where(*_rows_of(work, patient_forms, patient_ref))).rowcount
    forget_patient(work, patient_ref)
    removed = work.connection.execute(delete(assessments).where(*mine)).rowcount
    if not removed and not forms:
        raise NotStoredError("No assessment of this patient is stored.")
    append(work, AuditEntry(who, "delete", at, "done", patient_ref))
    return removed


def move_patient(work: Work, old_ref: str, new_ref: str, who: str, at: dt.datetime) -> int:
    """Give a patient's assessments to another reference; see AssessmentStore.move_patient."""
    mine = _rows_of(work, assessments, checked_text("The old reference", old_ref))
    if checked_text("The new reference", new_ref) == old_ref:
        raise StoreError("The new reference is the old one.")
    moved = work.connection.execute(update(assessments).where(*mine).values(patient_ref=new_ref)).rowcount
    if not moved and not _is_audited(work, old_ref):
        raise NotStoredError("Nothing is stored under the old reference.")
    for table in (mutes, patient_forms):
        work.connection.execute(update(table).where(*_rows_of(work, table, old_ref)).values(patient_ref=new_ref))
    forget_patient(work, old_ref, new_ref)  # they name the old reference
    row = {"tenant": work.tenant, "old_ref": old_ref, "new_ref": new_ref, "actor": who}
    work.connection.execute(insert(moved_patients).values(moved_at=utc_text("The time of the move", at), **row))
    for ref in (old_ref, new_ref):
        append(work, AuditEntry(who, "move", at, "done", ref))
    return moved


def _rows_of(work: Work, table: Table, patient_ref: str) -> tuple[ColumnElement[bool], ...]:
    return (table.c.tenant == work.tenant, table.c.patient_ref == patient_ref)


def _is_audited(work: Work, patient_ref: str) -> bool:
    query = select(func.count()).where(audit.c.tenant == work.tenant, audit.c.patient_ref == patient_ref)
    return bool(work.connection.execute(query).scalar())


def _with_earlier(work: Work, patient_ref: str) -> tuple[str, ...]:
    query = select(moved_patients).where(moved_patients.c.tenant == work.tenant).order_by(moved_patients.c.number)
    return moved_into(patient_ref, rows(work, query))
