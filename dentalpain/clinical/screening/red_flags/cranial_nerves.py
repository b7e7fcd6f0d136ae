"""A cranial nerve that newly fails, neuralgia with a cause behind it, a nerve hurt by a procedure (RF-05, 06, 15)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import YES, all_of, any_of, opposite
from .urgency import Levels, Urgency, some_yes, unless

LASTING = (
    *("mouth_numbness", "facial_weakness", "slurred_speech", "focal_neuro_sign", "tongue_deviation"),
    *("unilateral_hearing_change", "unilateral_nasal_symptoms"),
)


def cranial_nerve_deficit(facts: Facts, limits: Limits) -> Levels:
    """Stroke when it is sudden; a palsy or a passing attack the same day; any other loss within two weeks."""
    explained = facts.finding("explained_by_procedure_or_injury")
    sight, weakness = facts.finding("visual_loss_or_diplopia"), facts.finding("facial_weakness")
    numbness = all_of(facts.finding("mouth_numbness"), opposite(explained))
    droop_speech_sight = any_of(weakness, facts.finding("slurred_speech"), sight)
    limbs_or_balance = facts.finding("focal_neuro_sign")
    deficit = any_of(limbs_or_balance, numbness, unless(explained, droop_speech_sight))
    palsy = all_of(weakness, facts.reading("facial_weakness_days").at_most(limits["facial_palsy_days"]))
    passed = all_of(any_of(droop_speech_sight, numbness, limbs_or_balance), facts.finding("deficit_gone_within_7_days"))
    return Levels(
        {
            Urgency.EMERGENCY_NOW: all_of(some_yes(facts, "onset_under_24h", "deficit_still_changing"), deficit),
            Urgency.SAME_DAY: unless(explained, any_of(sight, palsy, passed)),
            Urgency.WITHIN_2_WEEKS: all_of(some_yes(facts, *LASTING), opposite(explained)),
        },
        advice=_whom_to_call(facts),
    )


def _whom_to_call(facts: Facts) -> tuple[str, ...]:
    """With a cancer on record somebody hears of it the same day."""
    if facts.finding("cancer").answer is not YES:
        return ()
    return ("cancer_team",) if facts.finding("cancer_team_known").answer is YES else ("cancer",)


def neuralgia_with_warning_signs(facts: Facts, limits: Limits) -> Levels:
    """Trigeminal neuralgia with a feature that points to multiple sclerosis, a tumor or another cause."""
    warning = any_of(
        facts.reading("tn_onset_age").below(limits["neuralgia_young_age"]),
        some_yes(
            facts,
            *("tn_bilateral", "sensory_deficit_trigeminal", "tn_ophthalmic_only", "ear_problem_or_deafness"),
            *("multiple_sclerosis", "family_history_ms", "perineural_lesion"),
        ),
    )
    met = facts.finding("tn_criteria_met")
    return Levels(
        {
            Urgency.SAME_DAY: all_of(met, facts.finding("tn_cannot_eat_or_drink")),
            Urgency.WITHIN_2_WEEKS: all_of(met, warning),
        }
    )


def nerve_hurt_by_procedure(facts: Facts, limits: Limits) -> Levels:
    """Numbness or nerve pain within 36 hours of an implant, a root canal or an extraction."""
    return Levels({Urgency.SAME_DAY: facts.finding("nerve_pain_after_procedure_36h")})
