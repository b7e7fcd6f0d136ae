"""JSON Schemas of the files that go in: record, answers, findings, office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..clinical.instruments.answers import RED_FLAGS_FORM
from ..clinical.screening import complaint
from ..clinical.screening.examination import (
    HEADACHE_LOCATIONS,
    LOCATIONS,
    LOCKS,
    PAIN_PATTERNS,
    SIDES,
    SITES,
    UNCLEAR,
    ZONES,
)
from ..clinical.stated_fact import BOUNDS

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}
YES_NO: Schema = {"type": ["boolean", "null"]}
NUMBER: Schema = {"type": "number"}


def closed(properties: Mapping[str, Schema], required: Iterable[str] = (), title: str = "") -> Schema:
    """An object that holds these keys and no others."""
    named = {"title": title} if title else {}
    return {
        **named,
        "type": "object",
        "properties": dict(properties),
        "required": sorted(required),
        "additionalProperties": False,
    }


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listed(items: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": items}


def words(allowed: Iterable[str]) -> Schema:
    """A list of words of a closed list, or null for unknown; an empty list is an answer."""
    return or_null(listed({"enum": list(allowed)}))


def record_schema() -> Schema:
    """A native record; a FHIR R4 Bundle is described by HL7."""
    from ..practice.native import json_schema

    return json_schema()


def office_schema() -> Schema:
    """Who hands out the handout."""
    from ..handouts.letters.building import CODE, MOST_CODES
    from ..handouts.office import LONGEST, MOST_LINES

    text = {key: {"type": "string", "maxLength": most} for key, most in LONGEST.items() if key != "lines"}
    address = {"anyOf": [text["address"], {**listed(text["address"]), "maxItems": MOST_LINES}]}
    codes = {**listed({"type": "string", "pattern": f"^{CODE.pattern}$"}), "maxItems": MOST_CODES}
    keys: Schema = {**text, "name": {**text["name"], "minLength": 1}, "address": address, "logo": TEXT, "procedure_codes": codes}
    return closed(keys, ["name"], "dentalpain office")


# -- answers ---------------------------------------------------------------------------------------------------


def answers_schema() -> Schema:
    """Answers to one questionnaire: a form for each that is built."""
    from ..knowledge.screening_tables import load_screening

    screening = load_screening()
    forms = [_form(one.id, _items(one.items)) for one in screening.instruments.values()]
    facts = {fact: _fact(definition) for fact, definition in screening.red_flag_facts.items()}
    return {"title": "dentalpain answers", "oneOf": [*forms, _form(RED_FLAGS_FORM, closed(facts)), _response()]}


def _response() -> Schema:
    """A FHIR R4 QuestionnaireResponse to one of our questionnaires; the rest of its form is HL7's."""
    named = {"resourceType": {"const": "QuestionnaireResponse"}, "questionnaire": TEXT, "status": TEXT}
    return {"type": "object", "properties": named, "required": sorted(named)}


def _form(instrument: str, items: Schema) -> Schema:
    return closed(
        {
            "instrument": {"const": instrument},
            "answered_by": {"enum": ["patient", "staff", None]},
            "on": or_null(DAY),
            "items": items,
        },
        ["instrument", "items"],
    )


def _items(items: Iterable[Any]) -> Schema:
    return closed({item.key: _answer(item) for item in items})


def _answer(item: Any) -> Schema:
    """The points of an option, a whole number, a word that stands for points, yes or no, sides, or places."""
    said = [*item.words, None]
    number: Schema = {"type": "integer", "minimum": item.lowest, "maximum": item.highest}
    either: Schema = {"enum": [True, False, 1, 0, None]}
    months = {**number, "type": "number"}
    since = closed({"years": {"type": ["number", "null"], "minimum": 0}, "months": {"type": ["number", "null"], "minimum": 0}})
    shapes: dict[str, Schema] = {
        "choice": {"enum": [*item.options, *said]},
        "number": {"anyOf": [number, {"enum": said}]},
        "months": {"anyOf": [months, since, {"type": "null"}]},
        "yes_no": either,
        "sides": {"anyOf": [either, listed({"enum": [*SIDES, UNCLEAR]})]},
        "names": words(item.names),
    }
    return shapes[item.kind]


def _fact(definition: Any) -> Schema:
    """A fact of the red-flag form: a yes may be written as 1, a no as 0."""
    if definition.value == "number":
        return _measured(definition.id)
    if definition.value == "date":
        return or_null(DAY)
    return {"enum": [True, False, 1, 0, None]}


def _measured(name: str) -> Schema:
    low, high = BOUNDS.get(name, (0, 1_000_000))
    return {"type": ["number", "null"], "minimum": low, "maximum": high}


# -- findings --------------------------------------------------------------------------------------------------


def findings_schema() -> Schema:
    """The confirmed history, the examination and the complaint; an absent key and null are unknown."""
    return closed(
        {"history": or_null(_history()), "examination": or_null(_examination()), "complaint": or_null(_complaint())},
        title="dentalpain findings",
    )


def _history() -> Schema:
    sides = words((*SIDES, UNCLEAR))
    answers = ("pain_changed_by_jaw_use", "temple_headache_last_30_days", "headache_changed_by_jaw_use")
    lists = (
        "joint_noise_last_30_days",
        "ever_locked_short_of_full_opening",
        "locked_then_released_last_30_days",
        "stuck_wide_open_last_30_days",
    )
    either = ("lock_interfered_with_eating", "locked_now", "needed_manoeuvre_to_close")
    return closed(
        {
            "pain_last_30_days": {"enum": [*PAIN_PATTERNS, None]},
            **{name: YES_NO for name in answers},
            **{name: sides for name in lists},
            **{name: {"anyOf": [YES_NO, sides]} for name in either},
        }
    )


def _examination() -> Schema:
    sounds = ("opening_click", "closing_click", "excursive_click", "crepitus", "patient_noticed")
    one_joint = or_null(closed({name: YES_NO for name in sounds}))
    boxes = ("other_headache_diagnosis_explains_better", "other_pain_diagnosis_explains_better")
    return closed(
        {
            "performed": YES_NO,
            "pain_location_confirmed": words(LOCATIONS),
            "headache_location_confirmed": words(HEADACHE_LOCATIONS),
            "opening_familiar_pain": words(LOCATIONS),
            "opening_familiar_headache": words(SIDES),
            "excursion_familiar_pain": words(LOCATIONS),
            "excursion_familiar_headache": words(SIDES),
            "palpation": or_null(listed(_spot())),
            "joint_sounds": or_null(closed({side: one_joint for side in SIDES})),
            "max_assisted_interincisal_mm": _measured("interincisal_opening_mm"),
            "vertical_overlap_mm": _measured("vertical_overlap_mm"),
            "observed_lock": or_null(closed({side: {"enum": [*LOCKS, None]} for side in SIDES})),
            **{name: YES_NO for name in boxes},
        }
    )


def _spot() -> Schema:
    asked = ("pain", "familiar_pain", "familiar_headache", "spreads_within_muscle", "refers_beyond_muscle")
    zones = [zone for held in ZONES.values() for zone in held]
    hold: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 120}
    keys: dict[str, Schema] = {"site": {"enum": list(SITES)}, "zone": {"enum": [*zones, None]}, "hold_seconds": hold}
    return closed({**keys, **{name: YES_NO for name in asked}}, ["site"])


def _complaint() -> Schema:
    from ..knowledge.screening_tables import load_screening

    facts = {name: _stated(definition) for name, definition in load_screening().red_flag_facts.items()}
    numbers = {n: {"type": ["number", "null"], "minimum": 0, "maximum": most} for n, most in complaint.NUMBERS.items()}
    return closed({**facts, **{name: YES_NO for name in complaint.YES_NO}, **numbers})


def _stated(definition: Any) -> Schema:
    if definition.value == "number":
        return _measured(definition.id)
    return or_null(DAY) if definition.value == "date" else YES_NO
