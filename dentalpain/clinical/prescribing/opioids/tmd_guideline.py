"""What the guideline advises against for chronic TMD, weakly in each of these. Source: BMJ 2023.

Opioids, which it advises against strongly: dental_guidelines.py.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import Finding

CHRONIC_TMD = "chronic_tmd"


def gabapentin_for_chronic_tmd(case: Case, limits: Limits) -> Finding:
    """Gabapentin is meant for a temporomandibular disorder that has hurt for three months or more."""
    return case.indicated_for(CHRONIC_TMD)


def botulinum_for_chronic_tmd(case: Case, limits: Limits) -> Finding:
    """Botulinum toxin is meant for a temporomandibular disorder that has hurt for three months or more."""
    return case.indicated_for(CHRONIC_TMD)


def acetaminophen_for_chronic_tmd(case: Case, limits: Limits) -> Finding:
    """Acetaminophen is meant for a temporomandibular disorder that has hurt for three months or more."""
    return case.indicated_for(CHRONIC_TMD)


def benzodiazepine_for_chronic_tmd(case: Case, limits: Limits) -> Finding:
    """A benzodiazepine is meant for a temporomandibular disorder that has hurt for three months or more."""
    return case.indicated_for(CHRONIC_TMD)


def splint_for_chronic_tmd(case: Case, limits: Limits) -> Finding:
    """A removable splint is planned for a temporomandibular disorder that has hurt for three months or more."""
    return case.indicated_for(CHRONIC_TMD)
