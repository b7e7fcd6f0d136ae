"""What the API takes, checked with marshmallow; the record, answers and findings are checked by their own readers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates

from .words import INDICATIONS, LETTERS

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


def _described(words: str, *kinds: str) -> dict[str, Any]:
    """What the document of the API says beside the type: a sentence, and the components that the value is one of."""
    return {"description": words, "anyOf": [{"$ref": f"#/components/schemas/{kind}"} for kind in kinds]}


def or_null(described: dict[str, Any]) -> dict[str, Any]:
    """The same for a member that may be null."""
    return {**described, "anyOf": [*described["anyOf"], {"type": "null"}]}


RECORD = _described("A FHIR R4 Bundle or a native record.", "Bundle", "Record")
ANSWERS = _described("Answers to one questionnaire, as an answers file or a QuestionnaireResponse.", "Response", "Answers")
FINDINGS = _described("The confirmed history and the examination; null: none.", "Findings")
ON = {"description": "The day that is judged, today by default."}
PATIENT = {"description": "Your opaque reference of the patient: with it the assessment is kept, and the answer is a 201."}
WHOSE_LETTER = {"description": "Your opaque reference of the patient, for the trail; the letter is not kept."}
ANSWER = {"type": ["boolean", "number", "string"]}
TRIAL = _described("The treatment: since when, after how many weeks it is judged, by how much pain must fall.", "Trial")
MEASURE = _described("A value of one measure on a day.", "Measure")


class _OfRecord(_Strict):
    """What is asked about one record."""

    record = fields.Dict(required=True, metadata=RECORD)
    on = ExactDay(load_default=None, allow_none=True, metadata=ON)
    patient = TEXT(load_default=None, allow_none=True, validate=validate.Length(1, 200), metadata=PATIENT)

    @validates("patient")
    def _printable(self, value: str | None, **kwargs: Any) -> None:
        if value is not None and (not value.isprintable() or not value.strip()):
            raise ValidationError("Write your reference in characters that can be printed.")


class ScreenRequest(_OfRecord):
    """POST /api/v1/screen."""

    facts = fields.Dict(keys=TEXT(), values=FactAnswer(allow_none=True, metadata=ANSWER), load_default=dict)
    answers = fields.List(fields.Dict(metadata=ANSWERS), load_default=list, validate=validate.Length(max=30))
    findings = fields.Dict(load_default=None, allow_none=True, metadata=or_null(FINDINGS))


class OutcomesRequest(_OfRecord):
    """POST /api/v1/outcomes."""

    trial = fields.Dict(required=True, metadata=TRIAL)
    answers = fields.List(fields.Dict(metadata=ANSWERS), load_default=list, validate=validate.Length(max=60))
    measures = fields.List(fields.Dict(metadata=MEASURE), load_default=list, validate=validate.Length(max=200))


class ReviewRequest(ScreenRequest):
    """POST /api/v1/review."""

    prescribe = fields.List(TEXT(), load_default=list, validate=validate.Length(max=30))
    indication = TEXT(data_key="for", load_default=None, allow_none=True, metadata={"enum": [*INDICATIONS, None]})
    consider = fields.List(TEXT(), load_default=list, validate=validate.Length(max=60))
    state = TEXT(load_default=None, allow_none=True, metadata={"pattern": "^[A-Z]{2}$"})

    legacy_mme = fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={"description": "Morphine equivalents by the factors of 2016 as well, as `mme_per_day_legacy`."},
    )

    @validates("indication")
    def _known(self, value: str | None, **kwargs: Any) -> None:
        if value is not None and value not in INDICATIONS:
            raise ValidationError(f"Write one of {', '.join(INDICATIONS)}.")

    @validates("state")
    def _two_letters(self, value: str | None, **kwargs: Any) -> None:
        if value is not None and not re.fullmatch(r"[A-Z]{2}", value):
            raise ValidationError("Write the two letters of a state in capitals, such as OH.")


class LetterRequest(ReviewRequest):
    """POST /api/v1/letter."""

    patient = TEXT(load_default=None, allow_none=True, validate=validate.Length(1, 200), metadata=WHOSE_LETTER)
    letter = TEXT(required=True, validate=validate.OneOf(tuple(LETTERS), error=f"Write one of {', '.join(LETTERS)}."))
    give = fields.List(TEXT(), load_default=list, validate=validate.Length(max=60))
    form = TEXT(load_default="pdf", validate=validate.OneOf(("pdf", "html", "fhir"), error="Write pdf, html or fhir."))
    paper = TEXT(load_default="letter", validate=validate.OneOf(("letter", "a4"), error="Write letter or a4."))
    large_print = fields.Boolean(load_default=False)
    legacy_mme = fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        validate=validate.Equal(False, error="A letter shows no morphine equivalents of 2016: leave this out."),
        metadata={"description": "A letter shows none of 2016: true is refused.", "const": False},
    )


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
