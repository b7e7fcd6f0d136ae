"""What is told beside the calendar of low-dose naltrexone: texts, who prescribes, and the trials for and against."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from marshmallow import fields, validate

from .files import FOLDER, read_rows, read_toml
from .schemas import AnyField, Day, Strict

PRESCRIBERS = ("not_said", "dentist", "physician")
DIRECTIONS = ("for", "against", "neutral")


def _lines() -> AnyField:
    return fields.List(fields.String(), required=True, validate=validate.Length(min=1))


class WhoPrescribes(Strict):
    """One text for each thing that an office can say."""

    not_said = fields.String(required=True)
    dentist = fields.String(required=True)
    physician = fields.String(required=True)


class CourseFile(Strict):
    """naltrexone_plan.toml."""

    status = fields.String(required=True, validate=validate.Equal("draft"))
    written_on = Day(required=True)
    reading = fields.String(required=True)
    compounding = fields.String(required=True)
    surgery = fields.String(required=True)
    washout = fields.String(required=True)
    monitoring = fields.String(required=True)
    stop_rule = fields.String(required=True)
    morning = fields.String(required=True)
    baseline = _lines()
    counselling = _lines()
    wallet_card = _lines()
    who_prescribes = fields.Nested(WhoPrescribes, required=True)


@lru_cache(maxsize=1)
def load_course() -> Mapping[str, Any]:
    """The texts of the course, as the file holds them."""
    return read_toml(FOLDER / "naltrexone_plan.toml")


@lru_cache(maxsize=1)
def load_evidence() -> tuple[Mapping[str, str], ...]:
    """The trials and reviews, in the order of the file: source, finding, direction, mark, citations."""
    return tuple(read_rows(FOLDER / "ldn_evidence.csv"))
