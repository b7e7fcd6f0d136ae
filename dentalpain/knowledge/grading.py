"""The grading of nociplastic pain as a clinician reads it; clinical/screening/central_pain.py decides it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from .files import FOLDER, place, read_toml
from .schemas import FactValue, RuleReview, Strict
from .screening_schemas import CaseHead

LEVELS = ("no", "possible", "probable", "not_determinable")
PATH = FOLDER / "nociplastic.toml"


class GradingCase(CaseHead):
    """Findings, and the level that comes of them."""

    status = fields.String(required=True, validate=validate.OneOf(LEVELS))
    complaint = fields.Dict(keys=fields.String(), values=FactValue(), required=True)


class GradingFile(Strict):
    """nociplastic.toml."""

    id = fields.String(required=True, validate=validate.Equal("AX2-NOCI"))
    title = fields.String(required=True)
    readme = fields.String(required=True)
    when = fields.String(required=True)
    if_unknown = fields.String(required=True)
    limits = fields.List(fields.String(), required=True)
    citations = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    criteria = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    review = fields.Nested(RuleReview, required=True)
    worked_case = fields.List(fields.Nested(GradingCase), required=True)


def load_grading() -> Mapping[str, Any]:
    """The texts of the grading without its worked cases, with the place of the file."""
    return {**read_toml(PATH, head_only=True), "path": place(PATH)}
