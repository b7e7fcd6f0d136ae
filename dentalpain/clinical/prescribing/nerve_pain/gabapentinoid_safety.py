"""When gabapentin or pregabalin would harm: opioids, sedatives, weak lungs, weak kidneys, addiction, age.

Sources: FDA communication of 19 December 2019; US labels.
"""

from __future__ import annotations

from ...alcohol import drinks_per_day
from ...case import Case, Limits, proved_by
from ...findings import Finding, any_of
from ..opioids.addiction_treatment import on_addiction_treatment

SEDATIVES = (
    "benzodiazepine", "z_drug", "barbiturate", "orexin_antagonist", "muscle_relaxant", "sedating_antihistamine",
    "antipsychotic", "cns_depressant_other",
)  # fmt: skip


def gabapentinoid_with_opioid(case: Case, limits: Limits) -> Finding:
    """The patient takes an opioid."""
    return case.has("opioid_active")


def gabapentinoid_with_weak_breathing(case: Case, limits: Limits) -> Finding:
    """The lungs are sick, or breathing stops in sleep."""
    return any_of(*(case.has(f) for f in ("copd_or_chronic_lung_disease", "severe_lung_disease", "sleep_apnoea")))


def gabapentinoid_with_reduced_kidney_function(case: Case, limits: Limits) -> Finding:
    """The kidneys are weak enough that less is needed; a low clearance proves it, a good one counts without an eGFR."""
    filtration, clearance, limit = case.kidney_function(), case.number("crcl_ml_min"), limits["egfr_gabapentinoid"]
    instead = clearance.known and not filtration.known
    return proved_by((clearance if instead else filtration).below(limit), clearance.below(limit))


def gabapentinoid_with_addiction(case: Case, limits: Limits) -> Finding:
    """The patient has or had an addiction."""
    addiction = any_of(case.has("opioid_use_disorder"), case.has("substance_use_disorder_other"))
    return proved_by(addiction, case.has("alcohol_use_disorder"), on_addiction_treatment(case))


def gabapentinoid_with_sedatives_alcohol_or_age(case: Case, limits: Limits) -> Finding:
    """Another sedative is taken, much alcohol is drunk, or the patient is old."""
    return any_of(
        *(case.has(fact) for fact in SEDATIVES),
        drinks_per_day(case, limits["alcohol_heavy"]).at_least(limits["alcohol_heavy"]),
        case.age().at_least(limits["beers_age"]),
    )
