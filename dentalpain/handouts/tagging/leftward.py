"""Paragraphs whose lines run from right to left (Arabic): written in the order of reading, placed where they are seen.

Experimental. A line is cut into pieces; words of leftward letters, numbers and runs of Latin words are a piece each, and
each stands to the left of the one before. Within a piece nothing is turned round, so that `1-2` stays `1-2`.
"""

# ReportLab has no types for what is built on here.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth

from .flowables import TaggedParagraph
from .structure import Element

# A letter of `shaping`; Latin words and numbers that follow each other; a number or a word with the signs inside it.
_LETTER = r"[\U000F0000-\U000FFFFD]"
_OTHER = r"[^\U000F0000-\U000FFFFD ]"
_PIECE = re.compile(rf"{_LETTER}|(?:[0-9]{_OTHER}* +)?[A-Za-z]{_OTHER}*(?: +[A-Za-z0-9]{_OTHER}*)*|{_OTHER}+| +")


class Piece(NamedTuple):
    """A piece of a line: what is drawn, how, and the address that it leads to."""

    text: str
    font: str
    size: float
    colour: Any
    link: str | None


def pieces(text: str) -> list[str]:
    """The pieces of a line in the order of reading, spaces among them."""
    return _PIECE.findall(text)


class LeftwardParagraph(TaggedParagraph):
    """A paragraph that runs from right to left; its style has the indents and the label on the right."""

    def drawPara(self, debug: int = 0) -> None:
        with self.canv.label_for(self.label):
            self._draw_label()
        lines = list(_lines(self))
        if not lines:
            return
        style = self.style
        y = self.height - style.fontSize
        text = self.beginText(0, y)
        for number, line in enumerate(lines):
            wide = sum(stringWidth(piece.text, piece.font, piece.size) for piece in line)
            x = self.width - style.rightIndent
            if style.alignment == 1:
                x -= (self.width - style.leftIndent - style.rightIndent - wide) / 2
            last = number == len(lines) - 1
            self._draw_line(text, line, x, y - number * style.leading, last)
        self.canv.drawText(text)

    def _whole_link(self) -> Element:
        return self.leaf

    def _draw_label(self) -> None:
        if not self.bulletText:
            return
        style = self.style
        wide = stringWidth(self.bulletText, style.bulletFontName, style.bulletFontSize)
        label = self.canv.beginText(self.width - wide, self.height - style.bulletFontSize)
        label.setFont(style.bulletFontName, style.bulletFontSize)
        label.setFillColor(style.bulletColor)
        label.textOut(self.bulletText)
        self.canv.drawText(label)

    def _draw_line(self, text: Any, line: list[Piece], x: float, y: float, last: bool) -> None:
        for number, piece in enumerate(line):
            wide = stringWidth(piece.text, piece.font, piece.size)
            x -= wide
            text.setTextOrigin(x, y)
            text.setFont(piece.font, piece.size)
            text.setFillColor(piece.colour)
            ends = number == len(line) - 1 and not last
            text._textOut(f"{piece.text} " if ends and not piece.text.isspace() else piece.text)
            if piece.link:
                key = (number, piece.link)
                text._linkRecord(key, "start")
                text._linkRecord(key, "end")
                self.canv.linkURL(piece.link, (x, y - 0.2 * piece.size, x + wide, y + 0.8 * piece.size), relative=1)


def _lines(paragraph: Any) -> Iterator[list[Piece]]:
    """The lines of a paragraph that was broken, each in pieces."""
    broken = paragraph.blPara
    for line in broken.lines:
        if broken.kind == 0:
            words = line[1] if isinstance(line, tuple | list) else line.words
            style = broken
            yield [_piece(text, style) for text in pieces(" ".join(words) if isinstance(words, list) else words)]
        else:
            yield [_piece(text, fragment) for fragment in line.words for text in pieces(fragment.text)]


def _piece(text: str, style: Any) -> Piece:
    links = getattr(style, "link", None) or []
    link = links[0][1] if links and not text.isspace() else None
    return Piece(text, style.fontName, style.fontSize, style.textColor, link)
