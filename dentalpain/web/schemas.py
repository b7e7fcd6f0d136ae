"""What the API takes, checked with marshmallow; the record, answers and findings are checked by their own readers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates

from .words import INDICATIONS

TEXT = fields.String


class ExactDay(fields.Date):
    """A day as year-month-day and nothing else."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dt.date:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValidationError("Write a day as year-month-day, such as 2026-11-30.")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise ValidationError("There is no such day.") from None


class FactAnswer(fields.Raw):
    """An answer: true, false, a number, a word, or null."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value is not None and not isinstance(value, bool | int | Decimal | str):
            raise ValidationError("An answer is true, false, a number, a word, or null.")
        return value


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class ScreenRequest(_Strict):
    """POST /api/v1/screen."""

    record = fields.Dict(required=True)
    facts = fields.Dict(keys=TEXT(), values=FactAnswer(allow_none=True), load_default=dict)
    answers = fields.List(fields.Dict(), load_default=list, validate=validate.Length(max=30))
    findings = fields.Dict(load_default=None, allow_none=True)
    on = ExactDay(load_default=None, allow_none=True)


class ReviewRequest(ScreenRequest):
    """POST /api/v1/review."""

    prescribe = fields.List(TEXT(), load_default=list, validate=validate.Length(max=30))
    indication = TEXT(data_key="for", load_default=None, allow_none=True)
    consider = fields.List(TEXT(), load_default=list, validate=validate.Length(max=60))
    state = TEXT(load_default=None, allow_none=True)

    @validates("indication")
    def _known(self, value: str | None, **kwargs: Any) -> None:
        if value is not None and value not in INDICATIONS:
            raise ValidationError(f"Write one of {', '.join(INDICATIONS)}.")

    @validates("state")
    def _two_letters(self, value: str | None, **kwargs: Any) -> None:
        if value is not None and not re.fullmatch(r"[A-Z]{2}", value):
            raise ValidationError("Write the two letters of a state in capitals, such as OH.")


def places(messages: Any, members: frozenset[str], pointer: str = "") -> list[dict[str, str]]:
    """The messages of marshmallow as JSON pointers; a key that the sender made up is not repeated."""
    if isinstance(messages, Mapping):
        found = []
        for key, inner in messages.items():
            known = isinstance(key, int) or key in members
            found += places(inner, members, f"{pointer}/{key if known else '…'}")
        return found
    return [{"pointer": pointer, "detail": _detail(str(message))} for message in messages]


def _detail(message: str) -> str:
    known = {
        "Missing data for required field.": "This member is missing.",
        "Unknown field.": "There is no such member.",
        "Not a valid string.": "Write text.",
        "Not a valid mapping type.": "Write an object.",
        "Not a valid list.": "Write a list.",
        "Field may not be null.": "This member may not be null.",
    }
    return known.get(message, message)
