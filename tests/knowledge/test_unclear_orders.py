"""A prescription that is not understood gives no number and a question: its name, its dose, its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from dentalpain.knowledge.bench import Tools
from dentalpain.knowledge.cases import record_of
from dentalpain.reviews import Asked, review
from dentalpain.signing import no_signatures

DAY = dt.date(2026, 11, 24)
LISTS = ["problems", "medicines", "allergies"]


@pytest.fixture(scope="module")
def tools(knowledge: Any) -> Tools:
    return Tools(knowledge)


def reviewed(tools: Tools, *prescribe: str, current: Sequence[str] = ()) -> dict[str, Any]:
    record = record_of({"on": DAY, "reviewed": LISTS, "current": current, "facts": {"age_years": 30}}, tools.bench)
    return review(record, Asked(prescribe, "surgical_extraction"), tools, no_signatures(tools.knowledge))


def question(held: dict[str, Any], fact: str) -> dict[str, Any]:
    found = [one for one in held["questions"] if one["fact"] == fact]
    assert len(found) == 1
    return found[0]


def about_the_texts(held: dict[str, Any]) -> set[str]:
    return {one["fact"] for one in held["questions"]} & {"proposed_directions", "unrecognised_medicine", "current_directions"}


def test_norco_as_directed_has_no_number_and_its_dose_is_asked_for(tools: Tools) -> None:
    held = reviewed(tools, "Norco 5/325 take as directed")
    asked = question(held, "proposed_directions")
    assert held["prescriptions"][0]["mme_per_day"] is None and held["acetaminophen_mg_per_day"] is None
    assert {"APAP-MAX", "OPI-MME50", "OPI-DAYS3"} <= set(asked["would_settle"])
    assert "Norco 5/325 take as directed" in asked["ask"] and "dose and frequency" in asked["ask"]


def test_an_order_without_quantity_or_days_is_asked_how_many(tools: Tools) -> None:
    asked = question(reviewed(tools, "Norco 5/325 1 tab q6h prn pain"), "proposed_directions")
    assert "the quantity or the days" in asked["ask"]
    assert {"OPI-DAYS3", "OPI-DAYS7"} <= set(asked["would_settle"]) and "OPI-MME50" not in asked["would_settle"]


def test_a_misspelt_name_is_asked_for_with_what_it_may_be(tools: Tools) -> None:
    held = reviewed(tools, "hydrocodon 5 mg q6h #12")
    asked = question(held, "unrecognised_medicine")
    assert held["prescriptions"][0]["ingredients"] == []
    assert "hydrocodone" in asked["ask"] and {"OPI-BENZO", "ALLERGY-SAME-DRUG"} <= set(asked["would_settle"])


def test_a_medicine_whose_amount_settles_nothing_is_still_asked_how_it_is_taken(tools: Tools) -> None:
    asked = question(reviewed(tools, "meloxicam 15 mg as directed by the zzz"), "proposed_directions")
    assert "as directed by the zzz" in asked["ask"]


def test_an_antibiotic_that_no_rule_reads_is_not_asked_about(tools: Tools) -> None:
    held = reviewed(tools, "amox 500 tid x7d #21")
    assert held["prescriptions"][0]["unread"] and about_the_texts(held) == set()


def test_a_clear_prescription_raises_no_question_about_its_text(tools: Tools) -> None:
    assert about_the_texts(reviewed(tools, "Norco 5/325 1 tab q6h prn pain #12")) == set()
    assert about_the_texts(reviewed(tools, "ibuprofen 400 mg q6h prn pain #12")) == set()


def test_an_opioid_of_the_list_without_directions_is_asked_for_when_a_total_waits_for_it(tools: Tools) -> None:
    held = reviewed(tools, "Norco 5/325 1 tab q6h prn pain #12", current=["oxycodone 5 mg as directed", "lisinopril as directed"])
    asked = question(held, "current_directions")
    assert "oxycodone 5 mg as directed" in asked["ask"] and "lisinopril" not in asked["ask"]
    assert "OPI-MME50" in asked["would_settle"] and held["mme_per_day"]["is_minimum"]


def test_two_unclear_texts_stand_in_one_question(tools: Tools) -> None:
    asked = question(reviewed(tools, "Norco 5/325 as directed", "tramadol 50 mg as directed"), "proposed_directions")
    assert "Norco" in asked["ask"] and "tramadol" in asked["ask"]


def test_a_text_of_any_length_is_quoted_in_sixty_characters(tools: Tools) -> None:
    asked = question(reviewed(tools, "tramadol 50 mg " + "as directed by the office " * 20), "proposed_directions")
    assert "…" in asked["ask"] and len(asked["ask"]) < 400
