"""What the labels of single NSAIDs forbid: celecoxib after a sulfa allergy, ketorolac in many, aspirin in the young.

Sources: US labels of celecoxib and aspirin; boxed warning of ketorolac.
"""

from __future__ import annotations

from decimal import Decimal

from ...allergies import allergic_to
from ...case import Case, Limits, proved_by
from ...findings import YES, Finding, any_of, no
from .nsaid_conditions import nsaid_with_bleeding_disorder
from .nsaid_exceptions import is_once_daily_aspirin, unless_local
from .nsaid_label_maximum import NOT_BY_MOUTH
from .nsaid_maximum import sig_of
from .nsaid_safety import (
    nsaid_after_bypass_surgery,
    nsaid_after_ulcer_or_bleeding,
    nsaid_with_active_ulcer_or_bleeding,
    nsaid_with_anticoagulant,
    nsaid_with_severe_kidney_disease,
)

FIRST_DAY = Decimal(1)  # a course of no days was not begun by injection
SULFONAMIDES = ("sulfamethoxazole", "sulfasalazine", "sulfadiazine")


def celecoxib_with_sulfonamide_allergy(case: Case, limits: Limits) -> Finding:
    """The patient reacted to a sulfa medicine as to an allergen."""
    return allergic_to(case, "sulfonamide_allergy", *SULFONAMIDES)


@unless_local
def ketorolac_contraindicated(case: Case, limits: Limits) -> Finding:
    """Anything that the boxed warning of ketorolac names: bleeding, kidneys, company, age, or the course itself."""
    return any_of(
        nsaid_with_active_ulcer_or_bleeding(case, limits),
        nsaid_after_ulcer_or_bleeding(case, limits),
        case.has("intracranial_bleed_history"),
        nsaid_with_bleeding_disorder(case, limits),
        nsaid_with_anticoagulant(case, limits),
        case.has("nsaid_systemic"),
        case.has("aspirin_low_dose"),
        case.has("probenecid_or_pentoxifylline"),
        nsaid_with_severe_kidney_disease(case, limits),
        case.has("dehydration"),
        case.has("labour_now"),
        nsaid_after_bypass_surgery(case, limits),
        case.age().below(limits["ketorolac_min_age"]),
        _course_too_long(case, limits),
    )


def _course_too_long(case: Case, limits: Limits) -> Finding:
    """Does the course last too long, or do tablets begin it? Whoever tells its days says that an injection came first."""
    days, told = limits["ketorolac_course_days"], case.number("ketorolac_course")
    written, course = case.days_supply().above(days), told.above(days)
    if sig_of(case).form in NOT_BY_MOUTH:
        return proved_by(written, course)
    return proved_by(any_of(course, told.below(FIRST_DAY)), written)


def aspirin_for_a_young_person(case: Case, limits: Limits) -> Finding:
    """The patient is of an age at which aspirin can bring on Reye syndrome; the heart's daily dose is not meant."""
    low_dose = is_once_daily_aspirin(case.judged.prescription, limits["aspirin_low_dose_mg"])
    if low_dose is YES and not case.judged.proposed:
        return no()
    return case.age().below(limits["aspirin_min_age"])
