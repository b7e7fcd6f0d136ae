"""JSON that gives back exactly the numbers it was given.

Object members are sorted and nothing but ASCII is written, so equal values have equal text and any database column
can hold it. A decimal that looks like a whole number is written with an exponent (5 as 5E+0): read back, it is a
decimal again, and a later division stays exact.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..errors import StoreError


def written(value: object) -> str:
    """The one JSON text of a value.

    Raises StoreError, with the place as a JSON pointer, for a float, for a number that is not finite, for a key that
    is not text, and for anything JSON does not know.
    """
    try:
        return _any(value, "")
    except RecursionError:
        raise StoreError("The value is nested too deeply to be stored.") from None


def read(text: str) -> Any:
    """The value of a JSON text; every number with a fraction or an exponent becomes a Decimal."""
    return json.loads(text, parse_float=Decimal)


def _any(value: object, where: str) -> str:
    if value is None or isinstance(value, bool | str):
        return json.dumps(value)
    if isinstance(value, int):
        return format(int(value), "d")
    if isinstance(value, Decimal):
        return _decimal(value, where)
    if isinstance(value, Mapping):
        return _object(value, where)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_any(member, f"{where}/{index}") for index, member in enumerate(value)) + "]"
    raise StoreError(
        f"{where or 'The value'}: a {type(value).__name__} cannot be stored. "
        "Write dates as ISO 8601 text and fractions as Decimal."
    )


def _object(value: Mapping[Any, Any], where: str) -> str:
    if not all(isinstance(key, str) for key in value):
        raise StoreError(f"{where or 'The value'}: an object has a key that is not text.")
    return "{" + ",".join(f"{json.dumps(key)}:{_any(value[key], f'{where}/{key}')}" for key in sorted(value)) + "}"


def _decimal(value: Decimal, where: str) -> str:
    if not value.is_finite():
        raise StoreError(f"{where or 'The value'}: a number that is not finite cannot be stored.")
    text = str(value)
    return text if "." in text or "E" in text else text + "E+0"
