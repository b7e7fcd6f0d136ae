"""When botulinum toxin would harm: weak nerve-muscle signals, weak swallowing or breathing, infection, allergy.

Source: US botulinum toxin labels with their boxed warning on distant spread.
"""

from __future__ import annotations

from ...allergies import allergic_to
from ...case import Case, Limits
from ...findings import Finding, any_of

WEAKENED = (
    "myasthenia_or_lambert_eaton", "neuromuscular_disease_other", "aminoglycoside", "dysphagia",
    "copd_or_chronic_lung_disease", "severe_lung_disease",
)  # fmt: skip


def botulinum_with_weak_muscles(case: Case, limits: Limits) -> Finding:
    """A disease of nerve and muscle, an aminoglycoside, or trouble with swallowing or breathing adds to the toxin."""
    return any_of(*(case.has(fact) for fact in WEAKENED))


def botulinum_at_infected_site_or_with_allergy(case: Case, limits: Limits) -> Finding:
    """The spot for the needle is infected, or the patient reacted to a botulinum toxin as to an allergen."""
    allergy = allergic_to(case, "any_drug_allergy", "botulinum toxin type A", "botulinum_toxin")
    return any_of(case.has("injection_site_infection"), allergy)
