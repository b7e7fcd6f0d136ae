"""Jaw muscles, jaw joints and their codes, as somebody who holds the published tables would test `dentalpain screen --json`.

Criteria: Schiffman 2014 and the criteria table of February 2020 (AX1-P1 to X1); codes: ICD-10-CM 2026 (ICD-1 to 6).
"""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Screened

HISTORY = {"pain_last_30_days": "comes and goes", "pain_changed_by_jaw_use": True}
WITH_HEADACHE = {**HISTORY, "temple_headache_last_30_days": True, "headache_changed_by_jaw_use": True}
SUBTYPES = ("local-myalgia", "myofascial-pain", "myofascial-pain-with-referral")
HEADACHE = "headache-attributed-to-tmd"
DISC = (
    "disc-displacement-with-reduction",
    "disc-displacement-with-reduction-intermittent-locking",
    "disc-displacement-without-reduction-limited-opening",
    "disc-displacement-without-reduction-without-limited-opening",
)
MUSCLES = [f"{side} {muscle}" for side in ("right", "left") for muscle in ("temporalis", "masseter")]
JOINTS = [f"{side} tmj {place}" for side in ("right", "left") for place in ("lateral pole", "around pole")]
NOTHING_HEARD = dict.fromkeys(
    ("opening_click", "closing_click", "excursive_click", "crepitus", "patient_noticed"), False
)
CLICKS = {**NOTHING_HEARD, "opening_click": True, "closing_click": True}


def spot(site: str, **more: Any) -> dict[str, Any]:
    """Familiar pain on palpation, held for 5 s, felt at the finger alone."""
    stays = {"spreads_within_muscle": False, "refers_beyond_muscle": False}
    return {"site": site, "hold_seconds": 5, "pain": True, "familiar_pain": True, **stays, **more}


def examined(*spots: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Every site was pressed: those named hurt, the others do not; no movement hurts unless it is said."""
    hurting = {one["site"] for one in spots}
    quiet = [{"site": site, "hold_seconds": 5, "pain": False} for site in (*MUSCLES, *JOINTS) if site not in hurting]
    held = {
        "performed": True,
        "pain_location_confirmed": sorted(
            site.replace(" lateral pole", "").replace(" around pole", "") for site in hurting
        ),
        "opening_familiar_pain": [],
        "excursion_familiar_pain": [],
        "palpation": [*spots, *quiet],
        "other_pain_diagnosis_explains_better": False,
    }
    return {**held, **more}


def joint_history(**more: Any) -> dict[str, Any]:
    """No noise and no lock of either joint unless it is said."""
    return {
        "joint_noise_last_30_days": [],
        "ever_locked_short_of_full_opening": [],
        "locked_then_released_last_30_days": [],
        **more,
    }


def joints(right: dict[str, Any] = NOTHING_HEARD, left: dict[str, Any] = NOTHING_HEARD, **more: Any) -> dict[str, Any]:
    return {"performed": True, "joint_sounds": {"right": right, "left": left}, **more}


def found(result: Any, name: str, side: str = "patient") -> Any:
    return next(one for one in result["diagnoses"] if (one["id"], one["side"]) == (name, side))


def statuses(result: Any, *names: str, side: str = "patient") -> list[str]:
    return [found(result, name, side)["status"] for name in names]


def open_letters(diagnosis: Any) -> str:
    return "".join(line["letter"] for line in diagnosis["criteria"] if line["answer"] == "unknown")


# -- muscles ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spots", "subtypes"),
    [
        # All stay at the finger: local. One spreads: myofascial pain. One is felt elsewhere: with referral, whatever spreads.
        ([spot("right masseter"), spot("left masseter")], ["met", "not_met", "not_met"]),
        ([spot("right masseter", spreads_within_muscle=True), spot("left masseter")], ["not_met", "met", "not_met"]),
        (
            [
                spot("right masseter", spreads_within_muscle=True),
                spot("left temporalis", refers_beyond_muscle=True, spreads_within_muscle=None),
            ],
            ["not_met", "not_met", "met"],
        ),
        # One spreads after 5 s, the other was held for 2 s: the place that was held decides (F5 before F).
        (
            [spot("right masseter", spreads_within_muscle=True), spot("left masseter", hold_seconds=2)],
            ["not_met", "met", "not_met"],
        ),
        # One stays after 5 s, the other was held for 2 s: F5 is not F, so nothing is told.
        ([spot("right masseter"), spot("left masseter", hold_seconds=2)], ["not_determinable"] * 3),
        ([spot("right masseter", hold_seconds=4)], ["not_determinable"] * 3),
    ],
)
def test_the_subtype_of_myalgia(screened: Screened, spots: list[dict[str, Any]], subtypes: list[str]) -> None:
    result = screened(findings={"history": HISTORY, "examination": examined(*spots)})
    assert statuses(result, "myalgia", *SUBTYPES) == ["met", *subtypes]
    assert result["icd10cm"] == ["M79.11"]  # ICD-1: once, whatever the subtype
    for name, held in zip(SUBTYPES, subtypes, strict=True):
        assert found(result, name)["missing"] == (["hold_seconds"] if held == "not_determinable" else [])


def test_referral_counts_only_in_the_muscle_that_was_confirmed(screened: Screened) -> None:
    both = [spot("left masseter"), spot("right temporalis", refers_beyond_muscle=True)]
    result = screened(
        findings={"history": HISTORY, "examination": examined(*both, pain_location_confirmed=["left masseter"])}
    )
    assert statuses(result, *SUBTYPES) == ["met", "not_met", "not_met"]


def test_opening_alone_is_myalgia_without_a_subtype_and_excursion_alone_is_none(screened: Screened) -> None:
    place = {"pain_location_confirmed": ["left temporalis", "left tmj"]}
    opening = screened(
        findings={"history": HISTORY, "examination": examined(opening_familiar_pain=["left temporalis"], **place)}
    )
    assert statuses(opening, "myalgia", *SUBTYPES) == ["met", *["not_met"] * 3]
    moved = ["left temporalis", "left tmj"]
    sideways = screened(findings={"history": HISTORY, "examination": examined(excursion_familiar_pain=moved, **place)})
    assert statuses(sideways, "myalgia") == ["not_met"]  # AX1-M1: sideways movement does not count for a muscle
    assert (statuses(sideways, "arthralgia", side="left"), sideways["icd10cm"]) == (
        ["met"],
        ["M26.622"],
    )  # AX1-A1: it does


@pytest.mark.parametrize(
    ("change", "status", "letters", "missing"),
    [
        ({"history": {"pain_last_30_days": "none"}}, "not_met", "B", []),
        ({"history": {"pain_last_30_days": "always present"}}, "not_determinable", "B", ["pain_changed_by_jaw_use"]),
        ({"box": True}, "not_met", "", []),
        ({"box": None}, "not_determinable", "E", ["other_pain_diagnosis_explains_better"]),
    ],
)
def test_what_is_missing_for_myalgia_is_named_with_its_letter(
    screened: Screened, change: dict[str, Any], status: str, letters: str, missing: list[str]
) -> None:
    box = change.get("box", False)
    examination = examined(spot("right masseter"), other_pain_diagnosis_explains_better=box)
    myalgia = found(
        screened(findings={"history": change.get("history", HISTORY), "examination": examination}), "myalgia"
    )
    assert (myalgia["status"], open_letters(myalgia), myalgia["missing"]) == (status, letters, missing)


def test_without_an_examination_place_pain_and_box_are_open(screened: Screened) -> None:
    result = screened(
        findings={"history": HISTORY, "examination": {"performed": False, "palpation": [spot("right masseter")]}}
    )
    assert open_letters(found(result, "myalgia")) == "CDE"
    assert set(statuses(result, "arthralgia", "degenerative-joint-disease", side="left")) == {"not_determinable"}


@pytest.mark.parametrize(("born", "said"), [("2008-11-25", True), ("2008-11-24", False)])
def test_adult_criteria_are_marked_until_the_18th_birthday(screened: Screened, born: str, said: bool) -> None:
    result = screened(findings={"history": HISTORY, "examination": examined(spot("right masseter"))}, born=born)
    assert statuses(result, "myalgia") == ["met"]
    assert all(any("18" in caution for caution in one["cautions"]) for one in result["diagnoses"]) is said


# -- headache --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"excursion_familiar_headache": ["left"]}, "met"),
        ({"excursion_familiar_headache": ["right"]}, "not_met"),  # another side than the confirmed headache
        ({}, "not_met"),  # nothing brings it back
        ({"excursion_familiar_headache": ["left"], "other_headache_diagnosis_explains_better": True}, "not_met"),
        (
            {"excursion_familiar_headache": ["left"], "other_headache_diagnosis_explains_better": None},
            "not_determinable",
        ),
        ({"excursion_familiar_headache": ["left"], "headache_location_confirmed": ["left other"]}, "not_met"),
    ],
)
def test_headache_beside_a_painful_joint(screened: Screened, change: dict[str, Any], status: str) -> None:
    # AX1-H1: arthralgia of the right joint is the painful TMD; no muscle needs to hurt. ICD-4: G44.89 plus the TMD code.
    held: dict[str, Any] = {"headache_location_confirmed": ["left temple"], "opening_familiar_headache": []}
    held |= {"excursion_familiar_headache": [], "other_headache_diagnosis_explains_better": False, **change}
    result = screened(
        findings={"history": WITH_HEADACHE, "examination": examined(spot("right tmj around pole"), **held)}
    )
    headache = found(result, HEADACHE)
    assert headache["status"] == status
    assert set(result["icd10cm"]) == ({"M26.621", "G44.89"} if status == "met" else {"M26.621"})
    boxed = ["other_headache_diagnosis_explains_better"]
    assert (headache["missing"], open_letters(headache)) == ((boxed, "F") if status == "not_determinable" else ([], ""))


def test_headache_without_painful_tmd_and_from_the_masseter_alone_is_none(screened: Screened) -> None:
    held: dict[str, Any] = {"headache_location_confirmed": ["right temple"], "excursion_familiar_headache": []}
    held |= {"other_headache_diagnosis_explains_better": False}
    painless = spot("right temporalis", familiar_pain=False, familiar_headache=True)
    masseter = spot("right masseter", familiar_headache=True)
    for place in (painless, masseter):
        examination = examined(place, opening_familiar_headache=[], **held)
        assert statuses(screened(findings={"history": WITH_HEADACHE, "examination": examination}), HEADACHE) == [
            "not_met"
        ]


# -- joints ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assisted", "overlap", "corrected"),
    [(37, 2, 39), (37, 3, 40), (37, 4, 41), (42, -3, 39), (43, -3, 40), (44, -3, 41), (39, 0, 39), (40, 0, 40)],
)
def test_the_opening_with_its_overlap_decides_between_the_two_displacements_without_reduction(
    screened: Screened, assisted: int, overlap: int, corrected: int
) -> None:
    # AX1-E1: opening plus overlap, an open bite counted down. AX1-D3 below 40 mm, AX1-D4 from 40 mm on.
    history = joint_history(ever_locked_short_of_full_opening=["right"], lock_interfered_with_eating=True)
    examination = joints(max_assisted_interincisal_mm=assisted, vertical_overlap_mm=overlap)
    result = screened(findings={"history": history, "examination": examination})
    limited = corrected < 40
    assert result["corrected_opening_mm"] == corrected
    assert statuses(result, *DISC, side="right")[2:] == (["met", "not_met"] if limited else ["not_met", "met"])
    assert statuses(result, *DISC, side="left") == ["not_met"] * 4
    assert (result["icd10cm"], result["icd10cm_optional"]) == (["M26.631"], ["M26.52"] if limited else [])


LOCK = {"ever_locked_short_of_full_opening": ["right"], "locked_now": []}
RELEASED = {**LOCK, "locked_then_released_last_30_days": ["right"]}


@pytest.mark.parametrize(
    ("history", "right", "assisted", "met"),
    [
        # The rows of the table of AX1-D5: lock that hindered eating, comes and goes, noise and clicks, opening.
        ({}, NOTHING_HEARD, 45, None),
        ({"joint_noise_last_30_days": ["right"]}, CLICKS, 45, 0),
        ({**RELEASED, "joint_noise_last_30_days": ["right"], "lock_interfered_with_eating": False}, CLICKS, 45, 1),
        ({**RELEASED, "lock_interfered_with_eating": False}, NOTHING_HEARD, 45, None),
        ({**LOCK, "lock_interfered_with_eating": True, "joint_noise_last_30_days": ["right"]}, CLICKS, 36, 2),
        ({**LOCK, "lock_interfered_with_eating": True}, NOTHING_HEARD, 37, 3),
        ({**RELEASED, "lock_interfered_with_eating": True, "joint_noise_last_30_days": ["right"]}, CLICKS, 36, 1),
        ({**RELEASED, "lock_interfered_with_eating": True}, NOTHING_HEARD, 37, 3),
        # Locked at this moment: not a lock that comes and goes.
        ({**RELEASED, "locked_now": ["right"], "lock_interfered_with_eating": True}, NOTHING_HEARD, 36, 2),
        # A click on one way alone, or in excursion alone, is not the click of AX1-N1.
        ({"joint_noise_last_30_days": ["right"]}, {**CLICKS, "closing_click": False}, 45, None),
        ({"joint_noise_last_30_days": ["right"]}, {**NOTHING_HEARD, "excursive_click": True}, 45, None),
        ({"joint_noise_last_30_days": ["right"]}, {**CLICKS, "closing_click": False, "excursive_click": True}, 45, 0),
        # Noise told while the examiner listened counts as noise of the history.
        ({}, {**CLICKS, "patient_noticed": True}, 45, 0),
    ],
)
def test_a_joint_has_at_most_one_disc_diagnosis(
    screened: Screened, history: dict[str, Any], right: dict[str, Any], assisted: int, met: int | None
) -> None:
    examination = joints(right, max_assisted_interincisal_mm=assisted, vertical_overlap_mm=3)
    result = screened(findings={"history": joint_history(**history), "examination": examination})
    assert statuses(result, *DISC, side="right") == ["met" if place == met else "not_met" for place in range(4)]
    assert result["icd10cm"] == ([] if met is None else ["M26.631"])  # ICD-3, by side


def test_the_row_that_contradicts_itself_is_a_question_and_no_diagnosis(screened: Screened) -> None:
    # A lock that hindered eating came free, nothing clicks, and 36 + 3 = 39 mm: AX1-D5, row 4. The clinician decides.
    history = joint_history(**RELEASED, lock_interfered_with_eating=["right"])
    examination = joints(max_assisted_interincisal_mm=36, vertical_overlap_mm=3)
    result = screened(findings={"history": history, "examination": examination})
    assert statuses(result, *DISC, side="right") == ["not_met", "not_met", "not_determinable", "not_met"]
    assert "locked_now" in found(result, DISC[2], "right")["missing"] and result["icd10cm"] == []
    assert any("lock" in step["do"].lower() for step in result["next"])


@pytest.mark.parametrize(
    ("seen", "met"),
    [("not reduced", 2), ("reduced by patient", 1)],  # nobody can release it: a lock of now, and 39 mm decide
)
def test_a_lock_that_nobody_releases_in_the_chair_does_not_come_and_go(screened: Screened, seen: str, met: int) -> None:
    history = joint_history(**RELEASED, lock_interfered_with_eating=True, joint_noise_last_30_days=["right"])
    examination = joints(CLICKS, max_assisted_interincisal_mm=36, vertical_overlap_mm=3, observed_lock={"right": seen})
    result = screened(findings={"history": history, "examination": examination})
    assert [status == "met" for status in statuses(result, *DISC, side="right")].index(True) == met
