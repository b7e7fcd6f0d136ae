"""How an item to tick is printed: a square where its lines begin."""

from __future__ import annotations

from .ink import colour
from .tagging import LeftwardParagraph, TaggedParagraph


class TickedParagraph(TaggedParagraph):
    """A paragraph with a square to tick."""

    def drawPara(self, debug: int = 0) -> None:
        size = 0.85 * self.style.fontSize
        self.canv.saveState()
        self.canv.setStrokeColor(colour("ink"))
        self.canv.setLineWidth(1.2)
        self.canv.roundRect(self._place(size), self.height - 1.02 * self.style.fontSize, size, size, 1.5)
        self.canv.restoreState()
        super().drawPara(debug)

    def _place(self, size: float) -> float:
        return 1.0


class LeftwardTicked(TickedParagraph, LeftwardParagraph):
    """The same with lines from right to left, its square at the right."""

    def _place(self, size: float) -> float:
        return float(self.width - size - 1)
