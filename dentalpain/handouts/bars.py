"""A chart of one measure over the visits: a bar for each day, with its value as a number; it works in grey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .content import Own
from .style import BOLD, PALETTE, REGULAR

if TYPE_CHECKING:
    from .blocks import Writer
    from .tagging import Element

ROW, LETTER, VALUE = 22.0, 8.8, 46.0  # of the drawing for the screen, in its own units; a letter of a day takes less
SCREEN = 440.0  # so that on a telephone of 390 pixels the letters of the chart are of 12


@dataclass(frozen=True)
class Bars(Own):
    """Bars from 0 to `highest`, one for each (label, value, value in words), the earliest first; `alt` says the same."""

    alt: str
    highest: float
    bars: tuple[tuple[str, float, str], ...]

    def texts(self) -> Iterator[str]:
        yield self.alt

    def html(self) -> str:
        ink, fill, ground = PALETTE["ink"], PALETTE["accent"], PALETTE["tint"]
        before = min(LETTER * max((len(label) for label, _, _ in self.bars), default=0), SCREEN / 2)
        room = SCREEN - before - VALUE
        rows = []
        for number, (label, value, shown) in enumerate(self.bars):
            y = number * ROW
            rows.append(
                f'<text x="0" y="{y + 16:g}" fill="{ink}">{escape(label)}</text>'
                f'<rect x="{before:g}" y="{y + 3:g}" width="{room:g}" height="{ROW - 6:g}" fill="{ground}"/>'
                f'<rect x="{before:g}" y="{y + 3:g}" width="{room * value / self.highest:.1f}" height="{ROW - 6:g}" fill="{fill}"/>'
                f'<text x="{before + room + 8:g}" y="{y + 16:g}" fill="{ink}" font-weight="700">{escape(shown)}</text>'
            )
        size = f'viewBox="0 0 {SCREEN:g} {ROW * len(self.bars):g}"'
        return f'<svg class="handout-bars" {size} role="img" aria-label="{escape(self.alt)}">{"".join(rows)}</svg>'

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        from reportlab.platypus import Spacer

        from .tagging import TaggedFigure

        size = writer.measures.body
        height = 1.75 * size * len(self.bars)
        leaf = parent.add("Figure", alt=self.alt)

        def draw(canvas: Any, wide: float, high: float) -> None:
            self._draw(canvas, wide, high, size)

        gap = Spacer(1, 0.5 * writer.measures.gap)
        return [gap, TaggedFigure(width, height, draw, leaf), gap]

    def _draw(self, canvas: Any, width: float, height: float, size: float) -> None:
        from .ink import colour

        label = 8 + max(canvas.stringWidth(text, REGULAR, size) for text, _, _ in self.bars)
        value = 8 + max(canvas.stringWidth(text, BOLD, size) for _, _, text in self.bars)
        room, step = width - label - value, height / len(self.bars)
        for number, (text, amount, shown) in enumerate(self.bars):
            low = height - (number + 1) * step
            canvas.setFillColor(colour("tint"))
            canvas.rect(label, low + 0.16 * step, room, 0.68 * step, stroke=0, fill=1)
            canvas.setFillColor(colour("accent"))
            canvas.rect(label, low + 0.16 * step, room * amount / self.highest, 0.68 * step, stroke=0, fill=1)
            canvas.setFillColor(colour("ink"))
            canvas.setFont(REGULAR, size)
            canvas.drawString(0, low + 0.3 * step, text)
            canvas.setFont(BOLD, size)
            canvas.drawString(label + room + 8, low + 0.3 * step, shown)
