"""Exercises: for each a drawing of the move, its name, and what to do step by step beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .content import Own, Picture, Steps, plain

if TYPE_CHECKING:
    from .blocks import Writer
    from .tagging import Element


@dataclass(frozen=True)
class Move:
    """A move of the jaw; the caption of its picture is its name."""

    picture: Picture
    steps: Steps


@dataclass(frozen=True)
class Moves(Own):
    """Moves, one below the other."""

    items: tuple[Move, ...]

    def texts(self) -> Iterator[str]:
        for move in self.items:
            yield from (move.picture.caption, move.picture.alt)
            yield from map(plain, move.steps.items)

    def html(self) -> str:
        return f'<div class="handout-moves">{"".join(map(_html, self.items))}</div>'

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        from .moves_print import print_moves

        return print_moves(self.items, writer, parent, width)


def _html(move: Move) -> str:
    from .drawings import HEIGHT, PICTURES, WIDTH
    from .html import blocks_to_html, svg

    drawing = svg(PICTURES[move.picture.name], WIDTH, HEIGHT, f'role="img" aria-label="{escape(move.picture.alt)}"')
    name = f"<h3>{escape(move.picture.caption)}</h3>"
    return f'<div class="handout-move">{name}{drawing}{blocks_to_html([move.steps])}</div>'
