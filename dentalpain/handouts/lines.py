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

SIDE_BY_SIDE, FIRST = 2, 0.64  # so many lines stand in one row; the share of the first


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
        if len(made) == SIDE_BY_SIDE and writer.measures.columns:
            made = [self._row(made, width)]
        return [KeepTogether(made), Spacer(1, writer.measures.gap)] if made else []

    def _row(self, made: list[Any], width: float) -> Any:
        """Two lines in one row, the first longer: a name or a signature, and a day."""
        from reportlab.platypus import Table

        from .style import REGULAR

        whole = ((0, 0), (-1, -1))
        style = [
            ("FONT", *whole, REGULAR),  # else ReportLab names its own font, which is not embedded
            ("VALIGN", *whole, "BOTTOM"), ("TOPPADDING", *whole, made[0].style.spaceBefore), ("BOTTOMPADDING", *whole, 3),
            ("LEFTPADDING", *whole, 0), ("RIGHTPADDING", *whole, 0), ("RIGHTPADDING", (0, 0), (0, 0), 14),
        ]  # fmt: skip
        return Table([made], colWidths=[FIRST * width, (1 - FIRST) * width], style=style)

    def ruled(self, writer: Writer, parent: Element) -> list[Any]:
        """The lines alone, to stand in a group that is kept together."""
        from .lines_print import RuledParagraph
        from .own_styles import own_styles

        style = own_styles(writer.measures).line
        return [RuledParagraph.of((Run(label),), style, parent.add("P")) for label in self.labels]
