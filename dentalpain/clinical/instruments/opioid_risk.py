"""ORT-OUD: risk of opioid use disorder before a long-term opioid (Cheatle 2019)."""

from __future__ import annotations

from ..case import Limits
from .instrument import Points, Score, Tally, banded_sum

ITEMS = tuple(str(number) for number in range(1, 10))


def ort_oud(points: Points, limits: Limits) -> Score:
    """One point for each of nine items; a blank leaves it without a score. It never blocks care."""
    high = limits["ort_oud_high"]
    return banded_sum(Tally(ITEMS, points), "low", (high, "high"), positive_from=high)
