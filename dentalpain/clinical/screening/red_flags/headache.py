"""A headache that something dangerous may be behind (RF-07)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import all_of, any_of
from .signs import takes
from .urgency import Levels, Urgency, some_yes


def secondary_headache(facts: Facts, limits: Limits) -> Levels:
    """Bleeding, pressure, infection or a tumor inside the skull."""
    headache = some_yes(facts, "headache_present", "headache_new")
    weakened = some_yes(facts, "cancer", "immunosuppression", "pregnant", "postpartum_6_weeks")
    return Levels(
        {
            Urgency.EMERGENCY_NOW: any_of(
                some_yes(facts, "thunderclap_headache", "seizure_new", "papilloedema"),
                all_of(
                    headache,
                    some_yes(facts, "confusion_or_drowsiness", "focal_neuro_sign", "visual_loss_or_diplopia"),
                ),
                all_of(headache, facts.finding("head_injury_recent"), takes(facts, "anticoagulant")),
            ),
            Urgency.SAME_DAY: any_of(
                all_of(facts.finding("headache_new"), weakened),
                some_yes(facts, "headache_positional", "headache_cough_strain", "headache_progressive"),
                all_of(headache, facts.finding("eye_red_painful")),
            ),
        }
    )
