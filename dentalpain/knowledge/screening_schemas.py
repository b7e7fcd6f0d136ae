"""The shape of instruments, diagnoses, red flags and their companions: unknown keys are refused."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from .schemas import AnyField, Day, Exact, FactValue, RuleReview, Strict

LICENCES = (
    *("public domain", "free to use, copyright held", "free for practice, ask for commerce"),
    *("the holder must be asked", "own", "not settled"),
)
STATUSES = ("met", "not_met", "not_determinable")
URGENCIES = ("emergency_now", "same_day", "within_2_weeks", "routine")
CODE = r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$"
CATEGORY = r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{0,4})?-?$"  # with a hyphen at the end: the coder completes it
SHOWS = ("", "at", "below", "above", "stale", "nothing recorded")


def _text(**keys: Any) -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1), **keys)


class CaseHead(Strict):
    """What every worked case says: the story, its day, how the answer was worked out, and the limit it probes."""

    story = _text()
    on = Day(required=True)
    working = _text()
    shows = fields.String(load_default="", validate=validate.OneOf(SHOWS))
    limit = fields.String(load_default="")
    missing = fields.List(fields.String())


class Answered(AnyField):
    """An answer as an answers file holds it: points, a number, a word, yes or no, or a list of words."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> object:
        words = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        if not isinstance(value, bool | int | str | list) or not all(isinstance(word, str) for word in words):
            raise ValidationError("Write points, a number, true, false, a word, or a list of words.")
        return value


class InstrumentCase(CaseHead):
    """Points of a form, and what they score."""

    status = fields.String(required=True, validate=validate.OneOf(["complete", "prorated", "not_scorable"]))
    score = Exact()
    band = fields.String()
    positive = fields.Boolean(truthy={True}, falsy={False})
    partial_sum = Exact()
    subscales = fields.Dict(keys=fields.String(), values=Exact())
    items = fields.Dict(keys=fields.String(), values=Answered(), required=True)


class DiagnosisCase(CaseHead):
    """History and examination, and the status they give for one side."""

    side = fields.String(required=True, validate=validate.OneOf(["patient", "right", "left"]))
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    history = fields.Dict(keys=fields.String(), required=True)
    examination = fields.Dict(keys=fields.String(), required=True)


class RedFlagCase(CaseHead):
    """Facts of one day, and the answer and urgency they give."""

    answer = fields.String(required=True, validate=validate.OneOf(["yes", "no", "unknown"]))
    urgency = fields.String(validate=validate.OneOf(URGENCIES))
    born = fields.String()
    facts = fields.Dict(keys=fields.String(), values=FactValue(), load_default={})


class Option(Strict):
    """One option of an item."""

    points = fields.Integer(required=True, strict=True)
    says = _text()


class Rating(Strict):
    """A whole number from the lowest to the highest, with what the ends stand for where they need words."""

    lowest = fields.Integer(required=True, strict=True)
    highest = fields.Integer(required=True, strict=True)
    low = fields.String()
    high = fields.String()


class InstrumentItem(Strict):
    """One question in our own words; without options, number, names or kind it has the options of the form."""

    key = _text()
    ask = _text()
    options = fields.List(fields.Nested(Option), validate=validate.Length(min=2))
    number = fields.Nested(Rating)
    names = fields.List(_text(), validate=validate.Length(min=1))
    kind = fields.String(validate=validate.OneOf(["months", "yes_no", "sides"]))
    words = fields.Dict(keys=fields.String(), values=fields.Raw())
    skipped_by = fields.List(_text())
    scored = fields.Boolean(truthy={True}, falsy={False})  # false: no score reads it, and official forms may lack it


class Loinc(Strict):
    """LOINC codes of the official form; a form in our own words does not carry those of the items."""

    panel = fields.String()
    total = fields.String()
    items = fields.Dict(keys=fields.String(), values=fields.String())
    answers = fields.List(fields.String())


class InstrumentFile(Strict):
    """One questionnaire."""

    id = _text()
    title = _text()
    readme = _text()
    answered_by = fields.String(required=True, validate=validate.OneOf(["patient", "staff"]))
    window = _text()
    window_days = fields.Integer(strict=True, validate=validate.Range(min=1))
    missing = _text()
    wording = fields.String(required=True, validate=validate.OneOf(["not the validated wording"]))
    limits = fields.List(fields.String(), required=True)
    cautions = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    for_minors = _text()
    citations = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    licence = fields.Nested(
        Strict.from_dict(
            {
                "status": fields.String(required=True, validate=validate.OneOf(LICENCES)),
                "holder": _text(),
                "note": _text(),
            }
        ),
        required=True,
    )
    accuracy = fields.Dict(keys=fields.String(), required=True)
    accuracy_headache_center = fields.Dict(keys=fields.String())
    loinc = fields.Nested(Loinc)
    scale = fields.List(fields.Nested(Option), validate=validate.Length(min=2))
    item = fields.List(fields.Nested(InstrumentItem), required=True, validate=validate.Length(min=1))
    review = fields.Nested(RuleReview, required=True)
    worked_case = fields.List(fields.Nested(InstrumentCase), required=True)


class DiagnosisFile(Strict):
    """One DC/TMD diagnosis; `rules` are the steps of the published logic that decide it, `beside` what it combines with."""

    id = _text()
    rules = fields.List(fields.String(validate=validate.Regexp(r"^AX1-[A-Z]\d$")), required=True)
    title = _text()
    sides = fields.List(fields.String(validate=validate.OneOf(["patient", "right", "left"])), required=True)
    when = _text()
    beside = _text()
    then = _text()
    if_unknown = _text()
    limits = fields.List(fields.String(), required=True)
    citations = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    for_minors = _text()
    criteria = fields.Dict(keys=fields.String(validate=validate.Regexp("^[A-Z]$")), values=_text(), required=True)
    accuracy = fields.Nested(
        Strict.from_dict({"sensitivity": Exact(), "specificity": Exact(), "note": _text()}), required=True
    )
    icd10cm = fields.Dict(
        keys=fields.String(validate=validate.OneOf(["patient", "right", "left", "bilateral"])),
        values=fields.String(validate=validate.Regexp(CODE)),
        required=True,
    )
    icd10cm_optional = fields.Dict(
        keys=fields.String(validate=validate.OneOf(["patient", "right", "left", "bilateral"])),
        values=fields.List(fields.String(validate=validate.Regexp(CODE))),
    )
    icd10cm_optional_when_painful = fields.Boolean(truthy={True}, falsy={False})
    review = fields.Nested(RuleReview, required=True)
    worked_case = fields.List(fields.Nested(DiagnosisCase), required=True)


class RedFlagFile(Strict):
    """One red flag."""

    id = fields.String(required=True, validate=validate.Regexp(r"^RF-\d\d$"))
    title = _text()
    when = _text()
    if_unknown = _text()
    limits = fields.List(fields.String(), required=True)
    citations = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    for_minors = fields.String()
    then = fields.Dict(keys=fields.String(validate=validate.OneOf(URGENCIES)), values=_text(), required=True)
    advice = fields.Dict(keys=fields.String(), values=_text())
    review = fields.Nested(RuleReview, required=True)
    worked_case = fields.List(fields.Nested(RedFlagCase), required=True)


class ConditionCase(CaseHead):
    """A complaint, and whether the condition is met, considered, or neither."""

    status = fields.String(required=True, validate=validate.OneOf(["criteria_met", "consider", "none"]))
    complaint = fields.Dict(keys=fields.String(), values=FactValue(), required=True)


class ConditionFile(Strict):
    """One form of a condition beyond muscle and joint; `core` and `ruled_out_by` name letters of its criteria."""

    id = fields.String(required=True, validate=validate.Regexp(r"^DDX-[A-Z]+$"))
    title = _text()
    when = _text()
    limits = fields.List(fields.String(), required=True)
    citations = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    icd10cm = fields.List(fields.String(validate=validate.Regexp(CATEGORY)), required=True)
    core = fields.List(fields.String(validate=validate.Regexp("^[A-Z]$")))
    ruled_out_by = fields.List(fields.String(validate=validate.Regexp("^[A-Z]$")))
    criteria = fields.Dict(keys=fields.String(validate=validate.Regexp("^[A-Z]$")), values=_text(), required=True)
    review = fields.Nested(RuleReview, required=True)
    worked_case = fields.List(fields.Nested(ConditionCase), required=True)
