"""Lines to write on, each with what belongs there: signatures, and answers that are written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .content import Own, Run

if TYPE_CHECKING:
    from .blocks import Writer
    from .tagging import Element


@dataclass(frozen=True)
class Lines(Own):
    """One line to write on for each label."""

    labels: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        yield from self.labels

    def html(self) -> str:
        rows = "".join(f'<p class="handout-line"><span>{escape(label)}</span></p>' for label in self.labels)
        return f"<div>{rows}</div>" if rows else ""

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        from reportlab.platypus import KeepTogether, Spacer

        made = self.ruled(writer, parent)
        return [KeepTogether(made), Spacer(1, writer.measures.gap)] if made else []

    def ruled(self, writer: Writer, parent: Element) -> list[Any]:
        """The lines alone, to stand in a group that is kept together."""
        from .lines_print import RuledParagraph
        from .own_styles import own_styles

        style = own_styles(writer.measures).line
        return [RuledParagraph.of((Run(label),), style, parent.add("P")) for label in self.labels]
