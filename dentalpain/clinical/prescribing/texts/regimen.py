"""From doses and frequencies to the heaviest day: ranges, times of day, first doses and tapers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..prescription import Unread
from .sig import FIRST_DAY, ONCE, REGULAR, SLOT, START, Frequency
from .sig_text import SigText, pattern

THEN = pattern("then|or")  # one step, or one way, after the other: the heavier counts
EITHER = pattern("or")


@dataclass(frozen=True, slots=True)
class Dose:
    """One written dose, in dose units, at its place in the line."""

    at: int
    units: Fraction


@dataclass(frozen=True, slots=True)
class Regimen:
    """Units in the largest dose, doses and units on the heaviest day; None: not written or not readable.

    `steps` counts the rhythms that follow one another, first doses and first days left out.
    """

    largest_dose: Fraction | None = None
    doses_per_day: Fraction | None = None
    units_per_day: Fraction | None = None
    unread: tuple[Unread, ...] = ()
    steps: int = 1


@dataclass(frozen=True, slots=True)
class _Stage:
    dose: Fraction
    times: Fraction
    kind: str
    units: Fraction


class _Unclear(Exception):
    """Why a stage cannot be read; never leaves this module."""


def regimen_of(sig: SigText, doses: Sequence[Dose], frequencies: Sequence[Frequency], day_spans: int) -> Regimen:
    """The heaviest day of what is written."""
    if not frequencies:
        largest = max((dose.units for dose in doses), default=None)
        return Regimen(largest_dose=largest)
    if not doses:
        return Regimen(doses_per_day=_times(frequencies) if _one_rhythm(frequencies) else None)
    ways = len(EITHER.findall(sig.line))
    try:
        stages = _stages(sig, doses, frequencies, day_spans)
    except _Unclear as why:
        return Regimen(unread=(Unread("dose", str(why)),))
    heaviest = max(stages, key=lambda stage: stage.units)
    units = max(heaviest.units, _with_first_dose(stages))
    steps = sum(stage.kind in {REGULAR, SLOT} for stage in stages) - ways
    return Regimen(max(stage.dose for stage in stages), heaviest.times, units, steps=steps)


def _with_first_dose(stages: Sequence[_Stage]) -> Fraction:
    """A first dose takes the place of one regular dose on the first day: 2 now, then 1 every 6 h is 2 + 3."""
    if len(stages) < 2 or stages[0].kind not in {ONCE, START} or stages[1].times < 1:
        return Fraction(0)
    return stages[0].dose + (stages[1].times - 1) * stages[1].dose


def _stages(sig: SigText, doses: Sequence[Dose], frequencies: Sequence[Frequency], day_spans: int) -> list[_Stage]:
    cuts = [match.start() for match in sig.take(THEN)]
    if not cuts and day_spans > 1 and len(doses) == len(frequencies):
        cuts = [dose.at for dose in doses[1:]]  # '4 daily for 2 days, 3 daily for 2 days': one after the other
    bounds = list(zip([0, *cuts], [*cuts, len(sig.line)], strict=True))
    stages: list[_Stage] = []
    for start, stop in bounds:
        here = [dose for dose in doses if start <= dose.at < stop]
        when = [frequency for frequency in frequencies if start <= frequency.at < stop]
        if here or when:
            stages += _stage(here, when, stages)
    return stages


def _stage(doses: list[Dose], frequencies: list[Frequency], before: list[_Stage]) -> list[_Stage]:
    if not doses:
        if not before:
            raise _Unclear("the dose stands after 'then' or 'or'; write each step with its dose")
        doses = [Dose(0, before[-1].dose)]
    if not frequencies:
        return [_carried_on(doses, before)]
    if len(doses) == 1:
        if not _one_rhythm(frequencies):
            raise _Unclear("it names two different rhythms for one dose")
        times = _times(frequencies)
        return [_Stage(doses[0].units, times, frequencies[0].kind, doses[0].units * times)]
    if len(doses) != len(frequencies) or not _alternate(doses, frequencies):
        raise _Unclear("it names several doses, and which is taken when is not clear")
    units = sum((d.units * f.per_day for d, f in zip(doses, frequencies, strict=True)), Fraction(0))
    times = sum((f.per_day for f in frequencies), Fraction(0))
    return [_Stage(max(dose.units for dose in doses), times, REGULAR, units)]


def _carried_on(doses: list[Dose], before: list[_Stage]) -> _Stage:
    """A step without a rhythm keeps the one before it; after 'first day' it is that of a day."""
    if len(doses) != 1:
        raise _Unclear("it names several doses, and which is taken when is not clear")
    if not before:  # '2 tabs, then 1 every 6 hours': a first dose
        return _Stage(doses[0].units, Fraction(1), START, doses[0].units)
    times = before[-1].times
    return _Stage(doses[0].units, times, REGULAR, doses[0].units * times)


def _alternate(doses: list[Dose], frequencies: list[Frequency]) -> bool:
    """Dose, time, dose, time: each dose stands before its own time."""
    places = [place for d, f in zip(doses, frequencies, strict=True) for place in (d.at, f.at)]
    return places == sorted(places)


def _one_rhythm(frequencies: Sequence[Frequency]) -> bool:
    """Whether the frequencies say one thing: times of day that add up, or the same rate twice."""
    regular = {f.per_day for f in frequencies if f.kind == REGULAR}
    slots = {f.name for f in frequencies if f.kind == SLOT}
    single = [f for f in frequencies if f.kind in {ONCE, START, FIRST_DAY}]
    if single:
        return not regular and not slots
    if slots:
        return not regular or (len(regular) == 1 and next(iter(regular)) in {1, len(slots)})
    return len(regular) == 1


def _times(frequencies: Sequence[Frequency]) -> Fraction:
    slots = {f.name for f in frequencies if f.kind == SLOT}
    regular = [f.per_day for f in frequencies if f.kind == REGULAR]
    if slots:
        return max([Fraction(len(slots)), *regular])
    return max(f.per_day for f in frequencies)
