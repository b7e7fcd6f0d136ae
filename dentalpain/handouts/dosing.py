"""How to take a medicine, from the dose that the review worked out; without a dose, no number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

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
    hours = _number(dose, "every_hours")
    extra = _length(_number(dose, "max_days"), wording)
    if when != "as_needed":
        times = (when,) if hours is None else AT_TIMES.get(hours, (when,) if hours == 24 else ())
        each = keep_numbers(fill(wording.word("each_dose"), {"amount": measured}))
        return (Times(**dict.fromkeys(times, measured)), "", extra) if times else (None, each, extra)
    sentences = [fill(wording.word("take_if_hurt"), {"amount": measured})]
    if hours is not None:
        sentences.append(fill(wording.word("wait"), {"hours": _plain(hours)}))
    sentences.extend(_most(amount, _number(dose, "max_per_day"), unit, wording))
    return None, keep_numbers(" ".join(sentences)), extra


def _most(amount: Decimal, most: Decimal | None, unit: str, wording: Wording) -> list[str]:
    """The day's maximum, in the unit of the dose; a maximum below one dose cannot be meant and is not printed."""
    if most is None or most < amount:
        return [wording.word("ask_most")]
    return [fill(wording.word("most_in_day"), {"amount": _measure(most, unit, wording)})]


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
