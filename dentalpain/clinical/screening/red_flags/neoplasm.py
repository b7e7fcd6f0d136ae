"""A lesion, or a jaw that opens too little, that may be a tumor (RF-04)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import Finding, all_of, any_of, none_of
from .urgency import Levels, Urgency, some_yes, unless

LESIONS = (
    *("mouth_ulcer_over_3_weeks", "neck_lump_persistent", "lip_or_mouth_lump", "red_or_red_white_patch"),
    *("non_healing_socket", "unexplained_loose_tooth"),
)
BESIDE_LIMITED_OPENING = (
    *("opening_worsening", "neuralgic_or_non_muscle_pain", "lymphadenopathy", "suspicious_oral_tissue"),
    *("mouth_numbness", "weight_loss", "head_neck_cancer_history", "facial_asymmetry_or_mass", "occlusal_change"),
    *("unilateral_nasal_symptoms", "unilateral_hearing_change", "throat_or_ear_symptoms_over_3_weeks"),
)


def possible_neoplasm(facts: Facts, limits: Limits) -> Levels:
    """A lesion that has lasted too long, or limited opening with a feature that muscle and disc do not explain."""
    opening = facts.reading("interincisal_opening_mm")
    weeks = facts.reading("mouth_numbness_weeks").above(limits["numbness_weeks"])
    return Levels(
        {
            Urgency.WITHIN_2_WEEKS: any_of(
                some_yes(facts, *LESIONS),
                all_of(facts.finding("mouth_numbness"), weeks),
                all_of(
                    opening.below(limits["limited_opening_mm"]),
                    any_of(
                        opening.below(limits["severe_trismus_mm"]),
                        some_yes(facts, *BESIDE_LIMITED_OPENING),
                        _no_joint_history(facts, limits),
                    ),
                ),
            )
        }
    )


def _no_joint_history(facts: Facts, limits: Limits) -> Finding:
    """Neither click nor lock ever: counts when opening is small or has not improved, and nothing recent explains it."""
    small = facts.reading("interincisal_opening_mm").below(limits["no_joint_history_opening_mm"])
    alone = none_of(facts.finding("joint_click_history"), facts.finding("jaw_lock_history"))
    counts = all_of(alone, any_of(small, facts.finding("opening_not_improved_2_weeks")))
    return unless(facts.finding("limited_opening_explained_and_improving"), counts)
