"""A screening as a dentist reads it at a terminal: what was found is never below what nobody asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import ADULT, STORY_DAY, Run

# AX1-A1: confirmed in the interview and under the finger, five seconds long, and it stays in its place.
SORE_MASSETER: dict[str, Any] = {
    "history": {"pain_last_30_days": "comes and goes", "pain_changed_by_jaw_use": True},
    "examination": {
        "performed": True,
        "pain_location_confirmed": ["right masseter"],
        "palpation": [
            {
                **{"site": "right masseter", "hold_seconds": 5, "pain": True, "familiar_pain": True},
                **{"spreads_within_muscle": False, "refers_beyond_muscle": False},
            }
        ],
        "other_pain_diagnosis_explains_better": False,
    },
}


def told(dentalpain: Run, folder: Path, findings: dict[str, Any], **patient: Any) -> str:
    for name, content in (("record.json", {"patient": patient}), ("findings.json", findings)):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    ended = dentalpain("screen", folder / "record.json", "--findings", folder / "findings.json", *STORY_DAY)
    assert ended.code == 0, ended.err
    return " ".join(ended.out.split())


def test_a_diagnosis_stands_above_the_warning_signs_that_nobody_asked_about(dentalpain: Run, tmp_path: Path) -> None:
    text = told(dentalpain, tmp_path, SORE_MASSETER, birth_date=ADULT)
    places = [text.index(part) for part in ("cannot be ruled out", "Local myalgia: criteria met", "WARNING SIGNS NOT RULED OUT")]
    assert places == sorted(places)
    assert "Jaw pain that may come from the heart (RF-02)" in text[places[-1] :]


def test_a_warning_sign_that_is_present_stands_above_the_diagnosis(dentalpain: Run, tmp_path: Path) -> None:
    text = told(dentalpain, tmp_path, {**SORE_MASSETER, "complaint": {"jaw_locked_open_now": True}}, birth_date=ADULT)
    assert text.index("(RF-10)") < text.index("Local myalgia: criteria met")


def test_two_joints_of_which_the_same_is_told_share_a_line(dentalpain: Run, tmp_path: Path) -> None:
    text = told(dentalpain, tmp_path, SORE_MASSETER, birth_date=ADULT)
    assert "Degenerative joint disease of the jaw joint, right and left: cannot be determined yet" in text


def test_two_joints_of_which_different_things_are_missing_stand_apart(dentalpain: Run, tmp_path: Path) -> None:
    sounds = {"right": {"crepitus": False}}
    findings = {**SORE_MASSETER, "examination": {**SORE_MASSETER["examination"], "joint_sounds": sounds}}
    text = told(dentalpain, tmp_path, findings, birth_date=ADULT)
    assert "Degenerative joint disease of the jaw joint, right: not met" in text
    assert "Degenerative joint disease of the jaw joint, left: cannot be determined yet" in text


@pytest.mark.parametrize(("patient", "times"), [({"birth_date": ADULT}, 0), ({"birth_date": "2012-01-01"}, 1), ({}, 1)])
def test_that_the_criteria_are_for_adults_is_said_once(
    dentalpain: Run, tmp_path: Path, patient: dict[str, str], times: int
) -> None:
    # Under 18, or of an age that nobody recorded.
    assert told(dentalpain, tmp_path, SORE_MASSETER, **patient).count("not validated under 18") == times
