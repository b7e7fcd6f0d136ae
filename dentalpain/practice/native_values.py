"""Values of a record as JSON and back: dates known to the month, ranges, and prescriptions as they were read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..clinical.prescribing.prescription import Ingredient, Prescription, Unread
from ..clinical.prescribing.texts.names import DrugNames
from ..clinical.quantities import PartialDate
from ..clinical.record import Span, StatedValue

Json = dict[str, Any]


def value_to_json(value: StatedValue) -> Any:
    """A stated value: a range is {"low", "high", "below_high"}, a date {"day"}, everything else itself."""
    if isinstance(value, Span):
        return {"low": value.low, "high": value.high, "below_high": value.below_high}
    if isinstance(value, PartialDate):
        return {"day": str(value)}
    return value


def value_from_json(value: Any) -> StatedValue:
    """The value that `value_to_json` wrote; raises ValueError for any other shape."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Mapping) and set(value) == {"day"}:
        return PartialDate.parse(str(value["day"]))
    if isinstance(value, Mapping) and set(value) <= {"low", "high", "below_high"} and value:
        return Span(_end(value.get("low")), _end(value.get("high")), value.get("below_high") is True)
    return exact(value)


def _end(value: Any) -> Decimal | None:
    return None if value is None else exact(value)


def exact(value: Any) -> Decimal:
    """A JSON number as an exact decimal; raises ValueError for text, true, false and null."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        raise ValueError("Write a number, such as 29 or 0.5.")
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ValueError("Write a number, such as 29 or 0.5.")
    return number


def day_to_json(day: PartialDate | None) -> str | None:
    """A date known to the year, the month or the day."""
    return None if day is None else str(day)


# -- prescriptions as they were read ---------------------------------------------------------------------------------


def prescription_to_json(prescription: Prescription) -> Json:
    """Every field of a prescription that differs from its default."""
    written: Json = {}
    for field in dataclasses.fields(Prescription):
        value = getattr(prescription, field.name)
        if field.name == "text" or value == field.default or value == ():
            continue
        if field.name == "ingredients":
            value = [_without_defaults(part, classes=sorted(part.classes)) for part in value]
        elif field.name == "unread":
            value = [_without_defaults(part, suggestions=list(part.suggestions)) for part in value]
        written[field.name] = list(value) if isinstance(value, tuple) else value
    return written


def _without_defaults(part: Ingredient | Unread, **plain: list[str]) -> Json:
    whole = {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
    whole.update(plain)
    return {name: value for name, value in whole.items() if value not in (None, "", [], ())}


_JSON_TYPES = {
    "Decimal": {"type": "number"}, "int": {"type": "integer"}, "bool": {"type": "boolean"}, "str": {"type": "string"},
}  # fmt: skip


def prescription_schema() -> Json:
    """The JSON Schema of what `prescription_to_json` writes: every field of a prescription but its text."""
    properties = _properties(Prescription)
    del properties["text"]
    return {
        "type": ["object", "null"],
        "description": " ".join((Prescription.__doc__ or "").split()),
        "properties": properties,
        "additionalProperties": False,
    }


def _properties(described: type[Prescription | Ingredient | Unread]) -> Json:
    return {field.name: _schema_of(str(field.type)) for field in dataclasses.fields(described)}


def _schema_of(kind: str) -> Json:
    for part, required in ((Ingredient, ["name"]), (Unread, ["what", "why"])):
        if part.__name__ in kind:
            items = {"type": "object", "properties": _properties(part), "required": required}
            return {"type": "array", "items": items}
    if kind.startswith(("tuple", "frozenset")):
        return {"type": "array", "items": {"type": "string"}}
    return dict(_JSON_TYPES[kind.split(" ")[0]])


def prescription_from_json(text: str, written: Mapping[str, Any], names: DrugNames) -> Prescription:
    """The prescription that `prescription_to_json` wrote, its class tags as today's tables give them.

    Raises ValueError for a key or a value that does not belong there.
    """
    known = {field.name: field for field in dataclasses.fields(Prescription)}
    values: dict[str, Any] = {}
    for name, value in written.items():
        if name not in known or name == "text":
            raise ValueError(f"'{name}' is no part of a prescription.")
        values[name] = _part_from_json(name, str(known[name].type), value, names)
    return Prescription(text, **values)


def _part_from_json(name: str, kind: str, value: Any, names: DrugNames) -> Any:
    if name == "ingredients":
        return tuple(_ingredient(part, names) for part in _objects(value))
    if name == "unread":
        return tuple(Unread(str(p["what"]), str(p["why"]), tuple(p.get("suggestions", ()))) for p in _objects(value))
    if kind.startswith("tuple"):
        return tuple(str(item) for item in value)
    expected = {"Decimal": int | Decimal | float, "int": int, "bool": bool, "str": str}[kind.split(" ")[0]]
    if not isinstance(value, expected) or (kind != "bool" and isinstance(value, bool)):
        raise ValueError(f"'{name}' has a value of the wrong kind.")
    return exact(value) if kind.startswith("Decimal") else value


def _objects(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise ValueError("A list of objects is needed.")
    return value


def _ingredient(part: Mapping[str, Any], names: DrugNames) -> Ingredient:
    rxcui = str(part.get("rxcui", ""))
    today = names.ingredient(rxcui) if rxcui else None
    strength = part.get("strength")
    return Ingredient(
        name=str(part["name"]),
        rxcui=rxcui,
        classes=today.classes if today else frozenset(part.get("classes", ())),
        strength=None if strength is None else exact(strength),
        unit=str(part.get("unit", "")),
        salt=str(part.get("salt", "")),
    )


def ingredients_from_json(parts: Any, names: DrugNames) -> tuple[Ingredient, ...]:
    """The ingredients of an allergy entry; raises ValueError for any other shape."""
    return tuple(_ingredient(part, names) for part in _objects(parts))


def ingredients_to_json(parts: tuple[Ingredient, ...]) -> list[Json]:
    """The ingredients of an allergy entry."""
    return [_without_defaults(part, classes=sorted(part.classes)) for part in parts]
