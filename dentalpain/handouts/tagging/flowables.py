"""Flowables that carry a leaf of the structure tree."""

# ReportLab has no types for what is built on here.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from typing import Any

from .bases import Flowable, Paragraph
from .recorded import Recording
from .structure import Element
from .text import Reading, TaggedText


class Memory:
    """Text that was parsed and broken into lines, kept for the next paragraph with the same markup and style.

    Give it to paragraphs whose text may stay in memory: it keeps up to `most` of them for as long as it lives.
    """

    def __init__(self, most: int = 4000) -> None:
        self.most = most
        self._kept: dict[tuple[str, int], Kept] = {}

    def text(self, markup: str, style: Any) -> Kept:
        """The text of this markup in this style, parsed once."""
        key = (markup, id(style))
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= self.most:
                self._kept.clear()
            kept = self._kept[key] = Kept(style, Paragraph(markup, style).frags)
        return kept


class Kept:
    """A parsed text.

    `lines` holds, for each width, what ReportLab's paragraph finds when it wraps the text; `drawn` holds what it draws.
    """

    def __init__(self, style: Any, frags: list[Any]) -> None:
        self.style, self._frags = style, frags  # the style is held so that its id stays its own
        self.reading = Reading(source_of(frags))
        self.lines: dict[float, dict[str, Any]] = {}
        self.drawn: dict[Hashable, Recording] = {}

    def fragments(self) -> list[Any]:
        """Fragments of its own for a paragraph: ReportLab changes them when it breaks lines."""
        return [frag.clone() for frag in self._frags]


_WRAPPED = ("frags", "blPara", "width", "height", "_wrapWidths")


def source_of(frags: list[Any]) -> str:
    """The text of parsed fragments; a line break counts as a space."""
    return "".join(" " if getattr(part, "lineBreak", False) else getattr(part, "text", "") for part in frags)


class TaggedParagraph(Paragraph):
    """A paragraph that belongs to a leaf; its bullet, if any, belongs to `label`.

    `once` is for a table head that is drawn again on later pages: the repetition is an artifact.
    A paragraph that is split over pages stays one element. With a `memory` it is parsed and wrapped only once.
    """

    leaf: Element
    label: Element | None = None
    once = False
    frags: list[Any]
    blPara: Any
    _reading: Reading | None = None
    _kept: Kept | None = None
    _room = 0.0

    def __init__(
        self,
        markup: str | None,
        style: Any,
        leaf: Element | None = None,
        *,
        label: Element | None = None,
        once: bool = False,
        memory: Memory | None = None,
        **settings: Any,
    ) -> None:
        if memory is not None:
            self._kept = memory.text(str(markup), style)
            settings["frags"] = self._kept.fragments()
        super().__init__(markup, style, **settings)
        self.label, self.once = label, once
        if leaf is not None:  # ReportLab makes the parts of a split paragraph without one; `split` gives it to them
            self.leaf = leaf

    def wrap(self, width: float, height: float) -> Any:
        if self._reading is None:  # before the first breaking into lines, which reorders the fragments
            self._reading = self._kept.reading.anew() if self._kept else Reading(source_of(self.frags))
        if self._kept is None:
            return super().wrap(width, height)
        self._room = width
        found = self._kept.lines.get(width)
        if found is None:
            self.frags = self._kept.fragments()
            answer = super().wrap(width, height)
            if hasattr(self, "blPara"):
                self._kept.lines[width] = {name: getattr(self, name) for name in _WRAPPED}
            return answer
        self.__dict__.update(found)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        if self._kept is not None and hasattr(self, "blPara"):  # splitting changes the lines that others share
            self.frags, self.blPara = copy.deepcopy((self.frags, self.blPara))
        parts = super().split(width, height)
        for number, part in enumerate(parts):
            part.leaf, part.once, part._reading = self.leaf, self.once, self._reading
            part.label = self.label if number == 0 else None
        return list(parts)

    def draw(self) -> None:
        """Draw the text, from memory where it was drawn before; text that goes on on the next page is never kept."""
        if self._kept is None or self.canv.notes is not None or (self.once and self.leaf.marked()):
            super().draw()
            return
        key = (type(self), self._room, self.bulletText)
        owners = [self.leaf] if self.label is None else [self.label, self.leaf]
        known = self._kept.drawn.get(key)
        if known is None or known.write(self.canv, owners) is None:
            with self.canv.aside() as notes:
                super().draw()
            known = known or self._kept.drawn.setdefault(key, Recording(notes.letters()))
            known.take(self.canv, notes, owners).write(self.canv, owners)

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
            self.canv.expect_link(url, link, source_of(self.frags))
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
