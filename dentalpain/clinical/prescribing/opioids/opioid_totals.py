"""How much opioid in all, how much to begin with, how many days, and what the total lacks.

Sources: CDC 2022 (recommendations 4 and 6), CDC 2016, the decision support that carries both.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import UNKNOWN, Because, Finding, all_of, no, unknown, yes
from .opioid_amounts import TOTAL, of_all_opioids, opioid_naive


def opioid_total_from_90(case: Case, limits: Limits) -> Finding:
    """All opioids together reach a total that is very high for acute dental pain."""
    return of_all_opioids(case, case.totals.mme.at_least(limits["mme_very_high"]))


def opioid_start_above_30(case: Case, limits: Limits) -> Finding:
    """Somebody who is not used to opioids would begin above the usual range; whoever takes none has no other amount."""
    if not case.judged.proposed:
        return no(Because("opioid_naive", False, "taken already"))
    amount = case.totals.mme.above(limits["mme_start"])
    if amount.answer is UNKNOWN:
        amount = unknown(*amount.because, Because("proposed_mme_per_day", None, "an amount that cannot be read"))
    return all_of(opioid_naive(case, limits["opioid_naive_days"]), amount)


def opioid_beyond_seven_days(case: Case, limits: Limits) -> Finding:
    """An opioid for acute pain lasts longer than a week."""
    return all_of(case.acute_dental_pain(), case.days_supply().above(limits["opioid_days_acute"]))


def opioid_total_is_a_minimum(case: Case, limits: Limits) -> Finding:
    """An opioid of the order or of the list has no factor, or an amount that cannot be read."""
    left_out = case.totals.mme_not_counted
    if left_out:
        return yes(*(Because(TOTAL, f"{name} not counted", "worked out from the prescriptions") for name in left_out))
    silence = case.medicines.silence("opioid_active")
    if case.medicines.holding(frozenset({"opioid"})) or not case.judged.proposed:
        return silence  # what was said of an opioid is about the one that was counted
    return case.told("opioid_active", silence)
