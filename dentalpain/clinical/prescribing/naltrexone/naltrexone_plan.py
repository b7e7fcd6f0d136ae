"""A course of low-dose naltrexone as a calendar: from which day on, the steps, the visits, and the pause around surgery.

Sources: Hatfield 2020 (steps), naltrexone label (opioid-free days), SPAQI 2021 (72 hours). The fortnight before surgery
and the visits at 4, 8 and 12 weeks are design choices on the careful side. It takes for granted what the rules decide:
a day to start is no permission.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ...case import Case, Limits
from ...findings import NO, UNKNOWN, YES, Finding, no, yes
from ...quantities import PartialDate
from ..doses.dosing_chronic import naltrexone_steps
from .low_dose_naltrexone import naltrexone_before_surgery, naltrexone_with_opioid
from .naltrexone_washout import KINDS, WAITING_DAYS, LastDose, opioid_free_from, opioid_within_washout, told_last_dose

DAYS_A_WEEK = 7
HOURS_A_DAY = 24
SURGERY = "planned_surgery_date"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the titration: from the start of `week` on this amount every night, in mg; the dates where known."""

    week: int
    amount: Decimal
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at what the course does; `judged`: it goes on only if the pain has fallen enough."""

    week: int
    on: dt.date | None
    judged: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """The opioid-free days after one kind of opioid; `over_on` None without a date, `days` None for a specialist."""

    kind: str
    days: int | None
    over_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The calendar of a course.

    `start`: the first day on which nothing that is known stands against it; None where `missing` names what is not
    known, or where `against` names what stands against it ('opioid', 'washout', 'surgery').
    """

    start: dt.date | None
    missing: tuple[str, ...]
    against: tuple[str, ...]
    steps: tuple[Step, ...]
    visits: tuple[Visit, ...]
    washout: Finding
    opioid_free_from: dt.date | None
    waits: tuple[Wait, ...]
    last_dose_before_surgery: dt.date | None


def plan(case: Case, doses: Limits, rules: Mapping[str, Limits]) -> Plan:
    """The calendar for one patient; `doses` are the limits of doses, `rules` those of the LDN rules by rule id."""
    waiting = rules["LDN-OPIOID-WASHOUT"]
    washout = opioid_within_washout(case, waiting)
    free_from = opioid_free_from(case, waiting)
    opioid = naltrexone_with_opioid(case, rules["LDN-OPIOID-NOW"])
    surgery, day = _surgery(case, free_from or case.on, rules["LDN-SURGERY"])
    questions = {"opioid": opioid, "washout": washout, "surgery": surgery}
    held_up = opioid.answer is not NO or free_from is None or surgery.answer is not NO
    start = None if held_up else free_from
    return Plan(
        start,
        _missing(questions, free_from),
        tuple(name for name, found in questions.items() if found.answer is YES),
        titration(start, doses),
        visits(start, doses),
        washout,
        free_from,
        waits(told_last_dose(case), waiting),
        None if day is None else last_dose_before(day.first, doses),
    )


def _missing(questions: Mapping[str, Finding], free_from: dt.date | None) -> tuple[str, ...]:
    """The facts that keep the day of the start open; a kind of opioid that no longer matters is not asked for."""
    held = [
        fact
        for name, found in questions.items()
        if found.answer is UNKNOWN and not (name == "washout" and free_from is not None)
        for fact in found.missing()
    ]
    return tuple(dict.fromkeys(held))


def _surgery(case: Case, start: dt.date, limits: Limits) -> tuple[Finding, PartialDate | None]:
    """Would the start fall within the days before an operation that may need opioids, or after one still to come?"""
    planned, because = case.facts.day_of(SURGERY)
    if planned is None:
        return naltrexone_before_surgery(case, limits), None
    if planned.last < case.on:
        return no(because), None
    too_late = start >= planned.first - dt.timedelta(days=int(limits["ldn_surgery_days"]))
    return (yes if too_late else no)(because), planned


def titration(start: dt.date | None, limits: Limits) -> tuple[Step, ...]:
    """The steps up to the target; without a start the weeks alone."""
    weeks = int(limits["ldn_step_weeks"])
    amounts = naltrexone_steps(limits)
    firsts = [_weeks_after(start, weeks * number) for number in range(len(amounts) + 1)]
    lasts = [None if day is None else day - dt.timedelta(days=1) for day in firsts[1:-1]]
    return tuple(
        Step(weeks * number, amount, firsts[number], last)
        for number, (amount, last) in enumerate(zip(amounts, [*lasts, None], strict=True))
    )


def visits(start: dt.date | None, limits: Limits) -> tuple[Visit, ...]:
    """The visits up to the one that decides; without a start the weeks alone."""
    every, judged = int(limits["ldn_visit_weeks"]), int(limits["ldn_judge_weeks"])
    return tuple(Visit(week, _weeks_after(start, week), week == judged) for week in range(every, judged + 1, every))


def _weeks_after(start: dt.date | None, weeks: int) -> dt.date | None:
    return None if start is None else start + dt.timedelta(days=DAYS_A_WEEK * weeks)


def waits(last_dose: PartialDate | None, limits: Limits) -> tuple[Wait, ...]:
    """The washout calculator: for each kind of opioid its days, and the first day on which they are over."""
    return tuple(_wait(kind, last_dose, limits) for kind in KINDS)


def _wait(kind: str, last_dose: PartialDate | None, limits: Limits) -> Wait:
    name = WAITING_DAYS.get(kind)
    over = None if last_dose is None else LastDose(last_dose, (kind,), ()).over_on(kind, limits)
    return Wait(kind, None if name is None else int(limits[name]), over)


def last_dose_before(surgery: dt.date, limits: Limits) -> dt.date:
    """The last evening on which it may be taken before surgery, so that the hours are full whenever the day begins."""
    days = -(-int(limits["ldn_hold_hours"]) // HOURS_A_DAY)
    return surgery - dt.timedelta(days=days + 1)
