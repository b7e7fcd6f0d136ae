"""explain: a red flag, a diagnosis, a step of the published logic, a condition; each with cases worked by hand."""

from __future__ import annotations

import re

import pytest

from dentalpain.clinical.screening.tables import ALL_CONDITIONS, ALL_RED_FLAGS
from dentalpain.explaining import SPEAKS_OF
from dentalpain.knowledge.files import CLINICAL, FOLDER
from dentalpain.knowledge.load import load_knowledge
from dentalpain.service import Service

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


def knowledge_ids() -> list[str]:
    """Every id of screening that stands anywhere in our knowledge or in the modules that decide."""
    paths = [*FOLDER.rglob("*.toml"), *FOLDER.rglob("*.csv"), *CLINICAL.rglob("*.py")]
    known = re.compile(r"\b(?:SCR-\d|AX[12]-[A-Z]+\d*|DDX-[A-Z]+|RF-\d\d|ICD-[1-6])\b(?!-)")
    found = {name for path in paths for name in known.findall(path.read_text(encoding="utf-8"))}
    return sorted(found | set(SPEAKS_OF) | {*ALL_RED_FLAGS, *ALL_CONDITIONS})


def test_every_id_of_screening_in_our_knowledge_is_explained_with_its_sources_and_worked_cases() -> None:
    service = Service(load_knowledge())
    names = knowledge_ids()
    # RF-01 to RF-20, twenty conditions, SCR-1 to SCR-4, ICD-1 to ICD-6; eleven forms of the second axis and the grading.
    kinds = {kind: sum(name.startswith(kind) for name in names) for kind in ("RF-", "DDX-", "SCR-", "ICD-", "AX1-", "AX2-")}
    assert kinds["RF-"] == 20 and kinds["DDX-"] == 20 and kinds["SCR-"] == 4 and kinds["ICD-"] == 6
    assert kinds["AX1-"] >= 15 and kinds["AX2-"] == 12
    for name in names:
        told = service.explain(name)
        assert told["id"] == name
        for part in told["parts"]:
            assert part["citations"] and part["worked_cases"] and part["title"], name


def test_the_nociplastic_grading_is_explained_by_its_four_criteria(dentalpain: Run) -> None:
    out = " ".join(dentalpain("explain", "AX2-NOCI").out.split())
    assert "no level above probable" in out and "No questionnaire can stand for what the examination finds" in out
    told = dentalpain("explain", "AX2-NOCI", "--json").json
    assert list(told["criteria"]) == ["1", "2", "3", "4"] and told["limits"][0]["values"][0]["value"] == 3
