"""Medicines and substances beside an opioid: what blocks it, what sedates with it, and another opioid.

Sources: US opioid labels with their boxed warning of 2016; CDC 2022; labels of naltrexone and samidorphan.
"""

from __future__ import annotations

from ...alcohol import active_alcohol_use_disorder, drinks_per_day
from ...case import Case, Limits
from ...findings import NO, Because, Finding, any_of, no
from ...medicines import Taken
from .addiction_treatment import of_unknown_purpose, opioids_by_purpose

BLOCKERS = frozenset({"naltrexone", "samidorphan"})
RESCUE = frozenset({"naloxone", "nalmefene"})
# What reads as 'sedating antihistamine' also holds over-the-counter products, which weigh less and have their own rule.
PRESCRIBED_ANTIHISTAMINES = ("promethazine", "hydroxyzine")
DEPRESSANTS = (
    "z_drug", "gabapentinoid", "muscle_relaxant", "barbiturate", "orexin_antagonist", "antipsychotic",
    "cns_depressant_other",
)  # fmt: skip


def opioid_with_antagonist(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine that blocks opioids, or was given an overdose antidote within 48 hours."""
    fact = "opioid_antagonist_systemic"
    blockers = tuple(hit for hit in case.medicines.holding(BLOCKERS) if _acts_in_the_body(hit[0]))
    return any_of(case.told(fact, case.medicines.answer_for(blockers, fact)), _antidote_given(case))


def _acts_in_the_body(taken: Taken) -> bool:
    """Naltrexone that is sealed inside an opioid product (Embeda, Troxyca) is not released when taken as directed."""
    return not taken.prescription.opioid_antagonist_sequestered and "opioid" not in taken.prescription.tags


def _antidote_given(case: Case) -> Finding:
    """Was naloxone or nalmefene given within 48 hours? Asked where one is on the list; kept at hand it is no harm."""
    given = case.has("rescue_antagonist_given_48h")
    kept = [taken for taken, _ in case.medicines.holding(RESCUE) if _acts_in_the_body(taken) and not taken.proposed]
    if kept or case.facts.stated("rescue_antagonist_given_48h"):
        return given
    return no(Because("rescue_antagonist_given_48h", False, "no overdose antidote on the list"))


def opioid_with_benzodiazepine(case: Case, limits: Limits) -> Finding:
    """A benzodiazepine is on the list, or stands in the same order."""
    return case.has("benzodiazepine")


def opioid_with_cns_depressant(case: Case, limits: Limits) -> Finding:
    """Another medicine that depresses the brain is taken, or much alcohol."""
    return any_of(
        *(case.has(name) for name in DEPRESSANTS),
        case.takes("sedating_antihistamine", *PRESCRIBED_ANTIHISTAMINES),
        active_alcohol_use_disorder(case),
        drinks_per_day(case, limits["alcohol_heavy"]).at_least(limits["alcohol_heavy"]),
    )


def second_opioid(case: Case, limits: Limits) -> Finding:
    """Another opioid is already taken or stands in the same order; medicines that treat addiction are not meant."""
    found = case.medicines.answer_for(opioids_by_purpose(case, NO), "opioid_active")
    return case.told("opioid_active", any_of(found, *of_unknown_purpose(case)))
