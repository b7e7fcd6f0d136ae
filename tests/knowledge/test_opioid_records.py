"""What the worked cases of the opioid rules cannot say: naltrexone of the past, allergies in doubt, partial dates."""

from __future__ import annotations

import datetime as dt

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES, Finding
from dentalpain.clinical.prescribing.judging import Bench, prescription_cases
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import (
    Allergy,
    Medicine,
    ReactionKind,
    Record,
    Review,
    Standing,
    StatedValue,
    Statement,
)

DAY = dt.date(2026, 11, 24)
TODAY = PartialDate(DAY, DAY)
NORCO = "Norco 5/325 1 tab q6h prn #12"
REVIEWED = {name: Review(DAY, "dentist") for name in ("problems", "medicines", "allergies")}
TABLET, INJECTION = "naltrexone 50 mg daily", "Vivitrol 380 mg injection monthly"


def ask(bench: Bench, rule: str, record: Record) -> Finding:
    case = prescription_cases(Facts(record, bench.definitions), (bench.read(NORCO),), None, bench)[0]
    return bench.rules.by_id[rule].function(case, bench.limits_on(DAY)[rule])


def stopped(bench: Bench, text: str, ended: str, **facts: StatedValue) -> Record:
    end = PartialDate.parse(ended) if ended else None
    medicine = Medicine(bench.read(text), Standing.PAST, None, end, "medicine list")
    said = tuple(Statement(fact, value, TODAY, "dentist") for fact, value in facts.items())
    return Record(on=DAY, statements=said, medicines=(medicine,), reviewed=REVIEWED)


@pytest.mark.parametrize(
    ("text", "ended", "answer"),
    [
        (TABLET, "2026-10-26", YES),  # 29 days
        (TABLET, "2026-10-25", YES),  # 30 days
        (TABLET, "2026-10-24", NO),  # 31 days
        (INJECTION, "2026-10-21", YES),  # 34 days
        (INJECTION, "2026-10-20", YES),  # 35 days
        (INJECTION, "2026-10-19", NO),  # 36 days
        (TABLET, "2026-10", YES),  # it may have been the last of October
        ("morphine/naltrexone 20/0.8 mg 1 cap daily", "2026-11-20", NO),  # sealed inside an opioid
        ("lisinopril 10 mg daily", "2026-11-20", NO),
    ],
)
def test_naltrexone_of_the_past_counts_30_days_and_its_injection_35(
    bench: Bench, text: str, ended: str, answer: object
) -> None:
    assert ask(bench, "OPI-ANTAG-RECENT", stopped(bench, text, ended)).answer is answer


def test_naltrexone_of_the_past_without_a_last_day_is_asked_about(bench: Bench) -> None:
    found = ask(bench, "OPI-ANTAG-RECENT", stopped(bench, TABLET, ""))
    assert found.answer is UNKNOWN and found.missing() == ("naltrexone_stopped_date",)


def test_a_told_last_day_settles_the_entry_without_one(bench: Bench) -> None:
    long_ago = PartialDate.parse("2026-06-01")
    record = stopped(bench, TABLET, "", naltrexone_stopped_date=long_ago, naltrexone_form="oral")
    assert ask(bench, "OPI-ANTAG-RECENT", record).answer is NO


@pytest.mark.parametrize(("told", "answer"), [("2026-08", UNKNOWN), ("2026-07", YES), ("2026-09", NO)])
def test_a_look_up_known_to_the_month_is_asked_about_where_90_days_fall_into_it(
    bench: Bench, told: str, answer: object
) -> None:
    # 90 days back is 2026-08-26.
    said = Statement("pdmp_checked_date", PartialDate.parse(told), TODAY, "dentist")
    assert ask(bench, "OPI-PDMP", Record(on=DAY, statements=(said,))).answer is answer


def test_a_side_effect_that_was_refuted_or_resolved_is_not_shown(bench: Bench) -> None:
    codeine = bench.read("codeine 30 mg").ingredients
    for standing in (Standing.REFUTED, Standing.PAST):
        entry = Allergy("codeine: nausea", standing, ReactionKind.INTOLERANCE, None, "allergy list", codeine)
        assert ask(bench, "OPI-INTOLERANCE", Record(on=DAY, allergies=(entry,), reviewed=REVIEWED)).answer is NO


def test_an_undated_side_effect_is_shown_too(bench: Bench) -> None:
    codeine = bench.read("codeine 30 mg").ingredients
    entry = Allergy("codeine: nausea", Standing.CURRENT, ReactionKind.INTOLERANCE, None, "allergy list", codeine)
    assert ask(bench, "OPI-INTOLERANCE", Record(on=DAY, allergies=(entry,))).answer is YES


def test_the_names_of_the_opioids_that_are_not_counted_stand_among_the_reasons(bench: Bench) -> None:
    record = Record(on=DAY, medicines=(bench.medicine("Butrans 10 mcg/h patch weekly", DAY),), reviewed=REVIEWED)
    shown = [str(reason.value) for reason in ask(bench, "OPI-MME-PARTIAL", record).because]
    assert shown == ["buprenorphine not counted"]
