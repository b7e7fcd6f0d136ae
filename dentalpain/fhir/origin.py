"""Where a Bundle comes from: one that an adapter made of another system's lists names that system in its sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from ..clinical.record import Allergy, Medicine, Problem, Record, Review, Statement
from .elements import Json, mapping, objects, string

ORIGIN = "urn:dentalpain:origin"
LISTS = {
    "FHIR Condition": "problem list",
    "FHIR AllergyIntolerance": "allergy list",
    "FHIR MedicationStatement": "medicine list",
    "FHIR MedicationRequest": "prescriptions",
    "FHIR Procedure": "procedures",
}
Held = TypeVar("Held", Statement, Problem, Allergy, Medicine, Review)


def named_after_origin(record: Record, data: Json) -> Record:
    """The record with 'Open Dental, problem list' in place of 'FHIR Condition', where the Bundle is tagged so."""
    tags = objects(mapping(data.get("meta")).get("tag"))
    origin = next((string(tag.get("display")) for tag in tags if tag.get("system") == ORIGIN), "")
    if not origin:
        return record
    renamed: dict[str, Any] = {
        name: tuple(_renamed(getattr(record, name), origin))
        for name in ("statements", "problems", "allergies", "medicines")
    }
    reviews = dict(zip(record.reviewed, _renamed(record.reviewed.values(), origin), strict=True))
    return replace(record, **renamed, reviewed=reviews)


def _renamed(held: Iterable[Held], origin: str) -> Iterable[Held]:
    for one in held:
        kind, comma, rest = one.source.partition(",")
        yield replace(one, source=f"{origin}, {LISTS.get(kind, kind)}{comma}{rest}")
