"""The elements that FHIR resources share, read without trust: a wrong shape gives nothing, never a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ..clinical.coding import Code, code_of
from ..clinical.quantities import PartialDate

Json = dict[str, Any]
KNOWN_DAY = (dt.date(1880, 1, 1), dt.date(2200, 1, 1))


def mapping(value: Any) -> Json:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[Json]:
    """The objects of a list; anything else is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def strings(value: Any) -> list[str]:
    """The texts of a list; anything else is left out."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def string(value: Any) -> str:
    """The value if it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def number(value: Any) -> Decimal | None:
    """The value as an exact number; None for anything else, true and false included."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def day(value: Any) -> PartialDate | None:
    """A FHIR date or date-time, which may be known to the year or month alone; None when it cannot be read."""
    try:
        read = PartialDate.parse(string(value))
    except ValueError:
        return None
    return read if KNOWN_DAY[0] <= read.first <= KNOWN_DAY[1] else None


def codes_of(concept: Any) -> tuple[Code, ...]:
    """The codings of a CodeableConcept, or the one Coding."""
    held = mapping(concept)
    codings = objects(held.get("coding")) or ([held] if "code" in held else [])
    return tuple(
        code_of(string(c.get("system")), string(c.get("code")), string(c.get("display")))
        for c in codings
        if string(c.get("code"))
    )


def text_of(concept: Any) -> str:
    """What a person reads of a CodeableConcept: its text, else the display of a coding, else the bare code."""
    held = mapping(concept)
    if string(held.get("text")).strip():
        return string(held["text"]).strip()
    codes = codes_of(held)
    return next((code.display for code in codes if code.display), codes[0].code if codes else "")


def first_code(concept: Any) -> str:
    """The code of the first coding, as statuses are written; '' without one."""
    codes = codes_of(concept)
    return codes[0].code.lower() if codes else ""


def texts(concepts: Any) -> Iterator[str]:
    """The texts and displays of several concepts."""
    for concept in concepts if isinstance(concepts, list) else [concepts]:
        text = text_of(concept)
        if text:
            yield text


def when(resource: Json, name: str) -> PartialDate | None:
    """The day of a choice element such as onset[x] or effective[x]: dateTime, date, instant, or a Period's start."""
    for ending in ("DateTime", "Date", "Instant"):
        found = day(resource.get(name + ending))
        if found is not None:
            return found
    period = mapping(resource.get(name + "Period"))
    return day(period.get("start")) or day(period.get("end"))


def moment(resource: Json, name: str) -> str:
    """The date-time of a choice element as written, to order the values of one day."""
    period = mapping(resource.get(name + "Period"))
    held = (resource.get(name + "DateTime"), resource.get(name + "Instant"), period.get("end"), period.get("start"))
    return next((value for value in held if isinstance(value, str)), "")


def extension(resource: Json, url: str) -> Json:
    """The extension of that URL, or an empty one."""
    return next((e for e in objects(resource.get("extension")) if e.get("url") == url), {})


def short(text: str) -> str:
    """At most 60 characters, as not_read allows."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
