"""PEG: pain, enjoyment of life and general activity over the last week (Krebs 2009)."""

from __future__ import annotations

from ..case import Limits
from .instrument import Points, Score, Tally, mean_score


def peg(points: Points, limits: Limits) -> Score:
    """The mean of the three ratings, 0 to 10; a blank leaves it without a score (design choice: no rule was published)."""
    return mean_score(Tally(("1", "2", "3"), points))
