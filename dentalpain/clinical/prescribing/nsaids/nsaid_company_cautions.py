"""Medicines beside which an NSAID is taken for a few days at most: daily aspirin, antidepressants, steroids, and more.

Sources: FDA on ibuprofen and aspirin, 2006; US labels of these medicines. What weighs more: nsaid_company.py.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import YES, Finding, all_of, any_of, no, opposite
from .methotrexate import weekly_methotrexate
from .nsaid_company import nsaid_with_raas_blocker_and_diuretic
from .nsaid_exceptions import daily_low_dose_aspirin, stands_beside_any_nsaid, unless_local

# Selective for COX-2: it leaves the platelets, and aspirin's place on them, alone.
SELECTIVE = frozenset({"celecoxib"})


@unless_local
def nsaid_with_daily_aspirin(case: Case, limits: Limits) -> Finding:
    """The patient takes a small aspirin once a day, and this NSAID can keep it from the platelets."""
    most = limits["aspirin_low_dose_mg"]
    if case.judged.tags & SELECTIVE or stands_beside_any_nsaid(case, most):
        return no()
    return daily_low_dose_aspirin(case, limits["aspirin_cardiac_mg"], most)


@unless_local
def nsaid_with_ssri_or_snri(case: Case, limits: Limits) -> Finding:
    """The patient takes an antidepressant that weakens platelets: SSRI, SNRI, vilazodone or vortioxetine."""
    ssri = case.told("ssri", case.takes("ssri", "ssri", "ssri_like"))
    return any_of(ssri, case.has("snri"))


@unless_local
def nsaid_with_weekly_methotrexate(case: Case, limits: Limits) -> Finding:
    """The patient takes methotrexate once a week in a small dose, and nothing says that the kidneys are weak."""
    weekly = weekly_methotrexate(case, limits["methotrexate_weekly_mg"])
    return all_of(weekly, opposite(case.kidney_function().below(limits["egfr_nsaid_short_course"])))


@unless_local
def nsaid_with_raas_blocker_or_diuretic(case: Case, limits: Limits) -> Finding:
    """The patient takes an ACE inhibitor, an ARB, aliskiren or a diuretic, and not both kinds together."""
    both = nsaid_with_raas_blocker_and_diuretic(case, limits)
    if both.answer is YES:
        return no(*both.because)
    return any_of(case.has("acei"), case.has("arb"), case.has("renin_inhibitor"), case.has("diuretic"))


@unless_local
def nsaid_with_corticosteroid(case: Case, limits: Limits) -> Finding:
    """The patient takes a corticosteroid that acts in the whole body."""
    return case.has("corticosteroid_systemic")
