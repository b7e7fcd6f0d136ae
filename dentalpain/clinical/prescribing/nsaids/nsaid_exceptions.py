"""Which products with an NSAID do not count as one: low-dose aspirin once a day, and what acts where it is put."""

from __future__ import annotations

from decimal import Decimal
from functools import wraps

from ...case import Case, Limits, RuleFunction
from ...findings import NO, UNKNOWN, YES, Answer, Because, Finding, any_of, no, unknown, yes
from ...medicines import LOCAL_FORMS, Taken
from ...quantities import plain
from ...record import Standing
from ..prescription import Ingredient, Prescription

FACT, LOW_DOSE = "nsaid_systemic", "aspirin_low_dose"
SALICYLATES = frozenset({"nsaid_salicylate", "salsalate"})
# Gel, patch and eye drop: diclofenac gel reaches about 6 % of the blood level of tablets (its US label), too little for
# the harm to stomach, kidneys and heart that NSAID rules prevent. Allergy and aspirin-sensitive asthma need no level.
LOCAL_NSAID_FORMS = frozenset({"topical", "eye"})


def unless_local(rule: RuleFunction) -> RuleFunction:
    """The same rule, answered no for an NSAID that is rubbed in, stuck on or dropped into the eye."""

    @wraps(rule)
    def asked(case: Case, limits: Limits) -> Finding:
        return no() if _is_local_nsaid(case) else rule(case, limits)

    return asked


def _is_local_nsaid(case: Case) -> bool:
    prescription = case.judged.prescription
    return prescription is not None and prescription.form in LOCAL_NSAID_FORMS and "nsaid" in case.judged.tags


def salicylate_tags(prescription: Prescription) -> frozenset[str]:
    """The scope 'aspirin' for a swallowed product with another salicylate, which can bring on Reye syndrome as well."""
    swallowed = prescription.form not in LOCAL_FORMS and not prescription.tags.isdisjoint(SALICYLATES)
    return frozenset({"aspirin"}) if swallowed else frozenset()


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


def daily_low_dose_aspirin(case: Case, least_mg: Decimal, most_mg: Decimal) -> Finding:
    """Does the patient take aspirin once a day for heart or brain, from `least_mg` to `most_mg`?"""
    held = case.medicines.holding(frozenset({"aspirin"}))
    found = [_is_daily_low_dose(taken, part, least_mg, most_mg) for taken, part in held]
    return case.told(LOW_DOSE, any_of(*found, case.medicines.silence(LOW_DOSE)))


def _is_daily_low_dose(taken: Taken, part: Ingredient, least_mg: Decimal, most_mg: Decimal) -> Finding:
    low_dose = is_once_daily_aspirin(taken.prescription, most_mg)
    a_day = (part.strength or Decimal(0)) * (taken.prescription.units_per_day_max or Decimal(0))
    if low_dose is NO or (low_dose is YES and a_day < least_mg):
        return no(Because(LOW_DOSE, False, taken.source, taken.date))
    if low_dose is UNKNOWN or taken.standing is not Standing.CURRENT:
        return unknown(Because(LOW_DOSE, None, taken.source, taken.date))
    return yes(Because(LOW_DOSE, f"{plain(a_day)} mg a day", taken.source, taken.date))


def _counts(taken: Taken, part: Ingredient, low_dose_mg: Decimal) -> Finding:
    low_dose = is_once_daily_aspirin(taken.prescription, low_dose_mg)
    if low_dose is YES:
        return no(Because(FACT, False, taken.source, taken.date))
    if low_dose is UNKNOWN or taken.standing is not Standing.CURRENT:
        return unknown(Because(FACT, None, taken.source, taken.date))
    return yes(Because(FACT, part.name, taken.source, taken.date))
