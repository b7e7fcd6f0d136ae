"""How long a statement about a fact counts: the window of the table of facts, and where another one holds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from .findings import NO
from .quantities import Reading

if TYPE_CHECKING:
    from .facts import FactDefinition

# Where the table of facts names no window: a stated medicine counts as long as a reviewed list, an answer for the day.
WINDOW_OF_KIND = {("medicine_class", "recorded"): 90, ("answer", "asked"): 1}
# A recorded pregnancy counts until two weeks after the latest due date: 40 weeks and 14 days after it began.
YES_HOLDS_DAYS = {"pregnant": 294}
# Children grow: below an age, the youngest first, a weight or a body mass counts for fewer days.
WINDOW_OF_CHILDREN: dict[str, tuple[tuple[Decimal, int], ...]] = {
    "weight_kg": ((Decimal(2), 30), (Decimal(18), 90)),
    "obesity": ((Decimal(18), 90),),
}


def days_that_count(definition: FactDefinition, positive: bool, age: Callable[[], Reading]) -> int | None:
    """The days for which a statement counts, None without an end; `positive`: it says that the fact holds.

    Where the age is not known well enough, the shorter window of a child holds.
    """
    for limit, days in WINDOW_OF_CHILDREN.get(definition.id, ()):
        if age().below(limit).answer is not NO:
            return days
    if positive and definition.id in YES_HOLDS_DAYS:
        return YES_HOLDS_DAYS[definition.id]
    if definition.stale_after_days is not None:
        return definition.stale_after_days
    return WINDOW_OF_KIND.get((definition.kind, definition.obtained))
