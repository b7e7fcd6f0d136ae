"""Too much tramadol in a day, or too often, for this patient. Source: US labels of tramadol tablets."""

from __future__ import annotations

from ...case import Case, Limits
from ...clearance import creatinine_clearance
from ...findings import Because, Finding, all_of, any_of
from ...liver import child_pugh, decompensated_without_a_class, scarred_liver
from ...quantities import Reading
from ..daily.amount_of_class import mg_per_day_of_all

TRAMADOL, TAKEN, AMOUNT = "tramadol", "tramadol_or_meperidine_or_tapentadol", "total_tramadol_mg_per_day"


def tramadol_over_maximum(case: Case, limits: Limits) -> Finding:
    """All tramadol together is more than age, kidneys or liver allow, or a long-acting tablet meets weak kidneys or liver."""
    total = tramadol_mg_per_day(case)
    weak = creatinine_clearance(case).below(limits["tramadol_crcl"])
    if is_extended_release(case):
        liver = any_of(child_pugh(case, "C"), decompensated_without_a_class(case))
        return any_of(total.above(limits["tramadol_er_max_mg"]), weak, liver)
    old = case.age().above(limits["tramadol_old_age"])
    return any_of(
        total.above(limits["tramadol_max_mg"]),
        all_of(old, total.above(limits["tramadol_old_max_mg"])),
        all_of(weak, over_the_kidney_dose(case, limits)),
        all_of(scarred_liver(case), total.above(limits["tramadol_liver_max_mg"])),
    )


def over_the_kidney_dose(case: Case, limits: Limits) -> Finding:
    """Is it more in a day, or more often, than weak kidneys allow?"""
    too_much = tramadol_mg_per_day(case).above(limits["tramadol_kidney_max_mg"])
    return any_of(too_much, _doses_per_day(case).above(limits["tramadol_kidney_doses"]))


def tramadol_mg_per_day(case: Case) -> Reading:
    """Milligrams a day of all tramadol, what is judged included; open upward where a product cannot be read."""
    return mg_per_day_of_all(case, TRAMADOL, TAKEN, AMOUNT)


def is_extended_release(case: Case) -> bool:
    """Whether what is judged releases its medicine slowly."""
    judged = case.judged.prescription
    return judged is not None and judged.extended_release_or_patch


def _doses_per_day(case: Case) -> Reading:
    judged = case.judged.prescription
    times = None if judged is None else judged.doses_per_day
    shown = None if times is None else f"{times} doses a day"
    return Reading(times, times, (Because(AMOUNT, shown, "prescription", case.on),))
