"""A medicine that is taken, or that was stopped so short a while ago that its effect has not worn off."""

from __future__ import annotations

import datetime as dt

from ...case import Case
from ...findings import NO, UNKNOWN, Because, Finding, any_of, no, unknown, yes
from ...record import Medicine, Standing


def taken_or_stopped_within(case: Case, taken: str, stopped: str, days: int) -> Finding:
    """Does the class `taken` hold now, or was it stopped within `days` days, the last of them held?

    `stopped` is the fact that names the day of the last dose.
    """
    return any_of(
        _taken(case, taken, stopped, days),
        *_told_stop(case, stopped, days),
        *_recorded_stops(case, taken, stopped, days),
    )


def _taken(case: Case, taken: str, stopped: str, days: int) -> Finding:
    """Taken now? A stop that somebody told lately, and that lies back far enough, answers where the list cannot."""
    now, told = case.has(taken), case.facts.day_of(stopped)[1]
    fresh = told.date is not None and (case.on - told.date).days <= days
    return no(told) if now.answer is UNKNOWN and told.value is not None and fresh else now


def _told_stop(case: Case, stopped: str, days: int) -> tuple[Finding, ...]:
    day, because = case.facts.day_of(stopped)
    return () if day is None else (_within(case, day.last, days, because),)


def _recorded_stops(case: Case, taken: str, stopped: str, days: int) -> tuple[Finding, ...]:
    """Every such medicine of the past on the list; one without an end is open until somebody says when it was."""
    definition = case.facts.definition(taken)
    tags = definition.ingredients or definition.classes
    past = (m for m in case.facts.record.medicines if m.standing is Standing.PAST and m.prescription.tags & tags)
    answered = bool(case.facts.stated(stopped)) or case.facts.finding(taken).answer is NO
    return tuple(_recorded_stop(case, medicine, stopped, days, answered) for medicine in past)


def _recorded_stop(case: Case, medicine: Medicine, stopped: str, days: int, answered: bool) -> Finding:
    if medicine.end is not None:
        return _within(case, medicine.end.last, days, Because(stopped, str(medicine.end), medicine.source))
    undated = Because(stopped, None, medicine.source)
    return no(undated) if answered else unknown(undated)


def _within(case: Case, last: dt.date, days: int, because: Because) -> Finding:
    return yes(because) if (case.on - last).days <= days else no(because)
