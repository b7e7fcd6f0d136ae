"""Codeine and tramadol: the young, the nursing, and an enzyme that makes them work too much or not at all.

Sources: FDA communication of 20 April 2017; CPIC 2021; US labels.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import UNKNOWN, Finding, all_of, any_of, no
from ...lungs import severe_lung_disease

PHENOTYPE = "cyp2d6_phenotype"
RISKS = ("obesity", "sleep_apnoea", "myasthenia_or_lambert_eaton", "neuromuscular_disease_other")


def codeine_or_tramadol_after_tonsillectomy(case: Case, limits: Limits) -> Finding:
    """A patient under 18 had the tonsils or adenoids out lately."""
    return all_of(case.age().below(limits["adult_age"]), case.has("tonsillectomy_recent"))


def codeine_or_tramadol_for_a_teenager_at_risk(case: Case, limits: Limits) -> Finding:
    """The patient is 12 to 17 and obese, or breathes badly in sleep, or has weak lungs or muscles."""
    young = case.age().from_to_below(limits["opioid_child_age"], limits["adult_age"])
    return all_of(young, any_of(*(case.has(risk) for risk in RISKS), severe_lung_disease(case)))


def codeine_or_tramadol_while_breastfeeding(case: Case, limits: Limits) -> Finding:
    """The patient nurses a baby."""
    return case.has("breastfeeding")


def codeine_or_tramadol_not_activated(case: Case, limits: Limits) -> Finding:
    """CYP2D6 is blocked by another medicine, or works poorly by birth."""
    return any_of(case.has("cyp2d6_inhibitor_strong"), _metabolizer(case, "poor"))


def codeine_or_tramadol_activated_too_fast(case: Case, limits: Limits) -> Finding:
    """CYP2D6 works so fast that the dose turns into too much of the active product."""
    return _metabolizer(case, "ultrarapid")


def _metabolizer(case: Case, word: str) -> Finding:
    """What a gene test said; on reviewed lists a test that nobody recorded was not done, and is not asked about."""
    found = case.is_one_of(PHENOTYPE, word)
    problems, medicines = case.facts.reviewed("problems"), case.facts.reviewed("medicines")
    if found.answer is not UNKNOWN or case.facts.stated(PHENOTYPE) or problems is None or medicines is None:
        return found
    return no(problems.for_fact(PHENOTYPE))
