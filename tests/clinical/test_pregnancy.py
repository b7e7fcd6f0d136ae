"""Weeks of pregnancy are counted to today, and what cannot be counted stays open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dentalpain.clinical.case import Case, DayTotals, Judged
from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES
from dentalpain.clinical.medicines import MedicineList
from dentalpain.clinical.pregnancy import pregnant, weeks_leave_open, weeks_of_gestation
from dentalpain.clinical.quantities import PartialDate, Reading
from dentalpain.clinical.record import Record, Span, StatedValue, Statement
from dentalpain.knowledge.load import load_knowledge

ON = dt.date(2026, 11, 24)
NOTHING = Reading.nothing()
TWENTY, THIRTY = Decimal(20), Decimal(30)


def counted(
    value: StatedValue, told: str | None = "2026-11-24", *, certain: bool = True, sex: str = "female", no: bool = False
) -> Case:
    """A case of a patient about whose weeks one statement was made on a day."""
    day = None if told is None else PartialDate.parse(told)
    stated = Statement("gestational_age_weeks", value, day, "chart", certain)
    denied = Statement("pregnant", False, PartialDate(ON, ON), "patient")
    facts = Facts(Record(on=ON, sex=sex, statements=(stated, *((denied,) if no else ()))), load_knowledge().facts)
    totals = DayTotals(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
    return Case(facts, MedicineList((), None), Judged("ibuprofen", frozenset({"nsaid"})), None, totals)


def test_28_weeks_three_weeks_ago_are_31_weeks_today() -> None:
    assert weeks_of_gestation(counted(Decimal(28), "2026-11-03")).value == 31  # 28 + 21 / 7


def test_six_days_make_no_further_week() -> None:
    assert weeks_of_gestation(counted(Decimal(28), "2026-11-18")).value == 28


def test_a_recording_day_known_to_the_month_gives_a_range() -> None:
    weeks = weeks_of_gestation(counted(Decimal(28), "2026-10"))
    # 31 October is 24 days ago: 28 + 3 = 31; 1 October is 54 days ago: 28 + 7 = 35.
    assert (weeks.low, weeks.high) == (31, 35)


def test_weeks_without_a_day_cannot_be_counted() -> None:
    weeks = weeks_of_gestation(counted(Decimal(28), None))
    assert not weeks.known
    assert weeks.facts[0].stale


def test_an_entry_in_doubt_counts_no_weeks() -> None:
    assert not weeks_of_gestation(counted(Decimal(28), certain=False)).known


def test_a_range_from_18_to_22_leaves_20_weeks_open() -> None:
    case = counted(Span(Decimal(18), Decimal(22)))
    assert weeks_leave_open(case, TWENTY, THIRTY).answer is YES


def test_a_range_from_28_to_32_leaves_30_weeks_open() -> None:
    case = counted(Span(Decimal(28), Decimal(32)))
    assert weeks_leave_open(case, TWENTY, THIRTY).answer is YES


def test_a_range_from_22_to_26_leaves_nothing_open() -> None:
    case = counted(Span(Decimal(22), Decimal(26)))
    assert weeks_leave_open(case, TWENTY, THIRTY).answer is NO


def test_less_than_20_weeks_today_is_less_than_20() -> None:
    weeks = weeks_of_gestation(counted(Span(None, TWENTY, below_high=True)))
    assert weeks.below(TWENTY).answer is YES


def test_20_weeks_or_more_do_not_tell_whether_30_are_reached() -> None:
    weeks = weeks_of_gestation(counted(Span(TWENTY, None)))
    assert weeks.at_least(TWENTY).answer is YES
    assert weeks.at_least(THIRTY).answer is UNKNOWN


def test_weeks_that_have_run_out_no_longer_say_that_she_is_pregnant() -> None:
    # 30 weeks on 2026-08-11 would be 45 today, past the 42 of the longest pregnancy.
    assert pregnant(counted(Decimal(30), "2026-08-11")).answer is UNKNOWN


def test_weeks_that_somebody_counted_stand_above_the_sex_on_the_record() -> None:
    # A recorded sex of male makes "not pregnant" an assumption, and the weeks are an observation.
    assert pregnant(counted(Decimal(31), sex="male")).answer is YES
    assert pregnant(counted(Decimal(45), sex="male")).answer is NO


def test_a_no_of_today_stands_above_weeks_that_were_counted() -> None:
    assert pregnant(counted(Decimal(31), no=True)).answer is NO
