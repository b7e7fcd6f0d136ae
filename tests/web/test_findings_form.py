"""Joints by side: noises and locks of the interview, sounds and locks of the examination, and the headache."""

from __future__ import annotations

from typing import Any

import pytest

from dentalpain.service import Service
from dentalpain.storage import MemoryStore

from .samples import Host


def found(**form: Any) -> dict[str, Any]:
    host = Host()
    assert host.post(host.open(), **form).status_code == 303
    findings: dict[str, Any] = host.service.last("screen")["findings"] or {}
    return findings


@pytest.mark.parametrize(
    ("choice", "sides"),
    [("none", []), ("right", ["right"]), ("both", ["right", "left"]), ("unclear", ["unclear"])],
)
def test_a_noise_or_lock_is_told_by_side(choice: str, sides: list[str]) -> None:
    assert found(locked_now=choice)["history"] == {"locked_now": sides}


def test_what_nobody_asked_of_the_joints_stays_unknown() -> None:
    assert found(locked_now="", **{"lock-right": ""}) == {}


def test_a_sound_that_is_not_ticked_is_absent_only_where_the_joint_was_felt() -> None:
    partly = found(**{"sound-right": ["opening_click", "crepitus"]})["examination"]
    assert partly["joint_sounds"] == {"right": {"opening_click": True, "crepitus": True}}
    wholly = found(**{"sound-left-asked": "1", "sound-left": "closing_click"})["examination"]
    assert wholly["joint_sounds"] == {
        "left": {
            "opening_click": False,
            "closing_click": True,
            "excursive_click": False,
            "crepitus": False,
            "patient_noticed": False,
        }
    }


def test_a_lock_that_was_seen_is_kept_by_side_and_another_word_is_none() -> None:
    examination = found(**{"lock-right": "not reduced", "lock-left": "stuck"})["examination"]
    assert examination["observed_lock"] == {"right": "not reduced"}


def test_the_headache_is_told_by_place_by_movement_and_by_pressing_the_temporalis() -> None:
    examination = found(
        **{
            "headache_location_confirmed": ["right temple"],
            "opening_familiar_headache": "right",
            "excursion_familiar_headache": "none",
            "press-right-temporalis": "familiar",
            "headache-right": "yes",
            "press-left-temporalis": "none",
            "headache-left": "yes",
            "other_headache_diagnosis_explains_better": "no",
        }
    )["examination"]
    assert examination["headache_location_confirmed"] == ["right temple"]
    assert (examination["opening_familiar_headache"], examination["excursion_familiar_headache"]) == (["right"], [])
    right, left = examination["palpation"]
    assert right["familiar_headache"] is True
    assert "familiar_headache" not in left  # a place without pain brings no familiar headache
    assert examination["other_headache_diagnosis_explains_better"] is False


JOINTS = {
    "joint_noise_last_30_days": "right",
    "ever_locked_short_of_full_opening": "left",
    "lock_interfered_with_eating": "left",
    "locked_then_released_last_30_days": "none",
    "sound-right": ["opening_click", "closing_click"],
    "sound-right-asked": "1",
    "lock-left": "none",
    "max_assisted_interincisal_mm": "36",
    "vertical_overlap_mm": "2",
}


def test_both_joints_reach_their_diagnoses_from_the_form_alone() -> None:
    host = Host(service=Service(store=MemoryStore()))
    visit = host.post(host.open(), **JOINTS).headers["Location"].split("#")[0].rsplit("/", 1)[1]
    screen = host.app.extensions["dentalpain"]["dentalpain"].service.find(visit)["result"]["screen"]
    met = {(d["id"], d["side"]) for d in screen["diagnoses"] if d["status"] == "met"}
    # AX1-D1 right: noise, clicks both ways, no lock; AX1-D3 left: a lock that hindered eating, 36 + 2 = 38 < 40 mm.
    assert met == {
        ("disc-displacement-with-reduction", "right"),
        ("disc-displacement-without-reduction-limited-opening", "left"),
    }


def test_the_joints_are_shown_again_as_they_were_chosen() -> None:
    host = Host()
    visit = host.post(host.open(), **JOINTS).headers["Location"].split("#")[0]
    page = host.client.get(visit).get_data(as_text=True)
    assert 'name="sound-right" value="opening_click" aria-label="Right: Click on opening" checked' in page
    assert 'name="sound-right" value="crepitus" aria-label="Right: Crepitus in any movement">' in page
    chosen = {"joint_noise_last_30_days": "right", "lock-left": "none", "locked_then_released_last_30_days": "none"}
    for name, value in chosen.items():
        select = page.split(f'<select name="{name}"')[1].split("</select>")[0]
        assert f'value="{value}" selected' in select and select.count(" selected") == 1
