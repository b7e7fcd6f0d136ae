"""A whole screening: red flags above everything, what is still to be asked, and nothing lost."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dentalpain.clinical.findings import Finding
from dentalpain.clinical.quantities import Reading
from dentalpain.clinical.screening.assessing import screen
from dentalpain.clinical.screening.complaint import DIFFERENTIAL, NUMBERS
from dentalpain.clinical.screening.presenting import as_json
from dentalpain.clinical.screening.tables import ALL_CONDITIONS, ALL_DIAGNOSES, ALL_INSTRUMENTS, ALL_RED_FLAGS
from dentalpain.clinical.screening.told import Told
from dentalpain.errors import AnswersError, KnowledgeError, NoValueOnDayError
from dentalpain.knowledge import files, screening_tables

from .samples import (
    HISTORY,
    TODAY,
    answers_of,
    diagnosis,
    examined,
    facts_of,
    findings_of,
    knowledge,
    red_flag,
    screened,
    spot,
)

KEYS = {
    *("on", "scores", "diagnoses", "corrected_opening_mm", "red_flags", "differential", "central_pain", "next"),
    *("icd10cm", "icd10cm_optional", "icd10cm_conflicts", "not_checked", "not_read"),
}
POSITIVE = {"1": 1, "2": 1, "3A": 1}
NO_SWELLING_SIGNS = {
    **dict.fromkeys(("airway_signs", "floor_of_mouth_raised", "bilateral_submandibular_swelling", "eye_signs"), False),
    **dict.fromkeys(("confusion_or_drowsiness", "mottled_skin", "trismus_new", "dysphagia", "rigors"), False),
    **dict.fromkeys(("neck_or_periorbital_extension", "swelling_growth_48h", "voice_change"), False),
    **dict.fromkeys(("neck_stiffness", "immunosuppression", "diabetes_uncontrolled"), False),
    **{"respiratory_rate": 16, "systolic_bp": 120, "diastolic_bp": 80, "heart_rate": 80, "temperature_c": 36.8},
    "interincisal_opening_mm": 44,
}


def doings(result: dict[str, Any]) -> list[str]:
    return [str(step["do"]) for step in result["next"]]


def step(key: str) -> str:
    return knowledge().steps[key]["do"]


def test_a_screening_without_anything_has_every_key_of_its_shape_and_is_plain_json() -> None:
    result = screened()
    assert set(result) == KEYS
    assert json.loads(json.dumps(result)) == result
    assert result["central_pain"]["nociplastic"] == "not_determinable"


def test_with_nothing_known_every_built_red_flag_is_listed_as_not_assessed_with_its_questions() -> None:
    flags = screened(born=None)["red_flags"]
    assert tuple(flag["rule"] for flag in flags) == ALL_RED_FLAGS
    for flag in flags:
        assert (flag["answer"], flag["urgency"]) == ("unknown", None)
        assert [question["fact"] for question in flag["questions"]] == flag["missing"] != []


def test_red_flags_that_are_all_answered_no_are_neither_listed_nor_asked_again() -> None:
    denied = {key: False for key, held in knowledge().red_flag_facts.items() if held.value == "yes_no"}
    measured = {key: value for key, value in NO_SWELLING_SIGNS.items() if value is not False}
    result = screened({"complaint": {**denied, **measured}})
    assert result["red_flags"] == []
    assert doings(result) == [step("three_questions")]


def test_what_is_not_built_is_named() -> None:
    assert screened()["not_checked"] == []
    fewer = replace(knowledge(), conditions=(), instruments={})
    named = as_json(screen(facts_of({}), [], None, fewer), fewer)["not_checked"]
    assert {*ALL_CONDITIONS, *ALL_INSTRUMENTS} - {"red-flags", "DDX-GCA"} == set(named)
    assert not {*ALL_RED_FLAGS, *ALL_DIAGNOSES} & set(named)


def test_the_three_questions_come_first_where_nobody_answered_or_examined() -> None:
    assert doings(screened()) == [step("ask_red_flags"), step("three_questions")]


def test_a_positive_screen_leads_to_an_examination_and_to_no_diagnosis() -> None:
    result = screened(None, answers_of("tmd-pain-screener-short", POSITIVE))
    assert doings(result) == [step("ask_red_flags"), step("examine"), step("screening_set")]
    assert result["scores"][0]["positive"] is True


def test_a_negative_screen_does_not_clear_the_joints() -> None:
    result = screened(None, answers_of("tmd-pain-screener-short", dict.fromkeys(POSITIVE, 0)))
    assert doings(result) == [step("ask_red_flags"), step("screen_negative")]
    assert any("joint" in caution for caution in result["scores"][0]["cautions"])


def test_a_blank_item_is_asked_again_before_anything_else_is_screened() -> None:
    result = screened(None, answers_of("tmd-pain-screener-short", {"1": 2, "2": None}))
    assert doings(result) == [step("ask_red_flags"), step("complete_screener")]


def test_an_emergency_stands_above_every_score_and_every_diagnosis() -> None:
    raw = {
        "history": HISTORY,
        "examination": examined(spot()),
        "complaint": {"jaw_pain_ongoing_now": True, "jaw_pain_exertional": True},
    }
    result = screened(raw, answers_of("tmd-pain-screener-short", POSITIVE))
    assert result["red_flags"][0]["rule"] == "RF-02"
    assert doings(result)[0] == result["red_flags"][0]["action"]
    assert step("decide_diagnosis") in doings(result)
    assert step("examine") not in doings(result)
    assert diagnosis(result, "myalgia")["status"] == "met"


def test_red_flags_are_listed_from_the_most_urgent_to_the_undecided() -> None:
    complaint = {"mouth_ulcer_over_3_weeks": True, "jaw_claudication": True, "airway_signs": True}
    result = screened({"complaint": complaint}, born="1950-01-01")
    urgencies = [(flag["rule"], flag["urgency"]) for flag in result["red_flags"]]
    assert urgencies[:3] == [("RF-03", "emergency_now"), ("RF-01", "same_day"), ("RF-04", "within_2_weeks")]
    assert {urgency for _, urgency in urgencies[3:]} == {None}


def test_a_flag_that_is_met_still_names_what_could_make_it_more_urgent() -> None:
    flag = red_flag(screened({"complaint": {"jaw_claudication": True}}, born="1950-01-01"), "RF-01")
    assert flag is not None
    assert flag["missing"] == ["visual_loss_or_diplopia"]


def test_a_swelling_that_raises_no_flag_is_treated_within_a_day() -> None:
    result = screened({"complaint": {"swelling_face_or_neck": True, **NO_SWELLING_SIGNS}})
    assert red_flag(result, "RF-03") is None
    assert step("treat_swelling") in doings(result)


def test_a_swelling_that_is_an_emergency_is_not_sent_home_with_a_day_to_wait() -> None:
    result = screened({"complaint": {"swelling_face_or_neck": True, "airway_signs": True}})
    assert step("treat_swelling") not in doings(result)


def test_the_opening_of_the_examination_is_read_where_the_complaint_has_none() -> None:
    raw = {"examination": {"max_assisted_interincisal_mm": 34}, "complaint": {"weight_loss": True}}
    flag = red_flag(screened(raw), "RF-04")
    assert flag is not None and flag["urgency"] == "within_2_weeks"


def test_the_opening_of_the_complaint_wins_over_that_of_the_examination() -> None:
    raw = {
        "examination": {"max_assisted_interincisal_mm": 34},
        "complaint": {"weight_loss": True, "interincisal_opening_mm": 35},
    }
    flag = red_flag(screened(raw), "RF-04")
    assert flag is not None and flag["urgency"] is None


def test_the_red_flag_form_counts_as_the_word_of_the_patient() -> None:
    sheet = answers_of("red-flags", {"jaw_claudication": 1, "temperature_c": 37, "scalp_tenderness": False})
    flag = red_flag(screened(None, sheet, born="1950-01-01"), "RF-01")
    assert flag is not None and flag["urgency"] == "same_day"
    assert flag["because"][-1]["source"] == "patient"


def test_a_yes_of_the_patient_is_not_undone_by_a_no_of_somebody_else() -> None:
    sheet = answers_of("red-flags", {"jaw_claudication": 1})
    flag = red_flag(screened({"complaint": {"jaw_claudication": False}}, sheet, born="1950-01-01"), "RF-01")
    assert flag is not None and flag["urgency"] == "same_day"


def test_with_cancer_on_record_a_numb_chin_reaches_somebody_who_knows_of_it_the_same_day() -> None:
    complaint = {"mouth_numbness": True, "explained_by_procedure_or_injury": False, "onset_under_24h": False}
    plain = red_flag(screened({"complaint": complaint}), "RF-05")
    known = red_flag(screened({"complaint": {**complaint, "cancer": True}}), "RF-05")
    team = red_flag(screened({"complaint": {**complaint, "cancer": True, "cancer_team_known": True}}), "RF-05")
    assert plain and known and team
    advice = knowledge().red_flags["RF-05"].advice
    assert known["action"] == f"{plain['action']} {advice['cancer']}"
    assert team["action"] == f"{plain['action']} {advice['cancer_team']}"


def test_limits_of_vital_signs_are_said_to_be_those_of_adults_in_a_child() -> None:
    child = red_flag(screened({"complaint": {"respiratory_rate": 24}}, born="2018-05-05"), "RF-03")
    adult = red_flag(screened({"complaint": {"respiratory_rate": 24}}), "RF-03")
    assert child and child["cautions"]
    assert adult and not adult["cautions"]


def test_every_key_of_a_complaint_is_read_by_something() -> None:
    read: set[str] = set()

    class Listening(Told):
        def has(self, key: str) -> Finding:
            read.add(key)
            return super().has(key)

        def number(self, key: str) -> Reading:
            read.add(key)
            return super().number(key)

    told, limits = Listening(findings_of({})), knowledge().limits_on(TODAY)
    for condition in knowledge().conditions:
        condition.function(told, limits)
    assert {*DIFFERENTIAL, *NUMBERS} <= read


def test_a_record_with_an_answer_of_today_needs_no_findings_file() -> None:
    flag = red_flag(screened(facts={"jaw_claudication": True}, born="1950-01-01"), "RF-01")
    assert flag is not None and flag["urgency"] == "same_day"


def test_findings_without_a_palpation_are_not_called_incomplete() -> None:
    assert step("complete_findings") not in doings(screened({"history": HISTORY}))
    raw = {"history": HISTORY, "examination": examined(spot(hold_seconds=None))}
    assert step("complete_findings") in doings(screened(raw))


def test_where_no_diagnosis_is_met_the_search_goes_on_beyond_muscle_and_joint() -> None:
    raw = {"history": {"pain_last_30_days": "none"}, "examination": examined()}
    assert doings(screened(raw))[-1] == step("look_elsewhere")


def test_the_same_questionnaire_twice_is_refused() -> None:
    sheet = answers_of("tmd-pain-screener-short", POSITIVE)
    with pytest.raises(AnswersError, match="twice"):
        screen(facts_of({}), [sheet, sheet], findings_of({}), knowledge())


def test_a_day_before_any_limit_held_raises() -> None:
    with pytest.raises(NoValueOnDayError):
        screen(facts_of({}, on=dt.date(1999, 1, 1)), [], None, knowledge())


def copied(folder: Path) -> Path:
    """A copy of the knowledge files, to be spoiled."""
    shutil.copytree(files.FOLDER, folder / "knowledge", ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return folder / "knowledge"


def test_a_knowledge_file_with_an_id_that_is_not_public_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path)
    spoiled = folder / "red_flags" / "cranial_nerves" / "cranial_nerve_deficit.toml"
    spoiled.write_text(spoiled.read_text("utf-8").replace('id = "RF-05"', 'id = "RF-99"'), "utf-8")
    for module in (files, screening_tables):
        monkeypatch.setattr(module, "FOLDER", folder)
    with pytest.raises(KnowledgeError, match="RF-99"):
        screening_tables.load_screening()


def test_a_knowledge_file_without_a_function_of_its_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path)
    flag = folder / "red_flags" / "cranial_nerves" / "cranial_nerve_deficit.toml"
    flag.rename(flag.with_stem("no_such_flag"))
    for module in (files, screening_tables):
        monkeypatch.setattr(module, "FOLDER", folder)
    with pytest.raises(KnowledgeError, match="no_such_flag"):
        screening_tables.load_screening()
