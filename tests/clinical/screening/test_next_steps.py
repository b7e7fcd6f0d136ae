"""Which questionnaire next: the short ones after a positive screen, the long ones when something calls for them."""

from __future__ import annotations

from typing import Any

import pytest

from .samples import HISTORY, answers_of, examined, knowledge, screened, spot

POSITIVE = {"1": 1, "2": 1, "3A": 1}
PAINFUL = {"history": HISTORY, "examination": examined(spot())}
GCPS = {"1": 90, "2": 3, "3": 5, "4": 4, "5": 0, "6": 5, "7": 5, "8": 5}


def steps(result: dict[str, Any]) -> dict[str, str]:
    """The keys of the steps, each with its reason."""
    by_text = {texts["do"]: key for key, texts in knowledge().steps.items()}
    return {by_text[step["do"]]: step["why"] for step in result["next"] if step["do"] in by_text}


def screener(**more: int) -> Any:
    return answers_of("tmd-pain-screener-short", {**POSITIVE, **more})


def test_after_a_positive_screen_the_symptom_questionnaire_and_the_short_forms_are_due() -> None:
    why = steps(screened(None, screener()))["screening_set"]
    assert why.endswith("dc-tmd-sq, phq-4, gcps-6-month, jfls-8, obc, pain-drawing")


def test_the_forms_that_are_due_stand_apart_from_the_reason_so_that_they_can_be_handed_out() -> None:
    due = {step["do"]: step["forms"] for step in screened(None, screener())["next"] if step.get("forms")}
    wanted = ["dc-tmd-sq", "phq-4", "gcps-6-month", "jfls-8", "obc", "pain-drawing"]
    assert list(due[knowledge().steps["screening_set"]["do"]]) == wanted


def test_after_a_negative_screen_no_form_is_due() -> None:
    negative = answers_of("tmd-pain-screener-short", {"1": 0, "2": 0, "3A": 0})
    assert "screening_set" not in steps(screened(None, negative))


def test_a_confirmed_interview_makes_the_symptom_questionnaire_superfluous() -> None:
    assert "dc-tmd-sq" not in steps(screened(PAINFUL))["screening_set"]


def test_what_was_handed_in_is_not_asked_for_again_nor_is_its_twin() -> None:
    forms = (
        answers_of("gcps-1-month", GCPS),
        answers_of("jfls-20", {}),
        answers_of("phq-4", dict.fromkeys(("nervous", "worry", "interest", "down"), 0)),
        answers_of("obc", {str(number): 0 for number in range(1, 22)}),
    )
    assert steps(screened(PAINFUL, *forms))["screening_set"].endswith("yet: pain-drawing")


def test_forms_without_a_score_are_completed_first() -> None:
    assert steps(screened(None, answers_of("obc", {"1": 4})))["complete_forms"].endswith("obc")


def distress(points: int) -> Any:
    return answers_of(
        "phq-4", {"nervous": 3, "worry": min(3, points - 3), "interest": 0, "down": points - 3 - min(3, points - 3)}
    )


@pytest.mark.parametrize(("points", "due"), [(5, False), (6, True), (9, True)])
def test_distress_of_six_points_calls_for_the_long_forms(points: int, due: bool) -> None:
    assert ("comprehensive_set" in steps(screened(None, distress(points)))) is due


@pytest.mark.parametrize(("interference", "due"), [(3, False), (7, True)])
def test_disability_grade_three_calls_for_the_long_forms(interference: int, due: bool) -> None:
    """Interference of 70 is three points: grade III; of 30 one point: grade I."""
    sheet = answers_of("gcps-6-month", {**GCPS, **dict.fromkeys(("6", "7", "8"), interference)})
    assert ("comprehensive_set" in steps(screened(None, sheet))) is due


@pytest.mark.parametrize(("months", "due"), [(5, False), (6, True), (7, True)])
def test_six_months_of_pain_call_for_the_long_forms(months: int, due: bool) -> None:
    told = steps(screened({"complaint": {"duration_months": months}}))
    written = steps(screened(None, answers_of("dc-tmd-sq", {"1": 1, "2": months})))
    assert ("comprehensive_set" in told) is ("comprehensive_set" in written) is due


@pytest.mark.parametrize(("areas", "due"), [(["head", "neck"], False), (["head", "neck", "lower back"], True)])
def test_three_areas_of_pain_call_for_the_long_forms_and_for_those_on_central_pain(areas: list[str], due: bool) -> None:
    found = steps(screened(None, answers_of("pain-drawing", {"areas": areas})))
    assert ("comprehensive_set" in found) is ("central_set" in found) is due


def test_the_reason_stands_beside_the_forms_that_are_due() -> None:
    why = steps(screened(None, distress(6)))["comprehensive_set"]
    # The comprehensive set of Schiffman 2014, table 7.
    assert why.endswith("phq-9, gad-7, phq-15, jfls-20, gcps-6-month, obc, pain-drawing (distress)")


def test_no_form_is_asked_for_twice_when_both_sets_are_due() -> None:
    due = steps(screened({**PAINFUL, "complaint": {"duration_months": 7}}))
    assert "gcps-6-month" in due["screening_set"] and "gcps-6-month" not in due["comprehensive_set"]


@pytest.mark.parametrize(("failed", "due"), [(True, True), (False, False), (None, False)])
def test_earlier_treatment_that_failed_calls_for_the_long_forms(failed: bool | None, due: bool) -> None:
    told = steps(screened({"complaint": {"earlier_treatment_failed": failed}}))
    assert ("comprehensive_set" in told) is due


def test_when_all_long_forms_are_in_none_is_asked_for() -> None:
    handed_in = ("phq-9", "gad-7", "phq-15", "jfls-20", "gcps-6-month", "obc", "pain-drawing")
    forms = [answers_of(name, {}) for name in handed_in]
    assert "comprehensive_set" not in steps(screened(None, distress(9), *forms))


@pytest.mark.parametrize(("points", "due"), [(24, False), (25, True)])
def test_many_habits_call_for_counseling_and_for_no_referral(points: int, due: bool) -> None:
    items = {str(number): 0 for number in range(1, 22)}
    for key in items:
        items[key] = min(4, points)
        points -= items[key]
    found = steps(screened(None, answers_of("obc", items)))
    assert ("counsel_habits" in found) is due and "comprehensive_set" not in found


def test_a_blank_item_nine_is_asked_in_person() -> None:
    assert "ask_item_nine" in steps(screened(None, answers_of("phq-9", {"1": 0})))
    assert "ask_item_nine" not in steps(screened(None, answers_of("phq-9", {"9": 0})))


@pytest.mark.parametrize(("key", "asked"), [("7", True), ("9", True), ("8", False)])
def test_chest_pain_or_fainting_in_the_symptom_list_leads_to_the_heart_questions(key: str, asked: bool) -> None:
    assert ("ask_chest_pain" in steps(screened(None, answers_of("phq-15", {key: 1})))) is asked


def test_widespread_pain_leads_to_the_grading_and_a_positive_screen_to_the_options() -> None:
    sites = ["left upper arm", "right upper arm", "left upper leg", "right upper leg", "neck", "chest", "abdomen"]
    severe = {"fatigue": 3, "unrefreshed": 2, "cognitive": 0, "headaches": 1, "abdominal": 0, "depression": 0}
    drawn = steps(screened(None, answers_of("pain-drawing", {"areas": sites})))
    assert {"grade_nociplastic"} <= set(drawn) and "central_options" not in drawn
    assert drawn["central_set"].endswith("fm-2016, csi")
    told = steps(screened(None, answers_of("fm-2016", {"sites": sites, **severe, "months_at_similar_level": 6})))
    assert {"grade_nociplastic", "central_options", "comprehensive_set"} <= set(told)
    assert told["central_set"].endswith("yet: csi")


def test_with_every_form_on_central_pain_in_none_is_asked_for() -> None:
    areas = {"areas": ["left upper arm", "right upper arm", "left upper leg", "neck"]}
    forms = (answers_of("pain-drawing", areas), answers_of("fm-2016", {}), answers_of("csi", {}))
    assert "central_set" not in steps(screened(None, *forms))


def test_the_screener_is_redundant_once_the_symptom_questionnaire_is_complete() -> None:
    # Scoring manual of 2021: what the screener asks of pain is inside the Symptom Questionnaire.
    complete = {"1": 0, "5": 0, "8": 0, "9": 0, "13": 0}  # no pain, headache, noise or lock: the rest is passed over
    asked = steps(screened(None, answers_of("dc-tmd-sq", complete)))
    assert "confirm_history" in asked and "three_questions" not in asked
    with_a_blank = steps(screened(None, answers_of("dc-tmd-sq", {**complete, "13": None})))
    assert "three_questions" in with_a_blank and "confirm_history" not in with_a_blank
