"""How to take a medicine, from the dose that the review worked out; without a dose, no number."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ..errors import InputError
from .content import Times
from .numbers import measure, number
from .strengths import Pill
from .text import keep_numbers
from .wording import Wording, fill

Dose = Mapping[str, Any]
# Universal Medication Schedule: the times of a medicine taken at even intervals. What is taken three times a day
# has no even place among four times, and is asked about.
AT_TIMES = {Decimal(12): ("morning", "bedtime"), Decimal(6): ("morning", "noon", "evening", "bedtime")}
COUNTED = {"tablet", "capsule", "pill", "drop", "patch", "spray"}  # units that a person counts, with no label to read


def directions(
    dose: Dose | None, when: str, wording: Wording, *, on: datetime.date | None = None, pill: Pill | None = None
) -> tuple[Times | None, str, tuple[str, ...]]:
    """Times of day, or text for use as needed; and what else is to be known about the dose.

    With the day `on` a course that ends names its last day; with the `pill` that is prescribed doses are counted in it.
    `dose` is the dose box of an alternative; null or without an amount it gives the sentence that sends the patient
    to the office. Raises InputError for a dose that is not a positive number or whose unit is not known.
    """
    amount, unit = _number(dose, "amount"), (dose or {}).get("unit")
    if amount is None or not unit:
        return None, wording.word("skip_dose"), ()
    count = _Count(wording, pill if unit == "mg" else None)
    measured = count.said(amount, unit)
    hours, first = _number(dose, "every_hours"), _number(dose, "first_amount")
    extra = _length(_number(dose, "max_days"), wording, on)
    if when != "as_needed":
        times = (when,) if hours is None else AT_TIMES.get(hours, (when,) if hours == 24 else ())
        each = keep_numbers(fill(wording.word("each_dose"), {"amount": measured}))
        extra = (*_first_time(first, unit, count), *extra)
        return (Times(**dict.fromkeys(times, measured)), "", extra) if times else (None, each, extra)
    sentences = [_take(first, unit, measured, count)]
    if hours is not None:
        sentences.append(fill(wording.word("wait"), {"hours": number(hours, wording)}))
    taken = Taken(amount, first, hours, _number(dose, "max_per_day"))
    sentences.extend(_most(taken, unit, count))
    return None, keep_numbers(" ".join(sentences)), extra


class Taken(NamedTuple):
    """The numbers of a dose: each dose, the first one where it is another, the hours between, and a day's maximum."""

    amount: Decimal
    first: Decimal | None
    hours: Decimal | None
    most: Decimal | None


def _take(first: Decimal | None, unit: str, measured: str, count: _Count) -> str:
    wording = count.wording
    if first is None:
        return fill(wording.word("take_if_hurt"), {"amount": measured})
    return fill(wording.word("take_first"), {"first": count.said(first, unit), "amount": measured})


def _first_time(first: Decimal | None, unit: str, count: _Count) -> tuple[str, ...]:
    if first is None:
        return ()
    return (keep_numbers(fill(count.wording.word("first_time"), {"first": count.said(first, unit)})),)


def _most(taken: Taken, unit: str, count: _Count) -> list[str]:
    """The day's maximum, in the unit of the dose; a maximum below one dose cannot be meant and is not printed.

    With a first dose of another size the maximum is that of the first day; later days hold the doses that the hours
    between them leave room for.
    """
    wording = count.wording
    amount, first, hours, most = taken
    if most is None or most < max(amount, first or amount):
        return [wording.word("ask_most")]
    if first is None or hours is None:
        return [fill(wording.word("most_in_day"), {"amount": count.most(most, unit)})]
    doses = max(Decimal(1), 24 // hours)
    later = min(most, amount * doses)
    return [
        fill(wording.word("most_first_day"), {"amount": count.most(most, unit)}),
        fill(wording.word("most_later_day"), {"amount": count.most(later, unit)}),
    ]


def _length(days: Decimal | None, wording: Wording, on: datetime.date | None) -> tuple[str, ...]:
    """How many days at most, and the last of them where it starts on the day of the handout."""
    if days is None:
        return ()
    if days <= 1:
        return (keep_numbers(wording.word("most_one_day")),)
    if on is None:
        return (keep_numbers(fill(wording.word("most_days"), {"days": number(days, wording)})),)
    last = on + datetime.timedelta(days=int(days) - 1)
    return (keep_numbers(fill(wording.word("last_day"), {"days": number(days, wording), "last": wording.date(last)})),)


def needs_counting(dose: Dose | None, pill: Pill | None = None) -> bool:
    """Whether the patient has to be told how many pills a dose is: it has an amount, in a unit that nobody counts."""
    amount, unit = _number(dose, "amount"), (dose or {}).get("unit")
    counted = pill is not None and unit == "mg" and amount is not None and pill.count(amount) is not None
    return amount is not None and unit not in COUNTED and not counted


class _Count(NamedTuple):
    """Says amounts: in pills with the amount behind them where the pill is known and a whole number of it fits."""

    wording: Wording
    pill: Pill | None

    def said(self, amount: Decimal, unit: str) -> str:
        """An amount to take."""
        whole = self.pill.count(amount) if self.pill else None
        return self._in_pills(whole, amount, unit) if whole else measure(amount, unit, self.wording)

    def most(self, amount: Decimal, unit: str) -> str:
        """An amount not to go over, rounded down to whole pills."""
        whole = amount // self.pill.strength if self.pill else None
        if not whole or self.pill is None:
            return measure(amount, unit, self.wording)
        return self._in_pills(whole, whole * self.pill.strength, unit)

    def _in_pills(self, count: Decimal, amount: Decimal, unit: str) -> str:
        assert self.pill is not None
        pills = measure(count, self.pill.unit, self.wording)
        return fill(self.wording.word("pills"), {"count": pills, "amount": measure(amount, unit, self.wording)})


def _number(dose: Dose | None, key: str) -> Decimal | None:
    value = (dose or {}).get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise InputError("a number of a dose is not a number.", where=f"dose.{key}", mend="Write digits.")
    found = Decimal(str(value))
    if not found.is_finite() or found <= 0:
        raise InputError("a number of a dose is not above 0.", where=f"dose.{key}", mend="Write a number above 0.")
    return found
