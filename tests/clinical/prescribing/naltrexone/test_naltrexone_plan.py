"""The calendar of low-dose naltrexone: from which day, which step when, and what stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dentalpain.clinical.findings import NO, YES
from dentalpain.clinical.prescribing.doses.dosing_chronic import naltrexone_steps
from dentalpain.clinical.prescribing.naltrexone.naltrexone_plan import (
    Plan,
    last_dose_before,
    plan,
    titration,
    visits,
    waits,
)
from dentalpain.clinical.record import Medicine, Standing, StatedValue

from ..opioid_patients import BENCH, TODAY, day, medicine, option, patient

DOSES = BENCH.dose_limits_on(TODAY)
RULES = BENCH.limits_on(TODAY)
NEVER: dict[str, StatedValue] = {"opioid_naive": True, "nonprescribed_opioid_like": False, "planned_surgery_date": False}
SOME: dict[str, StatedValue] = {"nonprescribed_opioid_like": False, "planned_surgery_date": False}


def planned(facts: Mapping[str, StatedValue], medicines: tuple[Medicine, ...] = ()) -> Plan:
    return plan(option("low_dose_naltrexone", patient(facts, medicines=medicines)), DOSES, RULES)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_the_steps_are_a_fortnight_each_and_leave_no_day_out(start: dt.date) -> None:
    # 1.5 mg, 3 mg, then 4.5 mg: weeks 0, 2 and 4.
    steps = titration(start, DOSES)
    assert [(s.week, s.amount) for s in steps] == [(0, Decimal("1.5")), (2, 3), (4, Decimal("4.5"))]
    assert [s.first for s in steps] == [start, start + dt.timedelta(days=14), start + dt.timedelta(days=28)]
    assert [s.last for s in steps] == [start + dt.timedelta(days=13), start + dt.timedelta(days=27), None]


def test_a_course_from_24_november_is_judged_on_16_february() -> None:
    # 84 days: 6 in November, 31, 31, and the 16th of February.
    found = visits(dt.date(2026, 11, 24), DOSES)
    assert [(v.week, v.judged) for v in found] == [(4, False), (8, False), (12, True)]
    assert [v.on for v in found] == [dt.date(2026, 12, 22), dt.date(2027, 1, 19), dt.date(2027, 2, 16)]


def test_without_a_start_the_weeks_stand_alone() -> None:
    assert {s.first for s in titration(None, DOSES)} | {s.last for s in titration(None, DOSES)} == {None}
    assert [v.on for v in visits(None, DOSES)] == [None, None, None]


def test_the_last_rise_never_passes_the_target() -> None:
    # 1.5 mg steps from 1 mg: 1, 2.5, 4, and then 4.5, not 5.5.
    limits = {**DOSES, "ldn_start_mg": Decimal(1)}
    assert naltrexone_steps(limits) == (1, Decimal("2.5"), 4, Decimal("4.5"))


def test_somebody_without_opioids_may_start_today() -> None:
    found = planned(NEVER)
    assert (found.start, found.missing, found.against) == (TODAY, (), ())
    assert found.steps[0].first == TODAY


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("short_use", "2026-11-27"),  # 20 November + 7
        ("tramadol", "2026-11-30"),  # + 10
        ("methadone", "2026-12-04"),  # + 14
    ],
)
def test_the_course_begins_when_the_opioid_free_days_are_full(kind: str, start: str) -> None:
    found = planned({**SOME, "last_opioid_date": day("2026-11-20"), "last_opioid_type": kind})
    assert found.start == dt.date.fromisoformat(start)
    assert found.washout.answer is YES and "washout" in found.against


def test_an_old_opioid_delays_nothing() -> None:
    found = planned({**SOME, "last_opioid_date": day("2026-06-01"), "last_opioid_type": "methadone"})
    assert found.start == TODAY and found.washout.answer is NO


def test_a_kind_that_nobody_told_counts_as_the_longest_it_can_be() -> None:
    # Methadone or fentanyl cannot be excluded: 14 days from 14 November; a depot can, without addiction treatment.
    found = planned({**SOME, "last_opioid_date": day("2026-11-14"), "opioid_use_disorder": False})
    assert found.opioid_free_from == dt.date(2026, 11, 28)
    assert found.start == dt.date(2026, 11, 28)
    assert "last_opioid_type" not in found.missing


def test_after_a_depot_there_is_no_start() -> None:
    found = planned({**SOME, "last_opioid_date": day("2026-01-10"), "last_opioid_type": "depot_buprenorphine"})
    assert found.start is None and found.opioid_free_from is None


def test_an_opioid_that_is_taken_now_leaves_no_start() -> None:
    facts = {**SOME, "last_opioid_date": day("2026-11-24"), "last_opioid_type": "daily_ir_or_er"}
    found = planned(facts, (medicine("oxycodone 5 mg q6h"),))
    assert found.start is None and "opioid" in found.against


def test_without_the_date_of_the_last_opioid_there_is_no_start_and_the_date_is_asked_for() -> None:
    found = planned(SOME)
    assert found.start is None and "last_opioid_date" in found.missing
    past = planned(SOME, (medicine("Norco 5/325 1 tab q6h", Standing.PAST, "2026-04-02"),))
    assert past.start is None and "last_opioid_date" in past.missing


@pytest.mark.parametrize(
    ("surgery", "start"),
    [
        ("2026-12-08", None),  # 14 days ahead
        ("2026-12-09", TODAY),  # 15 days ahead
        ("2026-11-24", None),  # today
        ("2026-11-23", TODAY),  # over
    ],
)
def test_it_is_not_started_within_a_fortnight_before_an_operation(surgery: str, start: dt.date | None) -> None:
    found = planned({**NEVER, "planned_surgery_date": day(surgery)})
    assert found.start == start
    assert found.against == (() if start else ("surgery",))


def test_an_operation_before_the_wait_is_over_leaves_no_start() -> None:
    facts = {**SOME, "last_opioid_date": day("2026-11-20"), "last_opioid_type": "methadone"}
    assert planned({**facts, "planned_surgery_date": day("2026-11-26")}).start is None


def test_an_operation_that_nobody_asked_about_leaves_the_start_open() -> None:
    found = planned({k: v for k, v in NEVER.items() if k != "planned_surgery_date"})
    assert found.start is None and found.missing == ("planned_surgery_date",)


def test_the_last_evening_before_an_operation_leaves_72_hours_whenever_the_day_begins() -> None:
    # The evening of the 16th at 22:00 is 74 hours before midnight of the 19th to 20th; that of the 17th only 50.
    surgery = dt.date(2027, 1, 20)
    last = last_dose_before(surgery, DOSES)
    assert last == dt.date(2027, 1, 16)
    taken, begins = dt.datetime.combine(last, dt.time(22)), dt.datetime.combine(surgery, dt.time(0))
    assert begins - taken >= dt.timedelta(hours=72)
    assert planned({**NEVER, "planned_surgery_date": day("2027-01-20")}).last_dose_before_surgery == last


def test_the_calculator_gives_the_first_free_day_for_each_kind() -> None:
    # From 10 November: 7, 10 and 14 days; after a depot a specialist decides.
    over = {w.kind: (w.days, w.over_on) for w in waits(day("2026-11-10"), RULES["LDN-OPIOID-WASHOUT"])}
    assert over["short_use"] == (7, dt.date(2026, 11, 17))
    assert over["kratom_or_tianeptine"] == (10, dt.date(2026, 11, 20))
    assert over["illicit_fentanyl"] == (14, dt.date(2026, 11, 24))
    assert over["depot_buprenorphine"] == (None, None)
    assert {w.over_on for w in waits(None, RULES["LDN-OPIOID-WASHOUT"])} == {None}
