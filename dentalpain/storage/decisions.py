"""The report of decisions on alerts: counts by rule and reason, and nobody in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .port import AssessmentStore

ONE_DAY = dt.timedelta(days=1)


def report(store: AssessmentStore, first: dt.date, last: dt.date) -> dict[str, Any]:
    """The decisions from the first day to the last, both included, in UTC; `reason` is a code, "in_words" or None."""
    end = last + ONE_DAY if last < dt.date.max else last
    found = store.decision_counts(first, end)
    decisions = [{"rule": d.rule, "outcome": d.outcome, "reason": d.reason, "count": d.count} for d in found]
    return {"from": first.isoformat(), "to": last.isoformat(), "decisions": decisions}
