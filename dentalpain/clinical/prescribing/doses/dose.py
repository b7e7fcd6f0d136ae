"""A dose box, and the few ways in which one is worked out: fixed, by a child's weight, or rising step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from ...case import Limits
from ...facts import Facts
from ...findings import YES, Finding, any_of
from ...quantities import plain, rounded
from ..prescription import Prescription

HOURS = Decimal(24)


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose: `amount` in `unit` every `every_hours`, at most `max_per_day` (same unit) for `max_days`.

    None for these: the text alone says the dose, because it falls or rises in more steps than one number can tell.
    `first_amount` is the first dose where it is another than those that follow; `max_per_day` is then that of the first
    day. `calculation` says in words how it came about; `prescription` is the same as the rules read it.
    """

    text: str
    amount: Decimal | None
    unit: str
    every_hours: int | None
    max_per_day: Decimal | None
    max_days: int | None
    calculation: str
    prescription: Prescription
    first_amount: Decimal | None = None


Dosing = Callable[[Prescription, Facts, Limits], Dose | None]


def is_adult(facts: Facts, limits: Limits) -> Finding:
    """Is the patient of the age from which labels give adult doses?"""
    return facts.age().at_least(limits["dose_adult_age"])


def is_adult_by_dose(facts: Facts, limits: Limits) -> Finding:
    """Do adult doses hold: 18 years or more, or 50 kg or more?"""
    of_age = is_adult(facts, limits)
    return of_age if of_age.answer is YES else any_of(of_age, facts.reading("weight_kg").at_least(limits["dose_adult_kg"]))


def as_needed(
    bare: Prescription,
    per_dose: Decimal,
    every: int,
    most: Decimal,
    days: int | None,
    calculation: str,
    text: str = "",
) -> Dose:
    """A dose taken as needed and the prescription that it amounts to, counted as one unit for each dose."""
    name = bare.ingredients[0].name
    line = text or f"{name} {plain(per_dose)} mg every {every} hours as needed, at most {plain(most)} mg in 24 hours"
    parts = (replace(bare.ingredients[0], strength=per_dose, unit="mg"), *bare.ingredients[1:])
    taken = replace(
        bare,
        text=line,
        ingredients=parts,
        units_per_dose=Decimal(1),
        doses_per_day=HOURS / every,
        units_per_day_written=HOURS / every,
        units_per_day_max=min(most / per_dose, HOURS / every),
        days_supply=None if days is None else Decimal(days),
        as_needed=True,
    )
    return Dose(line, per_dose, "mg", every, most, days, calculation, taken)


def rising(
    bare: Prescription, start: Decimal, every: int, most: Decimal, days: int | None, calculation: str, text: str
) -> Dose:
    """A dose taken by the clock that may rise from `start` to `most` mg a day; the rules read it at its highest."""
    times = HOURS / every
    parts = (replace(bare.ingredients[0], strength=most / times, unit="mg"), *bare.ingredients[1:])
    taken = replace(
        bare,
        text=text,
        ingredients=parts,
        units_per_dose=Decimal(1),
        doses_per_day=times,
        units_per_day_written=times,
        units_per_day_max=times,
        days_supply=None if days is None else Decimal(days),
        as_needed=False,
    )
    return Dose(text, start, "mg", every, most, days, calculation, taken)


def by_weight(
    bare: Prescription, facts: Facts, per_kg: Decimal, single: Decimal, every: int, day_per_kg: Decimal, cap: Decimal
) -> Dose | None:
    """A child's dose: mg per kg up to a single maximum, and a daily maximum by weight; None without a weight."""
    weight = facts.reading("weight_kg").value
    if weight is None:
        return None
    weighed = per_kg * weight
    amount = rounded(min(weighed, single), "1")
    most = min(rounded(day_per_kg * weight, "1"), cap)
    sum_text = f"{plain(per_kg)} mg/kg × {plain(weight)} kg = {plain(weighed)} mg"
    if weighed > single:
        sum_text += f", held to {plain(single)} mg"
    day_text = f"; in a day {plain(day_per_kg)} mg/kg × {plain(weight)} kg = {plain(day_per_kg * weight)} mg at most"
    if day_per_kg * weight > cap:
        day_text += f", held to {plain(cap)} mg"
    most = min(most, amount * (24 // every))
    return as_needed(bare, amount, every, most, None, sum_text + day_text)


def fixed(amount: str, every: int, most: str, days: str | None, said: str) -> Dosing:
    """A fixed adult dose from the limits of these names."""

    def dose(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
        if is_adult(facts, limits).answer is not YES:
            return None
        lasting = None if days is None else int(limits[days])
        return as_needed(bare, limits[amount], every, limits[most], lasting, said)

    return dose
