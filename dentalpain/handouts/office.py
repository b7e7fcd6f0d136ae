"""The office as a handout shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import WordingError
from .content import Office
from .text import clean

LONGEST_NAME = 120


def read_office(office: Mapping[str, Any]) -> Office:
    """The office from its `name`, `phone` and further `lines`, or an `address` (text or lines) and `hours`.

    Other keys are left alone.

    Raises WordingError without a name, or where a value is not text.
    """
    name = _line(office, "name")
    if not name or len(name) > LONGEST_NAME:
        raise WordingError("the office needs a name.", where="office.name", mend="Write 1 to 120 characters.")
    lines = [line for key in ("lines", "address", "hours") for line in _lines(office, key)]
    return Office(name=name, phone=_line(office, "phone"), lines=tuple(lines))


def _lines(office: Mapping[str, Any], key: str) -> list[str]:
    value = office.get(key) or []
    lines = [value] if isinstance(value, str) else list(value)
    return [line for line in (clean(_text(line, key), f"office {key}") for line in lines) if line]


def _line(office: Mapping[str, Any], key: str) -> str:
    return clean(_text(office.get(key) or "", key), f"office {key}")


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise WordingError("a value is not text.", where=f"office.{key}", mend="Put it in quotation marks.")
    return value
