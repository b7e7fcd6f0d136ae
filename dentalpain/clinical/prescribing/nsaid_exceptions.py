"""Which products with an NSAID do not count as one: low-dose aspirin once a day, and what acts where it is put."""

from __future__ import annotations

from decimal import Decimal

from ..case import Case
from ..findings import NO, UNKNOWN, YES, Answer, Because, Finding, any_of, no, unknown, yes
from ..medicines import LOCAL_FORMS, Taken
from ..record import Standing
from .prescription import Ingredient, Prescription

FACT = "nsaid_systemic"


def is_an_eye_drop(prescription: Prescription | None) -> bool:
    """Whether the product is put into the eye."""
    return prescription is not None and prescription.form == "eye"


def is_once_daily_aspirin(prescription: Prescription | None, most_mg: Decimal) -> Answer:
    """Is it aspirin alone, once a day, up to `most_mg`? Unknown where its strength or its sig is not written."""
    if prescription is None or [part.name for part in prescription.ingredients] != ["aspirin"]:
        return NO
    strength, units = prescription.ingredients[0].strength, prescription.units_per_day_max
    if strength is None or units is None or prescription.doses_per_day is None:
        return UNKNOWN
    return YES if prescription.doses_per_day <= 1 and strength * units <= most_mg else NO


def stands_beside_any_nsaid(case: Case, low_dose_mg: Decimal) -> bool:
    """Whether what is judged doubles no NSAID, because it acts locally or is low-dose aspirin itself."""
    prescription = case.judged.prescription
    local = prescription is not None and prescription.form in LOCAL_FORMS
    return local or is_once_daily_aspirin(prescription, low_dose_mg) is YES


def another_nsaid(case: Case, low_dose_mg: Decimal) -> Finding:
    """Does the patient take a further NSAID that acts in the whole body, low-dose aspirin left out?"""
    held = case.medicines.holding(case.facts.definition(FACT).classes)
    found = [_counts(taken, part, low_dose_mg) for taken, part in held]
    return case.told(FACT, any_of(*found, case.medicines.silence(FACT)))


def _counts(taken: Taken, part: Ingredient, low_dose_mg: Decimal) -> Finding:
    low_dose = is_once_daily_aspirin(taken.prescription, low_dose_mg)
    if low_dose is YES:
        return no(Because(FACT, False, taken.source, taken.date))
    if low_dose is UNKNOWN or taken.standing is not Standing.CURRENT:
        return unknown(Because(FACT, None, taken.source, taken.date))
    return yes(Because(FACT, part.name, taken.source, taken.date))
