"""The shapes of CDS Hooks 2.0 as JSON Schemas, written from the tables of the specification, and its rule on emptiness."""

from __future__ import annotations

from typing import Any

import jsonschema

UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
TEXT = {"type": "string", "minLength": 1, "pattern": r"\S"}
ADDRESS = {"type": "string", "pattern": "^https?://[^/]+/"}
CODING = {
    "type": "object",
    "required": ["code", "display"],
    "properties": {"system": TEXT, "code": TEXT, "display": TEXT},
    "additionalProperties": False,
}
RESOURCE = {"type": "object", "required": ["resourceType"], "properties": {"resourceType": TEXT}}
ACTION = {
    "type": "object",
    "required": ["type", "description"],
    "properties": {
        "type": {"enum": ["create", "update", "delete"]},
        "description": TEXT,
        "resource": RESOURCE,
        "resourceId": {"type": "string", "pattern": "^[A-Za-z]+/[A-Za-z0-9.-]+$"},
    },
    "allOf": [
        {"if": {"properties": {"type": {"const": "delete"}}}, "then": {"required": ["resourceId"]}},
        {"if": {"properties": {"type": {"enum": ["create", "update"]}}}, "then": {"required": ["resource"]}},
    ],
    "additionalProperties": False,
}
SUGGESTION = {
    "type": "object",
    "required": ["label"],
    "properties": {
        "label": TEXT,
        "uuid": {"type": "string", "pattern": UUID},
        "isRecommended": {"type": "boolean"},
        "actions": {"type": "array", "minItems": 1, "items": ACTION},
    },
    "additionalProperties": False,
}
LINK = {
    "type": "object",
    "required": ["label", "url", "type"],
    "properties": {"label": TEXT, "url": ADDRESS, "type": {"enum": ["absolute", "smart"]}, "appContext": TEXT},
    "allOf": [{"if": {"properties": {"type": {"const": "absolute"}}}, "then": {"not": {"required": ["appContext"]}}}],
    "additionalProperties": False,
}
CARD = {
    "type": "object",
    "required": ["summary", "indicator", "source"],
    "properties": {
        "uuid": {"type": "string", "pattern": UUID},
        "summary": {**TEXT, "maxLength": 139},
        "detail": TEXT,
        "indicator": {"enum": ["info", "warning", "critical"]},
        "source": {
            "type": "object",
            "required": ["label"],
            "properties": {"label": TEXT, "url": ADDRESS, "icon": ADDRESS, "topic": CODING},
            "additionalProperties": False,
        },
        "suggestions": {"type": "array", "minItems": 1, "items": SUGGESTION},
        "selectionBehavior": {"enum": ["at-most-one", "any"]},
        "overrideReasons": {"type": "array", "minItems": 1, "items": CODING},
        "links": {"type": "array", "minItems": 1, "items": LINK},
    },
    "dependentRequired": {"suggestions": ["selectionBehavior"]},
    "additionalProperties": False,
}
RESPONSE = {
    "type": "object",
    "required": ["cards"],
    "properties": {"cards": {"type": "array", "items": CARD}},
    "additionalProperties": False,
}
# A prefetch template: a read or a search of one type, tokens of the context's first level alone.
TEMPLATE = {"type": "string", "pattern": r"^[A-Z][A-Za-z]+(/\{\{context\.\w+\}\}|\?[^{}]*\{\{context\.\w+\}\}[^{}]*)$"}
DISCOVERY = {
    "type": "object",
    "required": ["services"],
    "properties": {
        "services": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["hook", "description", "id"],
                "properties": {
                    "hook": TEXT,
                    "title": TEXT,
                    "description": TEXT,
                    "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
                    "usageRequirements": TEXT,
                    "prefetch": {"type": "object", "minProperties": 1, "additionalProperties": TEMPLATE},
                },
                "additionalProperties": False,
            },
        }
    },
    "additionalProperties": False,
}
FEEDBACK = {
    "type": "object",
    "required": ["feedback"],
    "properties": {
        "feedback": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["card", "outcome", "outcomeTimestamp"],
                "properties": {
                    "card": TEXT,
                    "outcome": {"enum": ["accepted", "overridden"]},
                    "acceptedSuggestions": {"type": "array", "minItems": 1, "items": {"required": ["id"]}},
                    "overrideReason": {
                        "type": "object",
                        "minProperties": 1,
                        "properties": {"reason": {"type": "object", "required": ["code"]}, "userComment": TEXT},
                    },
                    "outcomeTimestamp": TEXT,
                },
                "if": {"properties": {"outcome": {"const": "accepted"}}},
                "then": {"required": ["acceptedSuggestions"]},
            },
        }
    },
}


def check(answer: Any, schema: dict[str, Any]) -> None:
    """Hold an answer against a schema, and against the rule that nothing is null and nothing is empty."""
    jsonschema.Draft202012Validator(schema).validate(answer)
    empty = [where for where, value in _members(answer, "") if value in (None, "", [], {})]
    assert [where for where in empty if where != "/cards"] == []


def _members(value: Any, where: str) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        yield f"{where}/{name}", inner
        yield from _members(inner, f"{where}/{name}")
