"""JSON Schemas of the results: every key that is always there, with its type. Fields may be added later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .input_schemas import DAY, NUMBER, TEXT, Schema, listed, or_null

FLAG: Schema = {"type": "boolean"}
TEXTS = listed(TEXT)
COUNT: Schema = {"type": "integer", "minimum": 0}
SEVERITIES: Schema = {"enum": ["contraindicated", "major", "moderate", "info"]}
MAYBE_NUMBER, MAYBE_TEXT, MAYBE_DAY = or_null(NUMBER), or_null(TEXT), or_null(DAY)


def shape(properties: Mapping[str, Schema], title: str = "", sometimes: Mapping[str, Schema] | None = None) -> Schema:
    """An object that always holds these keys, `sometimes` those, and may hold more."""
    named = {"title": title} if title else {}
    held = {**properties, **(sometimes or {})}
    return {**named, "type": "object", "properties": held, "required": sorted(properties)}


KNOWLEDGE = shape({"version": TEXT, "digest": TEXT, "unsigned": COUNT})
NOT_READ = listed(shape({"where": TEXT, "what": {"type": "string", "maxLength": 60}, "why": TEXT}))
BECAUSE = listed(
    shape(
        {
            "fact": TEXT,
            "value": {"type": ["string", "number", "boolean", "null"]},
            "source": MAYBE_TEXT,
            "date": MAYBE_DAY,
            "stale": FLAG,
        }
    )
)
HEAD: Mapping[str, Schema] = {"assessment": MAYBE_TEXT, "on": DAY, "knowledge": KNOWLEDGE, "not_read": NOT_READ}


# -- review ----------------------------------------------------------------------------------------------------


def review_schema() -> Schema:
    """The result of `review --json`."""
    return shape(
        {
            **HEAD,
            "indication": MAYBE_TEXT,
            "age_years": MAYBE_NUMBER,
            "weight_kg": MAYBE_NUMBER,
            "prescriptions": listed(_prescription()),
            "mme_per_day": _morphine(),
            "acetaminophen_mg_per_day": MAYBE_NUMBER,
            "ibuprofen_mg_per_day": MAYBE_NUMBER,
            "naproxen_base_mg_per_day": MAYBE_NUMBER,
            "aspirin_mg_per_day": MAYBE_NUMBER,
            "flags": listed(_flag()),
            "questions": listed(shape({"fact": TEXT, "ask": TEXT, "would_settle": TEXTS})),
            "alternatives": listed(_alternative()),
            "not_checked": TEXTS,
        },
        "dentalpain review",
        {"mme_per_day_legacy": _morphine()},
    )


def _prescription() -> Schema:
    ingredient = shape({"name": TEXT, "rxcui": MAYBE_TEXT, "strength": MAYBE_NUMBER, "unit": MAYBE_TEXT})
    numbers = ("units_per_day_max", "units_per_day_written", "quantity", "days_supply", "mme_per_day")
    return shape(
        {
            "text": TEXT,
            "current": FLAG,
            "ingredients": listed(ingredient),
            **{name: MAYBE_NUMBER for name in numbers},
            "extended_release_or_patch": FLAG,
            "not_counted": MAYBE_TEXT,
            "unread": listed(shape({"what": TEXT, "why": TEXT, "suggestions": TEXTS})),
        },
        sometimes={
            "either": {**TEXTS, "description": "opioids of which code and text name one each; the riskier counts"},
            "units_per_day_average": {**NUMBER, "description": "quantity by days, where no directions are written"},
        },
    )


def _morphine() -> Schema:
    return shape(
        {
            "total": MAYBE_NUMBER,
            "is_minimum": FLAG,
            "not_counted": listed(shape({"name": TEXT, "reason": TEXT})),
            "edition": TEXT,
            "single_dose": MAYBE_NUMBER,
            "arithmetic": TEXTS,
        }
    )


def _flag() -> Schema:
    return shape(
        {
            "rule": TEXT,
            "severity": SEVERITIES,
            "answer": {"enum": ["yes", "unknown"]},
            "presumed": FLAG,
            "about": listed(COUNT),
            "title": TEXT,
            "message": TEXT,
            "because": BECAUSE,
            "citations": TEXTS,
            "status": {"enum": ["draft", "checked"]},
        },
        sometimes={"muted": shape({"id": TEXT, "until": DAY, "by": TEXT, "reason_code": MAYBE_TEXT})},
    )


def _alternative() -> Schema:
    evidence = shape(
        {
            "strength": {
                "enum": ["strong_for", "conditional_for", "conditional_against", "strong_against", "not_assessed"]
            },
            "certainty": {"enum": ["high", "moderate", "low", "very_low", "not_graded"]},
            "citations": TEXTS,
        }
    )
    return shape(
        {
            "id": TEXT,
            "kind": {"enum": ["medicine", "procedure", "physical", "behavioural", "referral"]},
            "verdict": {"enum": ["offer", "offer_with_care", "ask_first", "blocked"]},
            "line": {"enum": [1, 2, 3, None]},
            "dose": or_null(_dose()),
            "rules": TEXTS,
            "unknown_rules": TEXTS,
            "evidence": evidence,
            "why": TEXT,
            "plan": {"type": ["object", "null"]},
            "procedure_note": {"type": ["array", "null"]},
        }
    )


def _dose() -> Schema:
    numbers = ("amount", "first_amount", "max_per_day")
    return shape(
        {
            "text": TEXT,
            **{name: MAYBE_NUMBER for name in numbers},
            "unit": TEXT,
            "every_hours": {"type": ["integer", "string", "number", "null"]},
            "max_days": MAYBE_NUMBER,
            "calculation": MAYBE_TEXT,
        }
    )


# -- screen ----------------------------------------------------------------------------------------------------


def screen_schema() -> Schema:
    """The result of `screen --json`."""
    graded: dict[str, Any] = {"enum": ["no", "possible", "probable", "not_determinable"]}
    central = {"widespread": {}, "fm_2016": {}, "csi_band": MAYBE_TEXT, "nociplastic": graded, "missing": TEXTS}
    differential = {"id": TEXT, "status": {"enum": ["criteria_met", "consider"]}, "missing": TEXTS, "icd10cm": TEXTS}
    return shape(
        {
            **HEAD,
            "scores": listed(_score()),
            "diagnoses": listed(_diagnosis()),
            "corrected_opening_mm": MAYBE_NUMBER,
            "red_flags": listed(_red_flag()),
            "differential": listed(shape(differential)),
            "central_pain": shape(central),
            "next": listed(shape({"do": TEXT, "why": TEXT, "forms": TEXTS})),
            "icd10cm": TEXTS,
            "icd10cm_optional": TEXTS,
            "icd10cm_conflicts": {"type": "array"},
        },
        "dentalpain screen",
    )


def _score() -> Schema:
    return shape(
        {
            "instrument": TEXT,
            "status": {"enum": ["complete", "prorated", "not_scorable"]},
            "score": MAYBE_NUMBER,
            "subscales": {"type": "object"},
            "band": MAYBE_TEXT,
            "positive": or_null(FLAG),
            "partial_sum": MAYBE_NUMBER,
            "missing": TEXTS,
            "cautions": TEXTS,
            "answered_on": MAYBE_DAY,
        }
    )


def _diagnosis() -> Schema:
    answer: Schema = {"enum": ["yes", "no", "unknown"]}
    return shape(
        {
            "id": TEXT,
            "side": {"enum": ["patient", "right", "left"]},
            "status": {"enum": ["met", "not_met", "not_determinable"]},
            "provisional": FLAG,
            "criteria": listed(shape({"letter": TEXT, "text": TEXT, "answer": answer, "because": BECAUSE})),
            "missing": TEXTS,
            "sensitivity": MAYBE_NUMBER,
            "specificity": MAYBE_NUMBER,
            "icd10cm": TEXTS,
        }
    )


def _red_flag() -> Schema:
    return shape(
        {
            "rule": {"type": "string", "pattern": "^RF-[0-9]{2}$"},
            "urgency": {"enum": ["emergency_now", "same_day", "within_2_weeks", "routine", None]},
            "answer": {"enum": ["yes", "unknown"]},
            "because": BECAUSE,
            "action": TEXT,
            "missing": TEXTS,
        }
    )


# -- outcomes --------------------------------------------------------------------------------------------------


def outcomes_schema() -> Schema:
    """The result of `outcomes --json`."""
    from ..clinical.outcomes import ABOUT, MEASURES

    subject: Schema = {"enum": list(ABOUT)}
    measure: Schema = {"enum": list(MEASURES)}
    answer: Schema = {"enum": ["yes", "no", "unknown"]}
    end = {"value": NUMBER, "on": DAY}
    trial = {"started": DAY, "judged_after_weeks": COUNT, "judged_on": DAY, "stops_below_percent": NUMBER}
    change = {"measure": measure, "about": subject, "first": shape(end), "latest": shape(end), "better_percent": MAYBE_NUMBER}
    marks: Schema = {"type": "object", "additionalProperties": answer}
    return shape(
        {
            **HEAD,
            "trial": shape({**trial, "watched": listed(subject)}),
            "working": answer,
            "because": TEXTS,
            "missing": TEXTS,
            "changes": listed(shape({**change, "marks": marks})),
            "measured": listed(shape({"measure": measure, **end, "source": TEXT})),
        },
        "dentalpain outcomes",
    )
