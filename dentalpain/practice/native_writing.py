"""Writing a record as a native document, with everything that was recognised when it was read."""

from __future__ import annotations

from typing import Any

from ..clinical.coding import ICD10CM
from ..clinical.record import Allergy, Medicine, Problem, Record, Statement
from .native_schema import STATUS
from .native_values import day_to_json, ingredients_to_json, prescription_to_json, value_to_json

Json = dict[str, Any]


def write_native(record: Record) -> Json:
    """The record as a native document with everything that was recognised; `read_native` gives the same record back."""
    return {
        "patient": {
            "id": record.patient_id,
            "name": record.name,
            "birth_date": day_to_json(record.birth),
            "sex": record.sex,
            "deceased": record.deceased,
        },
        "recorded_on": record.on.isoformat(),
        "problems": [_problem_to_json(p) for p in record.problems],
        "medicines": [_medicine_to_json(m) for m in record.medicines],
        "allergies": [_allergy_to_json(a) for a in record.allergies],
        "statements": [_statement_to_json(s) for s in record.statements],
        "reviewed_on": {k: {"date": r.date.isoformat(), "source": r.source} for k, r in record.reviewed.items()},
        "prescriptions": [{"text": p.text, "prescription": prescription_to_json(p)} for p in record.proposed],
        "for": record.indication,
        "not_read": [{"where": n.where, "what": n.what, "why": n.why} for n in record.not_read],
        "answers": [dict(held) for held in record.answers],
    }


def _problem_to_json(problem: Problem) -> Json:
    return {
        "text": problem.text,
        "codes": [{"system": ICD10CM, "code": code} for code in problem.icd10cm],
        "status": STATUS[problem.standing],
        "onset": day_to_json(problem.date) if problem.began else None,
        "recorded": None if problem.began else day_to_json(problem.date),
        "source": problem.source,
        "facts": list(problem.facts),
        "recognised": problem.recognised,
    }


def _medicine_to_json(medicine: Medicine) -> Json:
    return {
        "text": medicine.prescription.text,
        "status": STATUS[medicine.standing],
        "start": day_to_json(medicine.start),
        "end": day_to_json(medicine.end),
        "source": medicine.source,
        "prescription": prescription_to_json(medicine.prescription),
    }


def _allergy_to_json(allergy: Allergy) -> Json:
    return {
        "text": allergy.text,
        "status": STATUS[allergy.standing],
        "kind": allergy.kind.value,
        "recorded": day_to_json(allergy.date),
        "source": allergy.source,
        "reactions": list(allergy.reactions),
        "ingredients": ingredients_to_json(allergy.ingredients),
        "recognised": allergy.recognised,
    }


def _statement_to_json(statement: Statement) -> Json:
    return {
        "fact": statement.fact,
        "value": value_to_json(statement.value),
        "date": day_to_json(statement.date),
        "source": statement.source,
        "certain": statement.certain,
    }
