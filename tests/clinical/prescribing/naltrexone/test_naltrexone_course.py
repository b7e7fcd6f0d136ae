"""The course of low-dose naltrexone as a review gives it: only for long-lasting pain, and none where it is blocked."""

from __future__ import annotations

from typing import Any

import pytest

from dentalpain.clinical.case import ACUTE, INDICATIONS
from dentalpain.service import Service

from ..opioid_patients import patient

SAFE = {
    "age_years": "45", "sex": "male", "opioid_naive": "yes", "nonprescribed_opioid_like": "no", "alcohol_drinks_per_day": "0",
    "planned_surgery_date": "no", "opioid_withdrawal_or_positive_urine": "no",
}  # fmt: skip


def option(
    indication: str | None, name: str = "low_dose_naltrexone", service: Service | None = None, **facts: str
) -> dict[str, Any]:
    told = {**SAFE, **facts}
    found = (service or Service()).review(patient(), indication=indication, consider=[name], facts=told)
    (held,) = [one for one in found["alternatives"] if one["id"] == name]
    return dict(held)


@pytest.mark.parametrize("indication", INDICATIONS)
def test_only_long_lasting_pain_has_a_plan(indication: str) -> None:
    assert (option(indication)["plan"] is None) is (indication in ACUTE)


def test_without_an_indication_there_is_no_plan() -> None:
    assert option(None)["plan"] is None


def test_no_other_option_has_a_plan() -> None:
    assert option("chronic_tmd", "duloxetine")["plan"] is None


def test_a_course_that_nothing_stands_against_has_dates_and_both_sides_of_the_evidence() -> None:
    plan = option("chronic_tmd")["plan"]
    assert plan["start"] == "2026-11-24"
    assert [(s["from"], s["mg"]) for s in plan["titration"]] == [("2026-11-24", 1.5), ("2026-12-08", 3), ("2026-12-22", 4.5)]
    assert [v["on"] for v in plan["visits"]] == ["2026-12-22", "2027-01-19", "2027-02-16"]
    assert {row["direction"] for row in plan["evidence"]} == {"for", "against", "neutral"}
    assert plan["wallet_card"] and plan["way_forward"] == []


@pytest.mark.parametrize(
    "facts",
    [
        {"opioid_use_disorder": "yes"},
        {"alcohol_drinks_per_day": "3"},
        {"last_opioid_date": "2026-11-23", "opioid_naive": "no"},
    ],
)
def test_a_blocked_course_has_no_calendar_and_says_what_leads_on(facts: dict[str, str]) -> None:
    held = option("chronic_tmd", **facts)
    plan = held["plan"]
    assert held["verdict"] == "blocked" and held["dose"] is None
    assert (plan["start"], plan["titration"], plan["visits"]) == (None, [], [])
    assert plan["way_forward"] and all(step["do"] for step in plan["way_forward"])


def test_the_washout_calculator_stands_in_the_plan_of_a_blocked_course_too() -> None:
    plan = option("chronic_tmd", last_opioid_date="2026-11-20", last_opioid_type="tramadol", opioid_naive="no")["plan"]
    assert plan["washout"]["opioid_free_from"] == "2026-11-30"  # 20 + 10
    by_kind = {wait["kind"]: wait["over_on"] for wait in plan["washout"]["by_kind"]}
    assert by_kind["methadone"] == "2026-12-04"  # 20 + 14


@pytest.mark.parametrize(("said", "word"), [("not_said", "has not said"), ("dentist", "its dentist"), ("physician", "a physician")])
def test_who_prescribes_is_for_the_office_to_say(said: str, word: str) -> None:
    service = Service()
    service.naltrexone_prescriber = said
    assert word in option("chronic_tmd", service=service)["plan"]["who_prescribes"]


def test_the_long_acting_block_tells_its_maxima_and_a_blocked_one_does_not() -> None:
    held = option("simple_extraction", "long_acting_local_anaesthetic", weight_kg="60")
    assert {n["agent"]: n["max_mg"] for n in held["procedure_note"]} == {"bupivacaine": 78, "articaine": 420}
    allergic = option("simple_extraction", "long_acting_local_anaesthetic", amide_local_anaesthetic_allergy="yes")
    assert allergic["verdict"] == "blocked" and allergic["procedure_note"] is None


def test_a_medicine_that_few_rules_read_is_said_not_to_be_checked() -> None:
    found = Service().review(patient(), indication="trigeminal_neuralgia", facts=SAFE)
    assert any(line.startswith("phenytoin: ") for line in found["not_checked"])
    assert not any(line.startswith("carbamazepine: ") for line in found["not_checked"])
