"""Between patients' forms and their rows and shapes, for every store alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import StoreError
from .exact_json import read, written
from .patient_form import PATIENT, KeptForm, PatientForm
from .port import AuditEntry
from .rows import Row, checked_text, utc_text


def form_row(form: PatientForm) -> Row:
    """A form as a row without tenant and id; raises StoreError for what cannot be kept."""
    if not re.fullmatch("[0-9a-f]{64}", form.token_hash):
        raise StoreError("Of a token its SHA-256 is kept, in hexadecimal, and never the token.")
    if not form.instruments:
        raise StoreError("A form names at least one questionnaire.")
    asked, expires = utc_text("The time of asking", form.asked_at), utc_text("The end of a form", form.expires_at)
    if expires <= asked:
        raise StoreError("A form ends after it was asked.")
    return {
        "patient_ref": checked_text("The patient reference", form.patient_ref),
        "instruments": written({"ids": [checked_text("A questionnaire", each) for each in form.instruments]}),
        "language": checked_text("The language", form.language),
        "token_hash": form.token_hash,
        "asked_by": checked_text("The actor", form.asked_by),
        "asked_at": asked,
        "expires_at": expires,
        **dict.fromkeys(("answered_at", "answers", "closed_by", "closed_at", "taken_into")),
    }


def answers_text(answers: Sequence[Mapping[str, Any]]) -> str:
    """Answers as a row holds them."""
    return written({"sheets": [dict(sheet) for sheet in answers]})


def kept_form(row: Mapping[str, Any]) -> KeptForm:
    """The form that a row holds."""
    form = PatientForm(
        patient_ref=row["patient_ref"],
        instruments=tuple(read(row["instruments"])["ids"]),
        language=row["language"],
        token_hash=row["token_hash"],
        asked_by=row["asked_by"],
        asked_at=dt.datetime.fromisoformat(row["asked_at"]),
        expires_at=dt.datetime.fromisoformat(row["expires_at"]),
    )
    answers = tuple(read(row["answers"])["sheets"]) if row["answers"] else ()
    done = {name: dt.datetime.fromisoformat(row[name]) if row[name] else None for name in ("answered_at", "closed_at")}
    return KeptForm(row["id"], form, answers=answers, closed_by=row["closed_by"], taken_into=row["taken_into"], **done)


def form_shape(kept: KeptForm) -> dict[str, Any]:
    """A form as JSON holds it, without its token's hash."""
    form = kept.form
    return {
        "id": kept.id,
        "instruments": list(form.instruments),
        "language": form.language,
        "asked_by": form.asked_by,
        "asked_at": form.asked_at.isoformat(),
        "expires_at": form.expires_at.isoformat(),
        "answered_at": kept.answered_at.isoformat() if kept.answered_at else None,
        "answers": [dict(sheet) for sheet in kept.answers],
        "closed_by": kept.closed_by,
        "closed_at": kept.closed_at.isoformat() if kept.closed_at else None,
        "taken_into": kept.taken_into,
    }


def asking_entry(form: PatientForm) -> AuditEntry:
    """The audit entry that stands for the handing over of a form."""
    return AuditEntry(form.asked_by, "hand form to patient", form.asked_at, "done", form.patient_ref)


def answering_entry(patient_ref: str, at: dt.datetime) -> AuditEntry:
    """The audit entry that stands for the patient's answers."""
    return AuditEntry(PATIENT, "answer form", at, "done", patient_ref)


def closing_entry(patient_ref: str, who: str, at: dt.datetime) -> AuditEntry:
    """The audit entry that stands for the closing of a form."""
    return AuditEntry(who, "close form", at, "done", patient_ref)
