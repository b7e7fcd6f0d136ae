"""The complaint on the page of a visit: what tells other pains apart, answered with yes, no, a number, or left open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from ..clinical.screening.complaint import NUMBERS
from .complaint_words import GROUPS, LONGEST, SECONDS_OF

PREFIX = "complaint."
ANSWERS = {"yes": True, "no": False}
UNITS = {unit: key for key, unit in SECONDS_OF.items()}


def read(form: MultiDict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    """What was answered, by the keys of a findings file; what is left open stays out."""
    found: dict[str, Any] = {}
    for group in GROUPS:
        found |= {key: ANSWERS[word] for key in group.answers if (word := form.get(PREFIX + key)) in ANSWERS}
        for key in group.numbers:
            found |= _number(form, PREFIX + key, key, errors)
    unit = form.get(f"{PREFIX}{LONGEST}-unit", "")
    return found | _number(form, PREFIX + LONGEST, UNITS.get(unit, "attack_seconds_max"), errors)


def fields_of(complaint: Mapping[str, Any]) -> dict[str, str]:
    """The form fields that show a complaint."""
    told = {key: value for key, value in complaint.items() if value is not None}
    fields = {PREFIX + key: _shown(value) for key, value in told.items() if key not in SECONDS_OF}
    for key, unit in SECONDS_OF.items():
        if key in told:
            return fields | {PREFIX + LONGEST: _shown(told[key]), f"{PREFIX}{LONGEST}-unit": unit}
    return fields


def _number(form: MultiDict[str, str], name: str, key: str, errors: dict[str, str]) -> dict[str, Decimal]:
    text = form.get(name, "").strip()
    if not text:
        return {}
    if not re.fullmatch(r"[0-9]{1,8}([.][0-9]{1,2})?", text) or Decimal(text) > NUMBERS[key]:
        errors[name] = f"Write a number from 0 to {NUMBERS[key]}, such as 3 or 2.5."
        return {}
    return {key: Decimal(text)}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
