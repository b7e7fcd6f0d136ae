"""Answers and findings that cannot be used: one sentence with the file, the place and the mend, exit 2, no value of the patient."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import STORY_DAY, Ended, Run

SECRET = "Zelda Secretname"
RECORD = {"patient": {"birth_date": "1980-02-01", "sex": "female", "name": SECRET}}


def history(**more: Any) -> dict[str, Any]:
    return {"history": more}


def examination(**more: Any) -> dict[str, Any]:
    return {"examination": more}


def phq(**items: Any) -> dict[str, Any]:
    return {"instrument": "phq-9", "answered_by": "patient", "on": "2026-11-24", "items": items}


def refused(dentalpain: Run, folder: Path, option: str, content: Any, name: str = "handed.json") -> Ended:
    record, path = folder / "record.json", folder / name
    record.write_text(json.dumps(RECORD), encoding="utf-8")
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return dentalpain("screen", record, option, path, *STORY_DAY, "--json")


NO_OBJECT = {
    "empty": "",
    "blanks alone": "  \n",
    "a list": "[]",
    "a text": f'"{SECRET}"',
    "text after the object": "{} " + SECRET,
    "two objects": "{}{}",
    "cut off": '{"history": {"locked_now"',
    "not UTF-8": b'{"history": "\xff"}',
    "UTF-16": '{"history": {}}'.encode("utf-16"),
    "not a number": '{"examination": {"max_assisted_interincisal_mm": NaN}}',
    "beyond all bounds": '{"examination": {"max_assisted_interincisal_mm": 1e999}}',
    "an endless number": '{"examination": {"max_assisted_interincisal_mm": ' + "9" * 6000 + "}}",
    "nested too deep": '{"history":' * 3000 + "1" + "}" * 3000,
    "one key twice": '{"history": {"locked_now": true, "locked_now": false}}',
    "half a character": '{"history": {"pain_last_30_days": "\\ud800"}}',
}


@pytest.mark.parametrize("what", NO_OBJECT)
@pytest.mark.parametrize("option", ["--findings", "--answers"])
def test_a_file_that_is_no_json_object_is_named(dentalpain: Run, tmp_path: Path, option: str, what: str) -> None:
    ended = refused(dentalpain, tmp_path, option, NO_OBJECT[what])
    assert "handed.json" in ended.refusal and "Correct the file" in ended.refusal
    assert SECRET not in ended.err and ended.out == ""


@pytest.mark.parametrize("option", ["--findings", "--answers"])
def test_a_missing_file_and_a_folder_are_no_fault_of_their_content(dentalpain: Run, tmp_path: Path, option: str) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("nobody.json", "folder"):
        line = refused(dentalpain, tmp_path, option, None, name).refusal
        assert name in line and "Check the path." in line and "Correct the file" not in line


FINDINGS: list[tuple[Any, str]] = [
    (examination(max_assisted_interincisal_mm=SECRET), "/examination/max_assisted_interincisal_mm: This is not a number."),
    (examination(max_assisted_interincisal_mm=True), "/examination/max_assisted_interincisal_mm: This is not a number."),
    (examination(max_assisted_interincisal_mm=-1), "from 0 to 100"),
    (examination(vertical_overlap_mm=31), "from -30 to 30"),  # an open bite is negative
    (history(pain_last_30_days=SECRET), "/history/pain_last_30_days: This word is not on the list."),
    (history(pain_changed_by_jaw_use="yes"), "Write true, false or null."),
    (history(pain_changed_by_jaw_use=1), "Write true, false or null."),
    (history(joint_noise_last_30_days="right"), "[] means none"),
    (history(joint_noise_last_30_days=["right", SECRET]), "/history/joint_noise_last_30_days/1"),
    (history(locked_now={"right": True}), "/history/locked_now"),
    ({"history": []}, "/history: A JSON object is needed here."),
    ({"histroy": {}}, "Did you mean 'history'?"),
    (history(**{f"{SECRET} said so": True}), "a key that is not a plain name"),
    (examination(palpation={}), "/examination/palpation: A list is needed here."),
    (examination(palpation=[{"pain": True}]), "/examination/palpation/0/site: A palpated place needs its site."),
    (examination(palpation=[{"site": "right masseter", "zone": "anterior"}]), "origin, body, insertion"),
    (examination(palpation=[{"site": "right masseter", "pain": False, "familiar_pain": True}]), "Correct one of the two."),
    (examination(observed_lock={"right": SECRET}), "/examination/observed_lock/right"),
    (examination(joint_sounds=[]), "/examination/joint_sounds"),
    ({"complaint": {"temperature_c": 101}}, "from 25 to 45"),  # degrees Fahrenheit
    ({"complaint": {"hours_per_day": 25}}, "from 0 to 24"),
    ({"complaint": {"jaw_injury_date": SECRET}}, "Write a date as 2026-11-30."),
]


@pytest.mark.parametrize(("findings", "said"), FINDINGS)
def test_findings_of_the_wrong_kind_name_the_place_and_the_mend(dentalpain: Run, tmp_path: Path, findings: Any, said: str) -> None:
    ended = refused(dentalpain, tmp_path, "--findings", findings)
    assert "handed.json" in ended.refusal and said in ended.refusal
    assert SECRET not in ended.err and ended.out == ""


ANSWERS: list[tuple[Any, str]] = [
    ({"items": {}}, "/instrument"),
    ({**phq(), "instrument": SECRET}, "/instrument"),
    ({**phq(), "items": [1]}, "/items"),
    (phq(**{"1": 4}), "/items/1: This is not a point of the item. Write one of 0, 1, 2, 3"),
    (phq(**{"1": 1.5}), "/items/1"),
    (phq(**{"1": SECRET}), "/items/1"),
    (phq(**{"11": 1}), "/items/11"),
    ({**phq(), "on": "2027-01-01"}, "dated after the assessment"),
    ({**phq(), "on": SECRET}, "/on: This is not a date."),
    ({**phq(), "answered_by": SECRET}, "patient, staff"),
    ({**phq(), "instrument": "fm-2016", "items": {"sites": [SECRET]}}, "/items/sites/0"),
    ({**phq(), "instrument": "gcps-1-month", "items": {"5": 31}}, "from 0 to 30"),
    ({"resourceType": "Patient", "id": SECRET}, "QuestionnaireResponse"),
]


@pytest.mark.parametrize(("answers", "said"), ANSWERS)
def test_answers_of_the_wrong_kind_name_the_place_and_the_mend(dentalpain: Run, tmp_path: Path, answers: Any, said: str) -> None:
    ended = refused(dentalpain, tmp_path, "--answers", answers)
    assert "handed.json" in ended.refusal and said in ended.refusal
    assert SECRET not in ended.err and ended.out == ""


def test_a_day_that_is_none_is_refused_without_being_repeated(dentalpain: Run, tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps(RECORD), encoding="utf-8")
    assert SECRET not in dentalpain("screen", record, "--on", SECRET).refusal
