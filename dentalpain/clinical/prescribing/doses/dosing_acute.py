"""Doses for acute pain: by age, weight, liver and alcohol; none where a needed fact is unknown.

Figures are dated limits (knowledge/limits/doses.toml): adult doses of the ADA 2024 guideline and of labels, children
by weight of the ADA 2023 guideline and AAPD.
"""

from __future__ import annotations

from dataclasses import replace

from ...case import Limits
from ...facts import Facts
from ...findings import NO, YES, any_of
from ...kidney import kidney_function
from ...quantities import plain
from ..prescription import Prescription
from .dose import Dose, Dosing, as_needed, by_weight, fixed, is_adult, is_adult_by_dose


def ibuprofen(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """ADA 2024: 400 mg; ADA 2023 and AAPD for a child under 50 kg: 10 mg/kg. Weak kidneys: a short course."""
    adult = is_adult_by_dose(facts, limits)
    if adult.answer is NO:
        return by_weight(
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
    return as_needed(
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
    if is_adult(facts, limits).answer is not YES:
        return None
    first, then = limits["naproxen_sodium_first_mg"], limits["naproxen_sodium_next_mg"]
    salted = replace(bare, ingredients=(replace(bare.ingredients[0], salt="naproxen sodium"), *bare.ingredients[1:]))
    text = f"naproxen sodium {plain(first)} mg once, then {plain(then)} mg every 12 hours as needed"
    worked = f"first day {plain(first)} + {plain(then)} = {plain(first + then)} mg, the label's maximum for self-care"
    dose = as_needed(salted, then, 12, first + then, _nsaid_days(facts, limits), worked, text)
    daily = replace(dose.prescription, units_per_day_max=(first + then) / then)
    return replace(dose, prescription=daily, first_amount=first)


def acetaminophen(bare: Prescription, facts: Facts, limits: Limits, nsaid_ruled_out: bool) -> Dose | None:
    """ADA 2024: 500 mg beside an NSAID, 1000 mg where no NSAID may be taken; less for liver, alcohol and low weight."""
    adult = is_adult_by_dose(facts, limits)
    weight = facts.reading("weight_kg")
    if adult.answer is NO:
        return by_weight(
            bare,
            facts,
            limits["acetaminophen_child_mg_per_kg"],
            limits["acetaminophen_full_mg"],
            6,
            limits[_child_day(facts, limits)],
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
        return as_needed(bare, beside, 6, most, None, f"{plain(beside)} mg × 4 = {plain(most)} mg a day, the reduced maximum")
    if nsaid_ruled_out:
        most = limits["acetaminophen_unsupervised_day_mg"]
        return as_needed(bare, full, 6, most, None, f"{plain(full)} mg × 3 = {plain(most)} mg a day; more needs supervision")
    most = 4 * beside
    return as_needed(bare, beside, 6, most, None, f"{plain(beside)} mg × 4 = {plain(most)} mg a day, together with the NSAID")


def _child_day(facts: Facts, limits: Limits) -> str:
    """The daily maximum by weight; the lower one of small children unless the child is known to be older."""
    older = facts.age().at_least(limits["acetaminophen_small_child_age"])
    return f"acetaminophen_{'child' if older.answer is YES else 'small_child'}_day_mg_per_kg"


def _nsaid_days(facts: Facts, limits: Limits) -> int | None:
    """With an eGFR from 30 to 59 an NSAID is a matter of days (KDIGO: no prolonged use under 60)."""
    reduced = kidney_function(facts).below(limits["egfr_short_course"])
    return int(limits["nsaid_short_course_days"]) if reduced.answer is YES else None


def suzetrigine(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """Label, adults: 100 mg on an empty stomach, then 50 mg every 12 hours; not studied beyond 14 days."""
    if is_adult(facts, limits).answer is not YES:
        return None
    first, then = limits["suzetrigine_first_mg"], limits["suzetrigine_next_mg"]
    text = f"suzetrigine {plain(first)} mg once on an empty stomach, then {plain(then)} mg every 12 hours"
    worked = f"first day {plain(first)} + {plain(then)} = {plain(first + then)} mg"
    dose = as_needed(bare, then, 12, first + then, int(limits["suzetrigine_days"]), worked, text)
    return replace(dose, first_amount=first)


def opioid_combination(amount: str, most: str) -> Dosing:
    """ADA 2024, adults: the lowest dose of the opioid with acetaminophen 325 mg, for three days at most."""
    single = fixed(amount, 6, most, "opioid_course_days", "5 mg × 4 = 20 mg a day")

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


ACUTE_DOSES: dict[str, Dosing] = {
    "ibuprofen": ibuprofen,
    "naproxen": naproxen,
    "celecoxib": fixed("celecoxib_mg", 12, "celecoxib_day_mg", None, "200 mg × 2 = 400 mg a day"),
    "diclofenac": fixed("diclofenac_mg", 8, "diclofenac_day_mg", None, "50 mg × 3 = 150 mg a day"),
    "suzetrigine": suzetrigine,
    "hydrocodone": opioid_combination("hydrocodone_mg", "hydrocodone_day_mg"),
    "oxycodone": opioid_combination("oxycodone_mg", "oxycodone_day_mg"),
}
