"""explain: a red flag, a diagnosis, a step of the published logic, a condition; each with cases worked by hand."""

from __future__ import annotations

import pytest

from dentalpain.explaining import SPEAKS_OF

from .conftest import Run


def test_a_red_flag_is_told_by_urgency_with_limits_sources_and_cases(dentalpain: Run) -> None:
    out = dentalpain("explain", "RF-10").out
    for line in ("Same day:", "injury_days (d)", "WORKED CASES", "14 days are within two weeks"):
        assert line in out


def test_a_step_of_the_logic_names_every_diagnosis_that_it_decides(dentalpain: Run) -> None:
    # AX1-M2 tells the three subtypes apart; AX1-D5 chooses among the four disc diagnoses.
    told = dentalpain("explain", "AX1-M2", "--json").json
    assert told["id"] == "AX1-M2"
    assert {part["id"] for part in told["parts"]} == {"local-myalgia", "myofascial-pain", "myofascial-pain-with-referral"}
    disc = dentalpain("explain", "AX1-D5", "--json").json["parts"]
    assert len(disc) == 4 and all(part["id"].startswith("disc-displacement") for part in disc)


def test_how_diagnoses_combine_is_explained_for_each_of_the_twelve(dentalpain: Run) -> None:
    # AX1-X1: for the patient one muscle diagnosis and the headache; for each joint one of each kind.
    parts = {part["id"]: part["beside"] for part in dentalpain("explain", "AX1-X1", "--json").json["parts"]}
    assert len(parts) == 12
    assert sum("excludes the other two subtypes" in text for text in parts.values()) == 3
    assert sum("excludes the other three disc diagnoses of that joint" in text for text in parts.values()) == 4
    assert "two diagnoses, this one and arthralgia" in parts["degenerative-joint-disease"]
    assert "BESIDE OTHERS" in dentalpain("explain", "AX1-X1").out


def test_every_form_of_a_condition_is_told_under_its_one_id(dentalpain: Run) -> None:
    # DDX-PULP: reversible, irreversible, apical periodontitis, abscess with and without a sinus, necrosis.
    told = dentalpain("explain", "DDX-PULP", "--json").json
    assert {code for part in told["parts"] for code in part["icd10cm"]} == {
        *("K04.01", "K04.02", "K04.1", "K04.4", "K04.6", "K04.7")
    }
    assert all(part["worked_cases"] and part["citations"] for part in told["parts"])


def test_giant_cell_arteritis_is_explained_by_its_red_flag(dentalpain: Run) -> None:
    assert dentalpain("explain", "DDX-GCA", "--json").json["parts"][0]["id"] == "RF-01"


@pytest.mark.parametrize("item", ["arthralgia", "dc-tmd-sq", "DDX-TN", "RF-20", "subluxation"])
def test_a_worked_case_says_what_was_known_and_what_comes_of_it(dentalpain: Run, item: str) -> None:
    for case in dentalpain("explain", item, "--json").json["worked_cases"]:
        assert case["story"] and case["working"] and case["result"], case
        assert isinstance(case["given"], dict)


def test_a_planned_rule_is_named_as_such_and_no_assessment_is_looked_for(dentalpain: Run) -> None:
    assert "store" in dentalpain("explain", "AX1-Z9").refusal


@pytest.mark.parametrize("name", SPEAKS_OF)
def test_each_id_of_the_second_axis_and_of_the_codes_is_explained_by_what_it_speaks_of(dentalpain: Run, name: str) -> None:
    told = dentalpain("explain", name, "--json").json
    assert told["id"] == name and [part["id"] for part in told["parts"]] == list(SPEAKS_OF[name])
