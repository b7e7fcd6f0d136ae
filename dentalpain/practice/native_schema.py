"""The form of a native record: what may stand where, and the JSON Schema that says the same to other tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from ..clinical.case import INDICATIONS
from ..clinical.quantities import PartialDate
from ..clinical.record import Standing
from .native_values import exact, prescription_schema

if TYPE_CHECKING:
    AnyField = fields.Field[Any]
else:
    AnyField = fields.Field  # marshmallow 3 has no type argument here

STANDING = {
    "active": Standing.CURRENT, "past": Standing.PAST, "in doubt": Standing.ASK, "refuted": Standing.REFUTED,
}  # fmt: skip
STATUS = {standing: word for word, standing in STANDING.items()}
SEXES = ("female", "male", "other", "unknown")
LISTS = ("problems", "medicines", "allergies")
REACTION_KINDS = ("allergy", "not recorded", "itch only", "intolerance")


class Text(fields.String):
    """A text; numbers, true and false are refused. marshmallow's String already refuses them."""


class Flag(AnyField):
    """true or false, and nothing that looks like it."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Write true or false.")
        return value


class SomeDay(AnyField):
    """A date known to the year, the month or the day."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> PartialDate:
        try:
            return PartialDate.parse(value if isinstance(value, str) else "")
        except ValueError:
            raise ValidationError("Write a date such as 2026-03-14, 2026-03 or 2026.") from None


class FactValue(AnyField):
    """A fact: a bare value, or an object with the keys value, date, source and certain."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> object:
        whole: Mapping[str, Any] = value if isinstance(value, Mapping) else {"value": value}
        return FactSchema().load(whole)


class AnyValue(AnyField):
    """true, false, a number, a word, a date, or a range with the keys low, high and below_high."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> object:
        if isinstance(value, bool | str | Mapping):
            return value
        try:
            return exact(value)
        except ValueError:
            raise ValidationError("Write true, false, a number, a word, a date, or a range.") from None


class TextOr(AnyField):
    """A text, or an object with a text and more."""

    def __init__(self, schema: type[Schema], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.schema_class = schema

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> object:
        if isinstance(value, str):
            return self.schema_class().load({"text": value})
        if isinstance(value, Mapping):
            return self.schema_class().load(value)
        raise ValidationError("Write a text, or an object with the key text.")


class DayOr(AnyField):
    """The day of a review, or an object with the keys date and source."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> object:
        return ReviewSchema().load(value if isinstance(value, Mapping) else {"date": value})


class Strict(Schema):
    """A schema that refuses unknown keys."""

    class Meta:
        unknown = RAISE


class CodeSchema(Strict):
    """A code and its system, by short name ('icd-10-cm', 'snomed', 'rxnorm'), URI or OID."""

    system = Text(required=True)
    code = Text(required=True)
    display = Text(load_default="")


class PatientSchema(Strict):
    """Who it is; everything may be missing, and is then unknown."""

    id = Text(load_default="")
    name = Text(load_default="")
    birth_date = SomeDay(load_default=None, allow_none=True)
    sex = Text(load_default="", validate=validate.OneOf(("", *SEXES)))
    deceased = Flag(load_default=False)


class EntrySchema(Strict):
    """What all entries of a list share."""

    text = Text(required=True)
    codes = fields.List(fields.Nested(CodeSchema), load_default=list)
    status = Text(load_default="active", validate=validate.OneOf(list(STANDING)))
    source = Text(load_default="")


class ProblemSchema(EntrySchema):
    """A problem or an operation; `facts` and `recognised` stand in stored records alone: it was read before."""

    onset = SomeDay(load_default=None, allow_none=True)
    recorded = SomeDay(load_default=None, allow_none=True)
    facts = fields.List(Text(), load_default=None, allow_none=True)
    recognised = Flag(load_default=True)


class AllergySchema(EntrySchema):
    """An allergy; `kind`, `ingredients` and `recognised` stand in stored records alone."""

    reactions = fields.List(Text(), load_default=list)
    recorded = SomeDay(load_default=None, allow_none=True)
    kind = Text(load_default=None, allow_none=True, validate=validate.OneOf(REACTION_KINDS))
    ingredients = fields.List(fields.Dict(), load_default=list)
    recognised = Flag(load_default=True)


class ReadPrescription(fields.Dict):
    """What was read of a prescription; `native_values` reads it field by field."""


class MedicineSchema(EntrySchema):
    """A medicine; `prescription` stands in stored records alone: what was read from the text and codes."""

    start = SomeDay(load_default=None, allow_none=True)
    end = SomeDay(load_default=None, allow_none=True)
    prescription = ReadPrescription(load_default=None, allow_none=True)


class PrescriptionSchema(Strict):
    """A proposed prescription."""

    text = Text(required=True)
    prescription = ReadPrescription(load_default=None, allow_none=True)


class FactSchema(Strict):
    """A fact with its day and source; without a day that of the record."""

    value = AnyValue(required=True)
    date = SomeDay(load_default=None, allow_none=True)
    source = Text(load_default="")
    certain = Flag(load_default=True)


class StatementSchema(FactSchema):
    """A statement of a stored record: a fact may be stated more than once."""

    fact = Text(required=True)


class ReviewSchema(Strict):
    """When somebody went through a list with the patient."""

    date = fields.Date(required=True)
    source = Text(load_default="")


class NotReadSchema(Strict):
    """A part of the input that was not understood when the record was first read."""

    where = Text(required=True)
    what = Text(required=True)
    why = Text(required=True)


class RecordSchema(Strict):
    """A native record."""

    patient = fields.Nested(PatientSchema, load_default=dict)
    recorded_on = fields.Date(load_default=None, allow_none=True)
    problems = fields.List(TextOr(ProblemSchema), load_default=list)
    medicines = fields.List(TextOr(MedicineSchema), load_default=list)
    allergies = fields.List(TextOr(AllergySchema), load_default=list)
    facts = fields.Dict(keys=Text(), values=FactValue(), load_default=dict)
    statements = fields.List(fields.Nested(StatementSchema), load_default=list)
    reviewed_on = fields.Dict(keys=Text(validate=validate.OneOf(LISTS)), values=DayOr(), load_default=dict)
    prescriptions = fields.List(TextOr(PrescriptionSchema), load_default=list)
    indication = Text(data_key="for", load_default=None, allow_none=True, validate=validate.OneOf(INDICATIONS))
    not_read = fields.List(fields.Nested(NotReadSchema), load_default=list)
    answers = fields.List(fields.Dict(), load_default=list)


def first_error(messages: Any) -> tuple[str, str]:
    """The JSON pointer and the sentence of the first thing that is wrong."""
    steps: list[str] = []
    while isinstance(messages, Mapping | list):
        key, messages = next(iter(messages.items() if isinstance(messages, Mapping) else [("", messages[0])]))
        steps.append(str(key))
    if len(steps) > 2 and steps[0] in ("facts", "reviewed_on"):
        del steps[2]  # under each key of a dict field marshmallow says whether the key or the value is wrong
    return "/" + "/".join(step for step in steps if step not in ("", "_schema")), str(messages)


# -- the same for other tools ----------------------------------------------------------------------------------------

_TEXT, _FLAG = {"type": "string"}, {"type": "boolean"}
_SOME_DAY = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_KIND_OF_FIELD: dict[type, dict[str, Any]] = {
    Text: _TEXT,
    Flag: _FLAG,
    SomeDay: _SOME_DAY,
    fields.Dict: {"type": "object"},
    ReadPrescription: prescription_schema(),
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a native record, made from the form that reads it."""
    whole = _object_schema(RecordSchema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "dentalpain native record", **whole}


def _object_schema(schema: Schema) -> dict[str, Any]:
    named = {field.data_key or name: field for name, field in schema.fields.items()}
    return {
        "type": "object",
        "description": " ".join((type(schema).__doc__ or "").split()),
        "properties": {name: _field_schema(field) for name, field in named.items()},
        "required": sorted(name for name, field in named.items() if field.required),
        "additionalProperties": False,
    }


def _field_schema(field: Any) -> dict[str, Any]:
    if isinstance(field, fields.List):
        return {"type": "array", "items": _field_schema(field.inner)}
    if isinstance(field, fields.Nested):
        return _object_schema(field.schema)
    if isinstance(field, TextOr):
        return {"oneOf": [_TEXT, _object_schema(field.schema_class())]}
    if isinstance(field, FactValue):
        return {"anyOf": [{"type": ["boolean", "number", "string"]}, _object_schema(FactSchema())]}
    if isinstance(field, AnyValue):
        return {"type": ["boolean", "number", "string", "object"]}
    if isinstance(field, DayOr):
        return {"anyOf": [{"type": "string", "format": "date"}, _object_schema(ReviewSchema())]}
    if isinstance(field, fields.Dict) and field.value_field is not None:
        return {"type": "object", "additionalProperties": _field_schema(field.value_field)}
    if isinstance(field, fields.Date):
        return {"type": ["string", "null"] if field.allow_none else "string", "format": "date"}
    return _with_choices(dict(_KIND_OF_FIELD[type(field)]), field)


def _with_choices(made: dict[str, Any], field: Any) -> dict[str, Any]:
    choices = [check.choices for check in field.validators if isinstance(check, validate.OneOf)]
    if choices:
        made["enum"] = [*choices[0], *([None] if field.allow_none else [])]
        made.pop("type", None)
    return made
