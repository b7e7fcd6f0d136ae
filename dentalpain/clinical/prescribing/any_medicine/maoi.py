"""An MAO inhibitor that is taken, or whose effect has not worn off: the enzyme needs two weeks to grow back.

Linezolid and methylene blue inhibit it too and count. Sources: MAO inhibitor labels; linezolid and methylene blue labels.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import Finding
from .stopped_lately import taken_or_stopped_within

TAKEN, TYPE_A, STOPPED = "maoi", "mao_a_inhibitor", "last_maoi_date"


def maoi_now_or_lately(case: Case, limits: Limits) -> Finding:
    """Is an MAO inhibitor taken, or was one stopped within `maoi_washout_days`? The last of these days still counts."""
    return taken_or_stopped_within(case, TAKEN, STOPPED, int(limits["maoi_washout_days"]))


def mao_a_inhibitor_now_or_lately(case: Case, limits: Limits) -> Finding:
    """The same of the inhibitors that act on type A; a told stop counts whatever the type, which nobody names."""
    return taken_or_stopped_within(case, TYPE_A, STOPPED, int(limits["maoi_washout_days"]))
