"""Blood pressure as it was last measured; 'not listed' when reviewed lists give no hint that it is high."""

from __future__ import annotations

from .case import Case, Limits, proved_by
from .findings import NO, Finding, any_of
from .quantities import Reading

SYSTOLIC, DIASTOLIC = "systolic_bp", "diastolic_bp"


def blood_pressure(case: Case, number: str) -> Reading:
    """The upper (`systolic_bp`) or lower (`diastolic_bp`) number in mm[Hg]."""
    measured = case.number(number)
    problems, medicines = case.facts.reviewed("problems"), case.facts.reviewed("medicines")
    if measured.known or measured.facts[0].stale or problems is None or medicines is None:
        return measured
    if case.has("hypertension").answer is not NO:
        return measured
    return Reading(None, None, (problems.for_fact(number),), not_listed=True)


def uncontrolled_pressure(case: Case, limits: Limits) -> Finding:
    """Is the pressure at or above one of the two limits today, or was such a pressure diagnosed lately?"""
    read = any_of(
        blood_pressure(case, SYSTOLIC).at_least(limits["hypertension_uncontrolled_systolic"]),
        blood_pressure(case, DIASTOLIC).at_least(limits["hypertension_uncontrolled_diastolic"]),
    )
    return proved_by(read, case.has("hypertension_uncontrolled"))
