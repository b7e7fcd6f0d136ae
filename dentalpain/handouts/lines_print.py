"""How a line to write on is printed: the label, and a rule from its end to the margin."""

from __future__ import annotations

from typing import Any

from .blocks import markup
from .content import Runs
from .ink import colour
from .tagging import Element, TaggedParagraph


class RuledParagraph(TaggedParagraph):
    """A paragraph of one short line with a rule behind it; the rule is an artifact."""

    @classmethod
    def of(cls, runs: Runs, style: Any, leaf: Element) -> RuledParagraph:
        return cls(markup(runs), style, leaf)

    def drawPara(self, debug: int = 0) -> None:
        start = min(self.minWidth() if len(self.blPara.lines) > 1 else self._end(), 0.7 * self.width) + 8
        y = self.height - 1.12 * self.style.fontSize * max(1, len(self.blPara.lines))
        self.canv.saveState()
        self.canv.setStrokeColor(colour("ink"))
        self.canv.setLineWidth(0.8)
        self.canv.line(start, y, self.width, y)
        self.canv.restoreState()
        super().drawPara(debug)

    def _end(self) -> float:
        """Where the text of the last line ends, in points."""
        line = self.blPara.lines[-1]
        extra = line[0] if isinstance(line, tuple) else line.extraSpace
        return float(self.width - extra)
