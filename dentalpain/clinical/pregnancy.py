"""Pregnancy and its weeks, as far as they are known today."""

from __future__ import annotations

from decimal import Decimal

from .case import Case
from .facts import Facts, shown
from .findings import UNKNOWN, Because, Finding, no, yes
from .quantities import PartialDate, Reading
from .record import Span, Statement

WEEKS = "gestational_age_weeks"
LONGEST_WEEKS = 42  # two weeks past the due date the pregnancy has ended, whatever the record says


def pregnant(case: Case) -> Finding:
    """Is the patient pregnant? Weeks that somebody counted, and that have not run out, say so too.

    They stand above what is only assumed from age or sex: a pregnant patient may be recorded as male.
    """
    known = case.has("pregnant")
    weeks = weeks_of_gestation(case)
    nobody_said_no = known.answer is UNKNOWN or not case.facts.stated("pregnant")
    return yes(*weeks.facts) if nobody_said_no and weeks.known else known


def possibly_pregnant(case: Case) -> Finding:
    """Is the patient pregnant, or did somebody record that she may be?"""
    known = pregnant(case)
    suspected = any(s.value is True and not s.certain for s in case.facts.stated("pregnant"))
    if known.answer is UNKNOWN and suspected:
        return yes(*known.because, presumed=True)
    return known


def weeks_of_gestation(case: Case) -> Reading:
    """Completed weeks of pregnancy today: the weeks of the newest statement, and those gone by since."""
    return weeks_told(case.facts)


def weeks_told(facts: Facts) -> Reading:
    """The same, of the facts alone."""
    for statement in facts.stated(WEEKS):
        if isinstance(statement.value, Decimal | Span) and statement.certain:
            return _counted_on(facts, statement, statement.value, statement.date)
    return Reading.nothing(Because(WEEKS, None))


def _counted_on(facts: Facts, statement: Statement, value: Decimal | Span, told: PartialDate | None) -> Reading:
    span = value if isinstance(value, Span) else Span(value, value)
    if told is None:
        return Reading.nothing(Because(WEEKS, shown(span), statement.source, None, stale=True))
    low = None if span.low is None else _later(span.low, (facts.on - told.last).days)
    high = None if span.high is None else _later(span.high, (facts.on - told.first).days)
    if low is not None and low > LONGEST_WEEKS:
        return Reading.nothing(Because(WEEKS, shown(span), statement.source, told.last, stale=True))
    today = shown(Span(low, high, span.below_high))
    source = statement.source if told.last == facts.on else f"{statement.source}: {shown(span)} wk on {told}"
    return Reading(low, high, (Because(WEEKS, today, source, told.last),), below_high=span.below_high)


def _later(weeks: Decimal, days: int) -> Decimal:
    return (weeks * 7 + days) // 7


def weeks_leave_open(case: Case, *limits: Decimal) -> Finding:
    """Is it open whether the pregnancy has reached one of these weeks, because they are not known well enough?"""
    weeks = weeks_of_gestation(case)
    if any(weeks.at_least(limit).answer is UNKNOWN for limit in limits):
        return yes(Because(WEEKS, None), presumed=True)
    return no(*weeks.facts)
