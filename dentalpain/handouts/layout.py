"""The printed handout: a tagged PDF (PDF/UA-1 and PDF/A-2a) with the same bytes for the same content and day."""

from __future__ import annotations

import io
from functools import cached_property, lru_cache
from typing import Any

from ..errors import InputError
from .content import Document, texts
from .fonts import covered_characters, in_letters
from .style import LARGE, NORMAL, PAPERS, Measures
from .text import check_printable

CREATOR = "dentalpain"
LEAST_FILLED = 0.7  # a page with less on it is worth an attempt to set the text closer
LEAST_ON_LAST = 0.6  # the last page may be emptier
WORTH = 0.15  # so much more on the emptiest page before the last is worth less space around the text
CLOSER = 0.9  # about what is left of a text's length when it is set closer
SHORT = 0.4  # a last page with less on it is worth one more attempt, with hardly any space around the text
LEAST_AIR = 0.3
MOST_PAGES = 7  # of a longer document one page more or less does not matter
BARE = 0.25  # a last page with less on it looks like a mistake: the page before gives it some
SHARED = 0.32  # how much it then holds
LEAST_LEFT = 0.45  # of the page that gives
LEAST_GIVEN = 0.01  # so that it gives the last piece that stays together, where more would be too much


def to_pdf(document: Document, *, paper: str = "letter", large_print: bool = False) -> bytes:
    """The document as a PDF on `letter` or `a4` paper, in 12.5 pt, or 18 pt where `large_print` is true.

    Raises InputError for another paper, WordingError for a character that the fonts do not hold.
    """
    if paper not in PAPERS:
        raise InputError("this paper is not known.", where="paper", mend=f"Choose {' or '.join(PAPERS)}.")
    foot = (document.page_of, document.version, document.watermark or "")
    check_printable([*texts(document), *foot], covered_characters(document.language))
    measures = in_letters(LARGE if large_print else NORMAL, document.language)
    measures = measures if document.watermark else measures.unmarked()
    return _printed(document, PAPERS[paper], measures).data


def _printed(document: Document, size: tuple[float, float], measures: Measures) -> _Printed:
    """The document as it is set usually, or closer where that saves a page or fills an empty one."""
    printed = _build(document, size, measures)
    *before, last = printed.filled
    if not before:
        return printed
    short = len(printed.filled) <= MOST_PAGES
    if min(before) < LEAST_FILLED or last < LEAST_ON_LAST or (short and CLOSER * sum(printed.filled) <= len(before)):
        closer = _build(document, size, measures.tighter())
        printed = closer if _better(closer.filled, printed.filled) else printed
    if short and len(printed.filled) > len(before) and printed.filled[-1] < SHORT:
        closest = _build(document, size, measures.tighter(LEAST_AIR))
        printed = closest if len(closest.filled) < len(printed.filled) else printed
    return _shared(printed, document, size)


def _shared(printed: _Printed, document: Document, size: tuple[float, float]) -> _Printed:
    """The document with more on a bare last page, where the page before can give some of its own."""
    *_, giving, last = [1.0, *printed.filled]
    if last >= BARE or len(printed.filled) == 1:
        return printed
    for less in (SHARED - last, LEAST_GIVEN):
        shared = _build(document, size, printed.measures, (len(printed.filled) - 1, giving - less))
        if len(shared.filled) == len(printed.filled) and shared.filled[-2] >= LEAST_LEFT and shared.filled[-1] > last:
            return shared
    return printed


def _better(closer: list[float], usual: list[float]) -> bool:
    """Whether fewer pages come of it, or as many of which none before the last is as empty."""
    if len(closer) != len(usual):
        return len(closer) < len(usual)
    return min(closer[:-1]) >= min(usual[:-1]) + WORTH


class _Printed:
    """Drawn pages and how much of each is filled, from 0 to 1; `data` is the file, written when it is asked for."""

    def __init__(self, canvas: Any, target: io.BytesIO, filled: list[float], measures: Measures) -> None:
        self._canvas, self._target, self.filled, self.measures = canvas, target, filled, measures

    @cached_property
    def data(self) -> bytes:
        self._canvas.save()
        return self._target.getvalue()


def _build(
    document: Document, size: tuple[float, float], measures: Measures, shorter: tuple[int, float] = (0, 1.0)
) -> _Printed:
    """The drawn pages; `shorter` is the number of a page that ends early, and how much of it may be filled."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    from .blocks import Writer
    from .tagging import About, Element, canvas_maker

    width = size[0] - 2 * measures.margin
    root = Element("Document")
    about = About(
        title=document.title, language=document.language, on=document.on, author=document.office.name, creator=CREATOR
    )
    furniture = _Furniture(document, size, measures)
    height = size[1] - measures.top - measures.bottom
    frame: Any = Frame(
        measures.margin, measures.bottom, width, height,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    target, filled = io.BytesIO(), list[float]()

    def page_begins() -> None:
        frame._y1p = measures.bottom + (height * (1 - shorter[1]) if template.page == shorter[0] else 0)

    def page_ends(canvas: Any, template: Any) -> None:
        filled.append(1 - (template.frame._y - measures.bottom) / height)

    template: Any = BaseDocTemplate(target, pagesize=size, initialFontName=measures.regular, allowSplitting=1)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=furniture.under, onPageEnd=page_ends))
    flow = Writer(measures, width, height).document(document, root)
    template.beforePage = page_begins
    template._doSave = 0  # a text that is set closer afterwards is not written
    template.build(flow, canvasmaker=canvas_maker(root, about, furniture.over))
    return _Printed(template.canv, target, filled, measures)


class _Furniture:
    """What stands around the text on every page; artifacts all."""

    def __init__(self, document: Document, size: tuple[float, float], measures: Measures) -> None:
        self.document, self.size, self.measures = document, size, measures

    def under(self, canvas: Any, template: Any) -> None:
        """The band at the top edge and, where there is one, the watermark, below the text."""
        from .ink import colour

        width, height = self.size
        canvas.saveState()
        canvas.setFillColor(colour("accent"))
        canvas.rect(0, height - 9, width, 9, stroke=0, fill=1)
        if self.document.watermark:
            self._watermark(canvas)
        canvas.restoreState()

    def _watermark(self, canvas: Any) -> None:
        from .ink import colour

        width, height = self.size
        text = self._shaped(self.document.watermark or "", bold=True)
        canvas.saveState()
        canvas.setFillColor(colour("watermark"))
        canvas.translate(width / 2, height / 2)
        canvas.rotate(52)
        bold = self.measures.bold
        canvas.setFont(bold, min(64.0, 0.9 * height / max(canvas.stringWidth(text, bold, 1), 1)))
        canvas.drawCentredString(0, 0, text)
        canvas.restoreState()

    def over(self, canvas: Any, page: int, pages: int) -> None:
        """The running head of later pages and the foot, once the number of pages is known."""
        from .ink import colour

        document, m = self.document, self.measures
        canvas.setFillColor(colour("quiet"))
        if page > 1:
            self._line(canvas, self.size[1] - 0.66 * m.top, self._shaped(document.office.name), document.office.phone)
        number = self._shaped(document.page_of.format(page=page, pages=pages))
        version = self._shaped(document.version)
        low = 0.95 * m.foot + 9
        together = _wide(f"{version}    {number}", m.regular, m.foot) <= self._width
        if together:
            self._line(canvas, low, version, number)
        else:
            self._line(canvas, low, version, "")
            self._line(canvas, low + 1.25 * m.foot, "", number)
        if document.watermark:
            canvas.setFillColor(colour("ink"))
            height = low + (1.35 if together else 2.6) * m.foot
            self._centred(canvas, height, self._shaped(document.watermark, bold=True))

    def _shaped(self, text: str, *, bold: bool = False) -> str:
        from .letters_print import line_in_shape

        return line_in_shape(text, self.measures.bold if bold else self.measures.regular, self.measures)

    @property
    def _width(self) -> float:
        return self.size[0] - 2 * self.measures.margin

    def _centred(self, canvas: Any, y: float, text: str) -> None:
        bold = self.measures.bold
        canvas.setFont(bold, min(self.measures.foot + 0.5, self._width / max(canvas.stringWidth(text, bold, 1), 1)))
        canvas.drawCentredString(self.size[0] / 2, y, text)

    def _line(self, canvas: Any, y: float, left: str, right: str) -> None:
        """Two texts on one line; the left one gives way where both do not fit."""
        m = self.measures
        left, right = (right, left) if m.leftward else (left, right)
        canvas.setFont(m.regular, m.foot)
        right = _shortened(right, self._width, m)
        room = self._width - _wide(right, m.regular, m.foot) - 12
        canvas.drawString(m.margin, y, _shortened(left, room, m))
        canvas.drawString(m.margin + self._width - _wide(right, m.regular, m.foot), y, right)


@lru_cache(maxsize=256)
def _wide(text: str, font: str, size: float) -> float:
    """The width of a text at the edge of a page, where no text is about a patient."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))


def _shortened(text: str, room: float, measures: Measures) -> str:
    font, size = measures.regular, measures.foot
    if _wide(text, font, size) <= room:
        return text
    while text and _wide(f"{text}\N{HORIZONTAL ELLIPSIS}", font, size) > room:
        text = text[:-1]
    return f"{text}\N{HORIZONTAL ELLIPSIS}" if text else ""
