"""Numbers with units, and readings that may be a range: exact decimals, nothing guessed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .findings import NO, UNKNOWN, YES, Because, Finding


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount and its unit, such as 5 mg; adding unlike units raises ValueError."""

    amount: Decimal
    unit: str

    def __add__(self, other: Quantity) -> Quantity:
        if self.unit != other.unit:
            raise ValueError(f"cannot add {other.unit or 'a bare number'} to {self.unit or 'a bare number'}")
        return Quantity(self.amount + other.amount, self.unit)

    def times(self, factor: Decimal) -> Quantity:
        """This quantity taken `factor` times."""
        return Quantity(self.amount * factor, self.unit)

    def __str__(self) -> str:
        return f"{plain(self.amount)} {self.unit}".strip()


def plain(number: Decimal) -> str:
    """A number without exponent and without trailing zeros: 5.0 is '5', 0.50 is '0.5'."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal, step: str) -> Decimal:
    """The number to the nearest step ('0.1', '1'), halves away from zero; for display, never before a comparison."""
    return number.quantize(Decimal(step), rounding=ROUND_HALF_UP)


class Reading:
    """What is known of a number: exactly, as a range ('> 60', CKD stage 3, a birth year), or not at all.

    `low` and `high` hold both ends (None: open); `below_high` leaves the upper end out ('< 15').
    `facts` are the reasons shown with every comparison. `not_listed`: reviewed lists give no hint of a value,
    and every comparison answers no.
    """

    __slots__ = ("below_high", "facts", "high", "low", "not_listed", "presumed")

    def __init__(
        self,
        low: Decimal | None,
        high: Decimal | None,
        facts: tuple[Because, ...] = (),
        *,
        below_high: bool = False,
        not_listed: bool = False,
        presumed: bool = False,
    ) -> None:
        self.low, self.high, self.facts = low, high, facts
        self.below_high, self.not_listed, self.presumed = below_high, not_listed, presumed

    @classmethod
    def exactly(cls, value: Decimal, *facts: Because) -> Reading:
        """A reading with one value."""
        return cls(value, value, facts)

    @classmethod
    def nothing(cls, *facts: Because) -> Reading:
        """A reading of which nothing is known."""
        return cls(None, None, facts)

    @property
    def value(self) -> Decimal | None:
        """The one value, or None for a range and for nothing."""
        return self.low if self.low == self.high else None

    @property
    def known(self) -> bool:
        """Whether at least one end is known."""
        return self.low is not None or self.high is not None

    def below(self, limit: Decimal) -> Finding:
        """Is it less than `limit`?"""
        if self.not_listed:
            return Finding(NO, self.facts)
        if self.high is not None and (self.high < limit or (self.below_high and self.high == limit)):
            return Finding(YES, self.facts, presumed=self.presumed)
        if self.low is not None and self.low >= limit:
            return Finding(NO, self.facts)
        return Finding(UNKNOWN, self.facts)

    def above(self, limit: Decimal) -> Finding:
        """Is it more than `limit`?"""
        if self.not_listed:
            return Finding(NO, self.facts)
        if self.low is not None and self.low > limit:
            return Finding(YES, self.facts, presumed=self.presumed)
        if self.high is not None and self.high <= limit:
            return Finding(NO, self.facts)
        return Finding(UNKNOWN, self.facts)

    def at_least(self, limit: Decimal) -> Finding:
        """Is it `limit` or more?"""
        if self.not_listed:
            return Finding(NO, self.facts)
        if self.low is not None and self.low >= limit:
            return Finding(YES, self.facts, presumed=self.presumed)
        if self.high is not None and (self.high < limit or (self.below_high and self.high == limit)):
            return Finding(NO, self.facts)
        return Finding(UNKNOWN, self.facts)

    def at_most(self, limit: Decimal) -> Finding:
        """Is it `limit` or less?"""
        if self.not_listed:
            return Finding(NO, self.facts)
        if self.high is not None and self.high <= limit:
            return Finding(YES, self.facts, presumed=self.presumed)
        if self.low is not None and self.low > limit:
            return Finding(NO, self.facts)
        return Finding(UNKNOWN, self.facts)

    def from_to_below(self, low: Decimal, high: Decimal) -> Finding:
        """Is it `low` or more and less than `high`?"""
        return self._both(self.at_least(low), self.below(high))

    def from_to(self, low: Decimal, high: Decimal) -> Finding:
        """Is it from `low` to `high`, both ends held?"""
        return self._both(self.at_least(low), self.at_most(high))

    def _both(self, first: Finding, second: Finding) -> Finding:
        answers = (first.answer, second.answer)
        answer = NO if NO in answers else UNKNOWN if UNKNOWN in answers else YES
        return Finding(answer, self.facts, presumed=self.presumed and answer is YES)

    def __repr__(self) -> str:
        return f"Reading({self.low}, {self.high}{', not listed' if self.not_listed else ''})"


def completed_years(born: dt.date, on: dt.date) -> int:
    """Age in completed years; somebody born on 29 February comes of age on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day, as FHIR writes it."""

    first: dt.date
    last: dt.date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read '2025', '2025-03', '2025-03-14' or a date-time; raises ValueError."""
        day = text.split("T")[0]
        numbers = [int(part) for part in day.split("-")]
        if len(numbers) == 1 and len(day) == 4:
            return cls(dt.date(numbers[0], 1, 1), dt.date(numbers[0], 12, 31))
        if len(numbers) == 2 and len(day) == 7:
            after = dt.date(numbers[0] + numbers[1] // 12, numbers[1] % 12 + 1, 1)
            return cls(dt.date(numbers[0], numbers[1], 1), after - dt.timedelta(days=1))
        if len(numbers) == 3 and len(day) == 10:
            exact = dt.date(*numbers)
            return cls(exact, exact)
        raise ValueError("not a date of the form 2025, 2025-03 or 2025-03-14")

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.exact:
            return self.first.isoformat()
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return self.first.isoformat()[:7] if same_month else self.first.isoformat()[:4]
