"""Infection of teeth and jaws that spreads (RF-03)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import Because, Finding, all_of, any_of, at_least
from ...quantities import Reading
from .urgency import Levels, Urgency, some_yes


def spreading_infection(facts: Facts, limits: Limits) -> Levels:
    """An infection that threatens airway, eye or life, or is on its way there."""
    opening = facts.reading("interincisal_opening_mm")
    fever = facts.reading("temperature_c").at_least(limits["fever_c"])
    trismus = any_of(facts.finding("trismus_new"), opening.below(limits["infection_opening_mm"]))
    return Levels(
        {
            Urgency.EMERGENCY_NOW: any_of(_airway_or_eye(facts), _sepsis_sign(facts, limits)),
            Urgency.SAME_DAY: any_of(
                all_of(facts.finding("swelling_face_or_neck"), _makes_swelling_urgent(facts, limits, fever, trismus)),
                at_least(
                    2,
                    (
                        any_of(fever, facts.finding("rigors")),
                        trismus,
                        facts.finding("dysphagia"),
                        facts.finding("voice_change"),
                        facts.finding("neck_stiffness"),
                    ),
                ),
                all_of(
                    facts.finding("trismus_new"),
                    opening.below(limits["severe_trismus_mm"]),
                    facts.finding("infection_source_or_recent_procedure"),
                ),
            ),
        }
    )


def _airway_or_eye(facts: Facts) -> Finding:
    return some_yes(
        facts, "airway_signs", "floor_of_mouth_raised", "bilateral_submandibular_swelling", "eye_signs"
    )


def _sepsis_sign(facts: Facts, limits: Limits) -> Finding:
    return any_of(
        some_yes(facts, "confusion_or_drowsiness", "mottled_skin"),
        facts.reading("respiratory_rate").at_least(limits["sepsis_respiratory_rate"]),
        _taken_today(facts, "systolic_bp").at_most(limits["sepsis_systolic_mmhg"]),
    )


def _taken_today(facts: Facts, fact: str) -> Reading:
    """A vital sign counts for this visit alone: an older blood pressure says nothing of sepsis now."""
    reading = facts.reading(fact)
    because = reading.facts[0]
    if not reading.known or because.date == facts.on:
        return reading
    return Reading.nothing(Because(fact, because.value, because.source, because.date, stale=True))


def _makes_swelling_urgent(facts: Facts, limits: Limits, fever: Finding, trismus: Finding) -> Finding:
    return any_of(
        fever,
        trismus,
        some_yes(facts, "dysphagia", "neck_or_periorbital_extension", "swelling_growth_48h"),
        facts.reading("heart_rate").above(limits["infection_heart_rate"]),
        some_yes(facts, "immunosuppression", "diabetes_uncontrolled"),
    )
