"""Between the values of the port and the rows of a table; every store goes through here, so all keep the same."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..errors import StoreError
from .exact_json import read, written
from .port import (
    KINDS,
    OVERRIDE_REASONS,
    AuditEntry,
    FiledAssessment,
    LinkedEntry,
    Override,
    Signature,
    StoredAssessment,
)

Row = dict[str, Any]

_SIGNED = ("item", "digest", "who", "licence", "role")


def new_id() -> str:
    """22 characters that nobody can guess: over 127 random bits in the alphabet of URLs, a hyphen never first.

    An id that began with a hyphen would be read as an option on the command line.
    """
    while (made := secrets.token_urlsafe(16)).startswith("-"):
        continue
    return made


def checked_text(name: str, value: object) -> str:
    """The value, if it is text that any database can hold; raises StoreError, which never repeats it."""
    if not isinstance(value, str) or not value:
        raise StoreError(f"{name} is missing. Give it as text.")
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise StoreError(f"{name} holds a character that cannot be stored (NUL or half of a surrogate pair).")
    return value


def checked_limit(limit: int) -> int:
    """The limit of a list, from 1 up; raises StoreError."""
    if limit < 1:
        raise StoreError("The limit of a list must be 1 or more.")
    return limit


def assessment_row(assessment: StoredAssessment) -> Row:
    """An assessment as a row without tenant and id."""
    return {
        "kind": _one_of("The kind of an assessment", assessment.kind, KINDS),
        "patient_ref": checked_text("The patient reference", assessment.patient_ref),
        "judged_on": _day("The day of an assessment", assessment.on),
        "saved_at": utc_text("The time of saving", assessment.saved_at),
        "actor": checked_text("The actor", assessment.actor),
        "inputs": _object("The inputs", assessment.inputs),
        "result": _object("The result", assessment.result),
        "package_version": checked_text("The package version", assessment.package_version),
        "digest": checked_text("The digest", assessment.digest),
    }


def assessment_of(row: Mapping[str, Any]) -> StoredAssessment:
    """The assessment that a row holds."""
    return StoredAssessment(
        kind=row["kind"],
        patient_ref=row["patient_ref"],
        on=row["judged_on"],
        saved_at=dt.datetime.fromisoformat(row["saved_at"]),
        actor=row["actor"],
        inputs=read(row["inputs"]),
        result=read(row["result"]),
        package_version=row["package_version"],
        digest=row["digest"],
    )


def filed(row: Mapping[str, Any]) -> FiledAssessment:
    """The assessment that a row holds, with its id."""
    return FiledAssessment(row["id"], assessment_of(row))


def signature_row(signature: Signature) -> Row:
    """A signature as a row without tenant."""
    row: Row = {name: checked_text(f"The signature's {name}", getattr(signature, name)) for name in _SIGNED}
    return {**row, "signed_on": _day("The day of signing", signature.day)}


def signature_of(row: Mapping[str, Any]) -> Signature:
    """The signature that a row holds."""
    return Signature(
        item=row["item"],
        digest=row["digest"],
        who=row["who"],
        licence=row["licence"],
        role=row["role"],
        day=row["signed_on"],
    )


def override_row(override: Override) -> Row:
    """An override as a row without tenant; raises StoreError where no reason is given."""
    if override.reason_code is None and not (override.reason_text or "").strip():
        raise StoreError("An override needs a reason: a code of the list, or a sentence.")
    return {
        "assessment_id": checked_text("The assessment", override.assessment),
        "rule": checked_text("The rule", override.rule),
        "actor": checked_text("The actor", override.actor),
        "overridden_at": utc_text("The time of the override", override.at),
        "reason_code": _or_none(override.reason_code, lambda it: _one_of("The reason code", it, OVERRIDE_REASONS)),
        "reason_text": _or_none(override.reason_text, lambda it: checked_text("The reason", it)),
    }


def override_of(row: Mapping[str, Any]) -> Override:
    """The override that a row holds."""
    return Override(
        assessment=row["assessment_id"],
        rule=row["rule"],
        actor=row["actor"],
        at=dt.datetime.fromisoformat(row["overridden_at"]),
        reason_code=row["reason_code"],
        reason_text=row["reason_text"],
    )


def audit_row(entry: AuditEntry, tenant: str) -> Row:
    """An audit entry as a row that still lacks its number and hashes."""
    return {
        "tenant": tenant,
        "who": checked_text("The audit entry's person", entry.who),
        "action": checked_text("The audit entry's action", entry.action),
        "patient_ref": _or_none(entry.patient_ref, lambda it: checked_text("The patient reference", it)),
        "assessment_id": _or_none(entry.assessment, lambda it: checked_text("The assessment", it)),
        "at": utc_text("The audit entry's time", entry.at),
        "result": checked_text("The audit entry's result", entry.result),
    }


def saving_entry(assessment: StoredAssessment, assessment_id: str) -> AuditEntry:
    """The audit entry that stands for the saving of an assessment."""
    return AuditEntry(
        who=assessment.actor,
        action="save",
        at=assessment.saved_at,
        result="done",
        patient_ref=assessment.patient_ref,
        assessment=assessment_id,
    )


def override_entry(override: Override, patient_ref: str) -> AuditEntry:
    """The audit entry that stands for a decision against a flag."""
    return AuditEntry(override.actor, "override", override.at, "done", patient_ref, override.assessment)


def signing_entry(signature: Signature, at: dt.datetime, actor: str | None) -> AuditEntry:
    """The audit entry that stands for a signature."""
    return AuditEntry(signature.who if actor is None else actor, f"sign {signature.item}", at, "done")


def linked_entry(row: Mapping[str, Any]) -> LinkedEntry:
    """The audit entry that a row holds, in its place."""
    at = dt.datetime.fromisoformat(row["at"])
    entry = AuditEntry(row["who"], row["action"], at, row["result"], row["patient_ref"], row["assessment_id"])
    return LinkedEntry(row["number"], row["row_hash"], entry)


def utc_day(at: dt.datetime) -> dt.date:
    """The day of a moment in UTC; raises StoreError for one without a time zone."""
    return dt.date.fromisoformat(utc_text("The time", at)[:10])


def start_of_retention(before: dt.date, at: dt.datetime, keep_years: int) -> str:
    """The first moment that a pruning leaves alone, as rows hold it; raises StoreError for a day kept too short."""
    day, today = _day("The day of a pruning", before), utc_day(at)
    if not 1 <= keep_years <= 100:
        raise StoreError("Audit entries are kept for 1 to 100 years.")
    newest = _years_before(today, keep_years)
    if day > newest:
        raise StoreError(
            f"Audit entries are kept for {keep_years} years: only those before {newest.isoformat()} may leave."
        )
    return f"{day.isoformat()}T00:00:00.000000+00:00"


def _years_before(day: dt.date, years: int) -> dt.date:
    """The same day of an earlier year; for 29 February, 1 March where that year has none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return dt.date(day.year - years, 3, 1)


def _or_none(value: str | None, check: Callable[[str], str]) -> str | None:
    return None if value is None else check(value)


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise StoreError(f"{name} must be one of: {', '.join(known)}.")
    return value


def _day(name: str, value: object) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise StoreError(f"{name} must be a date without a time.")
    return value


def utc_text(name: str, value: object) -> str:
    """ISO 8601 in UTC, always with microseconds: texts of one length sort as the times do."""
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise StoreError(f"{name} must be a time with its time zone.")
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _object(name: str, value: object) -> str:
    if not isinstance(value, Mapping):
        raise StoreError(f"{name} of an assessment must be a JSON object.")
    return written(value)
