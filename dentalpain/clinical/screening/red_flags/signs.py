"""Parts that several red flags share: vital signs of today, sepsis, diabetes, and medicines from the record."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import UNKNOWN, YES, Because, Finding, any_of, unknown
from ...medicines import MedicineList, Taken
from ...quantities import Reading
from ...record import Standing
from .urgency import some_yes


def taken_today(facts: Facts, fact: str) -> Reading:
    """A vital sign counts for this visit alone: an older blood pressure says nothing of sepsis now."""
    reading = facts.reading(fact)
    because = reading.facts[0]
    if not reading.known or because.date == facts.on:
        return reading
    return Reading.nothing(Because(fact, because.value, because.source, because.date, stale=True))


def sepsis_sign(facts: Facts, limits: Limits) -> Finding:
    """A clouded mind, mottled skin, fast breathing or low pressure."""
    return any_of(
        some_yes(facts, "confusion_or_drowsiness", "mottled_skin"),
        facts.reading("respiratory_rate").at_least(limits["sepsis_respiratory_rate"]),
        taken_today(facts, "systolic_bp").at_most(limits["sepsis_systolic_mmhg"]),
    )


def diabetes(facts: Facts) -> Finding:
    """Diabetes of any kind; badly controlled diabetes is one, its absence says nothing of the well controlled."""
    uncontrolled = facts.finding("diabetes_uncontrolled")
    return uncontrolled if uncontrolled.answer is YES else facts.finding("diabetes")


def takes(facts: Facts, fact: str) -> Finding:
    """Does the patient take a medicine of this class now, by the list or by what somebody said?"""
    return _told(facts, fact, MedicineList(_listed(facts, past=False), facts.reviewed("medicines")))


def ever_took(facts: Facts, fact: str) -> Finding:
    """The same at any time of life: a medicine that was stopped counts, and a reviewed list does not rule it out."""
    return _told(facts, fact, MedicineList(_listed(facts, past=True), None))


def takes_or_took(facts: Facts, fact: str) -> Finding:
    """Does the list name one, taken now or stopped? A reviewed list that names none means no."""
    once = ever_took(facts, fact)
    return once if once.answer is YES else takes(facts, fact)


def _told(facts: Facts, fact: str, medicines: MedicineList) -> Finding:
    definition = facts.definition(fact)
    # Where no medicine is known to belong to the class, the list cannot speak.
    in_table = bool(definition.classes or definition.ingredients)
    listed = medicines.of(definition) if in_table else unknown(Because(fact, None))
    if not facts.stated(fact):
        return listed
    stated = facts.finding(fact)
    return stated if listed.answer is UNKNOWN else any_of(listed, stated)


def _listed(facts: Facts, *, past: bool) -> tuple[Taken, ...]:
    counted = {Standing.CURRENT, Standing.ASK, *((Standing.PAST,) if past else ())}
    return tuple(
        Taken(
            medicine.prescription,
            medicine.source,
            medicine.start.last if medicine.start else None,
            Standing.CURRENT if medicine.standing is Standing.PAST else medicine.standing,
        )
        for medicine in facts.record.medicines
        if medicine.standing in counted
    )
