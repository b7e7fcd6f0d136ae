"""The wait before naltrexone, day by day, and opioids of the past that stand in a list."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dentalpain.clinical.findings import NO, UNKNOWN, YES
from dentalpain.clinical.prescribing.naltrexone.naltrexone_washout import (
    DEPOT,
    KINDS,
    LastDose,
    kinds_of,
    washout_over_on,
)
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Record, Standing

from ..opioid_patients import BENCH, TODAY, ask, day, medicine, option, patient

# Naltrexone label and the table of kinds: opioid-free days.
LIMITS = {"washout_short_days": Decimal(7), "washout_daily_days": Decimal(10), "washout_long_days": Decimal(14)}
DAYS = {
    "short_use": 7,
    "daily_ir_or_er": 10,
    "tramadol": 10,
    "kratom_or_tianeptine": 10,
    "methadone": 14,
    "buprenorphine": 14,
    "fentanyl_transdermal_or_chronic": 14,
    "illicit_fentanyl": 14,
}


def over_on(record: Record) -> dt.date | None:
    return washout_over_on(option("low_dose_naltrexone", record), LIMITS)


@given(st.sampled_from(sorted(DAYS)), st.dates(dt.date(2021, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 60))
def test_the_wait_runs_to_the_day_before_the_days_of_its_kind_are_full(kind: str, last: dt.date, gap: int) -> None:
    dose = LastDose(PartialDate(last, last), (kind,), ())
    answer = dose.waits(last + dt.timedelta(days=gap), LIMITS).answer
    assert answer is (YES if gap < DAYS[kind] else NO)
    assert dose.over_on(kind, LIMITS) == last + dt.timedelta(days=DAYS[kind])


@given(gap=st.integers(0, 60))
def test_without_a_kind_only_the_shortest_and_the_longest_wait_settle_it(gap: int) -> None:
    dose = LastDose(PartialDate(TODAY, TODAY), tuple(DAYS), ())
    answer = dose.waits(TODAY + dt.timedelta(days=gap), LIMITS).answer
    assert answer is (YES if gap < 7 else UNKNOWN if gap < 14 else NO)


@given(gap=st.integers(0, 4000))
def test_after_a_depot_no_number_of_days_ends_the_wait(gap: int) -> None:
    dose = LastDose(PartialDate(TODAY, TODAY), (DEPOT,), ())
    assert dose.waits(TODAY + dt.timedelta(days=gap), LIMITS).answer is YES


def test_the_kinds_are_those_that_the_question_offers() -> None:
    assert set(BENCH.definitions["last_opioid_type"].value.removeprefix("choice:").split("|")) == set(KINDS)


def test_a_date_known_to_the_month_counts_as_its_last_day() -> None:
    # Methadone some day in October: the 31st, and 14 days from it are over on 14 November.
    record = patient({"last_opioid_date": day("2026-10"), "last_opioid_type": "methadone"})
    assert over_on(record) == dt.date(2026, 11, 14)


def test_an_opioid_this_month_blocks_until_two_weeks_into_the_next() -> None:
    record = patient({"last_opioid_date": day("2026-11"), "last_opioid_type": "methadone"})
    assert ask("LDN-OPIOID-WASHOUT", option("low_dose_naltrexone", record)).answer is YES
    assert over_on(record) == dt.date(2026, 12, 14)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Norco 5/325 1 tab q6h prn", ("short_use", "daily_ir_or_er")),
        ("OxyContin 10 mg q12h", ("daily_ir_or_er",)),
        ("tramadol 50 mg q6h", ("tramadol",)),
        ("Ultracet 37.5/325 q6h", ("tramadol",)),
        ("kratom", ("kratom_or_tianeptine",)),
        ("methadone 10 mg tid", ("methadone",)),
        ("Duragesic 25 mcg/h patch", ("fentanyl_transdermal_or_chronic",)),
        ("Butrans 10 mcg/h patch weekly", ("buprenorphine",)),
        ("Suboxone 8/2 mg film daily", ("buprenorphine",)),
        ("Sublocade 300 mg injection once a month", (DEPOT,)),
    ],
)
def test_a_listed_opioid_tells_its_kind_as_far_as_its_name_does(text: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of(BENCH.read(text)) == kinds


def test_hydrocodone_that_ended_six_days_ago_blocks_naltrexone() -> None:
    record = patient(medicines=(medicine("Norco 5/325 1 tab q6h", Standing.PAST, "2026-11-18"),))
    assert ask("LDN-OPIOID-WASHOUT", option("low_dose_naltrexone", record)).answer is YES
    assert over_on(record) == dt.date(2026, 11, 28)  # daily use cannot be excluded: 18 + 10


def test_hydrocodone_that_ended_eight_days_ago_leaves_short_or_daily_use_open() -> None:
    record = patient(medicines=(medicine("Norco 5/325 1 tab q6h", Standing.PAST, "2026-11-16"),))
    found = ask("LDN-OPIOID-WASHOUT", option("low_dose_naltrexone", record))
    assert found.answer is UNKNOWN
    assert "last_opioid_type" in found.missing()


def test_hydrocodone_of_spring_still_needs_the_question_when_the_last_opioid_was() -> None:
    record = patient(medicines=(medicine("Norco 5/325 1 tab q6h", Standing.PAST, "2026-04-02"),))
    found = ask("LDN-OPIOID-WASHOUT", option("low_dose_naltrexone", record))
    assert found.answer is UNKNOWN
    assert "last_opioid_date" in found.missing()


def test_an_opioid_of_the_past_without_an_end_blocks_until_the_day_is_known() -> None:
    record = patient(medicines=(medicine("Norco 5/325 1 tab q6h", Standing.PAST),))
    found = ask("LDN-OPIOID-WASHOUT", option("low_dose_naltrexone", record))
    assert found.answer is YES and found.presumed
    assert over_on(record) is None


def test_the_day_that_the_patient_tells_settles_an_opioid_without_an_end() -> None:
    facts = {"last_opioid_date": day("2026-11-10"), "last_opioid_type": "short_use"}
    record = patient(facts, medicines=(medicine("Norco 5/325 1 tab q6h", Standing.PAST),))
    assert ask("LDN-OPIOID-WASHOUT", option("low_dose_naltrexone", record)).answer is NO


def test_the_later_of_the_told_and_the_recorded_day_counts() -> None:
    facts = {"last_opioid_date": day("2026-11-01"), "last_opioid_type": "short_use"}
    record = patient(facts, medicines=(medicine("tramadol 50 mg q6h", Standing.PAST, "2026-11-20"),))
    assert ask("LDN-OPIOID-WASHOUT", option("low_dose_naltrexone", record)).answer is YES
    assert over_on(record) == dt.date(2026, 11, 30)


def test_an_opioid_that_was_refuted_is_no_sign_of_use() -> None:
    record = patient(medicines=(medicine("tramadol 50 mg q6h", Standing.REFUTED),))
    assert ask("LDN-OPIOID-WASHOUT", option("low_dose_naltrexone", record)).answer is UNKNOWN


def test_after_a_depot_there_is_no_day_on_which_the_wait_is_over() -> None:
    assert over_on(patient({"last_opioid_date": day("2026-01-10"), "last_opioid_type": DEPOT})) is None
