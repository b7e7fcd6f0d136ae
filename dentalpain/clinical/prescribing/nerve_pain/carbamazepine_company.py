"""Medicines that carbamazepine should not meet: it speeds up the liver, and some slow down how it leaves.

Source: US labels of carbamazepine and oxcarbazepine, and of the medicines that they weaken.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import NO, Because, Finding, any_of, no, unknown
from ..any_medicine.maoi import maoi_now_or_lately


def carbamazepine_with_maoi(case: Case, limits: Limits) -> Finding:
    """An MAO inhibitor is taken, or was stopped within two weeks."""
    return maoi_now_or_lately(case, limits)


def carbamazepine_with_nefazodone(case: Case, limits: Limits) -> Finding:
    """The patient takes nefazodone, or an HIV medicine that the label names with it."""
    return case.has("nefazodone_or_delavirdine")


def carbamazepine_with_3a4_inhibitor(case: Case, limits: Limits) -> Finding:
    """A medicine slows the enzyme that clears carbamazepine, as some dental antibiotics and antifungals do."""
    return any_of(case.has("cyp3a4_inhibitor_strong"), case.has("cyp3a4_inhibitor_moderate"))


def carbamazepine_with_hormonal_contraceptive(case: Case, limits: Limits) -> Finding:
    """The patient relies on birth control with hormones that act in the whole body."""
    return case.has("hormonal_contraceptive")


def carbamazepine_with_blood_thinner(case: Case, limits: Limits) -> Finding:
    """The patient takes warfarin, a newer blood thinner by mouth, or ticagrelor."""
    return any_of(case.has("doac"), case.has("warfarin"), case.has("ticagrelor"), _unnamed_blood_thinner(case))


def _unnamed_blood_thinner(case: Case) -> Finding:
    """A blood thinner that was told without its name; heparins on the list are not weakened."""
    told = case.facts.finding("anticoagulant")
    named = case.medicines.holding(frozenset({"anticoagulant"}))
    if named or told.answer is NO or not case.facts.stated("anticoagulant"):
        return no()
    return unknown(*(Because("doac", None, reason.source, reason.date) for reason in told.because))


def carbamazepine_with_vital_medicine(case: Case, limits: Limits) -> Finding:
    """A medicine against rejection, HIV, hepatitis C or cancer would lose its effect."""
    return any_of(
        case.has("calcineurin_inhibitor"), case.has("cyp3a_narrow_substrate"), case.has("weakened_by_carbamazepine")
    )
