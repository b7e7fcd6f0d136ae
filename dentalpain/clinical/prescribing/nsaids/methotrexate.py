"""How methotrexate is taken: a small dose once a week, or the large doses of cancer treatment.

Source: US methotrexate labels. What somebody said counts first; else the directions on the list of medicines are read.
"""

from __future__ import annotations

from decimal import Decimal

from ...case import Case, special_case
from ...findings import UNKNOWN, YES, Because, Finding, no, unknown, yes
from ...medicines import Taken
from ...record import Standing
from ..prescription import Ingredient

METHOTREXATE, REGIMEN, WEEKLY = "methotrexate", "methotrexate_regimen", "weekly_low_dose"
DAYS = Decimal(7)
# A strength per mL counts for each mL that is taken.
UNITS = frozenset({"mg", "mg/mL"})


def weekly_methotrexate(case: Case, most_mg: Decimal) -> Finding:
    """Does the patient take methotrexate once a week, at most `most_mg` a week as far as the list tells?"""
    told, listed = case.is_one_of(REGIMEN, WEEKLY), _listed(case, most_mg)
    return special_case(case.has(METHOTREXATE), listed if told.answer is UNKNOWN else told)


def high_dose_methotrexate(case: Case, most_mg: Decimal) -> Finding:
    """Does the patient take methotrexate in large doses? Directions for a small weekly dose on the list deny it."""
    told, listed = told_high_dose(case), _listed(case, most_mg)
    return no(*listed.because) if told.answer is UNKNOWN and listed.answer is YES else told


def told_high_dose(case: Case) -> Finding:
    """Did somebody say that methotrexate is taken in the large doses of cancer treatment?"""
    return special_case(case.has(METHOTREXATE), case.is_one_of(REGIMEN, "high_dose"))


def _listed(case: Case, most_mg: Decimal) -> Finding:
    """Weekly by the directions of every methotrexate on the list; a daily or unread one is asked about."""
    held = case.medicines.holding(frozenset({METHOTREXATE}))
    if held and all(_is_weekly(taken, part, most_mg) for taken, part in held):
        return yes(*(Because(REGIMEN, WEEKLY, taken.source, taken.date) for taken, _ in held))
    return unknown(case.facts.choice(REGIMEN)[1])


def _is_weekly(taken: Taken, part: Ingredient, most_mg: Decimal) -> bool:
    sig = taken.prescription
    if sig.doses_per_day is None or sig.units_per_dose is None or part.strength is None:
        return False
    current = taken.standing is Standing.CURRENT and part.unit in UNITS
    return current and sig.doses_per_day * DAYS <= 1 and part.strength * sig.units_per_dose <= most_mg
