"""A questionnaire, the points that somebody gave, and what the scoring makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..case import Limits

Points = Mapping[str, int | None]

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
    """One question: its key in an answers file, our own wording, and what each option scores."""

    key: str
    ask: str
    options: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire; `limits` are the cut-offs that its scoring reads, `cautions` go with every result."""

    id: str
    items: tuple[Item, ...]
    function: ScoringFunction
    limits: tuple[str, ...]
    cautions: tuple[str, ...]
    for_minors: str
    texts: Mapping[str, object] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one instrument, with the cautions that go with it."""

    instrument: str
    score: Score
    cautions: tuple[str, ...]


def sum_when_complete(keys: Iterable[str], points: Points, positive_from: Decimal) -> Score:
    """The sum of all items, positive from the cut-off on; one blank item leaves the whole without a score."""
    given = {key: points.get(key) for key in keys}
    answered = [value for value in given.values() if value is not None]
    missing = tuple(key for key, value in given.items() if value is None)
    total = Decimal(sum(answered))
    if missing:
        return Score(NOT_SCORABLE, partial_sum=total if answered else None, missing=missing)
    return Score(COMPLETE, score=total, positive=total >= positive_from)
