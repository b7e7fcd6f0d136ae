"""Lungs so weak that oxygen or carbon dioxide is out of range."""

from __future__ import annotations

from .case import Case
from .findings import Because, Finding, all_of, any_of, unknown

SEVERE, LASTING = "severe_lung_disease", "copd_or_chronic_lung_disease"


def severe_lung_disease(case: Case) -> Finding:
    """Is there a severe lung disease? A lasting one, such as COPD, has to be asked how severe it is."""
    severe = case.has(SEVERE)
    if case.facts.stated(SEVERE):
        return severe
    return any_of(severe, all_of(case.has(LASTING), unknown(Because(SEVERE, None))))
