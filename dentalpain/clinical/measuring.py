"""Measurements as they are sent, turned into the unit of the table of facts; an unknown unit gives no number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from .quantities import PartialDate
from .record import Span, Statement

Convert = Callable[[Decimal], Decimal]
Number = Decimal | Span


def _same(value: Decimal) -> Decimal:
    return value


def _times(factor: str) -> Convert:
    return lambda value: value * Decimal(factor)


def _over(divisor: str) -> Convert:
    return lambda value: value / Decimal(divisor)


# 1 lb = 0.45359237 kg exactly (international avoirdupois pound, 1959).
WEIGHT: Mapping[str, Convert] = {
    "kg": _same,
    "g": _over("1000"),
    "[lb_av]": _times("0.45359237"),
    "lb": _times("0.45359237"),
    "lbs": _times("0.45359237"),
}
# Laboratories write the normalised unit in many ways, and often leave the body surface out.
EGFR: Mapping[str, Convert] = dict.fromkeys(
    (
        *("ml/min/{1.73_m2}", "ml/min/1.73m2", "ml/min/1.73m*2", "ml/min/1.73m^2", "ml/min/1.73m²"),
        *("ml/min/1.73", "ml/min/1.73sqm", "ml/min"),
    ),
    _same,
)
PRESSURE: Mapping[str, Convert] = {"mm[hg]": _same, "mmhg": _same, "kpa": _over("0.133322")}
RATE: Mapping[str, Convert] = dict.fromkeys(
    ("/min", "{beats}/min", "beats/min", "bpm", "{breaths}/min", "breaths/min", "1/min"), _same
)

# Unit of the table of facts -> units that may be sent (lower case, no blanks), and how each is turned into it.
CONVERSIONS: Mapping[str, Mapping[str, Convert]] = {
    "kg": WEIGHT,
    "kg/m2": {"kg/m2": _same, "kg/m²": _same},
    "mL/min/{1.73_m2}": EGFR,
    "mL/min": {"ml/min": _same, "ml/s": _times("60")},
    # Creatinine: 88.42 µmol/L is 1 mg/dL (molar mass 113.12 g/mol).
    "mg/dL": {"mg/dl": _same, "umol/l": _over("88.42"), "µmol/l": _over("88.42"), "μmol/l": _over("88.42")},
    "10*3/uL": {
        **dict.fromkeys(("10*3/ul", "10*9/l", "10^3/ul", "10^9/l", "k/ul", "thou/ul", "x10e3/ul", "10*3/mm3"), _same),
        **dict.fromkeys(("/ul", "{cells}/ul", "cells/ul", "/mm3"), _over("1000")),
    },
    "mm[Hg]": PRESSURE,
    "mmol/L": {"mmol/l": _same, "meq/l": _same},  # sodium carries one charge: 1 mEq is 1 mmol
    "Cel": {
        **dict.fromkeys(("cel", "c", "°c", "degc"), _same),
        **dict.fromkeys(("[degf]", "f", "°f", "degf"), lambda value: (value - 32) * 5 / 9),
    },
    "/min": RATE,
    "%": {"%": _same},
    "ms": {"ms": _same, "msec": _same, "s": _times("1000")},
    "wk": {**dict.fromkeys(("wk", "wks", "week", "weeks"), _same), **dict.fromkeys(("d", "day", "days"), _over("7"))},
    "{drinks}/d": {
        **dict.fromkeys(("{drinks}/d", "{#}/d", "/d", "drinks/day", "{standard_drinks}/d"), _same),
        **dict.fromkeys(("{drinks}/wk", "/wk", "drinks/week"), _over("7")),
    },
    "{INR}": {"{inr}": _same, "1": _same, "{ratio}": _same, "": _same},
    "{score}": {"{score}": _same, "1": _same, "": _same},
    "U/L": {"u/l": _same, "[iu]/l": _same, "iu/l": _same},
    "mm": {"mm": _same, "cm": _times("10")},
    "h": {"h": _same, "hours": _same, "min": _over("60")},
}


def converted(value: Decimal, sent: str, wanted: str) -> Decimal | None:
    """The value in the wanted unit; None when the sent unit is not in the table for it."""
    convert = CONVERSIONS.get(wanted, {}).get(re.sub(r"\s", "", sent).lower())
    return None if convert is None else convert(value)


def measured(value: Decimal, sent: str, wanted: str, comparator: str = "") -> Number | None:
    """A measurement in the wanted unit, as a range where the laboratory sent '<', '<=', '>=' or '>'.

    None when the unit or the comparator is not known. '> 60' is read as 60 or more, '< 15' as below 15.
    """
    number = converted(value, sent, wanted)
    if number is None or comparator == "":
        return number
    spans = {
        ">": Span(number, None),
        ">=": Span(number, None),
        "<": Span(None, number, below_high=True),
        "<=": Span(None, number),
    }
    return spans.get(comparator)


# -- weeks of pregnancy ----------------------------------------------------------------------------------------------

TERM_DAYS = 280  # the due date is 280 days after the first day of the last menstrual period
LONGEST_WEEKS = 42  # beyond this the pregnancy has ended, whatever the record says


def gestation(days: int, recorded: PartialDate, on: dt.date, source: str) -> Statement | None:
    """Weeks of pregnancy on the day `on`, from the days reached when it was recorded.

    The value is a whole number of completed weeks; the source names what was recorded and when. A recording day known
    to the month or year gives a range. None when the pregnancy must have ended.
    """
    low = (days + (on - recorded.last).days) // 7
    high = (days + (on - recorded.first).days) // 7
    if low > LONGEST_WEEKS or high < 0:
        return None
    value: Number = Decimal(low) if low == high else Span(Decimal(low), Decimal(high))
    today = PartialDate(on, on)
    return Statement("gestational_age_weeks", value, today, f"{source}: {days // 7} wk on {recorded}")


def gestation_from_due_date(due: PartialDate, on: dt.date, source: str) -> Statement | None:
    """Weeks of pregnancy on the day `on` from the due date; None when the pregnancy must have ended."""
    return _gestation_counted(due, TERM_DAYS, on, f"{source}: due {due}")


def gestation_from_last_period(first_day: PartialDate, on: dt.date, source: str) -> Statement | None:
    """Weeks of pregnancy on the day `on` from the last menstrual period; None when it must have ended."""
    return _gestation_counted(first_day, 0, on, f"{source}: last period {first_day}")


def _gestation_counted(anchor: PartialDate, days: int, on: dt.date, source: str) -> Statement | None:
    stated = gestation(days, anchor, on, source)
    if stated is None:
        return None
    return Statement(stated.fact, stated.value, stated.date, source)


# -- facts that a number decides -------------------------------------------------------------------------------------

OBESE_BMI = Decimal(30)  # adults: obesity class I begins at 30 kg/m²
OBESE_PERCENTILE = Decimal(95)  # children: at or above the 95th percentile for age and sex
HIGH_SYSTOLIC, HIGH_DIASTOLIC = Decimal(160), Decimal(100)  # design choice for NSAIDs, to be confirmed by a clinician
LONG_QT_MS = Decimal(500)
POSITIVE_PHQ9 = Decimal(10)


def obesity(bmi: Decimal, adult: bool | None) -> bool | None:
    """Whether a body mass index is obesity; None for a child or an unknown age, where it takes the percentile."""
    return bmi >= OBESE_BMI if adult else None


def uncontrolled_pressure(systolic: Number | None, diastolic: Number | None) -> bool | None:
    """Whether a blood pressure of one reading is uncontrolled; None when the missing half could decide."""
    high = [_reaches(systolic, HIGH_SYSTOLIC), _reaches(diastolic, HIGH_DIASTOLIC)]
    if True in high:
        return True
    return None if None in high else False


def _reaches(value: Number | None, limit: Decimal) -> bool | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return value >= limit
    if value.low is not None and value.low >= limit:
        return True
    return False if value.high is not None and value.high < limit else None


def times_upper_limit(value: Decimal, upper: Decimal | None) -> Decimal | None:
    """A liver enzyme as a multiple of the laboratory's own upper limit; None without one."""
    return value / upper if upper else None


WEEKS = re.compile(r"\b(\d{1,2})\s*(?:\+\s*([0-6]))?\s*(?:wk|wks|week|weeks|w)\b(?:\s*([0-6])\s*(?:d|days?)\b)?", re.I)


def days_in_text(text: str) -> int | None:
    """Days of pregnancy in a text such as '24 wks' or '28w 3d'; None when it holds no weeks, or several."""
    found = WEEKS.findall(text)
    if len(found) != 1:
        return None
    weeks, plus, days = found[0]
    return int(weeks) * 7 + int(plus or days or 0)
