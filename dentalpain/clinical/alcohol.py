"""Alcohol: a disorder that is active now, and how much is drunk, read strictly where the intake is not known."""

from __future__ import annotations

import re
from decimal import Decimal

from .case import Case
from .findings import NO, YES, Because, Finding, no, unknown
from .quantities import Reading
from .record import Problem, Standing

DISORDER, INTAKE = "alcohol_use_disorder", "alcohol_drinks_per_day"
OVERCOME = re.compile(r"\b(in remission|recover\w*|sober|resolved|former|history of|h/o|hx)\b", re.I)


def active_alcohol_use_disorder(case: Case) -> Finding:
    """Is an alcohol use disorder active? No in remission; unknown when nobody said whether it is overcome."""
    stated = case.has(DISORDER)
    if stated.answer is not YES:
        return stated
    entries = [problem for problem in case.facts.record.problems if DISORDER in problem.facts]
    if any(not _overcome(entry) for entry in entries):
        return stated
    if not entries:
        return unknown(Because(DISORDER, None, stated.because[0].source, stated.because[0].date))
    day = entries[0].date.last if entries[0].date else None
    return no(Because(DISORDER, "in remission", entries[0].source, day))


def _overcome(entry: Problem) -> bool:
    return entry.standing is Standing.PAST or OVERCOME.search(entry.text) is not None


def drinks_per_day(case: Case, heavy: Decimal) -> Reading:
    """US standard drinks a day; with a disorder that may be active and an unknown intake, `heavy` or more."""
    intake = case.number(INTAKE)
    if intake.known or case.has(DISORDER).answer is not YES or active_alcohol_use_disorder(case).answer is NO:
        return intake
    return Reading(heavy, None, intake.facts, presumed=True)
