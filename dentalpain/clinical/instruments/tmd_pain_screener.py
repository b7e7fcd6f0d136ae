"""TMD pain screener in both lengths (Gonzalez et al., J Am Dent Assoc 2011;142:1183-1191)."""

from __future__ import annotations

from ..case import Limits
from .instrument import Points, Score, sum_when_complete

SHORT = ("1", "2", "3A")
FULL = (*SHORT, "3B", "3C", "3D")


def tmd_pain_screener(points: Points, limits: Limits) -> Score:
    """The six items, 0 to 7 points; positive at the cut-off and above (scoring manual of 30 March 2021: SCR-2)."""
    return sum_when_complete(FULL, points, limits["tmd_screener_positive"])


def tmd_pain_screener_short(points: Points, limits: Limits) -> Score:
    """The first three items, 0 to 4 points; positive at the cut-off and above (scoring manual: SCR-3)."""
    return sum_when_complete(SHORT, points, limits["tmd_screener_short_positive"])
