"""Low-dose naltrexone: off-label, compounded, for chronic pain after guideline care, and dangerous with any opioid.

Sources: naltrexone label; review of Hatfield 2020 and its news release; trial NCT04270877; SPAQI 2021 for operations.
"""

from __future__ import annotations

from decimal import Decimal

from ...alcohol import active_alcohol_use_disorder, drinks_per_day
from ...case import Case, Limits
from ...findings import NO, YES, Because, Finding, all_of, any_of, no, opposite, unknown, yes
from ...liver import advanced_liver_disease, child_pugh, cirrhosis_without_a_class, liver_enzymes
from ...medicines import Taken
from ...quantities import Reading
from ..daily.daily_amounts import IN_MG
from ..opioids.addiction_treatment import on_addiction_treatment
from ..prescription import Ingredient

# Full, partial and mixed agonists carry the class tag; eluxadoline acts on the same receptor in the bowel.
OPIOIDS = frozenset({"opioid", "eluxadoline"})
ANTIDIARRHEAL = "opioid_antidiarrhoeal"


def naltrexone_with_opioid(case: Case, limits: Limits) -> Finding:
    """An opioid is taken from any source, or is proposed."""
    listed = case.medicines.answer_for(case.medicines.holding(OPIOIDS), "opioid_active")
    return any_of(
        case.told("opioid_active", listed),
        *_proposed_opioids(case),
        case.has("nonprescribed_opioid_like"),
        on_addiction_treatment(case),
        _loperamide_above_the_label(case, limits),
    )


def _proposed_opioids(case: Case) -> list[Finding]:
    """The proposed opioids that are set aside while naltrexone is judged in their place: they would still meet it."""
    parts = (part for prescription in case.proposed_beside for part in prescription.ingredients)
    return [yes(Because("opioid_active", p.name, "proposed", case.on)) for p in parts if "opioid" in p.classes]


def naltrexone_with_opioid_use_disorder(case: Case, limits: Limits) -> Finding:
    """The patient has or had an opioid use disorder, or gets methadone or buprenorphine against one."""
    return any_of(case.has("opioid_use_disorder"), on_addiction_treatment(case))


def naltrexone_after_positive_opioid_test(case: Case, limits: Limits) -> Finding:
    """Withdrawal, a urine test or an antidote test shows that opioids are still in the body."""
    return case.has("opioid_withdrawal_or_positive_urine")


def naltrexone_before_surgery(case: Case, limits: Limits) -> Finding:
    """An operation that is likely to need opioids is planned within the coming days."""
    fact = "planned_surgery_date"
    planned, because = case.facts.day_of(fact)
    if planned is None:
        return case.has(fact) if case.facts.stated(fact) else unknown(because)
    days = Reading(Decimal((planned.first - case.on).days), Decimal((planned.last - case.on).days), (because,))
    return days.from_to(Decimal(0), limits["ldn_surgery_days"])


def naltrexone_with_failing_liver(case: Case, limits: Limits) -> Finding:
    """Acute hepatitis, liver failure, advanced cirrhosis, or cirrhosis of which nobody knows how advanced it is."""
    return any_of(case.has("acute_hepatitis"), advanced_liver_disease(case), cirrhosis_without_a_class(case))


def naltrexone_with_damaged_liver(case: Case, limits: Limits) -> Finding:
    """Cirrhosis of class A, or liver enzymes of three to five times the upper limit."""
    enzymes = liver_enzymes(case).from_to(limits["ldn_alt_ast_low"], limits["ldn_alt_ast_high"])
    return any_of(child_pugh(case, "A"), enzymes)


def naltrexone_for_acute_pain(case: Case, limits: Limits) -> Finding:
    """The pain is acute: the medicine takes weeks."""
    return case.acute_dental_pain()


def naltrexone_in_pregnancy_or_breastfeeding(case: Case, limits: Limits) -> Finding:
    """The patient is pregnant or breastfeeding."""
    return any_of(case.has("pregnant"), case.has("breastfeeding"))


def naltrexone_with_transplant_or_immune_treatment(case: Case, limits: Limits) -> Finding:
    """The patient has a transplant, weakened defenses, or an immunotherapy against cancer."""
    return any_of(
        case.has("organ_transplant"),
        case.has("immunosuppression"),
        case.has("transplant_immunosuppressant"),
        case.has("calcineurin_inhibitor"),
        case.has("checkpoint_inhibitor"),
    )


def naltrexone_with_regular_drinking(case: Case, limits: Limits) -> Finding:
    """An alcohol use disorder is active, or three drinks a day are usual; a disorder in remission is asked about."""
    active = active_alcohol_use_disorder(case)
    drinks = drinks_per_day(case, limits["alcohol_heavy"]).at_least(limits["alcohol_heavy"])
    overcome = active.answer is NO and case.has("alcohol_use_disorder").answer is YES
    asked = (unknown(Because("alcohol_use_disorder", None, b.source, b.date)) for b in active.because if overcome)
    return any_of(active, drinks, *asked)


def naltrexone_with_some_alcohol(case: Case, limits: Limits) -> Finding:
    """The patient drinks alcohol, less than three drinks a day."""
    drinks = drinks_per_day(case, limits["alcohol_heavy"])
    return all_of(drinks.above(Decimal(0)), drinks.below(limits["alcohol_heavy"]))


def naltrexone_with_mood_disorder(case: Case, limits: Limits) -> Finding:
    """Depression, psychosis, or thoughts of suicide."""
    return any_of(case.has("depression"), case.has("psychosis"), case.has("suicidality"))


def naltrexone_with_weak_kidneys(case: Case, limits: Limits) -> Finding:
    """The kidneys clear the metabolite too slowly."""
    return case.kidney_function().below(limits["ldn_egfr"])


def naltrexone_under_18(case: Case, limits: Limits) -> Finding:
    """The patient is a minor."""
    return case.age().below(limits["adult_age"])


def naltrexone_above_low_dose(case: Case, limits: Limits) -> Finding:
    """The dose a day is above every low dose that was studied."""
    prescription = case.judged.prescription
    part = prescription.strength_of("naltrexone") if prescription is not None else None
    units = prescription.units_per_day_max if prescription is not None else None
    return _mg_per_day("naltrexone_mg_per_day", part, units).above(limits["ldn_dose_max_mg"])


def naltrexone_before_first_line_care(case: Case, limits: Limits) -> Finding:
    """Nobody recorded that the care which guidelines put first was tried."""
    return opposite(case.has("first_line_care_tried"))


def naltrexone_with_opioid_antidiarrheal(case: Case, limits: Limits) -> Finding:
    """An antidiarrheal that acts as an opioid is taken: diphenoxylate, difenoxin, or loperamide beyond its label."""
    found = case.medicines.holding(frozenset({"diphenoxylate", "difenoxin"}))
    listed = case.medicines.answer_for(found, ANTIDIARRHEAL)
    return case.told(ANTIDIARRHEAL, any_of(listed, _loperamide_above_the_label(case, limits)))


def _loperamide_above_the_label(case: Case, limits: Limits) -> Finding:
    """Loperamide, all products together, above its label, where it acts as an opioid in the whole body."""
    amounts = [_taken_mg(*hit) for hit in case.medicines.holding(frozenset({"loperamide"}))]
    if not amounts:
        return no(Because(ANTIDIARRHEAL, False, "no loperamide on the list"))
    total = sum((amount.value or Decimal(0) for amount in amounts), Decimal(0))
    unread = tuple(fact for amount in amounts if not amount.known for fact in amount.facts)
    facts = (Because(ANTIDIARRHEAL, total or None, "worked out from the prescriptions"), *unread)
    return Reading(total, None if unread else total, facts).above(limits["loperamide_label_mg"])


def _taken_mg(taken: Taken, part: Ingredient) -> Reading:
    return _mg_per_day(ANTIDIARRHEAL, part, taken.prescription.units_per_day_max)


def _mg_per_day(fact: str, part: Ingredient | None, units_per_day: Decimal | None) -> Reading:
    if part is None or part.strength is None or part.unit not in IN_MG or units_per_day is None:
        return Reading.nothing(Because(fact, None, "prescription"))
    amount = part.strength * IN_MG[part.unit] * units_per_day
    return Reading.exactly(amount, Because(fact, amount, "prescription"))
