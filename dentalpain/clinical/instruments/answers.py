"""An answers file: who filled in which questionnaire on which day, and the points of each item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ...errors import AnswersError
from ..facts import FactDefinition
from ..given import Given
from ..record import StatedValue
from ..stated_fact import stated_value
from .instrument import Instrument, Item, Points, Value

RED_FLAGS_FORM = "red-flags"
SIDES, UNCLEAR = ("right", "left"), "unclear"


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """One filled-in questionnaire: `points` of a scored one, or `facts` of the red-flag form.

    Items that the skip logic passes over are not among the points; `passed_over` names those answered all the same.
    """

    instrument: str
    answered_by: str
    on: dt.date
    points: Points = field(default_factory=dict)
    facts: Mapping[str, StatedValue] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()


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
    values = _values(items, instruments[name])
    over = _passed_over(values, instruments[name])
    return AnswerSheet(
        name,
        answered_by,
        day,
        points={key: value for key, value in values.items() if key not in over},
        passed_over=tuple(key for key, value in values.items() if key in over and value is not None),
    )


def _values(items: Given, instrument: Instrument) -> dict[str, Value]:
    values = {item.key: READERS[item.kind](items, item) for item in instrument.items}
    items.done()
    return values


def _passed_over(values: Mapping[str, Value], instrument: Instrument) -> frozenset[str]:
    """The items that were not to be asked, because an item before them was answered with no."""
    said_no = {key for key, value in values.items() if value is not None and not value}
    return frozenset(item.key for item in instrument.items if said_no.intersection(item.skipped_by))


def _choice(items: Given, item: Item) -> Value:
    value = items.value(item.key)
    if value is None:
        return None
    if isinstance(value, str) and value in item.words:
        return item.words[value]
    if isinstance(value, bool) or not isinstance(value, int) or value not in item.options:
        raise items.wrong(
            item.key, "This is not a point of the item.", f"Write one of {_allowed(item, *item.options)}."
        )
    return value


def _number(items: Given, item: Item) -> Value:
    value = items.value(item.key)
    if isinstance(value, str) and value in item.words:
        return item.words[value]
    number = items.number(item.key, item.lowest, item.highest)
    if number is not None and number != number.to_integral_value():
        raise items.wrong(item.key, "A whole number is needed.", f"Write {item.lowest} to {item.highest}, or null.")
    return number


def _allowed(item: Item, *points: int) -> str:
    shown = [str(point) for point in points] + [f'"{word}"' for word in item.words]
    return f"{', '.join(shown)}, or null for blank"


def _months(items: Given, item: Item) -> Value:
    """A number of months, or an object with years and months."""
    if not isinstance(items.value(item.key), Mapping):
        return items.number(item.key, item.lowest, item.highest)
    parts = items.section(item.key)
    years, months = parts.number("years", 0, item.highest // 12), parts.number("months", 0, item.highest)
    parts.done()
    return months_in(years, months)


def months_in(years: int | Decimal | None, months: int | Decimal | None) -> Decimal | None:
    """Months in all; None where both are blank, and where one is blank beside a 0, which alone tells no length.

    Years alone are whole years, so that no length is taken for longer than it is; months alone are months.
    """
    total = Decimal(years or 0) * 12 + Decimal(months or 0)
    return total if total or (years is not None and months is not None) else None


def _yes_no(items: Given, item: Item) -> Value:
    value = items.value(item.key)
    return value == 1 if type(value) is int and value in (0, 1) else items.yes_no(item.key)


def _sides(items: Given, item: Item) -> Value:
    value = items.value(item.key)
    return items.words(item.key, (*SIDES, UNCLEAR)) if isinstance(value, list) else _yes_no(items, item)


def _names(items: Given, item: Item) -> Value:
    return items.words(item.key, item.names)


READERS: Mapping[str, Callable[[Given, Item], Value]] = {
    "choice": _choice,
    "number": _number,
    "months": _months,
    "yes_no": _yes_no,
    "sides": _sides,
    "names": _names,
}


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
