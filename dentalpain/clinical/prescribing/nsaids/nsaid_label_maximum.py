"""Too much of an NSAID other than ibuprofen and naproxen in a day, all products together.

Source: US label of each medicine. Ibuprofen and naproxen: nsaid_maximum.py.
"""

from __future__ import annotations

from decimal import Decimal

from ...case import Case, Limits
from ...findings import Because, Finding, any_of, no
from ...quantities import Reading
from .nsaid_exceptions import unless_local
from .nsaid_maximum import first_day_alone, sig_of, total_of_all_products

# The limit of each ingredient; where a label allows more on the first day, the limit of that day stands beside it.
DAILY = {
    "aspirin": "aspirin_max_mg",
    "celecoxib": "celecoxib_max_mg",
    "diclofenac": "diclofenac_max_mg",
    "etodolac": "etodolac_max_mg",
    "ketoprofen": "ketoprofen_max_mg",
    "ketorolac": "ketorolac_oral_max_mg",
    "meloxicam": "meloxicam_max_mg",
}
FIRST_DAY = {"celecoxib": "celecoxib_first_day_mg", "diclofenac": "diclofenac_potassium_first_day_mg"}
# The label of ketorolac has a maximum of its own for injections and for the nasal spray.
NOT_BY_MOUTH = frozenset({"injection", "spray"})
ZERO = Decimal(0)


@unless_local
def nsaid_over_label_maximum(case: Case, limits: Limits) -> Finding:
    """The patient would take more of this NSAID in a day than its label allows."""
    sig = sig_of(case)
    return any_of(*(_over(case, name, limits) for name in DAILY if sig.strength_of(name) is not None))


def _over(case: Case, name: str, limits: Limits) -> Finding:
    if name == "ketorolac" and sig_of(case).form in NOT_BY_MOUTH:
        return no()
    first = name in FIRST_DAY and _larger_first_day(case, name)
    return _total(case, name).above(limits[FIRST_DAY[name] if first else DAILY[name]])


def _total(case: Case, name: str) -> Reading:
    if name == "aspirin":
        return total_of_all_products(case, case.totals.aspirin_mg, name)
    counted = case.totals.other_nsaids_mg.get(name)
    if counted is None:
        counted = Reading.exactly(ZERO, Because(f"total_{name}_mg_per_day", ZERO, "no dose is written yet", case.on))
    return total_of_all_products(case, counted, name)


def _larger_first_day(case: Case, name: str) -> bool:
    """Diclofenac has a larger first day as the potassium salt alone."""
    part = sig_of(case).strength_of(name)
    return first_day_alone(case) and (name != "diclofenac" or (part is not None and part.salt == "diclofenac potassium"))
