"""How soon a red flag calls for action: for each level its own criteria, the highest that is met counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ...case import Limits
from ...facts import Facts
from ...findings import UNKNOWN, YES, Answer, Because, Finding, any_of, no


class Urgency(Enum):
    """The levels, the most urgent first."""

    EMERGENCY_NOW = "emergency_now"
    SAME_DAY = "same_day"
    WITHIN_2_WEEKS = "within_2_weeks"
    ROUTINE = "routine"


class Levels:
    """The criteria of each level of one red flag, the most urgent first; `advice` names further texts of the flag."""

    __slots__ = ("advice", "levels")

    def __init__(self, levels: Mapping[Urgency, Finding], advice: tuple[str, ...] = ()) -> None:
        self.levels, self.advice = levels, advice

    @property
    def urgency(self) -> Urgency | None:
        """The highest level whose criteria are met."""
        return next((level for level, finding in self.levels.items() if finding.answer is YES), None)

    @property
    def rank(self) -> int:
        """The place in a list, the most urgent first and the undecided last."""
        return len(Urgency) if self.urgency is None else list(Urgency).index(self.urgency)

    @property
    def finding(self) -> Finding:
        """The criteria of the highest level that is met; without one, those of all levels together."""
        met = self.urgency
        return any_of(*self.levels.values()) if met is None else self.levels[met]

    @property
    def answer(self) -> Answer:
        """Yes if one level is met, no if none can be, else unknown."""
        return self.finding.answer

    @property
    def because(self) -> tuple[Because, ...]:
        """The facts that fixed the answer."""
        return self.finding.because

    def missing(self) -> tuple[str, ...]:
        """The facts that could still raise the flag, or raise it higher."""
        open_levels: list[Finding] = []
        for finding in self.levels.values():
            if finding.answer is YES:
                break
            open_levels.append(finding)
        names = (name for finding in open_levels if finding.answer is UNKNOWN for name in finding.missing())
        return tuple(dict.fromkeys(names))


RedFlagFunction = Callable[[Facts, Limits], Levels]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One red flag: its public id, how it is decided, the limits it reads, and what to do at each urgency."""

    id: str
    function: RedFlagFunction
    limits: tuple[str, ...]
    then: Mapping[str, str]
    if_unknown: str
    advice: Mapping[str, str]
    for_minors: str
    texts: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)


def some_yes(facts: Facts, *ids: str) -> Finding:
    """Does one of these facts hold?"""
    return any_of(*(facts.finding(name) for name in ids))


def unless(exception: Finding, finding: Finding) -> Finding:
    """The finding, taken back only by an exception that is known to hold: an unasked one holds nothing back."""
    return no(*exception.because) if exception.answer is YES else finding
