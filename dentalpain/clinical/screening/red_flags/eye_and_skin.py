"""Shingles of the face, and a painful red eye (RF-16, RF-17)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import all_of
from .urgency import Levels, Urgency, some_yes


def facial_zoster(facts: Facts, limits: Limits) -> Levels:
    """A fresh rash of the face, or one of any age at brow, nose tip, eye or ear."""
    return Levels(
        {Urgency.SAME_DAY: some_yes(facts, "zoster_rash_72h", "rash_forehead_nose_eye", "zoster_ear_vesicles")}
    )


def painful_red_eye(facts: Facts, limits: Limits) -> Levels:
    """A painful red eye, with or without a sign that its pressure is up."""
    red = facts.finding("eye_red_painful")
    signs = some_yes(
        facts,
        *("haloes_or_blurred_vision", "visual_loss_or_diplopia", "fixed_mid_dilated_pupil"),
        *("nausea_or_vomiting", "vomiting_repeated", "headache_present", "headache_new"),
    )
    return Levels({Urgency.EMERGENCY_NOW: all_of(red, signs), Urgency.SAME_DAY: red})
