"""Joints by side: noises and locks of the interview, sounds and locks of the examination, and the headache."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.clinical.record import Record
from dentalpain.service import Service
from dentalpain.storage import MemoryStore
from dentalpain.web import findings_form

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


def shown(**findings: Any) -> dict[str, str]:
    return findings_form.fields_of(findings)


@pytest.mark.parametrize(
    ("name", "value", "choice"),
    [
        ("lock_interfered_with_eating", True, "left"),  # a plain yes is that of the joint that locked
        ("lock_interfered_with_eating", False, "none"),
        ("needed_manoeuvre_to_close", True, "both"),  # nobody named a side: it holds for both
        ("locked_now", ["right", "unclear"], "unclear"),  # one side that nobody can tell leaves both open
        ("joint_noise_last_30_days", ["left", "right"], "both"),
    ],
)
def test_findings_from_elsewhere_are_shown_as_the_choice_that_says_the_same(name: str, value: Any, choice: str) -> None:
    assert shown(history={"ever_locked_short_of_full_opening": ["left"], name: value})[name] == choice


def test_what_a_file_leaves_open_with_null_is_shown_as_open() -> None:
    sounds = {"right": {"opening_click": True, "crepitus": None}, "left": None}
    examination = {"joint_sounds": sounds, "observed_lock": {"right": None}, "max_assisted_interincisal_mm": None}
    fields = shown(history={"locked_now": None, "pain_last_30_days": None}, examination=examination)
    assert fields == {"sound-right=opening_click": "1"}


def test_a_sound_that_was_not_looked_for_does_not_turn_into_an_absent_one() -> None:
    assert "sound-right-asked" not in shown(examination={"joint_sounds": {"right": {"opening_click": False}}})


@pytest.mark.parametrize(
    ("entries", "choice"),
    [
        ([{"pain": False}], "none"),
        ([{"pain": True, "familiar_pain": False}], "pain"),
        ([{"familiar_pain": True, "refers_beyond_muscle": True}], "refers"),
        ([{"familiar_pain": True, "refers_beyond_muscle": False, "spreads_within_muscle": True}], "spreads"),
        ([{"familiar_pain": True, "hold_seconds": 2}], "familiar"),  # nothing is read from the spread after 2 s
        ([{"familiar_pain": True, "hold_seconds": 5}], ""),  # "stays there" would turn unasked into no
        ([{"pain": True}], ""),
        ([{"familiar_pain": True, "refers_beyond_muscle": True}, {"pain": False}], "refers"),
    ],
)
def test_a_pressed_muscle_is_shown_by_the_choice_that_claims_no_more(entries: list[dict[str, Any]], choice: str) -> None:
    palpation = [{"site": "right masseter", **entry} for entry in entries]
    assert shown(examination={"palpation": palpation})["press-right-masseter"] == choice


def test_a_joint_that_hurts_on_pressing_needs_no_word_about_spread() -> None:
    palpation = [{"site": "left tmj lateral pole", "pain": True, "familiar_pain": True}]
    assert shown(examination={"palpation": palpation})["press-left-tmj-lateral-pole"] == "familiar"


def test_zones_and_further_muscles_come_back_as_they_were_pressed() -> None:
    zones = {"press-right-masseter-body": "refers", "press-right-masseter-origin": "none", "press-left-submandibular": "familiar"}
    held = found(**zones, hold_seconds="5")["examination"]["palpation"]
    told = [(entry["site"], entry.get("zone"), entry["familiar_pain"], entry["hold_seconds"]) for entry in held]
    assert told == [
        ("right masseter", "origin", False, 5),
        ("right masseter", "body", True, 5),
        ("left submandibular", None, True, 5),
    ]
    shown_again = findings_form.fields_of({"history": {}, "examination": {"palpation": held}})
    assert {name: value for name, value in shown_again.items() if value} == {**zones, "hold_seconds": "5"}


def test_familiar_pain_in_one_zone_is_pain_of_that_muscle() -> None:
    """AX1-M1: any palpated zone of the muscle on that side, with the pain confirmed there, for two seconds or more."""
    service = Service()
    form = {
        "pain_last_30_days": "comes and goes",
        "pain_changed_by_jaw_use": "yes",
        "pain_location_confirmed": "right masseter",
        "press-right-masseter-insertion": "familiar",
        "hold_seconds": "2",
        "other_pain_diagnosis_explains_better": "no",
    }
    screen = service.screen(Record(on=dt.date(2026, 11, 24)), findings=found(**form))
    assert next(one["status"] for one in screen["diagnoses"] if one["id"] == "myalgia") == "met"
