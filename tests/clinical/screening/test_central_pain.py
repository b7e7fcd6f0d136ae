"""Central pain as its own view: forms are screens, and only an examination makes pain nociplastic."""

from __future__ import annotations

from typing import Any

import pytest

from dentalpain.knowledge.files import read_toml
from dentalpain.knowledge.grading import PATH, load_grading

from .samples import answers_of, screened

SITES = ["left upper arm", "right upper arm", "left upper leg", "right upper leg", "neck", "chest", "abdomen"]
SEVERE = {"fatigue": 3, "unrefreshed": 2, "cognitive": 0, "headaches": 1, "abdominal": 0, "depression": 0}
# The four parts of the first criterion and the finding of the examination: possible.
POSSIBLE: dict[str, Any] = {
    "duration_months": 3,
    "pain_regional_or_widespread": True,
    "nociceptive_cause_sufficient": False,
    "neuropathic_cause_sufficient": False,
    "evoked_hypersensitivity": True,
}
PROBABLE = {**POSSIBLE, "hypersensitivity_history": True, "comorbid_sleep": True}
COMORBID = ("comorbid_sensitivity", "comorbid_sleep", "comorbid_fatigue", "comorbid_cognition")


def view(complaint: dict[str, Any] | None = None, *sheets: Any) -> dict[str, Any]:
    held: dict[str, Any] = screened({"complaint": complaint or {}}, *sheets)["central_pain"]
    return held


def fibromyalgia(months: int | None = 6) -> Any:
    return answers_of("fm-2016", {"sites": SITES, **SEVERE, "months_at_similar_level": months})


@pytest.mark.parametrize(("months", "level"), [(3, "possible"), (2, "no"), (4, "possible")])
def test_pain_must_have_lasted_three_months(months: int, level: str) -> None:
    assert view({**POSSIBLE, "duration_months": months})["nociplastic"] == level


@pytest.mark.parametrize("key", [key for key in POSSIBLE if key != "duration_months"])
def test_each_part_of_the_grading_can_rule_it_out_and_leaves_it_open_while_unknown(key: str) -> None:
    assert view({**POSSIBLE, key: not POSSIBLE[key]})["nociplastic"] == "no"
    left = view({**POSSIBLE, key: None})
    assert (left["nociplastic"], key in left["missing"]) == ("not_determinable", True)


@pytest.mark.parametrize("key", COMORBID)
def test_history_and_any_one_comorbidity_make_it_probable(key: str) -> None:
    assert view({**POSSIBLE, "hypersensitivity_history": True, key: True})["nociplastic"] == "probable"


def test_without_a_history_of_hypersensitivity_it_stays_possible() -> None:
    held = view({**PROBABLE, "hypersensitivity_history": False})
    assert held["nociplastic"] == "possible"


def test_possible_names_what_could_make_it_probable() -> None:
    held = view({**POSSIBLE, "hypersensitivity_history": True})
    assert held["nociplastic"] == "possible"
    assert set(COMORBID) <= set(held["missing"])


def test_no_form_makes_pain_nociplastic() -> None:
    high = answers_of("csi", {str(number): 4 for number in range(1, 26)})
    held = view(None, fibromyalgia(), high)
    assert (held["fm_2016"], held["csi_band"], held["nociplastic"]) == (True, "extreme", "not_determinable")
    assert held["missing"][0] == "duration_months"


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        (["left upper arm", "right upper arm", "left upper leg", "neck"], True),
        (["left upper arm", "right upper arm", "neck", "left jaw", "right jaw", "chest", "abdomen"], False),
        ([], False),
    ],
)
def test_widespread_is_four_regions_and_the_jaw_is_none(areas: list[str], said: bool) -> None:
    assert view(None, answers_of("pain-drawing", {"areas": areas}))["widespread"] is said


def test_without_a_drawing_or_sites_nobody_knows_whether_pain_is_widespread() -> None:
    assert view()["widespread"] is None
    assert view(None, answers_of("pain-drawing", {}))["widespread"] is None
    assert view()["missing"][:2] == ["fm-2016", "csi"]


def test_one_form_that_shows_it_is_enough_for_widespread_pain() -> None:
    assert view(None, answers_of("pain-drawing", {"areas": ["neck"]}), fibromyalgia())["widespread"] is True


def test_a_fibromyalgia_form_without_months_leaves_the_screen_open() -> None:
    held = view(None, fibromyalgia(None))
    assert (held["fm_2016"], "fm-2016" in held["missing"]) == (None, True)


@pytest.mark.parametrize(("complaint", "sheets"), [(POSSIBLE, []), (PROBABLE, []), ({}, [fibromyalgia()])])
def test_options_that_act_on_the_nervous_system_come_into_view(complaint: dict[str, Any], sheets: list[Any]) -> None:
    assert "low_dose_naltrexone" in view(complaint, *sheets)["options_in_view"]


@pytest.mark.parametrize("complaint", [{}, {**POSSIBLE, "evoked_hypersensitivity": None}])
def test_and_not_before(complaint: dict[str, Any]) -> None:
    assert view(complaint)["options_in_view"] == []


@pytest.mark.parametrize("case", read_toml(PATH)["worked_case"], ids=lambda case: str(case["story"])[:40])
def test_each_worked_case_of_the_grading_comes_out_as_it_says(case: dict[str, Any]) -> None:
    held = view(dict(case["complaint"]))
    assert held["nociplastic"] == case["status"]
    assert set(case.get("missing", ())) <= set(held["missing"])


def test_the_grading_is_a_draft_that_says_what_is_not_settled() -> None:
    review = load_grading()["review"]
    assert review["status"] == "draft" and "more than three months" in review["unsettled"]
