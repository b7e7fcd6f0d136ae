"""Flowables that carry a leaf of the structure tree."""

# ReportLab has no types for what is built on here.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .bases import Flowable, Paragraph
from .structure import Element
from .text import Reading, TaggedText


class TaggedParagraph(Paragraph):
    """A paragraph that belongs to a leaf; its bullet, if any, belongs to `label`.

    `once` is for a table head that is drawn again on later pages: the repetition is an artifact.
    A paragraph that is split over pages stays one element.
    """

    leaf: Element
    label: Element | None = None
    once = False
    _reading: Reading | None = None

    def __init__(
        self,
        markup: str | None,
        style: Any,
        leaf: Element | None = None,
        *,
        label: Element | None = None,
        once: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(markup, style, **settings)
        self.label, self.once = label, once
        if leaf is not None:  # ReportLab makes the parts of a split paragraph without one; `split` gives it to them
            self.leaf = leaf

    def _source(self) -> str:
        return "".join(" " if getattr(part, "lineBreak", False) else getattr(part, "text", "") for part in self.frags)

    def wrap(self, width: float, height: float) -> Any:
        if self._reading is None:  # before the first breaking into lines, which reorders the fragments
            self._reading = Reading(self._source())
        return super().wrap(width, height)

    def split(self, width: float, height: float) -> list[Any]:
        parts = super().split(width, height)
        for number, part in enumerate(parts):
            part.leaf, part.once, part._reading = self.leaf, self.once, self._reading
            part.label = self.label if number == 0 else None
        return list(parts)

    def beginText(self, x: float, y: float) -> Any:
        if self.once and self.leaf.marked():
            return self.canv.beginText(x, y)
        owner = self._whole_link()
        return TaggedText(self.canv, owner, x, y, reading=self._reading)

    def _whole_link(self) -> Element:
        """The leaf; or a Link below it, where the paragraph is one link and ReportLab records no runs."""
        lines = self.blPara
        links = getattr(lines, "link", None) if lines.kind == 0 else None
        if not links:
            return self.leaf
        (_, url), *_ = links
        link = self.leaf.add("Link")
        for _ in lines.lines:
            self.canv.expect_link(url, link, self._source())
        return link

    def drawPara(self, debug: int = 0) -> None:
        with self.canv.label_for(self.label):
            super().drawPara(debug)


class TaggedFigure(Flowable):
    """A drawing made by `draw(canvas, width, height)`, with its text alternative on the leaf (a Figure)."""

    def __init__(self, width: float, height: float, draw: Callable[[Any, float, float], None], leaf: Element) -> None:
        super().__init__()
        self.width, self.height, self.leaf, self._draw = width, height, leaf, draw

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(0, 0)
        right, top = self.canv.absolutePosition(self.width, self.height)
        self.leaf.bounds = (left, bottom, right, top)
        with self.canv.drawing_for(self.leaf):
            self._draw(self.canv, self.width, self.height)
