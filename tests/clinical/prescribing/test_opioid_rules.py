"""What the worked cases of the opioid rules cannot say: entries of a problem list, and opioids of the past."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dentalpain.clinical.findings import NO, UNKNOWN, YES
from dentalpain.clinical.record import Problem, Record, Standing

from .opioid_patients import ask, medicine, option, order, patient, problem

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


def test_an_opioid_that_ended_89_days_ago_leaves_the_patient_used_to_opioids() -> None:
    # 2026-11-24 less 90 days is 2026-08-26: within 90 days holds that day.
    record = patient(medicines=(medicine("oxycodone 5 mg q6h", Standing.PAST, "2026-08-27"),))
    assert ask("OPI-ER-ACUTE", order(OXYCONTIN, record, "chronic_tmd")).answer is NO


@pytest.mark.parametrize("ended", ["2026-08-25", ""], ids=["91 days ago", "day not known"])
def test_an_older_or_undated_opioid_of_the_past_leaves_the_patient_new_to_opioids(ended: str) -> None:
    record = patient(medicines=(medicine("oxycodone 5 mg q6h", Standing.PAST, ended),))
    found = ask("OPI-ER-ACUTE", order(OXYCONTIN, record, "chronic_tmd"))
    assert found.answer is YES and found.presumed


def test_an_opioid_of_the_same_order_does_not_make_the_patient_used_to_opioids() -> None:
    assert ask("OPI-ER-ACUTE", order(OXYCONTIN, patient(), "chronic_tmd")).presumed


def test_a_medicine_on_hold_is_asked_about_and_does_not_count_as_taken() -> None:
    record = patient(medicines=(medicine("alprazolam 0.5 mg bid", Standing.ASK),))
    found = ask("OPI-BENZO", order(NORCO, record))
    assert found.answer is UNKNOWN
    assert found.missing() == ("benzodiazepine",)
