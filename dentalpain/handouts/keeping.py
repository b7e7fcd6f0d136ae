"""What stays on one page with what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SHORTEST = 3  # a list of 2 items has no item to keep the last one company but its first


def last_two_together(items: list[Any]) -> list[Any]:
    """The items of a list; the last of them never begins a page alone."""
    if len(items) >= SHORTEST:
        items[-2].keepWithNext = 1
    return items


def unpacked(flowables: Sequence[Any]) -> list[Any]:
    """What is kept together, one by one: ReportLab begins a page where one such group stands in another."""
    return [part for each in flowables for part in getattr(each, "_content", [each])]


def two_of(flowables: Sequence[Any]) -> int:
    """How many flowables hold the first two that print something."""
    from reportlab.platypus import Spacer

    printing = [number for number, each in enumerate(flowables, 1) if not isinstance(each, Spacer)]
    return printing[1] if len(printing) > 1 else len(flowables)
