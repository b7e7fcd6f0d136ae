"""What an entry was recognised as: the facts it bears on, how surely, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .record import StatedValue
from .typed_days import TypedDay


@dataclass(frozen=True, slots=True)
class Hit:
    """One fact that an entry bears on; `certain` False: it only prompts the question, `of_day`: until it has a day.

    `day`: the day that the text gives for it.
    """

    fact: str
    certain: bool = True
    value: StatedValue = True
    past: bool = False
    of_day: bool = False
    day: TypedDay | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an entry was recognised as. `known` without hits: an entry that no rule reads.

    `list_is_empty`: the entry says that the list was gone through and holds nothing. `events`: what happened on a day,
    if the entry gives one, or is called history.
    """

    hits: tuple[Hit, ...] = ()
    known: bool = False
    list_is_empty: bool = False
    events: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts, without repetition."""
        return tuple(dict.fromkeys(hit.fact for hit in self.hits))

    def each(self, change: Callable[[Hit], Hit]) -> Recognised:
        """The same with every hit changed."""
        return replace(self, hits=tuple(map(change, self.hits)))

    def in_doubt(self) -> Recognised:
        """The same as a mere question."""
        asked = self.each(lambda hit: replace(hit, certain=False, of_day=False))
        return replace(asked, hits=tuple(hit for hit in asked.hits if hit.value is not False), events=())


UNKNOWN_ENTRY = Recognised()


def together(found: Iterable[Recognised]) -> Recognised:
    """Several entries of one line: known if each of them is."""
    parts = tuple(found)
    hits = dict.fromkeys(hit for each in parts for hit in each.hits)
    return Recognised(tuple(hits), all(each.known for each in parts))
