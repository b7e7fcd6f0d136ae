"""Too much ibuprofen or naproxen in a day, for adults and for children by weight.

Sources: US labels; ADA 2023 and 2024; AAPD. Naproxen counts as the base: 220 mg of naproxen sodium are 200 mg.
"""

from __future__ import annotations

import re

from ...case import Case, Limits
from ...findings import UNKNOWN, Because, Finding, all_of, any_of, opposite
from ...quantities import Reading
from ..daily.by_weight import above_by_weight
from ..daily.hidden import hidden_product
from ..prescription import Prescription
from .nsaid_exceptions import FACT as TAKEN
from .nsaid_exceptions import unless_local

THEN = re.compile(r"\b(then|first|now|initial\w*|loading|stat|followed|day (1|one))\b", re.I)


@unless_local
def ibuprofen_over_maximum(case: Case, limits: Limits) -> Finding:
    """An adult would take more ibuprofen in a day than helps in dental pain."""
    total = total_of_all_products(case, case.totals.ibuprofen_mg, "ibuprofen")
    return all_of(_adult_dose_holds(case, limits), total.above(limits["ibuprofen_max_mg"]))


@unless_local
def ibuprofen_over_child_maximum(case: Case, limits: Limits) -> Finding:
    """A child under 50 kg would take more ibuprofen at once or in a day than fits the weight."""
    total = total_of_all_products(case, case.totals.ibuprofen_mg, "ibuprofen")
    single, weight = _single_dose(case, "ibuprofen"), case.number("weight_kg")
    return all_of(
        opposite(_adult_dose_holds(case, limits)),
        any_of(
            single.above(limits["ibuprofen_child_single_mg"]),
            above_by_weight(single, weight, limits["ibuprofen_child_single_mg_per_kg"]),
            above_by_weight(total, weight, limits["ibuprofen_child_max_mg_per_kg"]),
        ),
    )


@unless_local
def naproxen_over_maximum(case: Case, limits: Limits) -> Finding:
    """An adult would take more naproxen in a day than the label allows; the first day may hold a larger first dose."""
    total = total_of_all_products(case, case.totals.naproxen_base_mg, "naproxen")
    first_day, later = limits["naproxen_first_day_mg"], limits["naproxen_max_mg"]
    most = first_day if first_day_alone(case) else later
    return all_of(_adult_dose_holds(case, limits), total.above(most))


@unless_local
def naproxen_over_child_maximum(case: Case, limits: Limits) -> Finding:
    """A child under 50 kg would take more naproxen in a day than fits the weight."""
    total = total_of_all_products(case, case.totals.naproxen_base_mg, "naproxen")
    return all_of(
        opposite(_adult_dose_holds(case, limits)),
        any_of(
            total.above(limits["naproxen_max_mg"]),
            above_by_weight(total, case.number("weight_kg"), limits["naproxen_child_max_mg_per_kg"]),
        ),
    )


def _adult_dose_holds(case: Case, limits: Limits) -> Finding:
    """18 years or more, or 50 kg or more."""
    heavy = case.number("weight_kg").at_least(limits["nsaid_adult_dose_kg"])
    return any_of(case.age().at_least(limits["adult_age"]), heavy)


def total_of_all_products(case: Case, counted: Reading, name: str) -> Reading:
    """Milligrams a day from all products; open upward while another product may be taken that nobody wrote down."""
    hidden = hidden_product(case, TAKEN, case.medicines.of(case.facts.definition(TAKEN)))
    missing = hidden.because if hidden.answer is UNKNOWN else ()
    if counted.high is None and not missing:
        missing = (Because(counted.facts[0].fact, None, f"a product with {name} that cannot be read", case.on),)
    return Reading(counted.low, None, (*counted.facts, *missing)) if missing else counted


def _single_dose(case: Case, name: str) -> Reading:
    """The largest single dose of the medicine that is judged, in mg."""
    fact, sig = f"single_dose_{name}_mg", sig_of(case)
    part = sig.strength_of(name)
    if part is None or part.strength is None or sig.units_per_dose is None:
        return Reading.nothing(Because(fact, None, "prescription", case.on))
    amount = part.strength * sig.units_per_dose
    return Reading.exactly(amount, Because(fact, amount, "prescription", case.on))


def first_day_alone(case: Case) -> bool:
    """Whether the heaviest day is the first: a supply for one day, or a first dose unlike those that follow."""
    sig = sig_of(case)
    if sig.days_supply == 1:
        return True
    single, times, written = sig.units_per_dose, sig.doses_per_day, sig.units_per_day_written
    if single is None or times is None or written is None or single * times == written:
        return False
    return THEN.search(sig.text) is not None  # without such a word unlike doses, as morning and evening, repeat every day


def sig_of(case: Case) -> Prescription:
    """The sig of what is judged; an empty one for what is no medicine."""
    return case.judged.prescription or Prescription(case.judged.name)
