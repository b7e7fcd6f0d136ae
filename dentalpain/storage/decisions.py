"""The report of decisions on alerts: counts by rule and reason, how often each rule spoke, and nobody in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .port import AssessmentStore, DecisionCount, ShownCount

ONE_DAY = dt.timedelta(days=1)
# The cell size policy of the US Centers for Medicare & Medicaid Services: no cell from 1 to 10, and none that can be worked out.
SMALLEST_SHOWN = 11


def report(store: AssessmentStore, first: dt.date, last: dt.date, *, withhold_small: bool = False) -> dict[str, Any]:
    """The decisions from the first day to the last, both included, in UTC; `reason` is a code, "in_words" or None.

    `shown`: for how many patients and days each rule spoke in kept assessments, and the share that was decided against.
    With `withhold_small` counts from 1 to 10 are None, and all from which they could be worked out; `withheld` counts them.
    """
    end = last + ONE_DAY if last < dt.date.max else last
    decided, spoken = store.decision_counts(first, end), store.shown_counts(first, end)
    small = {one.rule for one in decided if _is_small(one.count)} if withhold_small else set()
    decisions = [_decision(one, withhold_small) for one in decided]
    shown = [_rate(one, withhold_small, one.rule in small) for one in spoken]
    withheld = sum(value is None for one in decisions for value in (one["count"],))
    withheld += sum(one[name] is None for one in shown for name in ("shown", "overridden"))
    return {"from": first.isoformat(), "to": last.isoformat(), "decisions": decisions, "shown": shown, "withheld": withheld}


def _decision(one: DecisionCount, withhold: bool) -> dict[str, Any]:
    count = None if withhold and _is_small(one.count) else one.count
    return {"rule": one.rule, "outcome": one.outcome, "reason": one.reason, "count": count}


def _rate(one: ShownCount, withhold: bool, has_small_reason: bool) -> dict[str, Any]:
    """How often a rule spoke; of the decided share nothing where a part of it, or what is left of it, is small."""
    parts = (one.overridden, one.shown - one.overridden)
    hidden = withhold and (has_small_reason or _is_small(one.shown) or any(map(_is_small, parts)))
    told = {"overridden": None, "rate": None} if hidden else {"overridden": one.overridden, "rate": _share(one)}
    return {"rule": one.rule, "shown": None if withhold and _is_small(one.shown) else one.shown, **told}


def _share(one: ShownCount) -> float:
    return round(one.overridden / one.shown, 3)


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN
