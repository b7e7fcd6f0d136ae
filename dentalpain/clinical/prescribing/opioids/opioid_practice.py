"""What belongs to ordering any opioid: the monitoring program, side effects on file, meperidine, chronic face pain.

Sources: CDC 2022 (recommendations 2 and 9); Beers 2023; EAN 2019; NeuPSIG 2025.
"""

from __future__ import annotations

from decimal import Decimal

from ...allergies import beyond_the_entries
from ...case import Case, Limits
from ...findings import Because, Finding, any_of, no, opposite, yes
from ...quantities import Reading
from ...record import Allergy, ReactionKind, Standing

CHECKED, SIDE_EFFECT = "pdmp_checked_date", "opioid_intolerance"
CHRONIC_FACE_PAIN = (
    "trigeminal_neuralgia", "post_traumatic_neuropathic", "burning_mouth", "persistent_idiopathic_facial",
    "persistent_idiopathic_dentoalveolar", "orofacial_migraine", "other_chronic_orofacial",
)  # fmt: skip


def monitoring_program_not_checked(case: Case, limits: Limits) -> Finding:
    """Nobody looked the patient up in the state's monitoring program lately, as far as is written down."""
    day, because = case.facts.day_of(CHECKED)
    if day is None:
        return opposite(case.has(CHECKED))
    since = Reading(Decimal((case.on - day.last).days), Decimal((case.on - day.first).days), (because,))
    return since.above(limits["pdmp_days"])


def meperidine_outside_the_chair(case: Case, limits: Limits) -> Finding:
    """Meperidine to be taken at home; an injection is given and watched in the office."""
    judged = case.judged.prescription
    because = Because("proposed_medicine", "meperidine", "prescription", case.on)
    return no(because) if judged is not None and judged.form == "injection" else yes(because)


def opioid_with_known_side_effect(case: Case, limits: Limits) -> Finding:
    """An opioid made the patient sick, itchy, sleepy or constipated before."""
    entries = (_side_effect(allergy) for allergy in case.facts.record.allergies if _is_side_effect(allergy))
    return any_of(*entries, beyond_the_entries(case, SIDE_EFFECT))


def _is_side_effect(allergy: Allergy) -> bool:
    unpleasant = allergy.kind in (ReactionKind.INTOLERANCE, ReactionKind.ITCH_ONLY)
    return unpleasant and "opioid" in allergy.tags and allergy.standing is Standing.CURRENT


def _side_effect(allergy: Allergy) -> Finding:
    return yes(Because(SIDE_EFFECT, allergy.text, allergy.source, allergy.date.last if allergy.date else None))


def opioid_for_chronic_face_pain(case: Case, limits: Limits) -> Finding:
    """The opioid is meant for a chronic pain of mouth or face that is no temporomandibular disorder."""
    return case.indicated_for(*CHRONIC_FACE_PAIN)
