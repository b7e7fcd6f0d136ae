"""A cranial nerve that newly fails, numb chin among them (RF-05)."""

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
