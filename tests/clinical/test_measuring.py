"""Measurements come in many units; a wrong one must never become a number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dentalpain.clinical import measuring
from dentalpain.clinical.measuring import converted, days_in_text, gestation, measured
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Span

ON = dt.date(2026, 11, 30)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("value", "sent", "wanted", "expected"),
    [
        ("100", "[lb_av]", "kg", "45.359237"),  # 100 x 0.45359237
        ("70", "kg", "kg", "70"),
        ("9300", "g", "kg", "9.3"),
        ("59", "mL/min/1.73m2", "mL/min/{1.73_m2}", "59"),
        ("59", "mL/min/{1.73_m2}", "mL/min/{1.73_m2}", "59"),
        ("88.42", "umol/L", "mg/dL", "1"),  # 88.42 / 88.42
        ("150", "10*9/L", "10*3/uL", "150"),
        ("150000", "/uL", "10*3/uL", "150"),  # 150000 / 1000
        ("100.4", "[degF]", "Cel", "38"),  # (100.4 - 32) x 5 / 9
        ("14", "d", "wk", "2"),
        ("14", "{drinks}/wk", "{drinks}/d", "2"),
        ("0.5", "s", "ms", "500"),
    ],
)
def test_a_known_unit_is_turned_into_the_unit_of_the_fact(value: str, sent: str, wanted: str, expected: str) -> None:
    assert converted(Decimal(value), sent, wanted) == Decimal(expected)


@pytest.mark.parametrize(
    ("sent", "wanted"), [("stone", "kg"), ("", "kg"), ("mg/dL", "10*3/uL"), ("mmol/mol", "%"), ("kg", "furlong")]
)
def test_an_unknown_unit_gives_no_number(sent: str, wanted: str) -> None:
    assert converted(Decimal(60), sent, wanted) is None


def test_more_than_60_is_60_or_more_and_less_than_15_leaves_15_out() -> None:
    assert measured(Decimal(60), "mL/min", "mL/min/{1.73_m2}", ">") == Span(Decimal(60), None)
    assert measured(Decimal(60), "mL/min", "mL/min/{1.73_m2}", ">=") == Span(Decimal(60), None)
    assert measured(Decimal(15), "mL/min", "mL/min/{1.73_m2}", "<") == Span(None, Decimal(15), below_high=True)
    assert measured(Decimal(15), "mL/min", "mL/min/{1.73_m2}", "<=") == Span(None, Decimal(15))


def test_a_comparator_that_nobody_knows_gives_no_number() -> None:
    assert measured(Decimal(60), "mL/min", "mL/min/{1.73_m2}", "~") is None
    assert measured(Decimal(60), "stone", "kg", ">") is None


def test_28_weeks_recorded_three_weeks_ago_are_31_weeks_today() -> None:
    stated = gestation(28 * 7, day("2026-11-09"), ON, "chart")  # 21 days later: 196 + 21 = 217 days = 31 weeks
    assert stated is not None
    assert stated.value == 31
    assert stated.date == PartialDate(ON, ON)
    assert stated.source == "chart: 28 wk on 2026-11-09"


def test_29_weeks_and_six_days_are_29_weeks_and_one_day_more_is_30() -> None:
    before = gestation(29 * 7 + 6, PartialDate(ON, ON), ON, "chart")
    after = gestation(29 * 7 + 6, day("2026-11-29"), ON, "chart")
    assert before is not None and before.value == 29
    assert after is not None and after.value == 30


def test_weeks_recorded_in_a_month_without_a_day_give_a_range() -> None:
    stated = gestation(20 * 7, day("2026-10"), ON, "chart")
    # 31 October: 30 days later, 170 days, 24 weeks; 1 October: 60 days later, 200 days, 28 weeks
    assert stated is not None and stated.value == Span(Decimal(24), Decimal(28))


def test_a_pregnancy_of_more_than_42_weeks_has_ended() -> None:
    assert gestation(42 * 7 + 6, PartialDate(ON, ON), ON, "chart") is not None
    assert gestation(43 * 7, PartialDate(ON, ON), ON, "chart") is None


def test_a_due_date_in_70_days_is_30_weeks() -> None:
    stated = measuring.gestation_from_due_date(day("2027-02-08"), ON, "chart")  # 280 - 70 = 210 days = 30 weeks
    assert stated is not None and stated.value == 30
    assert stated.source == "chart: due 2027-02-08"


def test_a_due_date_a_month_ago_says_nothing_of_today() -> None:
    assert measuring.gestation_from_due_date(day("2026-10-31"), ON, "chart") is None  # 280 + 30 days = 44 weeks


def test_a_last_period_140_days_ago_is_20_weeks() -> None:
    stated = measuring.gestation_from_last_period(day("2026-07-13"), ON, "chart")
    assert stated is not None and stated.value == 20


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("24 wks", 168),
        ("28w 3d", 199),
        ("28+3 weeks", 199),
        ("24", None),
        ("12 to 14 weeks or 15 weeks", None),
        ("", None),
    ],
)
def test_weeks_in_words_are_read_where_there_is_one(text: str, days: int | None) -> None:
    assert days_in_text(text) == days


@pytest.mark.parametrize(("bmi", "expected"), [("29.9", False), ("30", True), ("30.1", True)])
def test_a_body_mass_index_of_30_is_obesity_in_an_adult(bmi: str, expected: bool) -> None:
    assert measuring.obesity(Decimal(bmi), adult=True) is expected


def test_a_body_mass_index_says_nothing_of_a_child_or_without_an_age() -> None:
    assert measuring.obesity(Decimal(31), adult=False) is None
    assert measuring.obesity(Decimal(31), adult=None) is None


@pytest.mark.parametrize(
    ("systolic", "diastolic", "expected"),
    [(159, 99, False), (160, 80, True), (120, 100, True), (159, None, None), (None, 100, True), (161, None, True)],
)
def test_160_or_100_is_uncontrolled_and_half_a_reading_cannot_exclude_it(
    systolic: int | None, diastolic: int | None, expected: bool | None
) -> None:
    ends = [None if value is None else Decimal(value) for value in (systolic, diastolic)]
    assert measuring.uncontrolled_pressure(*ends) is expected


def test_a_pressure_sent_as_a_range_counts_only_where_the_range_decides() -> None:
    assert measuring.uncontrolled_pressure(Span(Decimal(160), None), None) is True
    assert measuring.uncontrolled_pressure(Span(None, Decimal(140)), Span(None, Decimal(90))) is False
    assert measuring.uncontrolled_pressure(Span(Decimal(150), None), Decimal(80)) is None


def test_a_liver_enzyme_is_a_multiple_of_the_laboratorys_own_limit() -> None:
    assert measuring.times_upper_limit(Decimal(120), Decimal(40)) == 3
    assert measuring.times_upper_limit(Decimal(120), None) is None
