"""A question of a paper form, with boxes to tick or a line to write on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from ..content import Own

if TYPE_CHECKING:
    from ..blocks import Writer
    from ..tagging import Element

Shape = Literal["row", "scale", "places"]


@dataclass(frozen=True)
class Question(Own):
    """One item: its number, what is asked, what to know before answering, the boxes, and the lines to write on.

    `shape`: 'row' for a few answers side by side where they fit, 'scale' for numbers, 'places' for a long list.
    """

    number: str
    ask: str
    hints: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    shape: Shape = "row"
    more: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """The number and the question."""
        return f"{self.number}. {self.ask}" if self.number else self.ask

    def texts(self) -> Iterator[str]:
        yield from (self.asked, *self.hints, *self.boxes, *self.more, *self.lines)

    def html(self) -> str:
        hints = "".join(f'<p class="handout-hint">{escape(text)}</p>' for text in self.hints)
        shown = f"handout-boxes handout-{self.shape}"
        boxes = "".join(_ticks(items, css) for items, css in ((self.boxes, shown), (self.more, "handout-boxes")) if items)
        lines = "".join(f'<p class="handout-line"><span>{escape(label)}</span></p>' for label in self.lines)
        return f'<div class="handout-question"><p><strong>{escape(self.asked)}</strong></p>{hints}{boxes}{lines}</div>'

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        from .question_print import print_question

        return print_question(self, writer, parent, width)


def _ticks(items: tuple[str, ...], css: str) -> str:
    return f'<ul class="handout-ticks {css}">{"".join(f"<li>{escape(text)}</li>" for text in items)}</ul>'
