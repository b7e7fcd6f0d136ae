"""Medicines that add up to too much serotonin, and how much of a tricyclic is taken in a day.

Source: US labels of cyclobenzaprine, tricyclics and SNRIs, which list them.
"""

from __future__ import annotations

from decimal import Decimal

from ..case import Case
from ..findings import NO, YES, Because, Finding, any_of, unknown
from ..medicines import Taken
from ..quantities import Reading
from ..record import Standing
from .daily_amounts import mg_per_day
from .prescription import Ingredient

ON_EVERY_LIST = (
    "ssri", "serotonergic_antidepressant_other", "lithium", "tramadol_or_meperidine_or_tapentadol",
)  # fmt: skip
TRICYCLIC = "tca"
TRICYCLIC_MG = "tca_mg_per_day"


def serotonergic_company(case: Case, *more: str) -> Finding:
    """Is a medicine taken that every list names, buspirone included, or one of the further facts?"""
    return any_of(*(case.has(fact) for fact in (*ON_EVERY_LIST, *more)), case.takes("serotonergic_other", "buspirone"))


def tricyclic_mg_per_day(case: Case) -> Reading:
    """Milligrams a day of all tricyclics, the one judged included; open upward where one cannot be read."""
    held = case.medicines.holding(frozenset({TRICYCLIC}))
    judged = _judged(case)
    amounts = [mg_per_day(part.name, (taken.prescription,)) for taken, part in (*held, *judged)]
    sure = [taken.standing is Standing.CURRENT for taken, _ in (*held, *judged)]
    least = sum((mg for mg, now in zip(amounts, sure, strict=True) if now and mg is not None), Decimal(0))
    most = sum((mg for mg in amounts if mg is not None), Decimal(0))
    hidden = _hidden(case, bool(held))
    missing = hidden.because if hidden.answer is not NO else ()
    if None in amounts:
        missing = (*missing, Because(TRICYCLIC_MG, None, "a tricyclic whose amount cannot be read", case.on))
    shown = Because(TRICYCLIC_MG, least, "worked out from the prescriptions", case.on)
    return Reading(least, None if missing else most, (shown, *missing))


def _judged(case: Case) -> tuple[tuple[Taken, Ingredient], ...]:
    prescription = case.judged.prescription
    parts = () if prescription is None else prescription.ingredients
    taken = () if prescription is None else (Taken(prescription, "prescription"),)
    return tuple((one, part) for one in taken for part in parts if TRICYCLIC in part.classes)


def _hidden(case: Case, listed: bool) -> Finding:
    """Is a tricyclic taken that is not on the list? Its amount nobody knows."""
    said, silence = case.facts.finding(TRICYCLIC), case.medicines.silence(TRICYCLIC)
    if not case.facts.stated(TRICYCLIC) or (said.answer is YES and listed):
        return silence
    return unknown(Because(TRICYCLIC_MG, None, "taken, but not on the list")) if said.answer is YES else said
