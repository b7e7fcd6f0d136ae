"""What the worked cases of the opioid rules cannot say: entries of a problem list, and opioids of the past."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES
from dentalpain.clinical.prescribing.judging import prescription_cases
from dentalpain.clinical.prescribing.prescription import Ingredient, Prescription
from dentalpain.clinical.record import Medicine, Problem, Record, Standing

from ..opioid_patients import BENCH, ask, medicine, option, order, patient, problem

NORCO = "Norco 5/325 1 tab q6h prn #12"
OXYCONTIN = "OxyContin 10 mg 1 tab q12h #10"
AUD, DRINKS = "alcohol_use_disorder", "alcohol_drinks_per_day"


def drinker(entry: Problem, **facts: int) -> Record:
    return patient({fact: Decimal(value) for fact, value in facts.items()}, problems=(entry,))


def test_an_active_alcohol_use_disorder_sedates_with_an_opioid_whatever_the_intake() -> None:
    found = ask("OPI-CNS", order(NORCO, drinker(problem("Alcohol dependence", AUD), alcohol_drinks_per_day=0)))
    assert found.answer is YES and not found.presumed


@pytest.mark.parametrize(
    "entry",
    [
        problem("Alcohol dependence, in remission", AUD),
        problem("Recovering alcoholic", AUD),
        problem("Alcohol dependence", AUD, standing=Standing.PAST),
    ],
    ids=["in remission", "recovering", "resolved"],
)
def test_an_alcohol_use_disorder_in_remission_does_not_sedate_with_an_opioid(entry: Problem) -> None:
    assert ask("OPI-CNS", order(NORCO, drinker(entry, alcohol_drinks_per_day=0))).answer is NO


def test_an_alcohol_use_disorder_in_remission_presumes_no_drinks() -> None:
    found = ask("OPI-CNS", order(NORCO, drinker(problem("Sober, former alcoholic", AUD))))
    assert found.answer is UNKNOWN
    assert found.missing() == (DRINKS,)


def test_low_dose_naltrexone_is_blocked_by_an_active_alcohol_use_disorder() -> None:
    case = option("low_dose_naltrexone", drinker(problem("Alcohol dependence", AUD), alcohol_drinks_per_day=0))
    assert ask("LDN-ALCOHOL", case).answer is YES


def test_low_dose_naltrexone_asks_about_an_alcohol_use_disorder_in_remission() -> None:
    entry = problem("Alcohol dependence, in remission", AUD)
    found = ask("LDN-ALCOHOL", option("low_dose_naltrexone", drinker(entry, alcohol_drinks_per_day=0)))
    assert found.answer is UNKNOWN
    assert AUD in found.missing()


def test_an_alcohol_use_disorder_in_remission_still_counts_as_addiction_before_an_opioid() -> None:
    record = patient(problems=(problem("Alcohol dependence, in remission", AUD),))
    assert ask("OPI-SUD-OD", order(NORCO, record)).answer is YES


@pytest.mark.parametrize("ended", ["2026-08-27", "2026-08-26", "2026-08"], ids=["89 days ago", "90 days ago", "in August"])
def test_an_opioid_of_the_last_90_days_leaves_the_patient_used_to_opioids(ended: str) -> None:
    # 2026-11-24 less 90 days is 2026-08-26: within 90 days holds that day, and a month counts by its last.
    record = patient(medicines=(medicine("oxycodone 5 mg q6h", Standing.PAST, ended),))
    assert ask("OPI-ER-ACUTE", order(OXYCONTIN, record, "chronic_tmd")).answer is NO


@pytest.mark.parametrize("ended", ["2026-08-25", ""], ids=["91 days ago", "day not known"])
def test_an_older_or_undated_opioid_of_the_past_leaves_the_patient_new_to_opioids(ended: str) -> None:
    record = patient(medicines=(medicine("oxycodone 5 mg q6h", Standing.PAST, ended),))
    found = ask("OPI-ER-ACUTE", order(OXYCONTIN, record, "chronic_tmd"))
    assert found.answer is YES and found.presumed


def test_an_opioid_of_the_same_order_does_not_make_the_patient_used_to_opioids() -> None:
    proposed = (BENCH.read(OXYCONTIN), BENCH.read(NORCO))
    case = prescription_cases(Facts(patient(), BENCH.definitions), proposed, "chronic_tmd", BENCH)[0]
    assert ask("OPI-ER-ACUTE", case).presumed


@pytest.mark.parametrize(
    "taken",
    [
        medicine("oxycodone 5 mg q6h", Standing.ASK),
        medicine("oxycodone 5 mg q6h", Standing.ASK, "2026-11-14"),
        medicine("ibuprofen 400 mg q6h", Standing.PAST, "2026-11-14"),
    ],
    ids=["an opioid in doubt", "an opioid in doubt until 10 days ago", "ibuprofen until 10 days ago"],
)
def test_what_is_no_opioid_for_certain_leaves_the_patient_new_to_opioids(taken: Medicine) -> None:
    found = ask("OPI-ER-ACUTE", order(OXYCONTIN, patient(medicines=(taken,)), "chronic_tmd"))
    assert found.answer is YES and found.presumed


def test_an_opioid_of_the_past_is_named_with_its_last_day() -> None:
    # Known to the month: 31 October is the last day it can have been, 24 days ago.
    record = patient(medicines=(medicine("oxycodone 5 mg q6h", Standing.PAST, "2026-10"),))
    found = ask("OPI-ER-ACUTE", order(OXYCONTIN, record, "chronic_tmd"))
    assert found.answer is NO
    named = [(fact.value, fact.date) for fact in found.because if fact.fact == "last_opioid_date"]
    assert named == [("2026-10", dt.date(2026, 10, 31))]


@pytest.mark.parametrize("name", ["methadone", "levorphanol"])
def test_an_opioid_that_lasts_long_by_itself_is_long_acting_in_a_plain_tablet(name: str) -> None:
    # As a structured order brings it: a plain tablet, nothing said of extended release.
    plain = Prescription(name, (Ingredient(name, "", frozenset({"opioid"}), Decimal(5), "mg"),), "tablet")
    case = prescription_cases(Facts(patient(), BENCH.definitions), (plain,), "simple_extraction", BENCH)[0]
    assert ask("OPI-ER-ACUTE", case).answer is YES


@pytest.mark.parametrize(("form", "unit"), [("patch", ""), ("injection", "mcg"), ("", "mcg/h")])
def test_fentanyl_in_a_patch_or_a_syringe_does_not_pass_the_lining_of_the_mouth(form: str, unit: str) -> None:
    part = Ingredient("fentanyl", "", frozenset({"opioid"}), Decimal(25) if unit else None, unit)
    case = prescription_cases(Facts(patient(), BENCH.definitions), (Prescription("fentanyl", (part,), form),), None, BENCH)[0]
    assert ask("OPI-TIRF-NAIVE", case).answer is NO


def test_a_medicine_on_hold_is_asked_about_and_does_not_count_as_taken() -> None:
    record = patient(medicines=(medicine("alprazolam 0.5 mg bid", Standing.ASK),))
    found = ask("OPI-BENZO", order(NORCO, record))
    assert found.answer is UNKNOWN
    assert found.missing() == ("benzodiazepine",)
