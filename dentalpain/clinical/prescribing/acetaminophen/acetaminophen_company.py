"""Medicines that acetaminophen should meet with care: warfarin, and what makes the liver turn it into poison faster.

Sources: US labels of warfarin and acetaminophen; trials of the INR under both.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import Because, Finding, all_of
from ...quantities import Reading
from .acetaminophen_safety import total_acetaminophen

INDUCERS = "apap_hepatotoxic_inducer"
# Fosphenytoin becomes phenytoin in the body, and primidone phenobarbital.
BECOMING_INDUCERS = ("fosphenytoin", "primidone")
NAMED_INDUCERS = ("isoniazid", "carbamazepine", "phenytoin", "phenobarbital", "rifampin")


def acetaminophen_with_warfarin(case: Case, limits: Limits) -> Finding:
    """The patient takes warfarin, and would take much acetaminophen for days."""
    total = total_acetaminophen(case).at_least(limits["acetaminophen_warfarin_mg"])
    return all_of(case.has("warfarin"), total, _days(case).at_least(limits["acetaminophen_warfarin_days"]))


def _days(case: Case) -> Reading:
    """Days of acetaminophen: those of what is judged; another product may go on for longer."""
    own = case.days_supply()
    if case.totals.acetaminophen_products <= 1:
        return own
    longer = Because("acetaminophen_days", None, "another product may go on for longer", case.on)
    return Reading(own.low, None, (*own.facts, longer))


def acetaminophen_with_enzyme_inducer(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine under which acetaminophen is harder on the liver."""
    return case.told(INDUCERS, case.takes(INDUCERS, *NAMED_INDUCERS, *BECOMING_INDUCERS))
