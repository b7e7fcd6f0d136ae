"""Pain, jaw function, opioid use and quality of life over time, and whether a trial of treatment is working.

Sources: change of pain by 30 and 50 percent as the usual marks of a meaningful improvement, 30 percent for the PEG too
(Krebs 2009). No mark of its own is held for the JFLS, and none for quality of life: their change is shown, not judged.
Which measurement counts for the start and for today, by how many days, is a design choice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .findings import NO, UNKNOWN, YES, Answer

PERCENT = Decimal(100)
MEANINGFUL, SUBSTANTIAL = Decimal(30), Decimal(50)
COUNTS_FOR = dt.timedelta(days=28)  # a measurement stands for the weeks around it
OPIOIDS = "mme_per_day"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is followed: what it is about, its ends, and whether less of it is better."""

    id: str
    about: str
    lowest: Decimal
    highest: Decimal | None
    less_is_better: bool = True
    own_mark: Decimal | None = None  # the instrument's own meaningful change, in percent


TEN, HUNDRED = Decimal(10), Decimal(100)
MEASURES = {
    measure.id: measure
    for measure in (
        Measure("pain_0_10", "pain", Decimal(0), TEN),
        Measure("peg", "pain", Decimal(0), TEN, own_mark=MEANINGFUL),
        Measure("cpi", "pain", Decimal(0), HUNDRED),
        Measure("jfls_8", "function", Decimal(0), TEN),
        Measure("jfls_20", "function", Decimal(0), TEN),
        Measure(OPIOIDS, "opioids", Decimal(0), None),
        Measure("quality_of_life_0_10", "quality_of_life", Decimal(0), TEN, less_is_better=False),
    )
}
ABOUT = tuple(dict.fromkeys(measure.about for measure in MEASURES.values()))


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of one measure on a day; raises ValueError for a measure that does not exist or a value that cannot be."""

    measure: str
    value: Decimal
    on: dt.date

    def __post_init__(self) -> None:
        held = MEASURES.get(self.measure)
        if held is None:
            raise ValueError(f"there is no such measure; write one of: {', '.join(MEASURES)}")
        if not self.value.is_finite() or self.value < held.lowest or (held.highest is not None and self.value > held.highest):
            span = f"is {held.lowest} or more" if held.highest is None else f"lies between {held.lowest} and {held.highest}"
            raise ValueError(f"a value of {held.id} {span}")


@dataclass(frozen=True, slots=True)
class Trial:
    """A treatment on trial: since when, after how many weeks it is judged, and what must have got better by how much.

    `stops_below` in percent of the first pain. `watched`: what else the trial promised to follow; it is named where it
    was not measured.
    """

    started: dt.date
    judged_after_weeks: int = 12
    stops_below: Decimal = MEANINGFUL
    watched: tuple[str, ...] = ABOUT

    @property
    def judged_on(self) -> dt.date:
        """The first day on which too little change counts as failure."""
        return self.started + dt.timedelta(weeks=self.judged_after_weeks)


@dataclass(frozen=True, slots=True)
class Change:
    """From the first value to the latest. `better_percent`: by how much of the first it got better, below 0 worse.

    None where the first value leaves no room for a percentage. The marks answer unknown then, unless it got worse.
    """

    measure: str
    first: Measured
    latest: Measured
    better_percent: Decimal | None
    marks: dict[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Is the trial working? `missing` names what was not measured, or 'time'; `because` says what decided."""

    working: Answer
    missing: tuple[str, ...]
    because: tuple[str, ...]
    changes: tuple[Change, ...]


def change(first: Measured, latest: Measured) -> Change:
    """The change between two values of one measure, with its marks at 30 and 50 percent and the instrument's own.

    Raises ValueError for two measures that are not the same.
    """
    if first.measure != latest.measure:
        raise ValueError("two values of one measure are needed")
    held = MEASURES[first.measure]
    fall = first.value - latest.value
    gain = fall if held.less_is_better else -fall
    percent = None if first.value == 0 else gain * PERCENT / first.value
    marks = {f"{mark} percent": _reaches(percent, gain, mark) for mark in (MEANINGFUL, SUBSTANTIAL)}
    if held.own_mark is not None:
        marks["own"] = _reaches(percent, gain, held.own_mark)
    return Change(held.id, first, latest, percent, marks)


def _reaches(percent: Decimal | None, gain: Decimal, mark: Decimal) -> Answer:
    if percent is None:
        return NO if gain < 0 else UNKNOWN
    return YES if percent >= mark else NO


def changes_over(measured: Sequence[Measured], trial: Trial, on: dt.date) -> tuple[Change, ...]:
    """For each measure the change from the start of the trial to the day asked about, where both ends were measured."""
    found = ((_at_start(measured, name, trial), _latest(measured, name, trial, on)) for name in MEASURES)
    return tuple(change(first, latest) for first, latest in found if first is not None and latest is not None)


def _at_start(measured: Iterable[Measured], name: str, trial: Trial) -> Measured | None:
    """The last value up to the day of the start, from the four weeks before it."""
    return _newest(m for m in measured if m.measure == name and trial.started - COUNTS_FOR <= m.on <= trial.started)


def _latest(measured: Iterable[Measured], name: str, trial: Trial, on: dt.date) -> Measured | None:
    """The last value after the start, from the four weeks before the day asked about."""
    since = max(trial.started, on - COUNTS_FOR - dt.timedelta(days=1))
    return _newest(m for m in measured if m.measure == name and since < m.on <= on)


def _newest(measured: Iterable[Measured]) -> Measured | None:
    return max(measured, key=lambda m: m.on, default=None)


def is_working(measured: Sequence[Measured], trial: Trial, on: dt.date) -> Outcome:
    """Is this trial of treatment working, as far as can be told on this day?

    Yes: every pain measure fell by the mark, and opioids did not rise. No: the day of judging has come and none did.
    Unknown: pain was not measured at both ends, or was none at the start, it is too early, the measures disagree, or
    opioids rose meanwhile.
    """
    changes = changes_over(measured, trial, on)
    seen = {MEASURES[c.measure].about for c in changes}
    unmeasured = tuple(about for about in ABOUT if about in ("pain", *trial.watched) and about not in seen)
    pain = [_reaches(c.better_percent, _fall(c), trial.stops_below) for c in changes if MEASURES[c.measure].about == "pain"]
    answer, because = _judge(pain, _opioids_rose(changes), on >= trial.judged_on)
    early = ("time",) if because == TOO_EARLY else ()
    return Outcome(answer, (*unmeasured, *early), (because,), changes)


NO_PAIN_AT_START = "there was no pain at the start to get better from"
NOT_MEASURED = "pain was not measured at both ends"
DISAGREE = "the measures of pain disagree"
OPIOIDS_ROSE = "opioids rose meanwhile, so the change cannot be put down to the treatment"
FELL = "pain fell by the mark or more"
TOO_EARLY = "pain has not fallen by the mark, and the day of judging has not come"
FELL_TOO_LITTLE = "pain has fallen by less than the mark, and the day of judging has come"


def _judge(pain: Sequence[Answer], opioids_rose: bool, due: bool) -> tuple[Answer, str]:
    if not pain:
        return UNKNOWN, NOT_MEASURED
    if UNKNOWN in pain:
        return UNKNOWN, NO_PAIN_AT_START
    if YES in pain and NO in pain:
        return UNKNOWN, DISAGREE
    if NO in pain:
        return (NO, FELL_TOO_LITTLE) if due else (UNKNOWN, TOO_EARLY)
    return (UNKNOWN, OPIOIDS_ROSE) if opioids_rose else (YES, FELL)


def _fall(held: Change) -> Decimal:
    return held.first.value - held.latest.value


def _opioids_rose(changes: Iterable[Change]) -> bool:
    return any(c.measure == OPIOIDS and c.latest.value > c.first.value for c in changes)
