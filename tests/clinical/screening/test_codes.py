"""Codes beside what the record already holds, and a jaw that is out of its joint now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.record import Problem, Standing
from dentalpain.clinical.screening.assessing import screen
from dentalpain.clinical.screening.presenting import as_json

from .samples import HISTORY, examined, facts_of, findings_of, knowledge, screened, spot

MYALGIA = {"history": HISTORY, "examination": examined(spot())}
JOINT = {
    "history": HISTORY,
    "examination": {
        **examined(spot("right tmj lateral pole"), pain_location_confirmed=["right tmj"]),
    },
}
HEADACHE = {
    "history": {**HISTORY, "temple_headache_last_30_days": True, "headache_changed_by_jaw_use": True},
    "examination": {
        **examined(spot("right temporalis", familiar_headache=True), pain_location_confirmed=["right temporalis"]),
        "headache_location_confirmed": ["right temple"],
        "other_headache_diagnosis_explains_better": False,
    },
}


def conflicts(found: Mapping[str, object], *problems: tuple[str, Standing]) -> list[str]:
    """The codes that Excludes1 keeps out, for a record with these coded problems."""
    facts = facts_of({}, "1985-05-05")
    held = tuple(Problem(code, standing, None, "chart", icd10cm=(code,)) for code, standing in problems)
    whole = Facts(replace(facts.record, problems=held), facts.definitions)
    result: list[str] = as_json(screen(whole, (), findings_of(found), knowledge()), knowledge())["icd10cm_conflicts"]
    return result


@pytest.mark.parametrize("code", ["M79.7", "M60.9", "M60.88"])
def test_a_recorded_fibromyalgia_or_myositis_must_not_stand_beside_the_muscle_code(code: str) -> None:
    # Excludes1: M79.1- with M79.7 or M60.-; the TMD code stays.
    assert conflicts(MYALGIA, (code, Standing.CURRENT)) == [code]


def test_a_problem_that_is_over_or_denied_is_no_conflict_and_an_unconfirmed_one_is() -> None:
    assert conflicts(MYALGIA, ("M79.7", Standing.PAST), ("M60.9", Standing.REFUTED)) == []
    assert conflicts(MYALGIA, ("M79.7", Standing.ASK)) == ["M79.7"]


def test_a_code_of_no_pair_is_no_conflict() -> None:
    # Excludes2 allows M26.6- beside S03.0-, and M79.11 beside M26.6-.
    assert conflicts(MYALGIA, ("S03.01XA", Standing.CURRENT), ("M26.621", Standing.CURRENT)) == []


def test_two_recorded_codes_of_a_pair_are_said_and_the_second_gives_way() -> None:
    # G47.63 with F45.8, which lists the grinding of teeth; K04.4 with K05.2-.
    assert conflicts({}, ("G47.63", Standing.CURRENT), ("F45.8", Standing.CURRENT)) == ["F45.8"]
    assert conflicts({}, ("K04.4", Standing.CURRENT), ("K05.20", Standing.CURRENT)) == ["K05.20"]
    assert conflicts({}, ("K05.20", Standing.CURRENT)) == []


def test_what_is_met_beyond_the_joint_counts_as_a_code_of_today() -> None:
    tooth = {"complaint": {"percussion_or_bite_pain": True, "single_tooth_site": True}}
    met = {c["id"] for c in screened(tooth)["differential"] if c["status"] == "criteria_met" and "K04.4" in c["icd10cm"]}
    assert met == {"DDX-PULP"}
    assert conflicts(tooth, ("K05.21", Standing.CURRENT)) == ["K05.21"]


@pytest.mark.parametrize("found", [HEADACHE, JOINT])
def test_a_symptom_code_gives_way_only_where_it_is_recorded(found: Mapping[str, object]) -> None:
    # Excludes1: R68.84 with M26.62-, G44.- with R51.9. A pair needs both of its codes.
    symptom = "R51.9" if found is HEADACHE else "R68.84"
    assert conflicts(found, (symptom, Standing.CURRENT)) == [symptom]
    assert conflicts(found) == []


def test_the_symptom_of_the_other_pair_stays() -> None:
    assert conflicts(JOINT, ("R51.9", Standing.CURRENT)) == conflicts(MYALGIA, ("R68.84", Standing.CURRENT)) == []


@pytest.mark.parametrize(
    ("sides", "code"),
    [
        (["right"], "S03.01XA"),
        (["left"], "S03.02XA"),
        (["left", "right"], "S03.03XA"),
        (["unclear"], "S03.00XA"),
        (None, "S03.00XA"),
    ],
)
def test_a_jaw_that_is_out_now_offers_the_code_of_a_dislocation_by_side(sides: list[str] | None, code: str) -> None:
    # ICD-6: current dislocation S03.01XA right, S03.02XA left, S03.03XA bilateral; S03.0XXA is no longer valid.
    history = {} if sides is None else {"stuck_wide_open_last_30_days": sides}
    result = screened({"history": history, "complaint": {"jaw_locked_open_now": True}})
    assert result["icd10cm_optional"] == [code] and result["icd10cm"] == []


def test_a_subluxation_that_is_not_out_now_has_no_code_of_a_dislocation() -> None:
    # ICD-6: M24.49 by default, M26.69 accepted by some payers.
    history = {"stuck_wide_open_last_30_days": ["right"], "needed_manoeuvre_to_close": True}
    for complaint in ({}, {"jaw_locked_open_now": False}):
        result = screened({"history": history, "complaint": complaint})
        assert (result["icd10cm"], result["icd10cm_optional"]) == (["M24.49"], ["M26.69"])
