"""A card to cut out and carry: a dashed frame with a title, lines, and lines to write on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .content import Bullets, Own, Run, Runs, plain
from .lines import Lines

if TYPE_CHECKING:
    from .blocks import Writer
    from .tagging import Element

WIDTH = 0.86  # of the text, in ordinary print


@dataclass(frozen=True)
class Card(Own):
    """`call` is whom to reach, with the number as a link; `blanks` are labels of lines to write on.

    `language`: that of the card where it is another than that of the document.
    """

    title: str
    lines: Bullets
    call: Runs
    blanks: Lines
    language: str = ""

    def texts(self) -> Iterator[str]:
        yield self.title
        yield from map(plain, self.lines.items)
        yield plain(self.call)
        yield from self.blanks.texts()

    def html(self) -> str:
        from .content import Paragraph
        from .html import blocks_to_html

        title = f"<h3>{escape(self.title)}</h3>"
        body = blocks_to_html([self.lines, Paragraph(self.call), self.blanks])
        spoken = f' lang="{escape(self.language)}"' if self.language else ""
        return f'<div class="handout-card"{spoken}>{title}{body}</div>'

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        from reportlab.platypus import KeepTogether, Spacer, Table

        from .ink import colour
        from .style import REGULAR

        wide = WIDTH * width if writer.measures.columns else width
        part = parent.add("Sect", lang=self.language)
        content = [
            writer.text((Run(self.title),), writer.styles.move, part.add("H3")),
            *writer.block(self.lines, part, wide - 28),
            writer.text(self.call, writer.styles.body, part.add("P")),
            *self.blanks.ruled(writer, part),
        ]
        whole = ((0, 0), (-1, -1))
        style: list[Any] = [
            ("FONT", *whole, REGULAR),  # else ReportLab names its own font, which is not embedded
            ("BOX", *whole, 1.2, colour("ink"), 1, (5, 4)),
            ("LEFTPADDING", *whole, 14), ("RIGHTPADDING", *whole, 14),
            ("TOPPADDING", *whole, 9), ("BOTTOMPADDING", *whole, 12),
        ]  # fmt: skip
        gap = writer.measures.gap
        card = Table([[content]], colWidths=[wide], style=style, hAlign="LEFT", spaceBefore=gap)
        return [KeepTogether([card]), Spacer(1, gap)]
