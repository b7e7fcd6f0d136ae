"""An answers file: who filled in which questionnaire on which day, and the points of each item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...errors import AnswersError
from ..facts import FactDefinition
from ..given import Given
from ..record import StatedValue
from ..stated_fact import stated_value
from .instrument import Instrument

RED_FLAGS_FORM = "red-flags"


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """One filled-in questionnaire: `points` of a scored one, or `facts` of the red-flag form."""

    instrument: str
    answered_by: str
    on: dt.date
    points: Mapping[str, int | None] = field(default_factory=dict)
    facts: Mapping[str, StatedValue] = field(default_factory=dict)


def read_answers(
    raw: object,
    instruments: Mapping[str, Instrument],
    red_flag_facts: Mapping[str, FactDefinition],
    on: dt.date,
    where: str = "answers",
) -> AnswerSheet:
    """Read one answers file as the contract states it; `on` is the day of the assessment.

    Raises AnswersError for a questionnaire that is not built, an unknown item, a value that is no point of its
    option (true, "7" and 1.9 are none), and a day after `on`.
    """
    given = Given(raw, where)
    known = (*instruments, RED_FLAGS_FORM)
    name = given.value("instrument")
    if not isinstance(name, str) or name not in known:
        raise given.wrong("instrument", "This questionnaire is not built.", f"Built are: {', '.join(known)}.")
    answered_by = given.word("answered_by", ("patient", "staff")) or "not said by whom"
    day = given.day("on") or on
    if day > on:
        raise given.wrong("on", "The answers are dated after the assessment.", "Correct one of the two days.")
    if given.value("items") is None:
        raise given.wrong("items", "There are no items.", "Write the points under their keys; null is blank.")
    items = given.section("items")
    given.done()
    if name == RED_FLAGS_FORM:
        return AnswerSheet(name, answered_by, day, facts=_facts(items, red_flag_facts))
    return AnswerSheet(name, answered_by, day, points=_points(items, instruments[name]))


def _points(items: Given, instrument: Instrument) -> dict[str, int | None]:
    points = {item.key: _point(items, item.key, item.options) for item in instrument.items}
    items.done()
    return points


def _point(items: Given, key: str, options: Mapping[int, str]) -> int | None:
    value = items.value(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value not in options:
        allowed = ", ".join(str(point) for point in options)
        raise items.wrong(key, "This is not a point of the item.", f"Write one of {allowed}, or null for blank.")
    return value


def _facts(items: Given, definitions: Mapping[str, FactDefinition]) -> dict[str, StatedValue]:
    read = {key: stated_value(items, key, definition, points=True) for key, definition in definitions.items()}
    items.done()
    return {key: value for key, value in read.items() if value is not None}


def one_sheet_each(sheets: tuple[AnswerSheet, ...]) -> None:
    """Refuse two sheets of one questionnaire; raises AnswersError."""
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.instrument in seen:
            raise AnswersError(
                "The same questionnaire was handed in twice.", where=sheet.instrument, mend="Hand in the newest alone."
            )
        seen.add(sheet.instrument)
