"""Is a treatment on trial working? Dated answers and typed measures, over the pure functions of clinical/outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .clinical.given import Given
from .clinical.instruments.answers import AnswerSheet, read_answers
from .clinical.outcomes import ABOUT, MEANINGFUL, MEASURES, Change, Measured, Outcome, Trial, is_working
from .clinical.record import Record
from .clinical.screening.assessing import limits_for
from .errors import AnswersError
from .fhir.answers import in_our_shape
from .knowledge.bench import Tools
from .shapes import Shape, number

# The measure that a questionnaire gives. The score of the GCPS is its characteristic pain intensity.
GIVEN_BY = {"peg": "peg", "jfls-8": "jfls_8", "jfls-20": "jfls_20", "gcps-1-month": "cpi", "gcps-6-month": "cpi"}
MOST_WEEKS = 104
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(9000, 1, 1)  # far from the ends of the calendar, which cannot be passed
WHERE = "trial"


@dataclass(frozen=True, slots=True)
class Followed:
    """A measured value, and where it comes from."""

    held: Measured
    source: str


def trial_of(raw: Mapping[str, Any], on: dt.date) -> Trial:
    """The trial as the contract states it: `started`, and what differs from 12 weeks, 30 percent and all four subjects.

    Raises AnswersError for a key or a value that cannot be, and for a start after `on`.
    """
    given = Given(raw, WHERE)
    started, weeks = given.day("started"), given.number("judged_after_weeks", 1, MOST_WEEKS)
    stops, watched = given.number("stops_below_percent", 1, 100), given.words("watched", ABOUT)
    given.done()
    if started is None:
        raise given.wrong("started", "The day on which the treatment began is needed.", "Write it as 2026-11-30.")
    if not FIRST_DAY <= started <= LAST_DAY:
        raise given.wrong("started", "This cannot be the day of a treatment.", "Correct it.")
    if started > on:
        raise given.wrong("started", "The treatment begins after the day that is asked about.", "Correct one of the two.")
    if weeks is not None and weeks != int(weeks):
        raise given.wrong("judged_after_weeks", "Whole weeks are needed.", "Write a number such as 12.")
    kept = ABOUT if watched is None else tuple(about for about in ABOUT if about in watched)
    return Trial(started, 12 if weeks is None else int(weeks), stops or MEANINGFUL, kept)


def outcomes(
    record: Record,
    trial: Mapping[str, Any],
    answers: Sequence[Mapping[str, Any]],
    measures: Sequence[Mapping[str, Any]],
    tools: Tools,
) -> Shape:
    """Whether the trial works, in its public shape. Raises AnswersError for what does not fit its form."""
    held, missed = trial_of(trial, record.on), list[Shape]()
    followed = [_typed(raw, record.on, f"measures {n}") for n, raw in enumerate(measures, start=1)]
    for n, raw in enumerate(answers, start=1):
        followed += _scored(raw, record.on, f"answers {n}", tools, missed)
    for raw in record.answers:
        followed += _recorded(raw, record.on, tools, missed)
    return {**_shape(held, is_working([one.held for one in followed], held, record.on), followed), "not_read": missed}


def _typed(raw: Mapping[str, Any], on: dt.date, where: str) -> Followed:
    given = Given(raw, where)
    name, day = given.word("measure", MEASURES), given.day("on")
    value = given.value("value")
    given.done()
    if name is None:
        raise given.wrong("measure", "The measure is missing.", f"Write one of: {', '.join(MEASURES)}.")
    if day is None or day > on:
        raise given.wrong("on", "The day of the measurement is missing or still to come.", "Write it as 2026-11-30.")
    held = MEASURES[name]
    exact = given.number("value", int(held.lowest), 100_000 if held.highest is None else int(held.highest))
    if value is None or exact is None:
        raise given.wrong("value", "The value is missing.", "Write a number.")
    return Followed(Measured(name, exact, day), "stated")


def _recorded(raw: Mapping[str, Any], on: dt.date, tools: Tools, missed: list[Shape]) -> list[Followed]:
    """The value of answers that stand in the record; those that cannot be used are listed."""
    try:
        return _scored(raw, on, "answers in the record", tools, missed)
    except AnswersError as error:
        missed.append({"where": error.where, "what": "answers to a questionnaire", "why": error.what})
        return []


def _scored(raw: Mapping[str, Any], on: dt.date, where: str, tools: Tools, missed: list[Shape]) -> list[Followed]:
    held = tools.screening
    native, strange = in_our_shape(raw, held, on, where)
    missed += ({"where": part.where, "what": part.what[:60], "why": part.why} for part in strange)
    sheet = read_answers(native, held.instruments, held.red_flag_facts, on, where=where)
    name = GIVEN_BY.get(sheet.instrument)
    score = None if name is None else _score(sheet, on, tools)
    if name is None or score is None:
        why = "it measures nothing that is followed" if name is None else "too few items are answered to score it"
        missed.append({"where": where, "what": sheet.instrument, "why": why})
        return []
    return [Followed(Measured(name, score, sheet.on), sheet.instrument)]


def _score(sheet: AnswerSheet, on: dt.date, tools: Tools) -> Decimal | None:
    """All sheets are scored by the limits of one day: two scores by different limits could not be compared."""
    instrument = tools.screening.instruments[sheet.instrument]
    return instrument.function(sheet.points, limits_for(tools.screening.limits_on(on), instrument.limits)).score


def _shape(trial: Trial, found: Outcome, followed: Iterable[Followed]) -> Shape:
    return {
        "trial": {
            "started": trial.started.isoformat(),
            "judged_after_weeks": trial.judged_after_weeks,
            "judged_on": trial.judged_on.isoformat(),
            "stops_below_percent": number(trial.stops_below),
            "watched": list(trial.watched),
        },
        "working": found.working.value,
        "because": list(found.because),
        "missing": list(found.missing),
        "changes": [_change(one) for one in found.changes],
        "measured": [{"measure": one.held.measure, **_end(one.held), "source": one.source} for one in followed],
    }


def _change(held: Change) -> Shape:
    return {
        "measure": held.measure,
        "about": MEASURES[held.measure].about,
        "first": _end(held.first),
        "latest": _end(held.latest),
        "better_percent": number(held.better_percent),
        "marks": {name: answer.value for name, answer in held.marks.items()},
    }


def _end(held: Measured) -> Shape:
    return {"value": number(held.value), "on": held.on.isoformat()}
