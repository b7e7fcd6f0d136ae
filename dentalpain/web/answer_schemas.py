"""JSON Schemas of what the API answers beside reviews, screenings and outcomes, and of what has no schema of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..clinical.outcomes import ABOUT as SUBJECTS
from ..clinical.outcomes import MEASURES
from ..storage.port import ACCEPTED, KINDS, OVERRIDDEN, OVERRIDE_REASONS

Shape = dict[str, Any]
ABOUT = (
    "Screening, prescription review, handouts and outcomes of orofacial pain, for a host that is signed in. "
    "For licensed clinicians, who can review the basis of each advice; not for emergencies. Unknown is null and never no. "
    "Errors are problem details (RFC 9457) and repeat no value of the request."
)
TEXT: Shape = {"type": "string"}
COUNT: Shape = {"type": "integer", "minimum": 0}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
KIND: Shape = {"enum": list(KINDS)}
RESULT: Shape = {"type": "object", "description": "As it was given: a Review, a Screen, Outcomes, or {screen, review}."}


def components() -> Mapping[str, Shape]:
    """Each under the name that operations and other components point to."""
    head = {"assessment": TEXT, "kind": KIND, "on": DAY}
    kept = {**head, "saved_at": MOMENT, "actor": TEXT, "package_version": TEXT, "digest": TEXT}
    reason = {"enum": [*OVERRIDE_REASONS, None]}
    decision = _shape({"rule": TEXT, "reason": reason, "text": {"type": ["string", "null"]}, "actor": TEXT, "at": MOMENT})
    rule = _shape({"id": TEXT, "title": TEXT})
    spoken = _shape(
        {"rule": TEXT, "answer": {"enum": ["yes", "unknown"]}, "because": {"type": "array"}, "text": _or_null(_ref("Rule"))}
    )
    return {
        "Problem": problem(),
        "Bundle": _bundle(),
        "Response": {**_resource("QuestionnaireResponse"), "description": "A QuestionnaireResponse of FHIR R4."},
        "Trial": _trial(),
        "Measure": _measure(),
        "Page": _shape({"items": _list(_entry(kept)), "next": {"type": ["string", "null"]}}),
        "Assessment": _shape({**kept, "patient_ref": TEXT, "inputs": {"type": "object"}, "result": RESULT}),
        "Replay": _shape(
            {
                **head,
                "same_knowledge": {"type": "boolean"},
                "equal": {"type": "boolean"},
                "differing_rules": _list(TEXT),
                "then": RESULT,
                "now": RESULT,
            }
        ),
        "Rule": rule,
        "Explanation": _shape({**head, "same_knowledge": {"type": "boolean"}, "rules": _list(spoken)}),
        "Decision": decision,
        "Decisions": _shape({"items": _list(_ref("Decision"))}),
        "Report": _shape({"from": DAY, "to": DAY, "decisions": _list(_counted()), "shown": _list(_rate()), "withheld": COUNT}),
        "Mute": _mute(),
        "Mutes": _shape({"items": _list(_ref("Mute"))}),
        "Document": {"type": "object", "required": ["openapi", "info", "paths"]},
    }


def problem() -> Shape:
    """Problem details as RFC 9457 says, with the places of what was wrong."""
    place = _shape({"pointer": TEXT, "detail": TEXT})
    held = _shape({"type": TEXT, "title": TEXT, "status": {"type": "integer", "minimum": 400, "maximum": 599}, "detail": TEXT})
    return {**held, "properties": {**held["properties"], "errors": _list(place)}}


def _bundle() -> Shape:
    entries = _list({"type": "object", "properties": {"resource": _resource()}})
    types = {"enum": ["collection", "transaction", "searchset"]}
    held = _resource("Bundle")
    return {
        **held,
        "description": "A Bundle of FHIR R4.",
        "properties": {**held["properties"], "type": types, "entry": entries},
        "required": ["resourceType", "type"],
    }


def _resource(kind: str | None = None) -> Shape:
    told: Shape = TEXT if kind is None else {"const": kind}
    return {"type": "object", "properties": {"resourceType": told}, "required": ["resourceType"]}


def _trial() -> Shape:
    properties = {
        "started": DAY,
        "judged_after_weeks": {"type": ["integer", "null"], "minimum": 1, "maximum": 104},
        "stops_below_percent": {"type": ["number", "null"], "minimum": 1, "maximum": 100},
        "watched": _or_null(_list({"enum": list(SUBJECTS)})),
    }
    return {"type": "object", "properties": properties, "required": ["started"], "additionalProperties": False}


def _measure() -> Shape:
    properties = {"measure": {"enum": list(MEASURES)}, "value": {"type": "number"}, "on": DAY}
    return {**_shape(properties), "additionalProperties": False}


def _entry(kept: Mapping[str, Shape]) -> Shape:
    held = _shape(kept)
    given = {"type": "object", "description": "Of a handout: what was given, released and explained, and how it was printed."}
    return {**held, "properties": {**held["properties"], "given": given}}


def _counted() -> Shape:
    reason = {"enum": [*OVERRIDE_REASONS, "in_words", None]}
    count = {**COUNT, "type": ["integer", "null"]}
    return _shape({"rule": TEXT, "outcome": {"enum": [OVERRIDDEN, ACCEPTED]}, "reason": reason, "count": count})


def _rate() -> Shape:
    """How often a rule spoke in kept assessments; null is withheld."""
    count = {**COUNT, "type": ["integer", "null"]}
    rate = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    return _shape({"rule": TEXT, "shown": count, "overridden": count, "rate": rate})


def _mute() -> Shape:
    maybe = {"type": ["string", "null"]}
    made = {"id": TEXT, "rule": TEXT, "severity": {"enum": ["major", "moderate", "info"]}, "until": DAY, "by": TEXT, "at": MOMENT}
    reason = {"reason_code": {"enum": [*OVERRIDE_REASONS, None]}, "reason_text": maybe}
    lifted = {"lifted_by": maybe, "lifted_at": _or_null(MOMENT), "state": {"enum": ["standing", "lifted", "past"]}}
    return _shape({**made, **reason, **lifted})


def _shape(properties: Mapping[str, Any]) -> Shape:
    return {"type": "object", "properties": dict(properties), "required": sorted(properties)}


def _list(items: Shape) -> Shape:
    return {"type": "array", "items": items}


def _or_null(schema: Shape) -> Shape:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}
