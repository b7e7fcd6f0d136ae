"""All that is stored about one patient, as one JSON object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .form_rows import form_shape, kept_form
from .mute_rows import kept_mute, mute_shape
from .rows import Row, assessment_of, override_of, utc_text

_AUDITED = ("number", "who", "action", "at", "result", "patient_ref", "assessment_id")


def dossier(
    tenant: str,
    refs: Sequence[str],
    at: dt.datetime,
    *,
    assessments: Iterable[Row],
    overrides: Iterable[Row],
    cards: Iterable[Row],
    mutes: Iterable[Row],
    forms: Iterable[Row],
    answers: Iterable[Row],
    audit: Iterable[Row],
) -> dict[str, Any]:
    """The object that AssessmentStore.export_patient promises; `refs` begins with the patient's present one."""
    decided = [(row["assessment_id"], _decision(row)) for row in overrides]
    shown = [(row["assessment_id"], row["card"]) for row in cards]
    return {
        "tenant": tenant,
        "patient_ref": refs[0],
        "earlier_refs": list(refs[1:]),
        "exported_at": utc_text("The time of the export", at),
        "assessments": [
            {
                **_assessment(row),
                "overrides": [one for owner, one in decided if owner == row["id"]],
                "cards": [card for owner, card in shown if owner == row["id"]],
            }
            for row in assessments
        ],
        "mutes": [mute_shape(kept_mute(row)) for row in mutes],
        "patient_forms": [form_shape(kept_form(row)) for row in forms],
        "kept_answers": [{name: row[name] for name in ("until", "status", "body")} for row in answers],
        "audit": [{name.removesuffix("_id"): row[name] for name in _AUDITED} for row in audit],
    }


def _assessment(row: Row) -> dict[str, Any]:
    held = assessment_of(row)
    return {
        "id": row["id"],
        "kind": held.kind,
        "on": held.on.isoformat(),
        "saved_at": row["saved_at"],
        "actor": held.actor,
        "inputs": held.inputs,
        "result": held.result,
        "package_version": held.package_version,
        "digest": held.digest,
    }


def _decision(row: Row) -> dict[str, Any]:
    held = override_of(row)
    return {
        "rule": held.rule,
        "actor": held.actor,
        "at": row["overridden_at"],
        "reason_code": held.reason_code,
        "reason_text": held.reason_text,
    }


def moved_into(patient_ref: str, moves: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The reference and every earlier one whose assessments came to it, directly or by way of another."""
    pairs = [(move["old_ref"], move["new_ref"]) for move in moves]
    found = [patient_ref]
    for ref in found:  # grows while it is read
        found += dict.fromkeys(old for old, new in pairs if new == ref and old not in found)
    return tuple(found)
