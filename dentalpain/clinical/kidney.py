"""Kidney function from what the record holds: dialysis, the newest eGFR, or the stage of kidney disease."""

from __future__ import annotations

from decimal import Decimal

from .facts import Facts
from .findings import NO, YES, Because, any_of
from .quantities import Reading

# KDIGO 2024, GFR categories G1-G5 in mL/min/1.73 m²: lower end, upper end (left out).
STAGES: dict[str, tuple[int | None, int | None]] = {
    "1": (90, None),
    "2": (60, 90),
    "3": (30, 60),
    "3a": (45, 60),
    "3b": (30, 45),
    "4": (15, 30),
    "5": (None, 15),
    "6": (None, 15),
}
DIALYSIS_BELOW = Decimal(15)  # on dialysis: stage 5, read as below 15 by every rule
LOW_EGFR = Decimal(60)  # a value below 60 counts for 90 days only
LOW_EGFR_DAYS = 90

# Entries that point to weak kidneys: then a missing value is asked for, also on reviewed lists.
POINTING_CONDITIONS = ("renal_disease_unspecified", "heart_failure", "hypertension", "diabetes_uncontrolled")
POINTING_CLASSES = frozenset({"acei", "arb", "diuretic", "lithium", "calcineurin"})
POINTING_AGE = Decimal(65)


def kidney_function(facts: Facts) -> Reading:
    """eGFR in mL/min/1.73 m², as a value or a range; 'not listed' when reviewed lists give no hint of disease."""
    dialysis = facts.finding("dialysis")
    if dialysis.answer is YES:
        return Reading(None, DIALYSIS_BELOW, dialysis.because, below_high=True)
    measured = facts.reading("egfr")
    if measured.high is not None and measured.below(LOW_EGFR).answer is YES and _older_than(measured, facts):
        seen = measured.facts[0]
        return _stage(facts) or Reading.nothing(Because("egfr", seen.value, seen.source, seen.date, stale=True))
    if measured.known:
        return measured
    return _stage(facts) or _silence(facts, measured)


def _older_than(reading: Reading, facts: Facts) -> bool:
    day = reading.facts[0].date
    return day is None or (facts.on - day).days > LOW_EGFR_DAYS


def _stage(facts: Facts) -> Reading | None:
    stage, because = facts.choice("ckd_stage")
    if stage is None:
        return None
    low, high = STAGES[stage]
    ends = (None if low is None else Decimal(low), None if high is None else Decimal(high))
    return Reading(*ends, (because,), below_high=True)


def _silence(facts: Facts, measured: Reading) -> Reading:
    problems, medicines = facts.reviewed("problems"), facts.reviewed("medicines")
    if problems is None or medicines is None or measured.facts[0].stale:
        return measured
    dialysis = facts.finding("dialysis")
    if dialysis.answer is not NO:
        return Reading.nothing(*dialysis.because, *measured.facts)
    listed = any_of(*(facts.finding(name) for name in POINTING_CONDITIONS))
    takes = any(m.prescription.tags & POINTING_CLASSES for m in facts.record.current())
    if listed.answer is not NO or takes or facts.age().below(POINTING_AGE).answer is not YES:
        return measured
    return Reading(None, None, (problems.for_fact("egfr"),), not_listed=True)
