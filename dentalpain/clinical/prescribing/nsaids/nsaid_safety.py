"""When an NSAID would harm: allergy, stomach, kidneys, blood thinners, a second NSAID, heart, liver, cancer care, age.

Sources: US NSAID class labels and boxed warning; KDIGO 2024; Beers 2023. Pregnancy: nsaid_pregnancy.py.
"""

from __future__ import annotations

from ...allergies import allergic_to
from ...case import Case, Limits, proved_by, special_case
from ...findings import NO, Because, Finding, all_of, any_of, no, unknown
from ...liver import child_pugh
from .methotrexate import high_dose_methotrexate
from .nsaid_exceptions import another_nsaid, stands_beside_any_nsaid, unless_local


def nsaid_allergy(case: Case, limits: Limits) -> Finding:
    """The patient reacted to an NSAID or to aspirin as to an allergen."""
    return allergic_to(case, "nsaid_allergy", "nsaid", "nsaid_salicylate")


def nsaid_with_aspirin_sensitive_asthma(case: Case, limits: Limits) -> Finding:
    """Aspirin-like drugs set off the asthma: told as such, or asthma with nasal polyps and a reaction to an NSAID."""
    # The table of facts: asthma prompts the question; no list of problems or allergies is an answer to it.
    asthma = case.has("asthma")
    triad = all_of(asthma, case.has("nasal_polyps"), nsaid_allergy(case, limits))
    known = proved_by(special_case(triad, case.has("aerd")), triad)
    entered = asthma.answer is not NO and case.facts.stated("asthma")
    if entered and known.answer is NO and not case.facts.stated("aerd"):
        return unknown(Because("aerd", None), *asthma.because)
    return known


@unless_local
def nsaid_after_bypass_surgery(case: Case, limits: Limits) -> Finding:
    """The heart was bypassed within the last 14 days."""
    return case.has("cabg_recent")


@unless_local
def nsaid_with_active_ulcer_or_bleeding(case: Case, limits: Limits) -> Finding:
    """The stomach or bowel bleeds, or has an open ulcer."""
    return any_of(case.has("gi_bleed_active"), case.has("gi_ulcer_active"))


@unless_local
def nsaid_after_ulcer_or_bleeding(case: Case, limits: Limits) -> Finding:
    """The patient once had an ulcer or a bleed of the stomach or bowel."""
    return any_of(case.has("gi_ulcer_history"), case.has("gi_bleed_history"))


@unless_local
def nsaid_with_severe_kidney_disease(case: Case, limits: Limits) -> Finding:
    """The kidneys are too weak for an NSAID, or have just failed."""
    return any_of(case.kidney_function().below(limits["egfr_nsaid_avoid"]), case.has("aki"))


@unless_local
def nsaid_with_reduced_kidney_function(case: Case, limits: Limits) -> Finding:
    """The kidneys bear a short course of an NSAID and no more."""
    return case.kidney_function().from_to_below(limits["egfr_nsaid_avoid"], limits["egfr_nsaid_short_course"])


@unless_local
def nsaid_with_anticoagulant(case: Case, limits: Limits) -> Finding:
    """The patient takes a blood thinner."""
    return proved_by(case.has("anticoagulant"), case.has("warfarin"), case.has("doac"))


@unless_local
def second_nsaid(case: Case, limits: Limits) -> Finding:
    """Another NSAID that acts in the whole body is already taken, or stands in the same order."""
    low_dose = limits["aspirin_low_dose_mg"]
    return no() if stands_beside_any_nsaid(case, low_dose) else another_nsaid(case, low_dose)


@unless_local
def nsaid_with_high_dose_methotrexate(case: Case, limits: Limits) -> Finding:
    """The patient takes methotrexate in the large doses of cancer treatment."""
    return high_dose_methotrexate(case, limits["methotrexate_weekly_mg"])


@unless_local
def nsaid_with_severe_heart_failure(case: Case, limits: Limits) -> Finding:
    """Heart failure is out of control, or leaves little or no effort (NYHA III or IV)."""
    failure = case.has("heart_failure")
    return any_of(
        special_case(failure, case.has("heart_failure_decompensated")),
        special_case(failure, case.is_one_of("nyha_class", "III", "IV")),
    )


@unless_local
def nsaid_with_advanced_liver_disease(case: Case, limits: Limits) -> Finding:
    """The liver fails, is acutely inflamed, or is scarred with complications (Child-Pugh B or C)."""
    return any_of(
        special_case(case.has("cirrhosis"), case.has("cirrhosis_decompensated")),
        child_pugh(case, "B", "C"),
        case.has("liver_failure"),
        case.has("acute_hepatitis"),
    )


@unless_local
def nsaid_for_young_infant(case: Case, limits: Limits) -> Finding:
    """The child is younger than an NSAID is given at."""
    return case.age_in_months().below(limits["nsaid_min_age_months"])


@unless_local
def naproxen_for_small_child(case: Case, limits: Limits) -> Finding:
    """The child is younger than naproxen is given at."""
    return case.age().below(limits["naproxen_min_age"])
