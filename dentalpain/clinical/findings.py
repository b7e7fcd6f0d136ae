"""Three-valued findings: yes, no or unknown, each with the facts it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum

from ..errors import UndecidedError

Value = bool | str | Decimal | None


class Answer(Enum):
    """The three answers of every clinical question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise UndecidedError(f"the answer '{self.value}' was used as a bool; compare it with Answer.YES or Answer.NO")


YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


class Because:
    """One fact that a finding rests on: its id, value, where it was recorded, when, and whether it is stale.

    `value` None means: not recorded, or not usable any more. `presumed` marks a value that nobody recorded and
    that stands because the stricter reading holds until somebody answers.
    """

    __slots__ = ("date", "fact", "presumed", "source", "stale", "value")

    def __init__(
        self,
        fact: str,
        value: Value,
        source: str = "",
        date: dt.date | None = None,
        stale: bool = False,
        presumed: bool = False,
    ) -> None:
        self.fact, self.value, self.source, self.date = fact, value, source, date
        self.stale, self.presumed = stale, presumed

    def _key(self) -> tuple[object, ...]:
        return (self.fact, self.value, self.source, self.date, self.stale, self.presumed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Because) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Because({self.fact}={self.value!r}, {self.source!r}, {self.date})"


class Finding:
    """An answer with its reasons; combined findings keep their parts, so that the whole can be explained.

    Raises UndecidedError when it is used as a bool: the caller must say what unknown means.
    """

    __slots__ = ("_facts", "answer", "parts", "presumed")

    def __init__(
        self,
        answer: Answer,
        facts: tuple[Because, ...] = (),
        parts: Sequence[Finding] = (),
        presumed: bool = False,
    ) -> None:
        self.answer, self._facts, self.parts, self.presumed = answer, facts, parts, presumed

    def __bool__(self) -> bool:
        raise UndecidedError(f"a finding (answer '{self.answer.value}') was used as a bool; compare finding.answer")

    @property
    def because(self) -> tuple[Because, ...]:
        """The facts that fixed the answer, without repetition, the missing ones first when it is unknown."""
        found: dict[Because, None] = {}
        self._collect(found, deciding=True)
        facts = list(found)
        if self.answer is UNKNOWN:
            facts.sort(key=lambda fact: fact.value is not None and not fact.stale)
        return tuple(facts)

    def explain(self) -> tuple[Because, ...]:
        """Every fact that was looked at, also those that did not fix the answer."""
        found: dict[Because, None] = {}
        self._collect(found, deciding=False)
        return tuple(found)

    def missing(self) -> tuple[str, ...]:
        """The ids of the facts that would have to be known for an answer; empty unless the answer is unknown."""
        if self.answer is not UNKNOWN:
            return ()
        return tuple(dict.fromkeys(fact.fact for fact in self.because if fact.value is None or fact.stale))

    def _collect(self, found: dict[Because, None], deciding: bool) -> None:
        for fact in self._facts:
            found[fact] = None
        for part in self.parts:
            if not deciding or part.answer is self.answer or (self.answer is UNKNOWN and part.answer is YES):
                part._collect(found, deciding)

    def __repr__(self) -> str:
        return f"Finding({self.answer.value}, {list(self.because)})"


def yes(*facts: Because, presumed: bool = False) -> Finding:
    """A finding that answers yes."""
    return Finding(YES, facts, presumed=presumed)


def no(*facts: Because) -> Finding:
    """A finding that answers no."""
    return Finding(NO, facts)


def unknown(*facts: Because) -> Finding:
    """A finding that cannot be decided."""
    return Finding(UNKNOWN, facts)


def any_of(*parts: Finding) -> Finding:
    """Yes if one part is yes, no if all are no, else unknown (Kleene's strong disjunction)."""
    answer = NO
    certain = presumed = False
    for part in parts:
        if part.answer is YES:
            answer = YES
            presumed = presumed or part.presumed
            certain = certain or not part.presumed
        elif part.answer is UNKNOWN and answer is NO:
            answer = UNKNOWN
    return Finding(answer, parts=parts, presumed=presumed and not certain)


def all_of(*parts: Finding) -> Finding:
    """No if one part is no, yes if all are yes, else unknown (Kleene's strong conjunction)."""
    answer = YES
    presumed = False
    for part in parts:
        if part.answer is NO:
            return Finding(NO, parts=parts)
        if part.answer is UNKNOWN:
            answer = UNKNOWN
        presumed = presumed or part.presumed
    return Finding(answer, parts=parts, presumed=presumed and answer is YES)


def none_of(*parts: Finding) -> Finding:
    """The opposite of any_of: yes if all parts are no."""
    return opposite(any_of(*parts))


def opposite(part: Finding) -> Finding:
    """Yes for no and no for yes; unknown stays unknown."""
    answer = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[part.answer]
    return Finding(answer, part.because)


def at_least(count: int, parts: Iterable[Finding]) -> Finding:
    """Yes if `count` parts are yes, no if so many can no longer become yes, else unknown."""
    held = tuple(parts)
    yes_now = sum(part.answer is YES for part in held)
    possible = yes_now + sum(part.answer is UNKNOWN for part in held)
    answer = YES if yes_now >= count else NO if possible < count else UNKNOWN
    return Finding(answer, parts=held)
