"""The findings file is read strictly: what is not understood is refused with its place and without its value."""

from __future__ import annotations

from typing import Any

import pytest

from dentalpain.errors import AnswersError

from .samples import findings_of

WRONG: list[tuple[str, Any]] = [
    ("findings", []),
    ("findings/examinaton", {"examinaton": {}}),
    ("findings/history", {"history": "none"}),
    ("findings/history/pain_last_30_day", {"history": {"pain_last_30_day": "none"}}),
    ("findings/history/pain_last_30_days", {"history": {"pain_last_30_days": "sometimes"}}),
    ("findings/history/pain_changed_by_jaw_use", {"history": {"pain_changed_by_jaw_use": 1}}),
    ("findings/history/pain_changed_by_jaw_use", {"history": {"pain_changed_by_jaw_use": "no"}}),
    ("findings/history/joint_noise_last_30_days", {"history": {"joint_noise_last_30_days": True}}),
    ("findings/history/locked_now/0", {"history": {"locked_now": ["both"]}}),
    ("findings/history/locked_now", {"history": {"locked_now": "right"}}),
    ("findings/examination/pain_location_confirmed/1",
     {"examination": {"pain_location_confirmed": ["left tmj", "masseter"]}}),
    ("findings/examination/pain_location_confirmed/0", {"examination": {"pain_location_confirmed": [7]}}),
    ("findings/examination/palpation", {"examination": {"palpation": {}}}),
    ("findings/examination/palpation/0", {"examination": {"palpation": ["right masseter"]}}),
    ("findings/examination/palpation/0/site", {"examination": {"palpation": [{"pain": True}]}}),
    ("findings/examination/palpation/0/site", {"examination": {"palpation": [{"site": "masseter"}]}}),
    ("findings/examination/palpation/1/zone",
     {"examination": {"palpation": [{"site": "left masseter"}, {"site": "left masseter", "zone": "middle"}]}}),
    ("findings/examination/palpation/0/hold_seconds",
     {"examination": {"palpation": [{"site": "left masseter", "hold_seconds": "5"}]}}),
    ("findings/examination/palpation/0/hold_seconds",
     {"examination": {"palpation": [{"site": "left masseter", "hold_seconds": True}]}}),
    ("findings/examination/palpation/0/familiar_pain",
     {"examination": {"palpation": [{"site": "left masseter", "pain": False, "familiar_pain": True}]}}),
    ("findings/examination/palpation/0/familliar_pain",
     {"examination": {"palpation": [{"site": "left masseter", "familliar_pain": True}]}}),
    ("findings/examination/joint_sounds/both", {"examination": {"joint_sounds": {"both": {}}}}),
    ("findings/examination/joint_sounds/right/click", {"examination": {"joint_sounds": {"right": {"click": True}}}}),
    ("findings/examination/observed_lock/left", {"examination": {"observed_lock": {"left": "yes"}}}),
    ("findings/examination/max_assisted_interincisal_mm", {"examination": {"max_assisted_interincisal_mm": -1}}),
    ("findings/examination/max_assisted_interincisal_mm",
     {"examination": {"max_assisted_interincisal_mm": 10**5000}}),
    ("findings/examination/vertical_overlap_mm", {"examination": {"vertical_overlap_mm": float("nan")}}),
    ("findings/complaint/temperature_c", {"complaint": {"temperature_c": 101}}),
    ("findings/complaint/jaw_claudication", {"complaint": {"jaw_claudication": 1}}),
    ("findings/complaint/hours_per_day", {"complaint": {"hours_per_day": 25}}),
    ("findings/complaint/hours_per_day", {"complaint": {"hours_per_day": -1}}),
    ("findings/complaint/jaw_injury_date", {"complaint": {"jaw_injury_date": "24 November"}}),
    ("findings/complaint/jaw_injury_date", {"complaint": {"jaw_injury_date": 20261124}}),
    ("findings/complaint/toothache", {"complaint": {"toothache": True}}),
]  # fmt: skip


@pytest.mark.parametrize(("where", "raw"), WRONG)
def test_what_cannot_be_read_is_refused_at_its_place(where: str, raw: Any) -> None:
    with pytest.raises(AnswersError) as refused:
        findings_of(raw)
    assert refused.value.where == where
    assert refused.value.mend


def test_a_misspelled_key_is_answered_with_the_one_that_was_meant() -> None:
    with pytest.raises(AnswersError, match="Did you mean 'examination'"):
        findings_of({"examinaton": {}})


@pytest.mark.parametrize("key", ["Anna Kowalska, born 1961", 7])
def test_a_key_that_may_hold_a_name_is_not_repeated(key: object) -> None:
    with pytest.raises(AnswersError) as refused:
        findings_of({key: True})
    assert "Kowalska" not in str(refused.value)
    assert "not a plain name" in refused.value.where


def test_no_message_repeats_a_value() -> None:
    with pytest.raises(AnswersError) as refused:
        findings_of({"history": {"pain_last_30_days": "Anna says always"}})
    assert "Anna" not in str(refused.value)


def test_everything_that_the_shape_allows_is_read() -> None:
    sides = ["right", "unclear"]
    found = findings_of(
        {
            "history": {
                "pain_last_30_days": "always present",
                "pain_changed_by_jaw_use": True,
                "temple_headache_last_30_days": False,
                "headache_changed_by_jaw_use": None,
                "joint_noise_last_30_days": sides,
                "ever_locked_short_of_full_opening": [],
                "locked_then_released_last_30_days": ["left"],
                "stuck_wide_open_last_30_days": None,
                "lock_interfered_with_eating": True,
                "locked_now": ["left"],
                "needed_manoeuvre_to_close": None,
            },
            "examination": {
                "performed": True,
                "headache_location_confirmed": ["right temple"],
                "opening_familiar_headache": ["right"],
                "excursion_familiar_headache": [],
                "palpation": [{"site": "right temporalis", "zone": "anterior", "familiar_headache": True}],
                "joint_sounds": {"right": {"opening_click": True, "patient_noticed": True}, "left": None},
                "observed_lock": {"right": "none", "left": "not reduced"},
                "other_headache_diagnosis_explains_better": False,
            },
            "complaint": {"jaw_injury_date": "2026-11-20", "photophobia": True, "restless": False},
        }
    )
    assert found.history.joint_noise_last_30_days == frozenset(sides)
    assert (found.history.lock_interfered_with_eating, found.history.locked_now) == (True, frozenset({"left"}))
    assert found.examination.joint_sounds["right"].opening_click is True
    assert found.examination.joint_sounds["left"].opening_click is None
    assert found.examination.observed_lock == {"right": "none", "left": "not reduced"}
    assert set(found.complaint) == {"jaw_injury_date", "photophobia"}
    assert found.differential == {"restless": False}
