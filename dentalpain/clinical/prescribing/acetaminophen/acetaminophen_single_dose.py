"""Too much acetaminophen at one time, for adults and by weight, all products taken together.

Sources: US labels; AAPD reference manual.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...case import Case, Limits
from ...findings import Because, Finding, all_of, any_of
from ...quantities import Reading
from ..daily.by_weight import above_by_weight
from ..daily.daily_amounts import IN_MG
from ..prescription import Prescription
from .acetaminophen_safety import beyond_the_list, light_patient

NAME, FACT = "acetaminophen", "single_dose_acetaminophen_mg"


def acetaminophen_dose_too_large(case: Case, limits: Limits) -> Finding:
    """One dose of all products together holds more than is given at once, by weight where the patient is light."""
    dose, light = _single_dose(case), light_patient(case, limits)
    by_weight = above_by_weight(dose, case.number("weight_kg"), limits["acetaminophen_single_mg_per_kg"])
    return any_of(dose.above(limits["acetaminophen_single_mg"]), all_of(light, by_weight))


def _single_dose(case: Case) -> Reading:
    """Milligrams at one time; open upward where a dose cannot be read or another product may be taken."""
    doses = [_dose(prescription) for prescription in _products(case)]
    total = sum((dose for dose in doses if dose is not None), Decimal(0))
    known = Because(FACT, total, "worked out from the prescriptions", case.on)
    hidden = beyond_the_list(case)
    if None in doses:
        return Reading(total, None, (known, Because(FACT, None, "a dose that cannot be read", case.on)))
    return Reading(total, None, (known, *hidden)) if hidden else Reading.exactly(total, known)


def _products(case: Case) -> Iterator[Prescription]:
    beside = (taken.prescription for taken in case.medicines.taken)
    for prescription in (case.judged.prescription, *beside):
        if prescription is not None and prescription.strength_of(NAME) is not None:
            yield prescription


def _dose(prescription: Prescription) -> Decimal | None:
    part, units = prescription.strength_of(NAME), prescription.units_per_dose
    if part is None or part.strength is None or units is None or part.unit not in IN_MG:
        return None
    return part.strength * IN_MG[part.unit] * units
