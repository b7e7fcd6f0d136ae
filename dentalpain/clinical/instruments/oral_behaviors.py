"""Oral Behaviors Checklist, 21 items (Ohrbach; bands of the appendices of the scoring manual of 30 March 2021)."""

from __future__ import annotations

from ..case import Limits
from .instrument import Points, Score, Tally, banded_sum

ITEMS = tuple(str(number) for number in range(1, 22))


def obc(points: Points, limits: Limits) -> Score:
    """The sum of all items, 0 to 84; no rule for blanks was published, so that one blank leaves it without a score."""
    return banded_sum(Tally(ITEMS, points), "none", (limits["obc_low"], "low"), (limits["obc_high"], "high"))
