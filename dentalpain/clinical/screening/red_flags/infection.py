"""Infection that spreads from teeth, or sits in meninges, jaw joint or ear canal (RF-03, RF-11, RF-13, RF-20)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import Finding, all_of, any_of, at_least
from .signs import diabetes, sepsis_sign
from .urgency import Levels, Urgency, some_yes


def spreading_infection(facts: Facts, limits: Limits) -> Levels:
    """An infection that threatens airway, eye or life, or is on its way there."""
    opening = facts.reading("interincisal_opening_mm")
    fever = facts.reading("temperature_c").at_least(limits["fever_c"])
    trismus = any_of(facts.finding("trismus_new"), opening.below(limits["infection_opening_mm"]))
    return Levels(
        {
            Urgency.EMERGENCY_NOW: any_of(_airway_or_eye(facts), sepsis_sign(facts, limits)),
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
    return some_yes(facts, "airway_signs", "floor_of_mouth_raised", "bilateral_submandibular_swelling", "eye_signs")


def _makes_swelling_urgent(facts: Facts, limits: Limits, fever: Finding, trismus: Finding) -> Finding:
    return any_of(
        fever,
        trismus,
        some_yes(facts, "dysphagia", "neck_or_periorbital_extension", "swelling_growth_48h"),
        facts.reading("heart_rate").above(limits["infection_heart_rate"]),
        some_yes(facts, "immunosuppression", "diabetes_uncontrolled"),
    )


def meningitis(facts: Facts, limits: Limits) -> Levels:
    """Fever and headache with a sign of the meninges or of the brain."""
    signs = some_yes(
        facts,
        *("neck_stiffness", "photophobia", "rash_non_blanching", "confusion_or_drowsiness"),
        *("nausea_or_vomiting", "vomiting_repeated"),
    )
    fever = facts.reading("temperature_c").at_least(limits["fever_c"])
    return Levels({Urgency.EMERGENCY_NOW: all_of(fever, some_yes(facts, "headache_present", "headache_new"), signs)})


def septic_arthritis(facts: Facts, limits: Limits) -> Levels:
    """A painful jaw joint that is swollen, warm or red, with fever, trismus or a bite that has shifted."""
    joint = all_of(facts.finding("tmj_joint_pain"), facts.finding("tmj_swelling_warmth_redness"))
    fever = facts.reading("temperature_c").at_least(limits["fever_c"])
    met = all_of(joint, any_of(fever, some_yes(facts, "trismus_new", "acute_open_bite")))
    return Levels({Urgency.EMERGENCY_NOW: all_of(met, sepsis_sign(facts, limits)), Urgency.SAME_DAY: met})


def necrotising_otitis(facts: Facts, limits: Limits) -> Levels:
    """Severe pain or discharge of the ear in somebody with diabetes or weak defenses."""
    weak = any_of(diabetes(facts), facts.finding("immunosuppression"))
    return Levels({Urgency.SAME_DAY: all_of(facts.finding("severe_ear_pain_or_discharge"), weak)})
