"""Medicines that an NSAID should not meet: against clots, lithium, methotrexate, kidney-active combinations.

Sources: US labels of these medicines; Beers 2023; Lapi, BMJ 2013. Blood thinners and further NSAIDs: nsaid_safety.py.
"""

from __future__ import annotations

from ...case import Case, Limits, proved_by
from ...findings import Finding, all_of, any_of
from .methotrexate import weekly_methotrexate
from .nsaid_exceptions import unless_local

PLATELETS = "antiplatelet_p2y12_or_other"


@unless_local
def nsaid_with_platelet_inhibitor(case: Case, limits: Limits) -> Finding:
    """The patient takes a strong platelet inhibitor, or aspirin together with a second one."""
    both = all_of(case.takes(PLATELETS, "aspirin"), case.takes(PLATELETS, "dipyridamole", "anagrelide"))
    return proved_by(case.has(PLATELETS), both)


@unless_local
def nsaid_with_lithium(case: Case, limits: Limits) -> Finding:
    """The patient takes lithium."""
    return case.has("lithium")


@unless_local
def nsaid_with_weekly_methotrexate_and_weak_kidneys(case: Case, limits: Limits) -> Finding:
    """The patient takes methotrexate once a week in a small dose, and the kidneys clear it slowly."""
    weekly = weekly_methotrexate(case, limits["methotrexate_weekly_mg"])
    return all_of(weekly, case.kidney_function().below(limits["egfr_nsaid_short_course"]))


@unless_local
def nsaid_with_raas_blocker_and_diuretic(case: Case, limits: Limits) -> Finding:
    """The patient takes a diuretic together with an ACE inhibitor, an ARB or aliskiren."""
    blocker = any_of(case.has("acei"), case.has("arb"), case.has("renin_inhibitor"))
    return all_of(blocker, case.has("diuretic"))


@unless_local
def nsaid_with_calcineurin_inhibitor(case: Case, limits: Limits) -> Finding:
    """The patient takes cyclosporine or tacrolimus."""
    return case.has("calcineurin_inhibitor")
