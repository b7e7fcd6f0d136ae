"""Questionnaires and joints worked out by hand: days unknown, items avoided, items that do not apply, bands, sides.

Rules: scoring manual of 30 March 2021 (AX2-GCPS to PAIN), Neblett 2017 (AX2-CSI), Cheatle 2019 (ORT-OUD), Wolfe 2016
(AX2-FM), Schiffman 2014 (AX1-A1, J1, S1, H1).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from .conftest import Screened
from .test_screening_vignettes import (
    CLICKS,
    HISTORY,
    NOTHING_HEARD,
    SUBTYPES,
    WITH_HEADACHE,
    examined,
    found,
    joint_history,
    joints,
    spot,
    statuses,
)


def numbered(instrument: str, *values: Any) -> dict[str, Any]:
    """A sheet with these values under 1, 2, 3 …; None is blank."""
    return {"instrument": instrument, "items": {str(n): value for n, value in enumerate(values, start=1)}}


def score_of(result: Any) -> Any:
    [score] = result["scores"]
    return score


# -- graded chronic pain: item 1, pain now, worst, mean, days, three of interference -----------------------------------


@pytest.mark.parametrize(
    ("values", "status", "cpi", "points", "grade"),
    [
        # Days unknown: pain (6 + 8 + 7) × 10 / 3 = 70 and interference 80 (3 points) give no grade without the days.
        ((90, 6, 8, 7, None, 8, 8, 8), "not_scorable", None, None, None),
        # Item 1 is never scored: blank or 180, the same grade. Days 0: 0 points; interference 20: 0 points. CPI 30: grade I.
        ((None, 3, 3, 3, 0, 2, 2, 2), "complete", 30, 0, "I"),
        ((180, 3, 3, 3, 0, 2, 2, 2), "complete", 30, 0, "I"),
        # 6 days of 180: 0 points; 7 days: 1. Interference 20: 0 points. CPI 50: grade II both times.
        ((90, 5, 5, 5, 6, 2, 2, 2), "complete", 50, 0, "II"),
        ((90, 5, 5, 5, 7, 2, 2, 2), "complete", 50, 1, "II"),
        # 14 days: 1 point, 15: 2 points; interference 30: 1 point. 2 points with CPI 40: I; 3 points: III.
        ((90, 4, 4, 4, 14, 3, 3, 3), "complete", 40, 2, "I"),
        ((90, 4, 4, 4, 15, 3, 3, 3), "complete", 40, 3, "III"),
        # 30 days: 2 points, 31: 3 points; interference 50: 2 points. 4 points: III; 5 points: IV.
        ((90, 9, 9, 9, 30, 5, 5, 5), "complete", 90, 4, "III"),
        ((90, 9, 9, 9, 31, 5, 5, 5), "complete", 90, 5, "IV"),
        # One blank of interference: (6 + 8) / 2 × 10 = 70, 3 points; 31 days, 3 points. 6 points: IV.
        ((90, 9, 9, 9, 31, 6, None, 8), "prorated", 90, 6, "IV"),
        # Two blanks of interference, or one of pain: no grade. (6 + 6 + 8) × 10 / 3 = 66.7 is 2 points, 31 days are 3.
        ((90, 9, 9, 9, 31, 6, None, None), "not_scorable", None, None, None),
        ((90, 9, None, 9, 31, 6, 6, 8), "not_scorable", None, 5, None),
    ],
)
def test_the_grade_over_six_months(
    screened: Screened, values: tuple[Any, ...], status: str, cpi: Any, points: Any, grade: Any
) -> None:
    score = score_of(screened(numbered("gcps-6-month", *values)))
    assert (score["status"], score["score"], score["band"]) == (status, cpi, grade)
    assert score["subscales"]["disability_points"] == points


def test_over_one_month_the_same_days_weigh_more(screened: Screened) -> None:
    # 6 days: 3 points of 30 days and 0 points of 180. Interference 0. CPI 20. III and I.
    values = (30, 2, 2, 2, 6, 0, 0, 0)
    assert [score_of(screened(numbered(name, *values)))["band"] for name in ("gcps-1-month", "gcps-6-month")] == ["III", "I"]


# -- jaw function ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blank", "status", "mastication", "mobility", "communication"),
    [
        # All at 2: each part 2. Two of chewing blank: still 2. Three: no part, no global score.
        ((), "complete", 2, 2, 2),
        ((1, 2), "prorated", 2, 2, 2),
        ((1, 2, 3), "not_scorable", None, 2, 2),
        ((7,), "prorated", 2, 2, 2),
        ((7, 8), "not_scorable", 2, None, 2),
        ((13, 14), "prorated", 2, 2, 2),
        ((13, 14, 15), "not_scorable", 2, 2, None),
        ((11, 12), "complete", 2, 2, 2),  # swallowing and yawning are in no part
    ],
)
def test_blanks_of_the_long_form_count_within_their_part(
    screened: Screened, blank: tuple[int, ...], status: str, mastication: Any, mobility: Any, communication: Any
) -> None:
    score = score_of(screened(numbered("jfls-20", *(None if n in blank else 2 for n in range(1, 21)))))
    assert (score["status"], score["score"]) == (status, None if status == "not_scorable" else 2)
    parts = [score["subscales"][name] for name in ("mastication", "mobility", "communication")]
    assert parts == [mastication, mobility, communication]


def test_the_global_score_is_the_mean_of_three_parts_and_avoided_as_too_difficult_is_ten(screened: Screened) -> None:
    # Chewing 10 × 6 → 10; opening 1 × 4 → 1; talking 1 × 8 → 1: (10 + 1 + 1) / 3 = 4. The plain mean of 20 would be 3.7.
    values = ["too difficult"] * 6 + [1] * 14
    score = score_of(screened(numbered("jfls-20", *values)))
    assert (score["score"], score["band"], score["positive"]) == (4, None, None)
    # The eight within the twenty: 1, 3, 6 at 10, and 10, 11, 12, 13, 19 at 1: 35 / 8 = 4.375.
    assert Decimal(str(score["subscales"]["jfls8"])) == Decimal("4.375")


# -- PHQ-15: item 4 does not apply to everybody ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "status", "score", "band"),
    [
        # 14 items at 1, item 4 does not apply: 14 / 14 × 15 = 15, high. As a 0 it would be 14 and medium.
        ([1, 1, 1, "not applicable", *[1] * 11], "prorated", 15, "high"),
        ([1, 1, 1, None, *[1] * 11], "prorated", 15, "high"),
        ([1, 1, 1, 0, *[1] * 11], "complete", 14, "medium"),
        # Not applicable and four blanks are the five that are allowed: ten items at 1 → 15. A sixth: no score.
        ([None, None, None, "not applicable", None, *[1] * 10], "prorated", 15, "high"),
        ([None, None, None, "not applicable", None, None, *[1] * 9], "not_scorable", None, None),
        ([1] * 5 + [0] * 10, "complete", 5, "low"),
        ([1] * 4 + [0] * 11, "complete", 4, "none or minimal"),
        ([2] * 5 + [0] * 10, "complete", 10, "medium"),
    ],
)
def test_bodily_symptoms(screened: Screened, values: list[Any], status: str, score: Any, band: Any) -> None:
    held = score_of(screened(numbered("phq-15", *values)))
    assert (held["status"], held["score"], held["band"], held["positive"]) == (status, score, band, None)
    assert "4" not in held["missing"] or values[3] is None  # what does not apply is not missing


def test_a_prorated_sum_just_below_a_band_is_not_rounded_into_it(screened: Screened) -> None:
    # 13 items answered, sum 8: 8 × 15 / 13 = 9.23, low.
    held = score_of(screened(numbered("phq-15", None, None, *[1] * 8, *[0] * 5)))
    assert held["band"] == "low" and 9 < held["score"] < 10


# -- central sensitization and opioid risk -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "band", "positive"),
    [
        *((29, "subclinical", False), (30, "mild", False), (39, "mild", False), (40, "moderate", True)),
        *((49, "moderate", True), (50, "severe", True), (59, "severe", True), (60, "extreme", True), (100, "extreme", True)),
    ],
)
def test_the_bands_of_the_inventory(screened: Screened, total: int, band: str, positive: bool) -> None:
    # 25 items of 0 to 4: as many fours as fit, then the rest.
    values = [4] * (total // 4) + ([total % 4] if total % 4 else [])
    values += [0] * (25 - len(values))
    held = score_of(screened(numbered("csi", *values)))
    assert (held["score"], held["band"], held["positive"]) == (total, band, positive)
    blank = score_of(screened(numbered("csi", *values[:24], None)))
    assert (blank["status"], blank["score"], blank["missing"]) == ("not_scorable", None, ["25"])


@pytest.mark.parametrize(
    ("marks", "band", "positive"), [(0, "low", False), (2, "low", False), (3, "high", True), (9, "high", True)]
)
def test_the_risk_before_a_long_opioid_course(screened: Screened, marks: int, band: str, positive: bool) -> None:
    held = score_of(screened(numbered("ort-oud", *[1] * marks, *[0] * (9 - marks))))
    assert (held["score"], held["band"], held["positive"]) == (marks, band, positive)


def test_three_marks_and_a_blank_are_no_score_and_the_marks_stay_visible(screened: Screened) -> None:
    held = score_of(screened(numbered("ort-oud", 1, 1, 1, None, 0, 0, 0, 0, 0)))
    assert (held["status"], held["band"], held["positive"], held["partial_sum"]) == ("not_scorable", None, None, 3)


# -- places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("areas", "score", "band", "widespread"),
    [
        ([], 0, "none", False),
        (["left face"], 1, "mild", False),
        (["left face", "right face"], 2, "moderate", False),
        # Jaw, head, mouth, chest and abdomen: six areas, severe, and no region of the five.
        (["left jaw", "right jaw", "head", "intra-oral", "chest", "abdomen"], 6, "severe", False),
        # Three regions of five are not widespread; the axial one as the fourth is.
        (["left upper arm", "right lower arm", "left hip"], 3, "severe", False),
        (["left upper arm", "right lower arm", "left hip", "neck"], 4, "severe", True),
        # Three places of one limb are three areas and one region.
        (["left shoulder girdle", "left upper arm", "left lower arm"], 3, "severe", False),
    ],
)
def test_the_drawing_counts_areas_and_widespread_counts_regions(
    screened: Screened, areas: list[str], score: int, band: str, widespread: bool
) -> None:
    result = screened({"instrument": "pain-drawing", "items": {"areas": areas}})
    held = score_of(result)
    assert (held["score"], held["band"]) == (score, band)
    assert result["central_pain"]["widespread"] is widespread


# -- joints ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "right", "status"),
    [
        ({"joint_noise_last_30_days": ["right"]}, {**NOTHING_HEARD, "crepitus": True}, "met"),
        ({"joint_noise_last_30_days": ["left"]}, {**NOTHING_HEARD, "crepitus": True}, "not_met"),  # a noise of the other joint
        ({}, {**NOTHING_HEARD, "crepitus": True, "patient_noticed": True}, "met"),  # noticed while the examiner listened
        ({"joint_noise_last_30_days": ["right"]}, CLICKS, "not_met"),  # a click is no crepitus
        ({"joint_noise_last_30_days": ["right"]}, {**CLICKS, "crepitus": True}, "met"),  # both may be there
        ({"joint_noise_last_30_days": ["right"]}, {**NOTHING_HEARD, "crepitus": None}, "not_determinable"),
        ({"joint_noise_last_30_days": None}, {**NOTHING_HEARD, "crepitus": True, "patient_noticed": None}, "not_determinable"),
    ],
)
def test_degenerative_joint_disease_of_one_joint(
    screened: Screened, history: dict[str, Any], right: dict[str, Any], status: str
) -> None:
    result = screened(findings={"history": joint_history(**history), "examination": joints(right)})
    held = found(result, "degenerative-joint-disease", "right")
    assert held["status"] == status
    if status == "met":
        assert held["provisional"] and "M26.651" in result["icd10cm"]  # 0.55 and 0.61 miss the target; ICD-5, right


@pytest.mark.parametrize(
    ("stuck", "manoeuvre", "right", "left"),
    [
        (["right"], True, "met", "not_met"),
        (["right", "left"], ["left"], "not_met", "met"),
        (["right"], False, "not_met", "not_met"),
        (["right"], None, "not_determinable", "not_met"),
        (["unclear"], True, "not_determinable", "not_determinable"),
        ([], None, "not_met", "not_met"),
        (None, True, "not_determinable", "not_determinable"),
    ],
)
def test_subluxation_by_history_alone(screened: Screened, stuck: Any, manoeuvre: Any, right: str, left: str) -> None:
    history = {"stuck_wide_open_last_30_days": stuck, "needed_manoeuvre_to_close": manoeuvre}
    result = screened(findings={"history": history, "examination": {"performed": False}})
    assert [found(result, "subluxation", side)["status"] for side in ("right", "left")] == [right, left]
    assert result["icd10cm"] == (["M24.49"] if "met" in (right, left) else [])  # ICD-6: once, without a side


# -- joint pain beside referred pain -----------------------------------------------------------------------------------


def test_pain_that_a_muscle_refers_to_the_joint_is_no_arthralgia(screened: Screened) -> None:
    # The masseter gives the known pain and sends it to the joint; the joint itself gives none when it is pressed or moved.
    refers = spot("right masseter", refers_beyond_muscle=True)
    place = {"pain_location_confirmed": ["right masseter", "right tmj"]}
    result = screened(findings={"history": HISTORY, "examination": examined(refers, **place)})
    assert statuses(result, "myalgia", *SUBTYPES) == ["met", "not_met", "not_met", "met"]
    assert statuses(result, "arthralgia", side="right") == ["not_met"]
    assert result["icd10cm"] == ["M79.11"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, "met"),
        ({"familiar_pain": False}, "not_met"),  # any other tenderness does not count
        ({"familiar_pain": None}, "not_determinable"),
    ],
)
def test_a_joint_that_hurts_when_it_is_pressed_needs_the_known_pain(screened: Screened, more: dict[str, Any], status: str) -> None:
    place = spot("left tmj around pole", **more)
    result = screened(findings={"history": HISTORY, "examination": examined(place)})
    assert statuses(result, "arthralgia", side="left") == [status]
    assert statuses(result, "arthralgia", side="right") == ["not_met"]


def test_muscle_and_both_joints_are_one_code_each(screened: Screened) -> None:
    spots = [spot("right masseter"), spot("right tmj lateral pole"), spot("left tmj lateral pole")]
    result = screened(findings={"history": HISTORY, "examination": examined(*spots)})
    assert set(result["icd10cm"]) == {"M79.11", "M26.623"}  # ICD-2: both joints are one code


@pytest.mark.parametrize(
    ("history", "status"),
    [
        ({}, "met"),
        ({"headache_changed_by_jaw_use": False}, "not_met"),
        ({"headache_changed_by_jaw_use": None}, "not_determinable"),
        ({"temple_headache_last_30_days": False}, "not_met"),
        ({"pain_last_30_days": "none"}, "not_met"),  # without a painful TMD there is no headache of it
    ],
)
def test_headache_needs_its_own_history_and_a_painful_tmd(screened: Screened, history: dict[str, Any], status: str) -> None:
    held: dict[str, Any] = {"headache_location_confirmed": ["right temple"], "opening_familiar_headache": []}
    held |= {"excursion_familiar_headache": [], "other_headache_diagnosis_explains_better": False}
    place = spot("right temporalis", familiar_headache=True)
    result = screened(findings={"history": {**WITH_HEADACHE, **history}, "examination": examined(place, **held)})
    assert statuses(result, "headache-attributed-to-tmd") == [status]
