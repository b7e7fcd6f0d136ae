"""How to take a medicine, from the dose that the review worked out; without a dose, no number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ..errors import InputError
from .content import Times
from .text import keep_numbers
from .wording import Wording, fill

Dose = Mapping[str, Any]
# Universal Medication Schedule: the times of a medicine taken at even intervals. What is taken three times a day
# has no even place among four times, and is asked about.
AT_TIMES = {Decimal(12): ("morning", "bedtime"), Decimal(6): ("morning", "noon", "evening", "bedtime")}
COUNTED = {"tablet", "capsule", "pill", "drop", "patch", "spray"}  # units that a person counts, with no label to read


def directions(dose: Dose | None, when: str, wording: Wording) -> tuple[Times | None, str, tuple[str, ...]]:
    """Times of day, or text for use as needed; and what else is to be known about the dose.

    `dose` is the dose box of an alternative; null or without an amount it gives the sentence that sends the patient
    to the office. Raises InputError for a dose that is not a positive number or whose unit is not known.
    """
    amount, unit = _number(dose, "amount"), (dose or {}).get("unit")
    if amount is None or not unit:
        return None, wording.word("skip_dose"), ()
    measured = _measure(amount, unit, wording)
    hours, first = _number(dose, "every_hours"), _number(dose, "first_amount")
    extra = _length(_number(dose, "max_days"), wording)
    if when != "as_needed":
        times = (when,) if hours is None else AT_TIMES.get(hours, (when,) if hours == 24 else ())
        each = keep_numbers(fill(wording.word("each_dose"), {"amount": measured}))
        extra = (*_first_time(first, unit, wording), *extra)
        return (Times(**dict.fromkeys(times, measured)), "", extra) if times else (None, each, extra)
    sentences = [_take(first, unit, measured, wording)]
    if hours is not None:
        sentences.append(fill(wording.word("wait"), {"hours": _plain(hours)}))
    taken = Taken(amount, first, hours, _number(dose, "max_per_day"))
    sentences.extend(_most(taken, unit, wording))
    return None, keep_numbers(" ".join(sentences)), extra


class Taken(NamedTuple):
    """The numbers of a dose: each dose, the first one where it is another, the hours between, and a day's maximum."""

    amount: Decimal
    first: Decimal | None
    hours: Decimal | None
    most: Decimal | None


def _take(first: Decimal | None, unit: str, measured: str, wording: Wording) -> str:
    if first is None:
        return fill(wording.word("take_if_hurt"), {"amount": measured})
    return fill(wording.word("take_first"), {"first": _measure(first, unit, wording), "amount": measured})


def _first_time(first: Decimal | None, unit: str, wording: Wording) -> tuple[str, ...]:
    if first is None:
        return ()
    return (keep_numbers(fill(wording.word("first_time"), {"first": _measure(first, unit, wording)})),)


def _most(taken: Taken, unit: str, wording: Wording) -> list[str]:
    """The day's maximum, in the unit of the dose; a maximum below one dose cannot be meant and is not printed.

    With a first dose of another size the maximum is that of the first day; later days hold the doses that the hours
    between them leave room for.
    """
    amount, first, hours, most = taken
    if most is None or most < max(amount, first or amount):
        return [wording.word("ask_most")]
    if first is None or hours is None:
        return [fill(wording.word("most_in_day"), {"amount": _measure(most, unit, wording)})]
    doses = max(Decimal(1), 24 // hours)
    later = min(most, amount * doses)
    return [
        fill(wording.word("most_first_day"), {"amount": _measure(most, unit, wording)}),
        fill(wording.word("most_later_day"), {"amount": _measure(later, unit, wording)}),
    ]


def _length(days: Decimal | None, wording: Wording) -> tuple[str, ...]:
    if days is None:
        return ()
    if days <= 1:
        return (keep_numbers(wording.word("most_one_day")),)
    return (keep_numbers(fill(wording.word("most_days"), {"days": _plain(days)})),)


def needs_counting(dose: Dose | None) -> bool:
    """Whether the patient has to be told how many pills a dose is: it has an amount, in a unit that nobody counts."""
    return _number(dose, "amount") is not None and (dose or {}).get("unit") not in COUNTED


def _measure(amount: Decimal, unit: str, wording: Wording) -> str:
    units = wording.general["units"]
    if unit not in units:
        raise InputError("the unit of a dose has no wording.", where="dose.unit", mend=f"Use {', '.join(units)}.")
    one, many = units[unit]
    return keep_numbers(f"{_plain(amount)} {one if amount <= 1 else many}")


def _number(dose: Dose | None, key: str) -> Decimal | None:
    value = (dose or {}).get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise InputError("a number of a dose is not a number.", where=f"dose.{key}", mend="Write digits.")
    number = Decimal(str(value))
    if not number.is_finite() or number <= 0:
        raise InputError("a number of a dose is not above 0.", where=f"dose.{key}", mend="Write a number above 0.")
    return number


def _plain(number: Decimal) -> str:
    """Digits without trailing zeros, with a leading zero, thousands set apart: 2,400 and 0.5."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
