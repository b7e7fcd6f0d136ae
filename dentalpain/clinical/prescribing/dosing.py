"""The dose of an option for this patient: by age, weight, liver and alcohol; none where a needed fact is unknown.

Figures are dated limits (knowledge/limits/doses.toml): adult doses of the ADA 2024 guideline and of labels, children
by weight of the ADA 2023 guideline and AAPD. A dose never stands for a permission: the rules judge it afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ..case import Limits
from ..facts import Facts
from ..findings import NO, YES, Finding, any_of
from ..kidney import kidney_function
from ..quantities import plain, rounded
from .prescription import Prescription

if TYPE_CHECKING:
    from .judging import Option


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose: `amount` in `unit` every `every_hours`, at most `max_per_day` (same unit) for `max_days`.

    `first_amount` is the first dose where it is another than those that follow; `max_per_day` is then that of the first
    day. `calculation` says in words how it came about; `prescription` is the same as the rules read it.
    """

    text: str
    amount: Decimal
    unit: str
    every_hours: int
    max_per_day: Decimal
    max_days: int | None
    calculation: str
    prescription: Prescription
    first_amount: Decimal | None = None


def dose_for(option: Option, facts: Facts, limits: Limits, nsaid_ruled_out: bool) -> Dose | None:
    """The dose of an option, or None where the facts leave it unsettled; `nsaid_ruled_out`: no NSAID may be taken."""
    if option.prescription is None:
        return None
    if option.id == "acetaminophen":
        return acetaminophen(option.prescription, facts, limits, nsaid_ruled_out)
    by_option = DOSES.get(option.id)
    return by_option(option.prescription, facts, limits) if by_option else None


def is_adult_by_dose(facts: Facts, limits: Limits) -> Finding:
    """Do adult doses hold: 18 years or more, or 50 kg or more?"""
    of_age = facts.age().at_least(limits["dose_adult_age"])
    return of_age if of_age.answer is YES else any_of(of_age, facts.reading("weight_kg").at_least(limits["dose_adult_kg"]))


def _made(
    bare: Prescription,
    per_dose: Decimal,
    every: int,
    most: Decimal,
    days: int | None,
    calculation: str,
    text: str = "",
) -> Dose:
    """A dose and the prescription that it amounts to, counted as one unit for each dose."""
    name = bare.ingredients[0].name
    line = text or f"{name} {plain(per_dose)} mg every {every} hours as needed, at most {plain(most)} mg in 24 hours"
    parts = (replace(bare.ingredients[0], strength=per_dose, unit="mg"), *bare.ingredients[1:])
    taken = replace(
        bare,
        text=line,
        ingredients=parts,
        units_per_dose=Decimal(1),
        doses_per_day=Decimal(24) / every,
        units_per_day_written=Decimal(24) / every,
        units_per_day_max=min(most / per_dose, Decimal(24) / every),
        days_supply=None if days is None else Decimal(days),
        as_needed=True,
    )
    return Dose(line, per_dose, "mg", every, most, days, calculation, taken)


def _by_weight(
    bare: Prescription, facts: Facts, per_kg: Decimal, single: Decimal, every: int, day_per_kg: Decimal, cap: Decimal
) -> Dose | None:
    """A child's dose: mg per kg up to a single maximum, and a daily maximum by weight; None without a weight."""
    weight = facts.reading("weight_kg").value
    if weight is None:
        return None
    by_weight = per_kg * weight
    amount = rounded(min(by_weight, single), "1")
    most = min(rounded(day_per_kg * weight, "1"), cap)
    sum_text = f"{plain(per_kg)} mg/kg × {plain(weight)} kg = {plain(by_weight)} mg"
    if by_weight > single:
        sum_text += f", held to {plain(single)} mg"
    day_text = f"; in a day {plain(day_per_kg)} mg/kg × {plain(weight)} kg = {plain(day_per_kg * weight)} mg at most"
    most = min(most, amount * (24 // every))
    return _made(bare, amount, every, most, None, sum_text + day_text)


def ibuprofen(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """ADA 2024: 400 mg; ADA 2023 and AAPD for a child under 50 kg: 10 mg/kg. Weak kidneys: a short course."""
    adult = is_adult_by_dose(facts, limits)
    if adult.answer is NO:
        return _by_weight(
            bare,
            facts,
            limits["ibuprofen_child_mg_per_kg"],
            limits["ibuprofen_mg"],
            6,
            limits["ibuprofen_child_day_mg_per_kg"],
            limits["ibuprofen_day_mg"],
        )
    if adult.answer is not YES:
        return None
    amount = limits["ibuprofen_mg"]
    return _made(
        bare,
        amount,
        6,
        4 * amount,
        _nsaid_days(facts, limits),
        f"{plain(amount)} mg × 4 = {plain(4 * amount)} mg a day, under the dental maximum of "
        f"{plain(limits['ibuprofen_day_mg'])} mg",
    )


def naproxen(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """ADA 2024, adults: naproxen sodium 440 mg, then 220 mg; the label's 660 mg for the first day."""
    if facts.age().at_least(limits["dose_adult_age"]).answer is not YES:
        return None
    first, then = limits["naproxen_sodium_first_mg"], limits["naproxen_sodium_next_mg"]
    salted = replace(bare, ingredients=(replace(bare.ingredients[0], salt="naproxen sodium"), *bare.ingredients[1:]))
    text = f"naproxen sodium {plain(first)} mg once, then {plain(then)} mg every 12 hours as needed"
    worked = f"first day {plain(first)} + {plain(then)} = {plain(first + then)} mg, the label's maximum for self-care"
    dose = _made(salted, then, 12, first + then, _nsaid_days(facts, limits), worked, text)
    daily = replace(dose.prescription, units_per_day_max=(first + then) / then)
    return replace(dose, prescription=daily, first_amount=first)


def acetaminophen(bare: Prescription, facts: Facts, limits: Limits, nsaid_ruled_out: bool) -> Dose | None:
    """ADA 2024: 500 mg beside an NSAID, 1000 mg where no NSAID may be taken; less for liver, alcohol and low weight."""
    adult = is_adult_by_dose(facts, limits)
    weight = facts.reading("weight_kg")
    if adult.answer is NO:
        return _by_weight(
            bare,
            facts,
            limits["acetaminophen_child_mg_per_kg"],
            limits["acetaminophen_full_mg"],
            6,
            limits["acetaminophen_child_day_mg_per_kg"],
            limits["acetaminophen_day_mg"],
        )
    if adult.answer is not YES:
        return None
    reduced = any_of(
        facts.finding("chronic_liver_disease"),
        facts.finding("cirrhosis"),
        facts.finding("alcohol_use_disorder"),
        facts.reading("alcohol_drinks_per_day").at_least(limits["alcohol_heavy_drinks"]),
        weight.below(limits["dose_adult_kg"]),
    )
    beside, full = limits["acetaminophen_beside_nsaid_mg"], limits["acetaminophen_full_mg"]
    if reduced.answer is YES:
        most = limits["acetaminophen_reduced_day_mg"]
        return _made(bare, beside, 6, most, None, f"{plain(beside)} mg × 4 = {plain(most)} mg a day, the reduced maximum")
    if nsaid_ruled_out:
        most = limits["acetaminophen_unsupervised_day_mg"]
        return _made(bare, full, 6, most, None, f"{plain(full)} mg × 3 = {plain(most)} mg a day; more needs supervision")
    most = 4 * beside
    return _made(bare, beside, 6, most, None, f"{plain(beside)} mg × 4 = {plain(most)} mg a day, together with the NSAID")


def _nsaid_days(facts: Facts, limits: Limits) -> int | None:
    """With an eGFR from 30 to 59 an NSAID is a matter of days (KDIGO: no prolonged use under 60)."""
    reduced = kidney_function(facts).below(limits["egfr_short_course"])
    return int(limits["nsaid_short_course_days"]) if reduced.answer is YES else None


def _adult(amount: str, every: int, most: str, days: str | None, said: str) -> Callable[[Prescription, Facts, Limits], Dose | None]:
    """A fixed adult dose from the limits of these names."""

    def dose(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
        if facts.age().at_least(limits["dose_adult_age"]).answer is not YES:
            return None
        lasting = None if days is None else int(limits[days])
        return _made(bare, limits[amount], every, limits[most], lasting, said)

    return dose


def suzetrigine(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """Label, adults: 100 mg on an empty stomach, then 50 mg every 12 hours; not studied beyond 14 days."""
    if facts.age().at_least(limits["dose_adult_age"]).answer is not YES:
        return None
    first, then = limits["suzetrigine_first_mg"], limits["suzetrigine_next_mg"]
    text = f"suzetrigine {plain(first)} mg once on an empty stomach, then {plain(then)} mg every 12 hours"
    worked = f"first day {plain(first)} + {plain(then)} = {plain(first + then)} mg"
    dose = _made(bare, then, 12, first + then, int(limits["suzetrigine_days"]), worked, text)
    return replace(dose, first_amount=first)


def opioid_combination(amount: str, most: str) -> Callable[[Prescription, Facts, Limits], Dose | None]:
    """ADA 2024, adults: the lowest dose of the opioid with acetaminophen 325 mg, for three days at most."""
    single = _adult(amount, 6, most, "opioid_course_days", "5 mg × 4 = 20 mg a day")

    def dose(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
        made = single(bare, facts, limits)
        if made is None:
            return None
        beside = limits["opioid_combination_acetaminophen_mg"]
        first, *others = made.prescription.ingredients
        parts = (first, *(replace(part, strength=beside, unit="mg") for part in others))
        text = f"{first.name} {plain(made.amount)} mg with acetaminophen {plain(beside)} mg every 6 hours as needed"
        return replace(made, text=text, prescription=replace(made.prescription, ingredients=parts))

    return dose


def low_dose_naltrexone(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """Trials in adults: start low at bedtime and rise step by step to 4.5 mg; off-label and compounded."""
    if facts.age().at_least(limits["dose_adult_age"]).answer is not YES:
        return None
    start, step, top = limits["ldn_start_mg"], limits["ldn_step_mg"], limits["ldn_top_mg"]
    weeks = limits["ldn_step_weeks"]
    text = (
        f"naltrexone {plain(start)} mg, compounded, at bedtime; rise by {plain(step)} mg every {plain(weeks)} weeks "
        f"to {plain(top)} mg (off-label)"
    )
    worked = f"{plain(start)} mg, {plain(start + step)} mg, then {plain(top)} mg, {plain(weeks)} weeks at each step"
    dose = _made(bare, start, 24, top, None, worked, text)
    whole = replace(dose.prescription, ingredients=(replace(bare.ingredients[0], strength=top, unit="mg"),))
    return replace(dose, prescription=replace(whole, units_per_day_max=Decimal(1), as_needed=False))


DOSES: dict[str, Callable[[Prescription, Facts, Limits], Dose | None]] = {
    "ibuprofen": ibuprofen,
    "naproxen": naproxen,
    "celecoxib": _adult("celecoxib_mg", 12, "celecoxib_day_mg", None, "200 mg × 2 = 400 mg a day"),
    "diclofenac": _adult("diclofenac_mg", 8, "diclofenac_day_mg", None, "50 mg × 3 = 150 mg a day"),
    "suzetrigine": suzetrigine,
    "hydrocodone": opioid_combination("hydrocodone_mg", "hydrocodone_day_mg"),
    "oxycodone": opioid_combination("oxycodone_mg", "oxycodone_day_mg"),
    "low_dose_naltrexone": low_dose_naltrexone,
}
