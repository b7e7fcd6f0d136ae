"""Doses for acute pain: by age, weight, liver and alcohol; none where a needed fact is unknown.

Figures are dated limits (knowledge/limits/doses.toml): adult doses of the ADA 2024 guideline and of labels, children
by weight of the ADA 2023 guideline and AAPD.
"""

from __future__ import annotations

from dataclasses import replace

from ...case import Limits
from ...facts import Facts
from ...findings import NO, YES, Finding, any_of
from ...kidney import kidney_function
from ...quantities import plain
from ..prescription import Prescription
from .dose import Dose, Dosing, as_needed, by_weight, fixed, is_adult, is_adult_by_dose

# The label's and FDA's cautions for heart and vessels; a caution for medicines that the kidneys work with.
VASCULAR = (
    "coronary_disease", "mi_recent", "mi_history", "coronary_stent_recent", "stroke_recent", "stroke_or_tia_history",
    "peripheral_vascular_disease",
)  # fmt: skip
PRESSURE_CLASSES = ("acei", "arb", "renin_inhibitor", "diuretic")


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
    sick = any_of(
        facts.finding("chronic_liver_disease"),
        facts.finding("cirrhosis"),
        facts.finding("cirrhosis_decompensated"),
        facts.finding("alcohol_use_disorder"),
        facts.reading("alcohol_drinks_per_day").at_least(limits["alcohol_heavy_drinks"]),
    )
    if adult.answer is NO:
        return by_weight(
            bare,
            facts,
            limits["acetaminophen_child_mg_per_kg"],
            limits["acetaminophen_full_mg"],
            6,
            limits[_child_day(facts, limits)],
            limits["acetaminophen_reduced_day_mg" if sick.answer is YES else "acetaminophen_day_mg"],
        )
    if adult.answer is not YES:
        return None
    reduced = any_of(sick, facts.reading("weight_kg").below(limits["dose_adult_kg"]))
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
    """Five days at most with an eGFR from 30 to 59 (KDIGO), diseased vessels or heart, or a medicine for blood pressure."""
    reduced = kidney_function(facts).below(limits["egfr_short_course"])
    short = any_of(reduced, vascular_disease(facts)).answer is YES or takes_class(facts, *PRESSURE_CLASSES)
    return int(limits["nsaid_short_course_days"]) if short else None


def vascular_disease(facts: Facts) -> Finding:
    """Are the arteries of heart, brain or legs diseased, or was there ever a heart attack, a stroke or a stent?"""
    return any_of(*(facts.finding(fact) for fact in VASCULAR))


def takes_class(facts: Facts, *classes: str) -> bool:
    """Whether a medicine of one of these classes stands on the list, or somebody said that one is taken."""
    listed = any(m.prescription.tags & set(classes) for m in facts.record.current())
    return listed or any(facts.stated(name) and facts.finding(name).answer is YES for name in classes)


def celecoxib(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """Label, adults: 200 mg every 12 hours; once a day where the vessels are diseased (FDA 2015: no more than 200 mg)."""
    if is_adult(facts, limits).answer is not YES:
        return None
    amount, days = limits["celecoxib_mg"], _nsaid_days(facts, limits)
    if vascular_disease(facts).answer is YES:
        return as_needed(bare, amount, 24, amount, days, f"{plain(amount)} mg a day and no more, for heart and vessels")
    most = limits["celecoxib_day_mg"]
    return as_needed(bare, amount, 12, most, days, f"{plain(amount)} mg × 2 = {plain(most)} mg a day")


def diclofenac(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """Label, adults: 50 mg of the potassium salt every 8 hours; none where the vessels are diseased."""
    if is_adult(facts, limits).answer is not YES or vascular_disease(facts).answer is YES:
        return None
    amount, most = limits["diclofenac_mg"], limits["diclofenac_day_mg"]
    worked = f"{plain(amount)} mg × 3 = {plain(most)} mg a day"
    return as_needed(bare, amount, 8, most, _nsaid_days(facts, limits), worked)


def suzetrigine(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """Label, adults: 100 mg on an empty stomach, then 50 mg every 12 hours; not studied beyond 14 days.

    With Child-Pugh class B or a moderate CYP3A inhibitor: after three doses of 50 mg, 50 mg once a day, in words alone.
    """
    if is_adult(facts, limits).answer is not YES:
        return None
    first, then = limits["suzetrigine_first_mg"], limits["suzetrigine_next_mg"]
    text = f"suzetrigine {plain(first)} mg once on an empty stomach, then {plain(then)} mg every 12 hours"
    worked = f"first day {plain(first)} + {plain(then)} = {plain(first + then)} mg"
    dose = as_needed(bare, then, 12, first + then, int(limits["suzetrigine_days"]), worked, text)
    if facts.choice("child_pugh_class")[0] == "B" or takes_class(facts, "cyp3a4_inhibitor_moderate"):
        text += f" for three doses, then {plain(then)} mg once a day"
        return replace(dose, text=text, amount=None, every_hours=None, max_per_day=None)
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
        text = f"{first.name} {plain(limits[amount])} mg with acetaminophen {plain(beside)} mg every 6 hours as needed"
        return replace(made, text=text, prescription=replace(made.prescription, ingredients=parts))

    return dose


ACUTE_DOSES: dict[str, Dosing] = {
    "ibuprofen": ibuprofen,
    "naproxen": naproxen,
    "celecoxib": celecoxib,
    "diclofenac": diclofenac,
    "suzetrigine": suzetrigine,
    "hydrocodone": opioid_combination("hydrocodone_mg", "hydrocodone_day_mg"),
    "oxycodone": opioid_combination("oxycodone_mg", "oxycodone_day_mg"),
}
