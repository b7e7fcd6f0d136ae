"""Milligrams a day of acetaminophen, ibuprofen, naproxen and aspirin, summed over all products at the most allowed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ...quantities import rounded
from ..prescription import Ingredient, Prescription

# 220 mg of naproxen sodium hold 200 mg of naproxen.
SODIUM_MG, BASE_MG = Decimal(220), Decimal(200)
IN_MG = {"mg": Decimal(1), "mg/mL": Decimal(1), "mcg": Decimal("0.001"), "mcg/mL": Decimal("0.001")}


def mg_per_day(name: str, prescriptions: Iterable[Prescription]) -> Decimal | None:
    """Mg a day of one ingredient over all products; 0 when none holds it, None when one that holds it cannot be read.

    Naproxen is given as the base. To a thousandth of a milligram.
    """
    total = Decimal(0)
    for prescription in prescriptions:
        part = prescription.strength_of(name)
        if part is None:
            continue
        amount = _amount(part, prescription)
        if amount is None:
            return None
        total += amount
    return rounded(total, "0.001").normalize() + Decimal(0)


def _amount(part: Ingredient, prescription: Prescription) -> Decimal | None:
    units = prescription.units_per_day_max
    if part.strength is None or units is None or part.unit not in IN_MG:
        return None
    amount = part.strength * IN_MG[part.unit] * units
    return amount * BASE_MG / SODIUM_MG if part.salt == "naproxen sodium" else amount
