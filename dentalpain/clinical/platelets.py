"""Platelets as they were last counted; 'not listed' when reviewed lists give no hint that they are low."""

from __future__ import annotations

from .case import Case
from .findings import NO, any_of
from .quantities import Reading

POINTING = ("bleeding_disorder", "thrombocytopenia", "cirrhosis", "chronic_liver_disease", "liver_failure")


def platelets(case: Case) -> Reading:
    """Platelets in thousands per microliter."""
    measured = case.number("platelets")
    problems, medicines = case.facts.reviewed("problems"), case.facts.reviewed("medicines")
    if measured.known or measured.facts[0].stale or problems is None or medicines is None:
        return measured
    if any_of(*(case.has(fact) for fact in POINTING)).answer is not NO:
        return measured
    return Reading(None, None, (problems.for_fact("platelets"),), not_listed=True)
