"""The shape of every knowledge file: unknown keys are refused, and a missing one is named with its place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates

from ..clinical.state_limit import PAIN, WHO

# marshmallow 4 makes Field generic; in 3.26 it cannot be subscripted at run time.
if TYPE_CHECKING:
    AnyField = fields.Field[Any]
else:
    AnyField = fields.Field


class Strict(Schema):
    """A schema that refuses unknown keys."""

    class Meta:
        unknown = RAISE


class Day(AnyField):
    """A TOML date; a date in quotes is refused, since it could be written in any order."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> dt.date:
        if type(value) is not dt.date:
            raise ValidationError("Write a date without quotes, such as 2026-11-30.")
        return value


class Exact(AnyField):
    """A TOML number as an exact decimal; text and booleans are refused."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValidationError("Write a number, such as 30 or 0.5.")
        return Decimal(value)


class FactValue(AnyField):
    """A fact of a worked case: a bare value, or { value, date }."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> object:
        inner = value.get("value") if isinstance(value, dict) else value
        if isinstance(value, dict) and not set(value) <= {"value", "date", "certain"}:
            raise ValidationError("A dated fact has the keys value, date and certain alone.")
        if not isinstance(inner, bool | int | Decimal | str | dt.date):
            raise ValidationError("A fact is true, false, a number, a word or a date.")
        return value


class StateLimitRow(Strict):
    """A row of the table of state limits that a worked case brings along."""

    state = fields.String(required=True, validate=validate.Regexp(r"^[A-Z]{2}$"))
    who = fields.String(required=True, validate=validate.OneOf(WHO))
    pain = fields.String(required=True, validate=validate.OneOf(PAIN))
    days = Exact()
    mme = Exact()


class WorkedCase(Strict):
    """One story with the answer that the publication gives."""

    story = fields.String(required=True)
    on = Day(required=True)
    answer = fields.String(required=True, validate=validate.OneOf(["yes", "no", "unknown"]))
    presumed = fields.Boolean(load_default=False)
    working = fields.String(required=True)
    shows = fields.String(
        load_default="", validate=validate.OneOf(["", "at", "below", "above", "stale", "nothing recorded"])
    )
    limit = fields.String(load_default="")
    born = Day(load_default=None)
    reviewed = fields.List(
        fields.String(validate=validate.OneOf(["problems", "medicines", "allergies"])), load_default=[]
    )
    current = fields.List(fields.String(), load_default=[])
    proposed = fields.List(fields.String(), load_default=[])
    allergies = fields.List(fields.String(), load_default=[])
    judged = fields.String(load_default="")
    indication = fields.String(load_default="")
    state_limits = fields.List(fields.Nested(StateLimitRow), load_default=[])
    facts = fields.Dict(keys=fields.String(), values=FactValue(), load_default={})


class RuleReview(Strict):
    """Who may rely on it yet: a draft, or retired; a signature stands in the practice's store, never here."""

    status = fields.String(required=True, validate=validate.OneOf(["draft", "retired"]))
    written_on = Day(required=True)
    next_review = Day(load_default=None)
    unsettled = fields.String(load_default="")


class RuleFile(Strict):
    """One rule."""

    id = fields.String(required=True, validate=validate.Regexp(r"^[A-Z0-9]+(-[A-Z0-9]+)+$"))
    scope = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    severity = fields.String(required=True, validate=validate.OneOf(["info", "moderate", "major", "contraindicated"]))
    title = fields.String(required=True)
    when = fields.String(required=True)
    then = fields.String(required=True)
    if_unknown = fields.String(required=True)
    limits = fields.List(fields.String(), load_default=[])
    citations = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    no_unknown = fields.String(load_default="")
    no_boundary = fields.String(load_default="")
    no_stale = fields.String(load_default="")
    review = fields.Nested(RuleReview, required=True)
    worked_case = fields.List(fields.Nested(WorkedCase), load_default=[])

    @validates("id")
    def _id_is_public(self, value: str, **kwargs: object) -> None:
        if len(value) > 40:
            raise ValidationError("A rule id has 40 characters at most.")


class LimitFile(Strict):
    """A number that rules read, with its dated values; old values stay."""

    unit = fields.String(required=True)
    meaning = fields.String(required=True)
    value = fields.List(
        fields.Nested(
            Strict.from_dict(
                {"from": Day(required=True), "value": Exact(required=True), "citation": fields.String(required=True)}
            )
        ),
        required=True,
        validate=validate.Length(min=1),
    )


class Citation(Strict):
    """One source, with what a reader needs to open it."""

    title = fields.String(required=True)
    publisher = fields.String(required=True)
    year = fields.Integer(required=True, strict=True)
    url = fields.String(load_default="")
    doi = fields.String(load_default="")
    read = fields.String(
        required=True, validate=validate.OneOf(["full text", "abstract or digest", "secondary page", "not re-read"])
    )


class OptionFile(Strict):
    """One option: a medicine, a procedure, a kind of care or a referral."""

    id = fields.String(required=True)
    kind = fields.String(
        required=True, validate=validate.OneOf(["medicine", "procedure", "physical", "behavioural", "referral"])
    )
    name = fields.String(required=True)
    plain_name = fields.String(required=True)
    scopes = fields.List(fields.String(), load_default=[])
    ingredients = fields.List(fields.String(), load_default=[])
    form = fields.String(load_default="", validate=validate.OneOf(["", "tablet", "patch", "topical"]))
    why = fields.String(required=True)
    tell_the_patient = fields.String(load_default="")
    availability = fields.String(load_default="")
    monitoring = fields.String(load_default="")
    evidence_note = fields.String(load_default="")
    few_rules = fields.String(load_default="")  # what the rules do not cover, told under not_checked
    review = fields.Nested(RuleReview, required=True)
