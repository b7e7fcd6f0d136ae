"""The long forms, counselling and the view of central pain on both sides of each limit (stepped use; AX2-GCPS to AX2-NOCI)."""

from __future__ import annotations

from typing import Any

import pytest

from .samples import answers_of, screened


def sheet(instrument: str, *points: Any) -> Any:
    return answers_of(instrument, {str(number): value for number, value in enumerate(points, start=1)})


def distress(*points: int) -> Any:
    return answers_of("phq-4", dict(zip(("nervous", "worry", "interest", "down"), points, strict=True)))


def reasons(result: dict[str, Any]) -> str:
    return " ".join(step["why"] for step in result["next"])


@pytest.mark.parametrize(
    ("answers", "complaint", "reason", "due"),
    [
        # 2 + 2 + 1 + 1 = 6 is moderate, 5 is mild.
        ([distress(2, 2, 1, 1)], {}, "distress", True),
        ([distress(2, 2, 1, 0)], {}, "distress", False),
        # Days 31 of 180: 3 points; interference (3 + 3 + 3) × 10 / 3 = 30: 1 point; 4 points: grade III.
        ([sheet("gcps-6-month", 100, 4, 4, 4, 31, 3, 3, 3)], {}, "pain-related disability", True),
        # Days 14: 1 point; interference (5 + 5 + 4) × 10 / 3 = 46.7: 1 point; 2 points and CPI 70: grade II.
        ([sheet("gcps-6-month", 100, 7, 7, 7, 14, 5, 5, 4)], {}, "pain-related disability", False),
        ([], {"duration_months": 6}, "pain for six months or more", True),
        ([], {"duration_months": 5.9}, "pain for six months or more", False),
        ([], {"earlier_treatment_failed": True}, "earlier treatment failed", True),
        ([answers_of("pain-drawing", {"areas": ["neck", "left hip", "chest"]})], {}, "three areas", True),
        ([answers_of("pain-drawing", {"areas": ["neck", "left hip"]})], {}, "three areas", False),
    ],
)
def test_the_long_forms_are_due_from_a_limit_on(answers: list[Any], complaint: dict[str, Any], reason: str, due: bool) -> None:
    assert (reason in reasons(screened({"complaint": complaint}, *answers))) is due


@pytest.mark.parametrize(("last", "total", "counselled"), [(2, 24, False), (3, 25, True)])
def test_habits_are_counselled_from_25_points_on(last: int, total: int, counselled: bool) -> None:
    # Nineteen items of 1 point, one of 3, and the last.
    result = screened(None, sheet("obc", *[1] * 19, 3, last))
    assert result["scores"][0]["score"] == total
    assert any("habit" in step["do"].lower() for step in result["next"]) is counselled


@pytest.mark.parametrize(("twos", "band", "positive"), [(19, "mild", False), (20, "moderate", True)])
def test_the_inventory_is_positive_from_40_on(twos: int, band: str, positive: bool) -> None:
    # 19 × 2 + 1 = 39; 20 × 2 = 40.
    rest = [1, *[0] * 5] if twos == 19 else [0] * 5
    result = screened(None, sheet("csi", *[2] * twos, *rest))
    assert (result["scores"][0]["positive"], result["central_pain"]["csi_band"]) == (positive, band)


FOUR_REGIONS = ["left shoulder girdle", "right upper arm", "left hip", "neck"]
SEVEN = [*FOUR_REGIONS, "left jaw", "chest", "right lower arm"]


@pytest.mark.parametrize(
    ("sites", "severity", "months", "meets"),
    [
        (FOUR_REGIONS, 9, 3, True),  # 4 sites need 9 points
        (FOUR_REGIONS, 8, 3, False),
        (FOUR_REGIONS[:3], 12, 3, False),  # 3 sites are too few, whatever the severity
        (SEVEN, 5, 3, True),  # 7 sites need 5 points
        (SEVEN, 4, 3, False),
        (SEVEN, 5, 2, False),  # for 3 months
    ],
)
def test_the_fibromyalgia_screen_of_2016(sites: list[str], severity: int, months: int, meets: bool) -> None:
    points = dict.fromkeys(("fatigue", "unrefreshed", "cognitive", "headaches", "abdominal", "depression"), 0)
    for key, most in (("fatigue", 3), ("unrefreshed", 3), ("cognitive", 3), ("headaches", 1), ("abdominal", 1), ("depression", 1)):
        points[key] = min(most, severity - sum(points.values()))
    form = answers_of("fm-2016", {"sites": sites, **points, "months_at_similar_level": months})
    assert screened(None, form)["central_pain"]["fm_2016"] is meets


# Kosek 2021: three months, a region, no sufficient cause in tissue or nerve, hypersensitivity evoked in the examination.
POSSIBLE: dict[str, Any] = {
    **{"duration_months": 3, "pain_regional_or_widespread": True, "evoked_hypersensitivity": True},
    **{"nociceptive_cause_sufficient": False, "neuropathic_cause_sufficient": False},
}
PROBABLE = {**POSSIBLE, "hypersensitivity_history": True, "comorbid_sleep": True}


@pytest.mark.parametrize(
    ("complaint", "level", "missing"),
    [
        (PROBABLE, "probable", []),
        ({**PROBABLE, "duration_months": 2.9}, "no", []),
        ({**PROBABLE, "comorbid_sleep": False}, "possible", ["comorbid_sensitivity", "comorbid_fatigue", "comorbid_cognition"]),
        ({**PROBABLE, "hypersensitivity_history": None}, "possible", ["hypersensitivity_history"]),
        ({**PROBABLE, "evoked_hypersensitivity": None}, "not_determinable", ["evoked_hypersensitivity"]),
    ],
)
def test_the_grading_of_pain_that_the_nervous_system_keeps_up(complaint: dict[str, Any], level: str, missing: list[str]) -> None:
    view = screened({"complaint": complaint})["central_pain"]
    assert (view["nociplastic"], view["missing"]) == (level, ["fm-2016", "csi", *missing])
