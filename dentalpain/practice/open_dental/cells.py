"""The cells of Open Dental's tables: no date is the year 1, no link is 0, and text is typed by people in a hurry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]

# Definitions under which forms file what they could not match: the real name stands in the free text of the row.
_THINGS = r"(allerg(y|ies)|medical|problems?|conditions?|diseases?|med(icine|ication)?s?|drugs?|illness(es)?)"
OTHER = re.compile(
    rf"(other|unlisted|misc(ellaneous)?)( {_THINGS})*( \(?(specify|see notes?|not listed)\)?)?[:.]?", re.I
)
COUNT = re.compile(r"\s*#?\s*(\d{1,4})(\s*\(\D{0,30}\))?(?:\s*(tab|cap|pill)\w*)?\.?\s*", re.I)
REFILLS = re.compile(r"\s*(\d{1,2})\s*(refills?)?\s*", re.I)


def words(cell: Any) -> str:
    """The text of a cell on one line."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def is_other(name: str) -> bool:
    """Whether a definition says no more than that the office has none for it."""
    return OTHER.fullmatch(name) is not None


def day(cell: Any) -> dt.date | None:
    """A date or the day of a time stamp; None for 0001-01-01, for 0000-00-00 and for an empty cell."""
    found = cell.date() if isinstance(cell, dt.datetime) else cell
    return found if isinstance(found, dt.date) and found.year > 1 else None


def stamp(cell: Any, on: dt.date) -> dt.date | None:
    """The day of the last change of a row.

    A server that keeps another time zone than the office is up to a day ahead of it; that row is of today.
    """
    found = day(cell)
    return on if found is not None and found - on == dt.timedelta(days=1) else found


def number(cell: Any) -> int:
    """A whole number; 0 for anything else."""
    return int(cell) if isinstance(cell, int | Decimal) else 0


def count_of(disp: str) -> Decimal | None:
    """The number of units in '20', '#20', '20 tabs' or '20 (twenty)'; None for anything else."""
    found = COUNT.fullmatch(disp)
    return Decimal(found[1]) if found else None


def refills_of(text: str) -> Decimal | None:
    """The number of refills; None where it is not a number."""
    found = REFILLS.fullmatch(text)
    return Decimal(found[1]) if found else None


def days_of_supply(cell: Any) -> Decimal | None:
    """Days of supply, which stand in a column of floating point numbers; None for 0, which is what nobody fills in."""
    days = Decimal(str(cell)) if isinstance(cell, int | float | Decimal) else Decimal(0)
    return days.normalize() if days.is_finite() and days > 0 else None
