"""A trial of treatment: what got better by how much, and whether it is working."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.outcomes import Measured, Trial, change, changes_over, is_working

START = dt.date(2026, 11, 24)
TRIAL = Trial(START)
JUDGED = dt.date(2027, 2, 16)  # 12 weeks, 84 days
ALL = ("jfls_8", "mme_per_day", "quality_of_life_0_10")


def at(days: int) -> dt.date:
    return START + dt.timedelta(days=days)


def value(measure: str, number: str | int, days: int) -> Measured:
    return Measured(measure, Decimal(number), at(days))


def pair(measure: str, first: str | int, latest: str | int, days: int = 84) -> list[Measured]:
    return [value(measure, first, 0), value(measure, latest, days)]


@pytest.mark.parametrize(
    ("latest", "percent", "thirty", "fifty"),
    [
        ("5.7", "28.75", NO, NO),
        ("5.6", "30", YES, NO),  # 8 - 5.6 = 2.4, 30 % of 8
        ("4.1", "48.75", YES, NO),
        ("4", "50", YES, YES),
        ("9", "-12.5", NO, NO),
    ],
)
def test_pain_from_8_is_better_by_30_percent_at_5_6_and_by_50_at_4(
    latest: str, percent: str, thirty: Answer, fifty: Answer
) -> None:
    held = change(value("pain_0_10", 8, 0), value("pain_0_10", latest, 84))
    assert held.better_percent == Decimal(percent)
    assert held.marks == {"30 percent": thirty, "50 percent": fifty}


def test_the_peg_has_a_mark_of_its_own_and_the_jaw_scale_none() -> None:
    assert change(value("peg", 6, 0), value("peg", "4.2", 84)).marks["own"] is YES  # 1.8 of 6 is 30 %
    assert "own" not in change(value("jfls_8", 6, 0), value("jfls_8", 3, 84)).marks


def test_more_quality_of_life_is_better() -> None:
    # From 4 to 6: 2 of 4 is 50 %.
    assert change(value("quality_of_life_0_10", 4, 0), value("quality_of_life_0_10", 6, 84)).better_percent == 50


def test_from_0_there_is_no_percentage() -> None:
    assert change(value("pain_0_10", 0, 0), value("pain_0_10", 0, 84)).marks["30 percent"] is UNKNOWN
    worse = change(value("mme_per_day", 0, 0), value("mme_per_day", 20, 84))
    assert worse.better_percent is None and worse.marks["30 percent"] is NO
    slightly = change(value("pain_0_10", 0, 0), value("pain_0_10", "0.5", 84))
    assert slightly.marks["30 percent"] is NO  # any rise from nothing is for the worse


def test_two_measures_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="one measure"):
        change(value("peg", 6, 0), value("pain_0_10", 4, 84))


@pytest.mark.parametrize(
    ("measure", "number", "said"),
    [
        ("pain_0_10", "10.1", "between 0 and 10$"),
        ("cpi", "-1", "between 0 and 100$"),
        ("peg", "NaN", "between 0 and 10$"),
        ("mme_per_day", "-0.1", "0 or more$"),
        ("teeth", "1", "no such measure; write one of: pain_0_10"),
    ],
)
def test_a_value_that_cannot_be_is_refused(measure: str, number: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Measured(measure, Decimal(number), START)


def test_pain_down_by_30_percent_with_everything_measured_is_working() -> None:
    held = [*pair("pain_0_10", 8, "5.6"), *pair("jfls_8", 5, 4), *pair("mme_per_day", 0, 0), *pair("quality_of_life_0_10", 4, 5)]
    found = is_working(held, TRIAL, JUDGED)
    assert (found.working, found.missing) == (YES, ())
    assert [c.measure for c in found.changes] == ["pain_0_10", *ALL]


def test_what_was_promised_and_not_measured_is_named_beside_a_yes() -> None:
    found = is_working(pair("pain_0_10", 8, 5), TRIAL, JUDGED)
    assert (found.working, found.missing) == (YES, ("function", "opioids", "quality_of_life"))
    alone = Trial(START, watched=())
    assert is_working(pair("pain_0_10", 8, 5), alone, JUDGED).missing == ()


def test_too_little_change_is_a_no_on_the_day_of_judging_and_too_early_the_day_before() -> None:
    held = pair("pain_0_10", 8, "5.7", days=80)
    assert is_working(held, TRIAL, JUDGED).working is NO
    early = is_working(held, TRIAL, JUDGED - dt.timedelta(days=1))
    assert early.working is UNKNOWN and "time" in early.missing


def test_without_pain_at_both_ends_nobody_can_tell() -> None:
    for held in ([], [value("pain_0_10", 8, 0)], [value("pain_0_10", 2, 84)], pair("jfls_8", 8, 2)):
        found = is_working(held, TRIAL, JUDGED)
        assert found.working is UNKNOWN and "pain" in found.missing


def test_no_pain_at_the_start_cannot_get_better() -> None:
    assert is_working(pair("pain_0_10", 0, 0), TRIAL, JUDGED).working is UNKNOWN


def test_less_pain_with_more_opioid_is_no_proof() -> None:
    rising = [*pair("pain_0_10", 8, 4), *pair("mme_per_day", 10, "10.1")]
    assert is_working(rising, TRIAL, JUDGED).working is UNKNOWN
    steady = [*pair("pain_0_10", 8, 4), *pair("mme_per_day", 10, 10)]
    assert is_working(steady, TRIAL, JUDGED).working is YES


def test_measures_of_pain_that_disagree_settle_nothing() -> None:
    held = [*pair("pain_0_10", 8, 4), *pair("cpi", 70, 68)]
    found = is_working(held, TRIAL, JUDGED)
    assert found.working is UNKNOWN and found.because == ("the measures of pain disagree",)


@pytest.mark.parametrize(("days", "counts"), [(-29, False), (-28, True), (0, True), (1, False)])
def test_the_first_value_stands_in_the_four_weeks_up_to_the_start(days: int, counts: bool) -> None:
    held = [value("pain_0_10", 8, days), value("pain_0_10", 4, 84)]
    assert bool(changes_over(held, TRIAL, JUDGED)) is counts


@pytest.mark.parametrize(("days", "counts"), [(0, False), (55, False), (56, True), (84, True), (85, False)])
def test_the_latest_value_stands_in_the_four_weeks_up_to_the_day(days: int, counts: bool) -> None:
    # 84 - 28 = 56
    held = [value("pain_0_10", 8, 0), value("pain_0_10", 4, days)]
    assert bool(changes_over(held, TRIAL, JUDGED)) is counts


def test_the_newest_value_counts() -> None:
    held = [value("pain_0_10", 9, -7), value("pain_0_10", 8, 0), value("pain_0_10", 2, 60), value("pain_0_10", 7, 84)]
    (found,) = changes_over(held, TRIAL, JUDGED)
    assert (found.first.value, found.latest.value) == (8, 7)


@given(st.integers(1, 100), st.integers(0, 100), st.integers(0, 100))
def test_less_pain_at_the_end_never_turns_a_yes_into_a_no(first: int, latest: int, less: int) -> None:
    worse, better = sorted((latest, less), reverse=True)
    more = is_working(pair("cpi", first, worse), TRIAL, JUDGED).working
    lower = is_working(pair("cpi", first, better), TRIAL, JUDGED).working
    assert not (more is YES and lower is NO)
