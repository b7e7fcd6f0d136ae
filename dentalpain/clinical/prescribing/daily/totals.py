"""What a day adds up to over all prescriptions, as readings that stay open where a part cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from ...case import DayTotals
from ...findings import Because
from ...medicines import LOCAL_FORMS
from ...quantities import Reading
from ..prescription import Prescription
from .daily_amounts import mg_per_day
from .equivalents import NOT_RECOGNISED, TREATMENT, Edition, MmeTotal, mme_total

WORKED_OUT = "worked out from the prescriptions"
OTHER_NSAIDS = frozenset({"celecoxib", "diclofenac", "ketorolac", "meloxicam", "etodolac", "ketoprofen"})


def day_totals(prescriptions: Sequence[Prescription], on: dt.date, edition: Edition) -> DayTotals:
    """MME and milligrams a day; a product that cannot be read or recognised leaves the upper end open."""
    mme = mme_total(prescriptions, (), edition)
    return DayTotals(
        mme=_reading("total_mme_per_day", mme.total, mme.is_minimum, on),
        acetaminophen_mg=_amount("acetaminophen", "total_acetaminophen_mg_per_day", prescriptions, on),
        ibuprofen_mg=_amount("ibuprofen", "total_ibuprofen_mg_per_day", prescriptions, on),
        naproxen_base_mg=_amount("naproxen", "total_naproxen_base_mg_per_day", prescriptions, on),
        aspirin_mg=_amount("aspirin", "total_aspirin_mg_per_day", prescriptions, on),
        acetaminophen_products=sum(p.strength_of("acetaminophen") is not None for p in prescriptions),
        arithmetic={"mme": mme.arithmetic},
        other_nsaids_mg=_other_nsaids(prescriptions, on),
        mme_not_counted=_not_counted(mme),
    )


def _not_counted(mme: MmeTotal) -> tuple[str, ...]:
    """The opioids that have no amount or no factor; what nobody recognised may be an opioid, but none is named."""
    return tuple(one.name for one in mme.not_counted if one.reason not in (TREATMENT, NOT_RECOGNISED))


def _other_nsaids(prescriptions: Sequence[Prescription], on: dt.date) -> dict[str, Reading]:
    """Milligrams a day of each further NSAID with a label maximum, products that act where they are put left out."""
    systemic = tuple(p for p in prescriptions if p.form not in LOCAL_FORMS)
    held = {part.name for p in systemic for part in p.ingredients} & OTHER_NSAIDS
    return {name: _amount(name, f"total_{name}_mg_per_day", systemic, on) for name in held}


def _amount(name: str, fact: str, prescriptions: Sequence[Prescription], on: dt.date) -> Reading:
    holding = [p for p in prescriptions if p.strength_of(name) is not None]
    readable = [amount for p in holding if (amount := mg_per_day(name, (p,))) is not None]
    open_end = len(readable) < len(holding) or any(not p.recognised for p in prescriptions)
    return _reading(fact, sum(readable, Decimal(0)), open_end, on)


def _reading(fact: str, total: Decimal | None, open_end: bool, on: dt.date) -> Reading:
    if total is None:
        return Reading(Decimal(0), None, (Because(fact, None, WORKED_OUT, on),))
    shown = f"{total} or more" if open_end else total
    return Reading(total, None if open_end else total, (Because(fact, None if open_end and not total else shown, WORKED_OUT, on),))
