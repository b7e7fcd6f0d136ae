"""Conditions in which an NSAID is taken for a few days at most, in the lowest dose, or after a word with a physician.

Sources: Beers 2023; ASMBS and AACE 2019; ACG; US NSAID labels and boxed warning. What weighs more: nsaid_conditions.py.
"""

from __future__ import annotations

from ...alcohol import active_alcohol_use_disorder, drinks_per_day
from ...blood_pressure import uncontrolled_pressure
from ...case import Case, Limits, proved_by
from ...findings import YES, Finding, any_of, no
from .nsaid_conditions import nsaid_after_heart_attack_or_stroke
from .nsaid_exceptions import unless_local


@unless_local
def nsaid_after_gastric_sleeve(case: Case, limits: Limits) -> Finding:
    """The stomach was made smaller by a sleeve or a band."""
    return case.has("bariatric_sleeve")


@unless_local
def nsaid_from_65(case: Case, limits: Limits) -> Finding:
    """The patient is 65 or older."""
    return case.age().at_least(limits["beers_age"])


@unless_local
def nsaid_with_inflammatory_bowel_disease(case: Case, limits: Limits) -> Finding:
    """The bowel is chronically inflamed: Crohn's disease or ulcerative colitis."""
    return case.has("ibd")


@unless_local
def nsaid_with_uncontrolled_hypertension(case: Case, limits: Limits) -> Finding:
    """The blood pressure is out of control, by the latest reading or by diagnosis."""
    return uncontrolled_pressure(case, limits)


@unless_local
def nsaid_when_dehydrated(case: Case, limits: Limits) -> Finding:
    """The patient is short of fluid, or vomits again and again."""
    return proved_by(case.has("dehydration"), case.has("vomiting_repeated"))


@unless_local
def nsaid_with_old_vascular_disease(case: Case, limits: Limits) -> Finding:
    """The arteries of heart, brain or legs are diseased, and no heart attack or stroke lies within the year."""
    recent = nsaid_after_heart_attack_or_stroke(case, limits)
    if recent.answer is YES:
        return no(*recent.because)
    return any_of(
        case.has("coronary_disease"),
        case.has("mi_history"),
        case.has("stroke_or_tia_history"),
        case.has("peripheral_vascular_disease"),
    )


@unless_local
def nsaid_with_alcohol(case: Case, limits: Limits) -> Finding:
    """The patient drinks heavily every day, or has an active alcohol use disorder."""
    heavy = limits["alcohol_heavy"]
    return any_of(active_alcohol_use_disorder(case), drinks_per_day(case, heavy).at_least(heavy))
