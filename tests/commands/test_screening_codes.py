"""Codes of a whole screening: laterality, what stands beside what, and pairs that must not be billed together.

ICD-10-CM 2026: ICD-1 to 6 and the Excludes1 notes of the tabular list.
"""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Screened
from .test_screening_vignettes import (
    CLICKS,
    HISTORY,
    NOTHING_HEARD,
    WITH_HEADACHE,
    examined,
    found,
    joint_history,
    joints,
    spot,
)

MUSCLE = {"history": HISTORY, "examination": examined(spot("right masseter"))}
JOINT = {"history": HISTORY, "examination": examined(spot("right tmj lateral pole"))}
TEMPLE = {
    "history": WITH_HEADACHE,
    "examination": examined(
        spot("right temporalis", familiar_headache=True),
        headache_location_confirmed=["right temple"],
        other_headache_diagnosis_explains_better=False,
    ),
}


def problem(text: str, code: str) -> dict[str, Any]:
    return {"text": text, "codes": [{"system": "icd-10-cm", "code": code}]}


@pytest.mark.parametrize(
    ("sides", "code"), [(["right"], "M26.621"), (["left"], "M26.622"), (["right", "left"], "M26.623")]
)
def test_arthralgia_is_coded_by_side_and_never_with_two_codes(screened: Screened, sides: list[str], code: str) -> None:
    spots = [spot(f"{side} tmj lateral pole") for side in sides]
    assert screened(findings={"history": HISTORY, "examination": examined(*spots)})["icd10cm"] == [code]  # ICD-2


def test_one_code_for_discs_of_two_kinds_on_two_sides(screened: Screened) -> None:
    # Right AX1-D1; left AX1-D3 at 33 + 3 = 36 mm. ICD-3: M26.63-, third digit 3 for both; M26.52 is optional for D3.
    lock = {"ever_locked_short_of_full_opening": ["left"], "lock_interfered_with_eating": True}
    history = joint_history(joint_noise_last_30_days=["right"], **lock)
    examination = joints(CLICKS, max_assisted_interincisal_mm=33, vertical_overlap_mm=3)
    result = screened(findings={"history": history, "examination": examination})
    assert (result["icd10cm"], result["icd10cm_optional"]) == (["M26.633"], ["M26.52"])


def test_everything_that_one_joint_can_have_beside_a_muscle(screened: Screened) -> None:
    # AX1-X1: any combination. A degenerated joint that hurts may be coded as arthritis instead (ICD-5), M26.641.
    history = {
        **HISTORY,
        **joint_history(joint_noise_last_30_days=["right"]),
        "stuck_wide_open_last_30_days": ["right"],
        "needed_manoeuvre_to_close": True,
    }
    sounds = joints({**CLICKS, "crepitus": True}, max_assisted_interincisal_mm=45, vertical_overlap_mm=3)
    examination = {**examined(spot("right masseter"), spot("right tmj lateral pole")), **sounds}
    result = screened(findings={"history": history, "examination": examination})
    assert sorted(result["icd10cm"]) == ["M24.49", "M26.621", "M26.631", "M26.651", "M79.11"]
    assert sorted(result["icd10cm_optional"]) == ["M26.641", "M26.69"]
    met = {one["id"]: one["provisional"] for one in result["diagnoses"] if one["status"] == "met"}
    # Schiffman 2014: 0.70 and 0.95 make a diagnosis definitive; local myalgia has no figures.
    assert met == {
        **{"myalgia": False, "arthralgia": False, "subluxation": False, "local-myalgia": True},
        **{"disc-displacement-with-reduction": True, "degenerative-joint-disease": True},
    }


def test_crepitus_of_both_joints_without_pain_is_one_code_and_no_arthritis(screened: Screened) -> None:
    grating = {**NOTHING_HEARD, "crepitus": True}
    noises = joint_history(joint_noise_last_30_days=["left"])
    examination = joints({**grating, "patient_noticed": True}, grating)
    result = screened(findings={"history": noises, "examination": examination})
    assert (result["icd10cm"], result["icd10cm_optional"]) == (["M26.653"], [])


@pytest.mark.parametrize(("assisted", "codes"), [(36, ["M26.52"]), (37, [])])
def test_a_small_opening_without_any_lock_has_a_code_of_its_own(screened: Screened, assisted: int, codes: list[str]) -> None:
    # 36 + 3 = 39 mm, 37 + 3 = 40 mm; no lock, so no disc diagnosis: the cause is to be found.
    examination = joints(max_assisted_interincisal_mm=assisted, vertical_overlap_mm=3)
    result = screened(findings={"history": joint_history(), "examination": examination})
    assert result["icd10cm"] == codes and not any(one["status"] == "met" for one in result["diagnoses"])


@pytest.mark.parametrize(
    ("findings", "recorded", "own", "conflicts"),
    [
        (MUSCLE, problem("Fibromyalgia", "M79.7"), ["M79.11"], ["M79.7"]),
        (MUSCLE, problem("Myositis", "M60.9"), ["M79.11"], ["M60.9"]),
        (MUSCLE, problem("Jaw pain", "R68.84"), ["M79.11"], []),  # excluded by M26.62- and not by M79.11
        (JOINT, problem("Jaw pain", "R68.84"), ["M26.621"], ["R68.84"]),
        (JOINT, problem("Dislocation of jaw", "S03.01XA"), ["M26.621"], []),  # Excludes2: both may stand
        (JOINT, problem("Headache", "R51.9"), ["M26.621"], []),
        (TEMPLE, problem("Headache", "R51.9"), ["M79.11", "G44.89"], ["R51.9"]),
    ],
)
def test_of_a_pair_the_code_of_the_jaw_stays(
    screened: Screened, findings: dict[str, Any], recorded: dict[str, Any], own: list[str], conflicts: list[str]
) -> None:
    result = screened(findings=findings, problems=[recorded])
    assert (result["icd10cm"], result["icd10cm_conflicts"]) == (own, conflicts)


@pytest.mark.parametrize("findings", [MUSCLE, JOINT, TEMPLE])
def test_nobody_is_told_of_a_conflict_with_a_code_that_nobody_recorded(screened: Screened, findings: dict[str, Any]) -> None:
    assert screened(findings=findings)["icd10cm_conflicts"] == []


# -- what is missing for a joint -------------------------------------------------------------------------------

LIMITED, NOT_LIMITED = (f"disc-displacement-without-reduction-{word}-opening" for word in ("limited", "without-limited"))
REDUCING = "disc-displacement-with-reduction"
LEFT_LOCK = {"ever_locked_short_of_full_opening": ["left"], "lock_interfered_with_eating": True}


@pytest.mark.parametrize(
    ("history", "measured", "name", "letters", "missing"),
    [
        (LEFT_LOCK, {"max_assisted_interincisal_mm": 36}, LIMITED, "D", ["vertical_overlap_mm"]),
        (LEFT_LOCK, {"max_assisted_interincisal_mm": 36}, NOT_LIMITED, "C", ["vertical_overlap_mm"]),
        (LEFT_LOCK, {"vertical_overlap_mm": 3}, LIMITED, "D", ["max_assisted_interincisal_mm"]),
        (
            {**LEFT_LOCK, "lock_interfered_with_eating": None},
            {"max_assisted_interincisal_mm": 30, "vertical_overlap_mm": 3},
            LIMITED,
            "B",
            ["lock_interfered_with_eating"],
        ),
        (
            {**LEFT_LOCK, "lock_interfered_with_eating": None, "joint_noise_last_30_days": ["left"]},
            {},
            REDUCING,
            "D",
            ["lock_interfered_with_eating"],
        ),
        ({"joint_noise_last_30_days": ["unclear"]}, {}, REDUCING, "A", ["joint_noise_last_30_days"]),
    ],
)
def test_an_unknown_input_is_named_and_decides_nothing(
    screened: Screened, history: dict[str, Any], measured: dict[str, int], name: str, letters: str, missing: list[str]
) -> None:
    result = screened(findings={"history": joint_history(**history), "examination": joints(NOTHING_HEARD, CLICKS, **measured)})
    joint = found(result, name, "left")
    unknown = "".join(line["letter"] for line in joint["criteria"] if line["answer"] == "unknown")
    assert (joint["status"], unknown, joint["missing"]) == ("not_determinable", letters, missing)
    assert result["icd10cm"] == []


@pytest.mark.parametrize(
    ("manoeuvre", "status", "code"),
    [(True, "met", ["M24.49"]), (["right"], "met", ["M24.49"]), (False, "not_met", []), (None, "not_determinable", [])],
)
def test_subluxation_needs_confirmed_history_alone(
    screened: Screened, manoeuvre: object, status: str, code: list[str]
) -> None:
    history = {"stuck_wide_open_last_30_days": ["right"], "needed_manoeuvre_to_close": manoeuvre}
    result = screened(findings={"history": history})
    right, left = (found(result, "subluxation", side) for side in ("right", "left"))
    assert (right["status"], left["status"], result["icd10cm"]) == (status, "not_met", code)
    assert right["missing"] == (["needed_manoeuvre_to_close"] if status == "not_determinable" else [])
