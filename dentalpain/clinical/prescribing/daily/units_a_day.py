"""Units of an opioid in a day: as directed at the most, or quantity by days where no direction is written.

Source: the analytic file of the CDC divides the quantity by the days of supply where directions are missing.
"""

from __future__ import annotations

from decimal import Decimal

from ...quantities import plain
from ..prescription import Prescription


def is_average(prescription: Prescription) -> bool:
    """Whether nothing but quantity and days tells how much is taken."""
    return prescription.units_per_day_max is None and prescription.units_per_day_average is not None


def units_a_day(prescription: Prescription) -> Decimal | None:
    """Units on the heaviest day; without directions quantity by days, as in the analytic file of the CDC."""
    return prescription.units_per_day_average if is_average(prescription) else prescription.units_per_day_max


def shown_units(prescription: Prescription, units: Decimal) -> str:
    """The units as the working shows them."""
    if not is_average(prescription) or prescription.quantity is None or prescription.days_supply is None:
        return plain(units)
    return f"{plain(prescription.quantity)}/{plain(prescription.days_supply)} (quantity by days, no directions)"
