"""Arteries and heart: giant cell arteritis, coronary syndrome, torn neck artery, blood pressure (RF-01, 02, 14, 19)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import YES, Finding, all_of, any_of, at_least, none_of
from ...pregnancy import weeks_told
from .signs import diabetes, taken_today
from .urgency import Levels, Urgency, some_yes


def giant_cell_arteritis(facts: Facts, limits: Limits) -> Levels:
    """An inflamed temporal artery that can cost the sight of both eyes within days."""
    fifty = facts.age().at_least(limits["gca_age"])
    sight, known = facts.finding("visual_loss_or_diplopia"), _known_before(facts, fifty)
    strong = some_yes(facts, "jaw_claudication", "scalp_tenderness", "temporal_artery_abnormal")
    headache = facts.finding("headache_new")
    other_weak = (facts.finding("girdle_morning_stiffness"), some_yes(facts, "systemic_symptoms", "weight_loss"))
    new_pain = facts.finding("head_face_or_jaw_pain_new")
    return Levels(
        {
            Urgency.EMERGENCY_NOW: all_of(fifty, sight, any_of(strong, headache, *other_weak, new_pain)),
            Urgency.SAME_DAY: any_of(
                all_of(fifty, any_of(strong, at_least(2, (headache, *other_weak)))),
                all_of(known, any_of(strong, headache, sight, new_pain)),
            ),
            Urgency.WITHIN_2_WEEKS: all_of(fifty, headache, none_of(strong, *other_weak, sight, known)),
        }
    )


def _known_before(facts: Facts, fifty: Finding) -> Finding:
    """Giant cell arteritis or polymyalgia in the history.

    Both begin at 50 or later (entry criterion of the 2022 ACR/EULAR classification): a younger patient need not be
    asked, but a recorded yes counts at any age.
    """
    known = facts.finding("giant_cell_arteritis_known")
    return known if known.answer is YES else all_of(fifty, known)


def coronary_syndrome(facts: Facts, limits: Limits) -> Levels:
    """Pain of jaw, neck, tooth or lower face that comes from the heart."""
    features = _cardiac_features(facts, limits)
    last = facts.reading("jaw_pain_last_episode_hours")
    until_recent, until_same_day = limits["acs_recent_hours"], limits["acs_same_day_hours"]
    now = facts.finding("jaw_pain_ongoing_now")
    return Levels(
        {
            Urgency.EMERGENCY_NOW: any_of(
                all_of(features, any_of(now, last.at_most(until_recent))),
                facts.finding("exertional_pattern_changed"),
            ),
            Urgency.SAME_DAY: any_of(
                all_of(features, last.above(until_recent), last.at_most(until_same_day)),
                all_of(facts.finding("jaw_pain_exertional"), facts.finding("relief_with_rest")),
            ),
            Urgency.WITHIN_2_WEEKS: all_of(features, last.above(until_same_day)),
        }
    )


def _cardiac_features(facts: Facts, limits: Limits) -> Finding:
    """Effort or a companion of heart pain; nausea and palpitations alone count at 40 or with a heart at risk."""
    at_risk = any_of(some_yes(facts, "mi_history", "coronary_disease"), diabetes(facts))
    companions = ("chest_discomfort", "arm_back_abdomen_pain", "breathlessness", "sweating", "faintness")
    return any_of(
        some_yes(facts, "jaw_pain_exertional", *companions),
        all_of(facts.finding("jaw_pain_at_rest_unexplained"), at_risk),
        all_of(
            some_yes(facts, "nausea_or_vomiting", "palpitations"),
            any_of(facts.age().at_least(limits["acs_age_of_weak_signs"]), at_risk),
        ),
    )


def artery_dissection(facts: Facts, limits: Limits) -> Levels:
    """A new pain of one side of neck, face or head that may come from a torn artery."""
    signs = some_yes(facts, "horner_signs", "pulsatile_tinnitus", "neck_trauma")
    return Levels({Urgency.EMERGENCY_NOW: all_of(facts.finding("unilateral_neck_head_pain_new"), signs)})


SIGNS_OF_PRESSURE = (
    *("headache_present", "headache_new", "visual_loss_or_diplopia", "haloes_or_blurred_vision", "chest_discomfort"),
    *("breathlessness", "focal_neuro_sign", "confusion_or_drowsiness", "slurred_speech", "facial_weakness"),
)
# The fact also takes in shoulder, arm and back: in late pregnancy all of them count.
SIGNS_IN_PREGNANCY = (*SIGNS_OF_PRESSURE[:4], "arm_back_abdomen_pain")


def severe_blood_pressure(facts: Facts, limits: Limits) -> Levels:
    """A blood pressure of today at which nobody is treated before a physician has seen it."""
    upper, lower = taken_today(facts, "systolic_bp"), taken_today(facts, "diastolic_bp")

    def reaches(systolic: str, diastolic: str) -> Finding:
        return any_of(upper.at_least(limits[systolic]), lower.at_least(limits[diastolic]))

    crisis = reaches("bp_severe_systolic", "bp_crisis_diastolic")
    return Levels(
        {
            Urgency.EMERGENCY_NOW: any_of(
                all_of(crisis, some_yes(facts, *SIGNS_OF_PRESSURE)),
                all_of(
                    _late_pregnancy(facts, limits),
                    any_of(
                        reaches("bp_pregnancy_severe_systolic", "bp_pregnancy_severe_diastolic"),
                        all_of(
                            reaches("bp_pregnancy_systolic", "bp_pregnancy_diastolic"),
                            some_yes(facts, *SIGNS_IN_PREGNANCY),
                        ),
                    ),
                ),
            ),
            Urgency.SAME_DAY: reaches("bp_severe_systolic", "bp_severe_diastolic"),
        }
    )


def _late_pregnancy(facts: Facts, limits: Limits) -> Finding:
    """From 20 weeks of pregnancy to six weeks after birth."""
    weeks = weeks_told(facts)
    carrying = facts.finding("pregnant")
    return any_of(all_of(carrying, weeks.at_least(limits["pregnancy_weeks"])), facts.finding("postpartum_6_weeks"))
