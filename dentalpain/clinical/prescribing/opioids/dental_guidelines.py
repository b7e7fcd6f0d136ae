"""What the guidelines say against an opioid for acute dental pain. Source: ADA 2024."""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import YES, Finding, all_of, any_of, opposite
from ...pregnancy import pregnant, weeks_of_gestation
from ..nsaids import nsaid_safety
from ..nsaids.methotrexate import told_high_dose


def opioid_for_simple_extraction(case: Case, limits: Limits) -> Finding:
    """The opioid is meant for the pain after a simple extraction."""
    return case.indicated_for("simple_extraction")


def opioid_before_nonopioids(case: Case, limits: Limits) -> Finding:
    """Acute dental pain, and nobody recorded that an NSAID with acetaminophen failed or is ruled out."""
    ruled_out = _nsaid_ruled_out(case, limits)
    if ruled_out.answer is YES:
        return all_of(case.acute_dental_pain(), opposite(ruled_out))
    return all_of(case.acute_dental_pain(), opposite(case.has("nsaid_apap_tried")))


def _nsaid_ruled_out(case: Case, limits: Limits) -> Finding:
    """Something on record forbids every NSAID that is swallowed; what is not on record rules nothing out."""
    late = weeks_of_gestation(case).at_least(limits["gestation_nsaid_contraindicated"])
    return any_of(
        nsaid_safety.nsaid_allergy(case, limits),
        nsaid_safety.nsaid_with_aspirin_sensitive_asthma(case, limits),
        nsaid_safety.nsaid_after_bypass_surgery(case, limits),
        nsaid_safety.nsaid_with_active_ulcer_or_bleeding(case, limits),
        nsaid_safety.nsaid_with_severe_kidney_disease(case, limits),
        told_high_dose(case),
        nsaid_safety.nsaid_with_severe_heart_failure(case, limits),
        nsaid_safety.nsaid_with_advanced_liver_disease(case, limits),
        all_of(pregnant(case), late),
    )


def opioid_for_chronic_tmd(case: Case, limits: Limits) -> Finding:
    """The opioid is meant for a temporomandibular disorder that has hurt for three months or more."""
    return case.indicated_for("chronic_tmd")
