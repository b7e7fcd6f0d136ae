"""Methadone and buprenorphine: against opioid use disorder, or against pain, as brand, form, strength or words show.

Sources: CDC 2022, recommendation 12; US labels of Belbuca, Butrans, Buprenex (pain) and of Suboxone and its like.
"""

from __future__ import annotations

from decimal import Decimal

from ...case import Case
from ...findings import UNKNOWN, YES, Answer, Because, Finding, any_of, no, unknown, yes
from ...medicines import Taken
from ..prescription import Ingredient, Prescription

Hit = tuple[Taken, Ingredient]

PAIN_AT_MOST_MG = Decimal("0.9")  # the strongest film against pain holds 900 mcg; against addiction it begins with 2 mg
IN_MG = {"mg": Decimal(1), "mcg": Decimal("0.001"), "mg/mL": Decimal(1)}


def treats_addiction(case: Case, prescription: Prescription) -> Finding:
    """Is this opioid a treatment of addiction? Without a hint, methadone and buprenorphine are what was said."""
    medicine = next((part for part in prescription.ingredients if "moud" in part.classes), None)
    if medicine is None:
        return no(Because("moud", False, "prescription"))
    if prescription.addiction_treatment:
        return yes(Because("moud", medicine.name, "prescription"))
    if _labeled_for_pain(prescription, medicine):
        return no(Because("moud", f"{medicine.name} for pain", "prescription"))
    return case.facts.finding("moud") if case.facts.stated("moud") else unknown(Because("moud", None, "prescription"))


def _labeled_for_pain(prescription: Prescription, medicine: Ingredient) -> bool:
    if medicine.unit == "mcg/h":
        return True
    mg = IN_MG.get(medicine.unit, Decimal(0)) * (medicine.strength or Decimal(0))
    return medicine.name == "buprenorphine" and len(prescription.ingredients) == 1 and 0 < mg <= PAIN_AT_MOST_MG


def opioids_by_purpose(case: Case, purpose: Answer) -> tuple[Hit, ...]:
    """The opioids beside the one judged that treat addiction (YES), treat something else (NO), or may do so."""
    held = case.medicines.holding(frozenset({"opioid"}))
    return tuple(hit for hit in held if treats_addiction(case, hit[0].prescription).answer is purpose)


def of_unknown_purpose(case: Case) -> tuple[Finding, ...]:
    """One unknown for each methadone or buprenorphine beside the one judged that may treat addiction."""
    hits = opioids_by_purpose(case, UNKNOWN)
    return tuple(unknown(Because("moud", None, taken.source, taken.date)) for taken, _ in hits)


def on_addiction_treatment(case: Case) -> Finding:
    """Does the patient get methadone or buprenorphine against addiction, from a clinic too?"""
    judged = case.judged.prescription
    listed = case.medicines.answer_for(opioids_by_purpose(case, YES), "moud")
    itself = () if judged is None else (treats_addiction(case, judged),)
    return case.told("moud", any_of(listed, *of_unknown_purpose(case), *itself))
