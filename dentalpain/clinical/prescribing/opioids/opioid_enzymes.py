"""Medicines that slow or speed up CYP3A4, and with it the breakdown of many opioids. Source: US opioid labels."""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import Because, Finding, any_of, no

STRONG, MODERATE = "cyp3a4_inhibitor_strong", "cyp3a4_inhibitor_moderate"
# A moderate inhibitor is dangerous with these already.
NARROW = frozenset({"fentanyl", "methadone"})
# Benzhydrocodone turns into hydrocodone.
WIDER = frozenset({"hydrocodone", "benzhydrocodone", "oxycodone", "buprenorphine", "tramadol", "codeine"})


def opioid_with_strong_cyp3a4_inhibitor(case: Case, limits: Limits) -> Finding:
    """Another medicine strongly raises this opioid; for fentanyl and methadone a moderate inhibitor is enough."""
    if case.judged.tags & NARROW:
        return any_of(case.has(STRONG), case.has(MODERATE))
    return case.has(STRONG) if case.judged.tags & WIDER else _another_opioid()


def opioid_with_moderate_cyp3a4_inhibitor(case: Case, limits: Limits) -> Finding:
    """Another medicine somewhat raises this opioid."""
    return case.has(MODERATE) if case.judged.tags & WIDER else _another_opioid()


def opioid_with_cyp3a4_inducer(case: Case, limits: Limits) -> Finding:
    """Another medicine speeds up the breakdown of opioids."""
    return any_of(case.has("cyp3a4_inducer_strong"), case.has("cyp3a4_inducer_moderate"))


def _another_opioid() -> Finding:
    return no(Because("proposed_medicine", False, "not an opioid that this rule names"))
