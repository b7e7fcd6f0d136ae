"""When acetaminophen would harm: too much from all products together, a sick liver, an allergy.

Sources: US over-the-counter and injection labels; AASLD guidance; FDA on combination products, 2011.
"""

from __future__ import annotations

from decimal import Decimal

from ...alcohol import drinks_per_day
from ...allergies import allergic_to
from ...case import Case, Limits, proved_by, special_case
from ...findings import NO, UNKNOWN, YES, Because, Finding, all_of, any_of, no, unknown
from ...liver import child_pugh
from ...quantities import Reading
from ..daily.by_weight import above_by_weight
from ..daily.hidden import hidden_product

TAKEN = "acetaminophen_current"
ACETAMINOPHEN = frozenset({"acetaminophen"})


def acetaminophen_over_maximum(case: Case, limits: Limits) -> Finding:
    """All products together exceed the daily maximum, by weight where the patient is light."""
    total = total_acetaminophen(case)
    return any_of(total.above(limits["acetaminophen_max_mg"]), _over_maximum_by_weight(case, total, limits))


def acetaminophen_over_three_grams(case: Case, limits: Limits) -> Finding:
    """All products together exceed what is taken without supervision, and not the maximum as far as is known."""
    total = total_acetaminophen(case)
    over_maximum = total.above(limits["acetaminophen_max_mg"])
    if over_maximum.answer is YES:
        return no(*over_maximum.because)
    return total.above(limits["acetaminophen_self_care_mg"])


def acetaminophen_with_liver_disease(case: Case, limits: Limits) -> Finding:
    """The patient has a lasting liver disease, or cirrhosis that nobody graded C."""
    graded_c = case.is_one_of("child_pugh_class", "C")
    cirrhosis = no(*graded_c.because) if graded_c.answer is YES else _cirrhosis(case)
    return any_of(case.has("chronic_liver_disease"), cirrhosis)


def acetaminophen_over_two_grams_with_liver_disease(case: Case, limits: Limits) -> Finding:
    """The patient has a lasting liver disease or cirrhosis of any class, and the day adds up to too much for it."""
    diseased = any_of(case.has("chronic_liver_disease"), _cirrhosis(case))
    return all_of(diseased, total_acetaminophen(case).above(limits["acetaminophen_liver_mg"]))


def acetaminophen_with_failing_liver(case: Case, limits: Limits) -> Finding:
    """The liver is acutely inflamed or fails; an advanced cirrhosis leaves failure open until somebody denies it."""
    failure = case.has("liver_failure")
    advanced = any_of(case.has("cirrhosis_decompensated"), case.is_one_of("child_pugh_class", "C"))
    if advanced.answer is YES and not case.facts.stated("liver_failure"):
        failure = unknown(Because("liver_failure", None), *advanced.because)
    return any_of(case.has("acute_hepatitis"), failure)


def acetaminophen_with_advanced_cirrhosis(case: Case, limits: Limits) -> Finding:
    """The cirrhosis has complications, or is of Child-Pugh class C."""
    complicated = special_case(case.has("cirrhosis"), case.has("cirrhosis_decompensated"))
    return any_of(complicated, child_pugh(case, "C"))


def acetaminophen_with_alcohol(case: Case, limits: Limits) -> Finding:
    """The patient drinks heavily every day, or has an active alcohol use disorder and nobody knows how much."""
    heavy = limits["alcohol_heavy"]
    return drinks_per_day(case, heavy).at_least(heavy)


def acetaminophen_over_two_grams_with_alcohol(case: Case, limits: Limits) -> Finding:
    """The patient drinks heavily every day, and the day adds up to too much acetaminophen for it."""
    total = total_acetaminophen(case).above(limits["acetaminophen_alcohol_mg"])
    return all_of(acetaminophen_with_alcohol(case, limits), total)


def second_acetaminophen_product(case: Case, limits: Limits) -> Finding:
    """Another product with acetaminophen is taken already, or stands in the same order."""
    return case.has(TAKEN)


def acetaminophen_allergy(case: Case, limits: Limits) -> Finding:
    """The patient reacted to acetaminophen as to an allergen."""
    return allergic_to(case, "acetaminophen_allergy", "acetaminophen")


def total_acetaminophen(case: Case) -> Reading:
    """Milligrams a day from all products; open upward while another product may be taken that nobody wrote down."""
    counted, missing = case.totals.acetaminophen_mg, beyond_the_list(case)
    if counted.high is None and not missing:
        missing = (Because("total_acetaminophen_mg_per_day", None, "a product whose amount cannot be read", case.on),)
    return Reading(counted.low, None, (*counted.facts, *missing)) if missing else counted


def beyond_the_list(case: Case) -> tuple[Because, ...]:
    """What leaves open how much acetaminophen is taken beyond the products that can be added up; empty: nothing.

    Whoever denies acetaminophen while the list holds Norco does not count such products: the denial proves nothing of others.
    """
    hidden = hidden_product(case, TAKEN, case.medicines.any_with(ACETAMINOPHEN, TAKEN))
    if hidden.answer is NO and any(not taken.proposed for taken, _ in case.medicines.holding(ACETAMINOPHEN)):
        hidden = case.medicines.silence(TAKEN)
    return () if hidden.answer is NO else hidden.because


def _over_maximum_by_weight(case: Case, total: Reading, limits: Limits) -> Finding:
    """Under 50 kg the maximum is 75 mg/kg a day, under two years 60 mg/kg."""
    light = light_patient(case, limits)
    if light.answer is NO:
        return light
    weight = case.number("weight_kg")
    infant = case.age().below(limits["acetaminophen_infant_age"])
    return all_of(
        light,
        any_of(
            above_by_weight(total, weight, limits["acetaminophen_mg_per_kg"]),
            all_of(infant, above_by_weight(total, weight, limits["acetaminophen_infant_mg_per_kg"])),
        ),
    )


def light_patient(case: Case, limits: Limits) -> Finding:
    """Is the patient under 50 kg? An adult nobody weighed counts as not; one who was light once has to be weighed."""
    weight, limit = case.number("weight_kg"), limits["acetaminophen_light_weight_kg"]
    light = weight.below(limit)
    once_light = any(isinstance(fact.value, Decimal) and fact.value < limit for fact in weight.facts)
    if light.answer is not UNKNOWN or once_light:
        return light
    adult = case.age().at_least(limits["adult_age"])
    return no(*adult.because) if adult.answer is YES else light


def _cirrhosis(case: Case) -> Finding:
    """Is the liver scarred? A class or a complication of cirrhosis proves it."""
    graded = case.is_one_of("child_pugh_class", "A", "B", "C")
    return proved_by(case.has("cirrhosis"), case.has("cirrhosis_decompensated"), graded)
