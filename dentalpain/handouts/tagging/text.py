"""Text objects whose runs belong to elements."""

# ReportLab has no types for what is built on here.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

from typing import Any

from .bases import PDFTextObject
from .structure import Element


class NotedText(PDFTextObject):
    """Text that tells its canvas what is written in which font."""

    def _formatText(self, text: str) -> str:
        notes = self._canvas.notes
        if notes is not None:
            notes.text(self._fontname, text)
        return str(super()._formatText(text))


class TaggedText(NotedText):
    """Text of one element, in which runs may belong to a Link below it.

    `spaces` holds the counts of printed characters after which the source has white space: a line that ends there
    gets a real space, so that words do not run together when the text is read out.
    """

    _code: list[str]

    def __init__(
        self, canvas: Any, element: Element, x: float, y: float, direction: Any = None, reading: Reading | None = None
    ) -> None:
        super().__init__(canvas, x, y, direction)
        self._element = self._current = element
        self._reading = reading
        self._last = ""
        self._links: dict[tuple[int, str], Element] = {}
        self.runs: list[tuple[int, Element]] = []

    def _textOut(self, text: str, TStar: int = 0) -> None:
        if self._reading is not None:
            text = self._reading.printed(text, line_ends=bool(TStar))
        if text:
            self.runs.append((len(self._code), self._current))
            self._last = text
        super()._textOut(text, TStar)

    def textOut(self, text: str) -> None:
        if text:
            self.runs.append((len(self._code), self._current))
        super().textOut(text)

    def _linkRecord(self, link: tuple[int, str], event: str) -> None:
        """ReportLab's paragraph calls this after the first run of a link and before the first run after it."""
        if event == "end":
            self._current = self._element
            return
        if link not in self._links:
            self._links[link] = self._element.add("Link")
        self._current = self._links[link]
        index = len(self._code) - 1
        if self.runs and self.runs[-1][0] == index:
            self.runs.pop()
        self.runs.append((index, self._current))
        self._canvas.expect_link(link[1], self._current, self._last.strip())

    def getCode(self) -> str:
        if not self.runs:
            return str(super().getCode())
        code: list[str] = []
        start, owner = 0, None
        for index, element in self.runs:
            code.extend(self._code[start:index])
            if element is not owner:
                code.extend(self._switch(owner, element))
                owner = element
            start = index
        self._code = [*code, *self._code[start:], "EMC"]
        return str(super().getCode())

    def _switch(self, owner: Element | None, element: Element) -> list[str]:
        if element is not self._element and not element.marked():
            # the link was added to the tree when it was met; its place is after what is marked before it
            self._element.kids.remove(element)
            self._element.kids.append(element)
        opened = self._canvas.mark(element)
        return [opened] if owner is None else ["EMC", opened]


class Reading:
    """How much of a paragraph's text has been printed, across lines and pages."""

    def __init__(self, source: str) -> None:
        self._spaces: set[int] = set()
        self._printed = 0
        self._after_space = True
        count = 0
        for character in source:
            if character.isspace():
                self._spaces.add(count)
            else:
                count += 1

    def anew(self) -> Reading:
        """The same text, with nothing of it printed yet."""
        again = Reading("")
        again._spaces = self._spaces
        return again

    def printed(self, text: str, *, line_ends: bool) -> str:
        """The text, with a space at its end where a line ends between two words."""
        self._printed += sum(not character.isspace() for character in text)
        if text:
            self._after_space = text.endswith(" ")
        if line_ends and self._printed in self._spaces and not self._after_space:
            self._after_space = True
            return f"{text} "
        return text
