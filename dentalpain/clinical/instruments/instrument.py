"""A questionnaire, the answers that somebody gave, and what the scoring makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..case import Limits

# Points or a number; a yes or no; the sides or places named; a word; None is blank.
Value = int | Decimal | bool | str | frozenset[str] | None
Points = Mapping[str, Value]

PERIOD = ("years", "months")  # the two fields of an item that asks how long ago
COMPLETE, PRORATED, NOT_SCORABLE = "complete", "prorated", "not_scorable"


@dataclass(frozen=True, slots=True)
class Score:
    """What a scoring function gives.

    `not_scorable`: score, band and positive are None; the points that were given stand in `partial_sum`, None where
    nothing was answered. `missing` holds the keys of the items left blank. Scores are never rounded.
    """

    status: str
    score: Decimal | None = None
    positive: bool | None = None
    partial_sum: Decimal | None = None
    missing: tuple[str, ...] = ()
    band: str | None = None
    subscales: Mapping[str, Decimal | None] = field(default_factory=dict)


ScoringFunction = Callable[[Points, Limits], Score]


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its key in an answers file, our own wording, and how it is answered.

    `kind`: 'choice' (one of the points in `options`), 'number' (whole, from `lowest` to `highest`), 'months' (a
    number, or years and months), 'yes_no', 'sides' (yes, no, or which sides) and 'names' (any of `names`). `words` are
    answers in a word with the points that each stands for. `skipped_by`: items whose no passes this one over. `scored`:
    whether a score reads it. `asked`: false where the installed official form lacks it; an answer to it is still read.
    `parts`: where the installed form asks this item as several questions, their linkIds by place, or by years and months.
    `labels`: what the installed form says for a place, or beside the years and the months.
    """

    key: str
    ask: str
    options: Mapping[int, str] = field(default_factory=dict)
    kind: str = "choice"
    lowest: int = 0
    highest: int = 0
    names: tuple[str, ...] = ()
    words: Mapping[str, int | str] = field(default_factory=dict)
    skipped_by: tuple[str, ...] = ()
    scored: bool = True
    asked: bool = True
    parts: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire; `limits` are the cut-offs that its scoring reads, `cautions` go with every result.

    `window_days`: how far back it asks; None where it asks about now, about ever, or about its own times.
    """

    id: str
    items: tuple[Item, ...]
    function: ScoringFunction
    limits: tuple[str, ...]
    cautions: tuple[str, ...]
    for_minors: str
    window_days: int | None = None
    texts: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one instrument, with the cautions that go with it."""

    instrument: str
    score: Score
    cautions: tuple[str, ...]


class Tally:
    """The numbers given to some items, and how many of them may be blank before no score is allowed.

    An item that does not apply counts as blank for the score and is not missing.
    """

    __slots__ = ("answered", "items", "missing", "status")

    def __init__(self, keys: Iterable[str], points: Points, blanks_allowed: Decimal = Decimal(0)) -> None:
        values = {key: points.get(key) for key in keys}
        self.items = len(values)
        self.answered = [number for value in values.values() if (number := as_number(value)) is not None]
        self.missing = tuple(key for key, value in values.items() if value is None)
        blank = self.items - len(self.answered)
        self.status = NOT_SCORABLE if blank > blanks_allowed else PRORATED if blank else COMPLETE

    @property
    def given(self) -> Decimal | None:
        """The sum of what was answered; None where nothing was."""
        return sum(self.answered, Decimal(0)) if self.answered else None

    def total(self, times: int = 1) -> Decimal | None:
        """The sum over all items, blanks filled with the mean of the rest; None without a score (scoring manual)."""
        return self._mean(self.items * times)

    def mean(self, times: int = 1) -> Decimal | None:
        """The mean of the answered items, `times` as large; None without a score."""
        return self._mean(times)

    def _mean(self, times: int) -> Decimal | None:
        # The product before the quotient: 9 points on three items are 30 and never 29.999.
        if self.status == NOT_SCORABLE or self.given is None:
            return None
        return self.given * times / len(self.answered)


def as_number(value: Value) -> Decimal | None:
    """Points or a number; None for a blank and for a word."""
    return Decimal(value) if isinstance(value, int | Decimal) else None


def band_of(score: Decimal | None, lowest: str, *bands: tuple[Decimal, str]) -> str | None:
    """The highest band whose first score is reached; `bands` stand from low to high."""
    if score is None:
        return None
    return next((name for first, name in reversed(bands) if score >= first), lowest)


def banded_sum(tally: Tally, lowest: str, *bands: tuple[Decimal, str], positive_from: Decimal | None = None) -> Score:
    """The sum with its band; positive from a cut-off on where there is one."""
    score = tally.total()
    return Score(
        tally.status,
        score=score,
        positive=None if score is None or positive_from is None else score >= positive_from,
        partial_sum=tally.given if score is None else None,
        missing=tally.missing,
        band=band_of(score, lowest, *bands),
    )


def mean_score(tally: Tally) -> Score:
    """The mean of the items, without a band."""
    score = tally.mean()
    return Score(tally.status, score=score, partial_sum=tally.given if score is None else None, missing=tally.missing)


def sum_when_complete(keys: Iterable[str], points: Points, positive_from: Decimal) -> Score:
    """The sum of all items, positive from the cut-off on; one blank item leaves the whole without a score."""
    tally = Tally(keys, points)
    score = tally.total()
    return Score(
        tally.status,
        score=score,
        positive=None if score is None else score >= positive_from,
        partial_sum=tally.given if score is None else None,
        missing=tally.missing,
    )
