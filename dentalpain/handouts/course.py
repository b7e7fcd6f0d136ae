"""How the pain has gone: a chart for each measure, what changed, and a table of the same numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from ..clinical.findings import YES
from ..clinical.outcomes import MEASURES, Change, Measured, change
from ..errors import InputError
from .bars import Bars
from .content import Block, Heading, Paragraph, Run
from .numbers import number
from .plain_table import PlainTable
from .wording import Topic, Wording, runs

TOPIC = "my-course"
MOST_BARS = 10  # the latest; the table holds all
ACROSS = 3  # measures side by side in a table
MOST_DAYS = 40


@dataclass(frozen=True)
class Taken:
    """A value of one measure on a day."""

    measure: str
    value: Decimal
    on: dt.date


def read_course(values: Iterable[Mapping[str, Any]]) -> tuple[Taken, ...]:
    """Values as `outcomes --json` lists them under `measured`, the earliest first; of two on one day the later counts.

    Raises InputError for a measure that is not followed, and for a value or a day that cannot be.
    """
    found: dict[tuple[str, dt.date], Taken] = {}
    for raw in values:
        try:
            held = Measured(raw["measure"], Decimal(str(raw["value"])), dt.date.fromisoformat(str(raw["on"])))
        except (KeyError, ValueError, InvalidOperation) as error:
            mend = f"Give a measure ({', '.join(MEASURES)}), a value in its range, and a day."
            raise InputError("a value of the course cannot be read.", where="course", mend=mend) from error
        found[held.measure, held.on] = Taken(held.measure, held.value, held.on)
    return tuple(sorted(found.values(), key=lambda one: one.on))


def course_blocks(course: Sequence[Taken], topic: Topic, wording: Wording) -> list[Block]:
    """A heading, a chart and a sentence for each measure, then the numbers; a sentence alone where nothing is stored."""
    measures = [name for name in MEASURES if any(one.measure == name for one in course)]
    if not measures:
        return [Paragraph(runs(topic.word("none")))]
    blocks: list[Block] = []
    for name in measures:
        values = [one for one in course if one.measure == name]
        words = topic.measures[name]
        said = f"{words['more_is']} {_change(values, topic, wording)}"
        blocks += [Heading(words["name"], level=3), Paragraph((Run(said),), personal=True), _bars(values, topic, wording)]
    return [*blocks, Heading(topic.word("numbers"), level=3), *_tables(course, measures, topic, wording)]


def _bars(values: Sequence[Taken], topic: Topic, wording: Wording) -> Bars:
    held = MEASURES[values[0].measure]
    shown = values[-MOST_BARS:]
    highest = held.highest or max(one.value for one in shown) or Decimal(1)
    said = "; ".join(topic.word("value", day=wording.date(one.on), value=plain_number(one.value, wording)) for one in shown)
    name = topic.measures[held.id]["name"]
    alt = topic.word("alt", what=name, values=said)
    bars = tuple((wording.date(one.on), float(one.value), plain_number(one.value, wording)) for one in shown)
    return Bars(alt, float(highest), bars)


def _change(values: Sequence[Taken], topic: Topic, wording: Wording) -> str:
    """What happened between the first value and the latest; only a fall of pain by the mark is called a real change."""
    first, latest = values[0], values[-1]
    numbers = {"first": plain_number(first.value, wording), "latest": plain_number(latest.value, wording)}
    if len(values) == 1:
        return topic.word("only_one", **numbers)
    way = "same" if latest.value == first.value else "down" if latest.value < first.value else "up"
    found = change(Measured(first.measure, first.value, first.on), Measured(latest.measure, latest.value, latest.on))
    real = f" {topic.word('real_change')}" if way == "down" and _is_real(found) else ""
    return topic.word(way, **numbers) + real


def _is_real(found: Change) -> bool:
    return MEASURES[found.measure].about == "pain" and found.marks["30 percent"] is YES


def _tables(course: Sequence[Taken], measures: Sequence[str], topic: Topic, wording: Wording) -> list[Block]:
    days = sorted({one.on for one in course})[-MOST_DAYS:]
    held = {(one.measure, one.on): plain_number(one.value, wording) for one in course}
    tables: list[Block] = []
    for start in range(0, len(measures), ACROSS):
        part = measures[start : start + ACROSS]
        heads = (topic.word("day"), *(topic.measures[name]["short"] for name in part))
        rows = [(wording.date(day), *(held.get((name, day), topic.word("not_measured")) for name in part)) for day in days]
        shares = (0.34, *[0.66 / len(part)] * len(part))
        tables.append(PlainTable(heads, tuple(rows), shares))
    return tables


def plain_number(value: Decimal, wording: Wording) -> str:
    """A number with one decimal at most, halves up, and no trailing zero."""
    return number(value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP), wording)
