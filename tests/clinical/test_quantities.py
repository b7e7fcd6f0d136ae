"""Numbers with units, ranges, ages and partial dates: exact, and never more certain than what was written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.quantities import PartialDate, Quantity, Reading, completed_years, plain, rounded

THIRTY = Decimal(30)


def test_milligrams_are_not_added_to_milliliters() -> None:
    five = Quantity(Decimal(5), "mg")
    assert str(five + five.times(Decimal(2))) == "15 mg"
    with pytest.raises(ValueError, match="mL"):
        _ = five + Quantity(Decimal(5), "mL")


@pytest.mark.parametrize(("number", "shown"), [("5.0", "5"), ("0.50", "0.5"), ("1E+2", "100"), ("10", "10")])
def test_a_number_is_shown_without_trailing_zeros(number: str, shown: str) -> None:
    assert plain(Decimal(number)) == shown


def test_halves_are_rounded_away_from_zero_for_display() -> None:
    assert rounded(Decimal("2.25"), "0.1") == Decimal("2.3")


@pytest.mark.parametrize(
    ("reading", "below", "at_least"),
    [
        (Reading.exactly(Decimal(29)), YES, NO),
        (Reading.exactly(THIRTY), NO, YES),
        (Reading.exactly(Decimal(31)), NO, YES),
        (Reading(None, THIRTY, below_high=True), YES, NO),  # "< 30"
        (Reading(None, THIRTY), UNKNOWN, UNKNOWN),  # "30 or less" may be 30
        (Reading(Decimal(15), Decimal(45)), UNKNOWN, UNKNOWN),
        (Reading(THIRTY, None), NO, YES),  # "30 or more"
        (Reading.nothing(), UNKNOWN, UNKNOWN),
        (Reading(None, None, not_listed=True), NO, NO),  # reviewed lists give no hint
    ],
)
def test_a_reading_is_compared_with_thirty(reading: Reading, below: Answer, at_least: Answer) -> None:
    assert reading.below(THIRTY).answer is below
    assert reading.at_least(THIRTY).answer is at_least


@pytest.mark.parametrize(
    ("reading", "above", "at_most"),
    [
        (Reading.exactly(Decimal(31)), YES, NO),
        (Reading.exactly(THIRTY), NO, YES),
        (Reading(Decimal(20), Decimal(40)), UNKNOWN, UNKNOWN),
        (Reading(None, None, not_listed=True), NO, NO),
    ],
)
def test_above_and_at_most_are_opposites(reading: Reading, above: Answer, at_most: Answer) -> None:
    assert reading.above(THIRTY).answer is above
    assert reading.at_most(THIRTY).answer is at_most


@pytest.mark.parametrize(("value", "answer"), [(29, NO), (30, YES), (59, YES), (60, NO)])
def test_a_band_holds_its_lower_end_and_not_its_upper_one(value: int, answer: Answer) -> None:
    assert Reading.exactly(Decimal(value)).from_to_below(THIRTY, Decimal(60)).answer is answer


@pytest.mark.parametrize(("value", "answer"), [(2, NO), (3, YES), (5, YES), (6, NO)])
def test_a_range_holds_both_ends(value: int, answer: Answer) -> None:
    assert Reading.exactly(Decimal(value)).from_to(Decimal(3), Decimal(5)).answer is answer


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_a_range_never_says_more_than_every_value_in_it(low: int, width: int, limit: int) -> None:
    range_says = Reading(Decimal(low), Decimal(low + width)).below(Decimal(limit)).answer
    each = {Reading.exactly(Decimal(value)).below(Decimal(limit)).answer for value in range(low, low + width + 1)}
    assert range_says is (each.pop() if len(each) == 1 else UNKNOWN)


def test_a_reading_knows_whether_it_is_one_value() -> None:
    assert Reading.exactly(THIRTY).value == THIRTY and Reading(THIRTY, None).value is None
    assert Reading(THIRTY, None).known and not Reading.nothing().known
    assert "not listed" in repr(Reading(None, None, not_listed=True))


@pytest.mark.parametrize(
    ("on", "years"),
    [(dt.date(2025, 2, 28), 0), (dt.date(2025, 3, 1), 1)],  # born on a leap day: a year older on 1 March
)
def test_somebody_born_on_a_leap_day_comes_of_age_in_march(on: dt.date, years: int) -> None:
    assert completed_years(dt.date(2024, 2, 29), on) == years


@pytest.mark.parametrize(
    ("text", "first", "last", "shown"),
    [
        ("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31), "2025"),
        ("2025-02", dt.date(2025, 2, 1), dt.date(2025, 2, 28), "2025-02"),
        ("2025-12", dt.date(2025, 12, 1), dt.date(2025, 12, 31), "2025-12"),
        ("2025-03-14T10:00:00Z", dt.date(2025, 3, 14), dt.date(2025, 3, 14), "2025-03-14"),
    ],
)
def test_a_partial_date_runs_from_its_first_to_its_last_day(text: str, first: dt.date, last: dt.date, shown: str) -> None:
    date = PartialDate.parse(text)
    assert (date.first, date.last, str(date)) == (first, last, shown)
    assert date.exact is (first == last)


@pytest.mark.parametrize("text", ["25", "2025-3", "3/14/2025", "2025-02-30", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)
