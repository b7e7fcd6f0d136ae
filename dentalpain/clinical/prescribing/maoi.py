"""An MAO inhibitor that is taken, or whose effect has not worn off: the enzyme needs two weeks to grow back.

Linezolid and methylene blue inhibit it too and count. Sources: MAO inhibitor labels; linezolid and methylene blue labels.
"""

from __future__ import annotations

import datetime as dt

from ..case import Case, Limits
from ..findings import NO, UNKNOWN, Because, Finding, any_of, no, unknown, yes
from ..record import Medicine, Standing

TAKEN, STOPPED = "maoi", "last_maoi_date"


def maoi_now_or_lately(case: Case, limits: Limits) -> Finding:
    """Is an MAO inhibitor taken, or was one stopped within `maoi_washout_days`? The last of these days still counts."""
    days = int(limits["maoi_washout_days"])
    return any_of(_taken(case, days), *_told_stop(case, days), *_recorded_stops(case, days))


def _taken(case: Case, days: int) -> Finding:
    """Taken now? A stop that somebody told lately, and that lies back far enough, answers where the list cannot."""
    now, told = case.has(TAKEN), case.facts.day_of(STOPPED)[1]
    fresh = told.date is not None and (case.on - told.date).days <= days
    return no(told) if now.answer is UNKNOWN and told.value is not None and fresh else now


def _told_stop(case: Case, days: int) -> tuple[Finding, ...]:
    day, because = case.facts.day_of(STOPPED)
    return () if day is None else (_within(case, day.last, days, because),)


def _recorded_stops(case: Case, days: int) -> tuple[Finding, ...]:
    """Every MAO inhibitor of the past on the list; one without an end is open until somebody says when it was."""
    tags = case.facts.definition(TAKEN).classes
    past = (m for m in case.facts.record.medicines if m.standing is Standing.PAST and m.prescription.tags & tags)
    answered = bool(case.facts.stated(STOPPED)) or case.facts.finding(TAKEN).answer is NO
    return tuple(_recorded_stop(case, medicine, days, answered) for medicine in past)


def _recorded_stop(case: Case, medicine: Medicine, days: int, answered: bool) -> Finding:
    if medicine.end is not None:
        return _within(case, medicine.end.last, days, Because(STOPPED, str(medicine.end), medicine.source))
    undated = Because(STOPPED, None, medicine.source)
    return no(undated) if answered else unknown(undated)


def _within(case: Case, last: dt.date, days: int, because: Because) -> Finding:
    return yes(because) if (case.on - last).days <= days else no(because)
