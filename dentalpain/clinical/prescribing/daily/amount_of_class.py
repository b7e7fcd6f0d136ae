"""How much of an ingredient, or of a class of medicines, is taken in a day over all products."""

from __future__ import annotations

from decimal import Decimal

from ...case import Case
from ...findings import NO, YES, Because, Finding, unknown
from ...medicines import Taken
from ...quantities import Reading
from ...record import Standing
from ..prescription import Ingredient
from .daily_amounts import mg_per_day


def mg_per_day_of_all(case: Case, tag: str, taken: str, amount: str) -> Reading:
    """Milligrams a day of all that holds `tag`, what is judged included; open upward where one cannot be read.

    `taken` is the fact that such a medicine is taken at all, `amount` the fact under which the sum is shown.
    """
    held = case.medicines.holding(frozenset({tag}))
    every = (*held, *_judged(case, tag))
    amounts = [mg_per_day(part.name, (one.prescription,)) for one, part in every]
    sure = [one.standing is Standing.CURRENT for one, _ in every]
    least = sum((mg for mg, now in zip(amounts, sure, strict=True) if now and mg is not None), Decimal(0))
    most = sum((mg for mg in amounts if mg is not None), Decimal(0))
    hidden = _hidden(case, taken, amount, bool(held))
    missing = hidden.because if hidden.answer is not NO else ()
    if None in amounts:
        missing = (*missing, Because(amount, None, "a product whose amount cannot be read", case.on))
    shown = Because(amount, least, "worked out from the prescriptions", case.on)
    return Reading(least, None if missing else most, (shown, *missing))


def _judged(case: Case, tag: str) -> tuple[tuple[Taken, Ingredient], ...]:
    prescription = case.judged.prescription
    parts = () if prescription is None else prescription.ingredients
    taken = () if prescription is None else (Taken(prescription, "prescription"),)
    return tuple((one, part) for one in taken for part in parts if tag == part.name or tag in part.classes)


def _hidden(case: Case, taken: str, amount: str, listed: bool) -> Finding:
    """Is such a medicine taken that is not on the list? Its amount nobody knows."""
    said, silence = case.facts.finding(taken), case.medicines.silence(taken)
    if not case.facts.stated(taken) or (said.answer is YES and listed):
        return silence
    return unknown(Because(amount, None, "taken, but not on the list")) if said.answer is YES else said
