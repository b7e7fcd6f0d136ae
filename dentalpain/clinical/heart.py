"""Heart attacks: whether one lies within so many days, read strictly where its day is not known."""

from __future__ import annotations

import datetime as dt

from .case import Case
from .findings import NO, UNKNOWN, YES, Answer, Because, Finding, any_of, no, unknown
from .quantities import PartialDate
from .record import Statement

RECENT, EVER = "mi_recent", "mi_history"


def heart_attack_within(case: Case, days: int) -> Finding:
    """Was there a heart attack within `days` days? One without a day is open until somebody says when it was.

    What was told of a recent one answers before an entry of the history, which may be the same attack.
    """
    told = any(statement.certain for statement in case.facts.stated(RECENT))
    events = [*_events(case, RECENT, days), *(() if told else _events(case, EVER, days))]
    found = case.has(RECENT)
    return any_of(*events) if found.answer is YES else any_of(found, *events)


def heart_attack_in_the_last_year(case: Case) -> Finding:
    """Was there a heart attack within the window of the fact, which is a year?"""
    return heart_attack_within(case, _year(case))


def _events(case: Case, fact: str, days: int) -> list[Finding]:
    told = (statement for statement in case.facts.stated(fact) if statement.value is True)
    return [_event(case, statement, days) for statement in told]


def _event(case: Case, event: Statement, days: int) -> Finding:
    """A history names the day of its telling: an old one rules out a late attack, a new or undated one leaves it open."""
    day = event.date.last if event.date else None
    late = _late(case, event, days)
    if late is NO:
        return no(Because(RECENT, False, event.source, day))
    doubtful = late is UNKNOWN or not event.certain
    return unknown(Because(RECENT, None, event.source, day)) if doubtful else case.has(RECENT)


def _late(case: Case, event: Statement, days: int) -> Answer:
    day = _when(case, event)
    if (case.on - day.last).days > days:
        return NO
    sure = event.fact == RECENT and (case.on - day.first).days <= days
    return YES if sure else UNKNOWN


def _when(case: Case, event: Statement) -> PartialDate:
    """The days on which it may have been: any where no day is known; within the year where the answer is today's."""
    if event.date is None or event.date.first != case.on:
        return event.date or PartialDate(dt.date.min, case.on)
    return PartialDate(case.on - dt.timedelta(days=_year(case)), case.on)


def _year(case: Case) -> int:
    return case.facts.definition(RECENT).stale_after_days or 0
