"""A canvas that knows what its marks mean: everything is an artifact until an element claims it."""

# ReportLab has no types for what is built on here.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

import copy
from collections.abc import Callable
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from .bases import Canvas, PDFString, fp_str
from .metadata import About, describe
from .objects import TaggedCatalog, TaggedDocument, TaggedPage
from .recorded import LinkSpot, Notes, mark_operator
from .structure import Annotation, Element, Mark, TreeRoot
from .text import NotedText, TaggedText

OPEN_ARTIFACT = "/Artifact BMC"
CLOSE = "EMC"

Finish = Callable[["TaggedCanvas", int, int], None]


class TaggedCanvas(Canvas):
    """ReportLab's canvas, writing a structure tree.

    `root` is the tree in reading order; `about` is what the document says about itself. `finish(canvas, page, pages)`
    is called for each page once the number of pages is known, and may draw artifacts on it.
    """

    _code: list[str]
    _currentMatrix: tuple[float, float, float, float, float, float]
    notes: Notes | None = None

    def __init__(
        self, filename: Any, *, root: Element, about: About, finish: Finish | None = None, **settings: Any
    ) -> None:
        settings.update(invariant=1, pageCompression=1, pdfVersion=(1, 7), lang=about.language)
        super().__init__(filename, **settings)
        self._doc.__class__ = TaggedDocument
        self._doc.Catalog.__class__ = TaggedCatalog
        self._root, self._finish = root, finish
        self._owners: dict[int, list[Element] | Element] = {}
        self._on_page: list[Element] = []
        self._drawn_pages: list[Any] = []
        self._label: Element | None = None
        self._waiting_links: dict[str, list[tuple[Element, str]]] = {}
        describe(self, about)

    def mark(self, element: Element) -> str:
        """The operator that opens marked content for the element on this page."""
        number = len(self._on_page)
        self._on_page.append(element)
        element.kids.append(Mark(self._doc.thisPageRef(), number))
        return f"\0{number}\0" if self.notes else mark_operator(element, number)

    @contextmanager
    def aside(self) -> Any:
        """What is drawn inside is noted and does not reach the page."""
        code, on_page = self._code, self._on_page
        notes = self.notes = Notes(self.absolutePosition(0, 0))
        self._code, self._on_page = notes.code, []
        yield notes
        notes.code[:] = without_empty_artifacts([OPEN_ARTIFACT, *self._code, CLOSE])
        self._code, self._on_page, self.notes = code, on_page, None

    def write_claimed(self, code: str) -> None:
        """Write operators that open and close their own marked content."""
        self._code.extend([CLOSE, code, OPEN_ARTIFACT])

    @contextmanager
    def drawing_for(self, element: Element) -> Any:
        """Everything drawn inside belongs to the element (a Figure)."""
        self._code.append(CLOSE)
        self._code.append(self.mark(element))
        yield
        self._code.append(CLOSE)
        self._code.append(OPEN_ARTIFACT)

    def draw_prepared(self, image: Any, width: float, height: float) -> None:
        """Draw an image of `prepared_image`, its lower left corner at the origin; it enters the document once."""
        name = self._doc.getXObjectName(image.name)
        if name not in self._doc.idToObject:
            own = copy.copy(image)  # the document keeps its own mark on what it takes in
            self._setXObjects(own)
            self._doc.Reference(own, name)
            self._doc.addForm(own.name, own)
        self.saveState()
        self.scale(width, height)
        self._code.append(f"/{name} Do")
        self.restoreState()
        self._formsinuse.append(image.name)

    def translate(self, dx: float, dy: float) -> None:
        """Move the origin; most places are those of an earlier document, and so are written from memory."""
        if self._code and self._code[-1].endswith(" cm"):
            super().translate(dx, dy)
            return
        a, b, c, d, e, f = self._currentMatrix
        self._currentMatrix = (a, b, c, d, a * dx + c * dy + e, b * dx + d * dy + f)
        self._code.append(_moved(dx, dy))

    @contextmanager
    def label_for(self, element: Element | None) -> Any:
        """The text objects begun inside are the label of a list item (None: they are artifacts)."""
        self._label = element
        yield
        self._label = None

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> Any:
        if self._label is None:
            return NotedText(self, x, y, direction)
        return TaggedText(self, self._label, x, y, direction)

    def drawText(self, text: Any) -> None:
        if not isinstance(text, TaggedText):
            super().drawText(text)
            return
        code = text.getCode()
        self._code.extend([CLOSE, code, OPEN_ARTIFACT] if text.runs else [code])

    def expect_link(self, url: str, element: Element, words: str) -> None:
        """The next clickable area for this address belongs to the element and is described by the words."""
        self._waiting_links.setdefault(url, []).append((element, words))

    def linkURL(self, url: str, rect: Any, relative: int = 0, **settings: Any) -> None:
        """Write the link, and tie it to the element that waits for it."""
        element, words = self._waiting_links[url].pop(0)
        if self.notes is not None:
            left, bottom, right, top = self._absRect(rect, relative)
            x, y = self.notes.origin
            element.kids.append(LinkSpot(url, (left - x, bottom - y, right - x, top - y), words))
        else:
            self.write_link(url, self._absRect(rect, relative), element, words, **settings)

    def write_link(self, url: str, rect: Any, element: Element, words: str, **settings: Any) -> None:
        """Write a link that belongs to the element and is described by the words; `rect` is on the page."""
        key = self._next_key()
        super().linkURL(url, rect, 0, Contents=PDFString(words or url), F=4, StructParent=key, **settings)
        self._owners[key] = element
        element.kids.append(Annotation(self._doc.thisPageRef(), self._annotationrefs[-1]))

    def _next_key(self) -> int:
        key = len(self._owners)
        self._owners[key] = []
        return key

    def showPage(self) -> None:
        self._code[:] = without_empty_artifacts([OPEN_ARTIFACT, *self._code, CLOSE])
        super().showPage()

    def _setAnnotations(self, page: Any) -> None:
        super()._setAnnotations(page)
        page.__class__ = TaggedPage
        page.StructParents = self._next_key()
        self._owners[page.StructParents] = self._on_page
        self._on_page = []
        self._drawn_pages.append(page)

    def save(self) -> None:
        """Finish the pages, write the tree, and save."""
        if self._code:
            self.showPage()
        for number, page in enumerate(self._drawn_pages, 1):
            self._finish_page(page, number)
        self._code = []
        self._root.prune()
        self._doc.Catalog.StructTreeRoot = TreeRoot(self._root, self._owners)
        super().save()

    def _finish_page(self, page: Any, number: int) -> None:
        self._code = []
        self.init_graphics_state()
        if self._finish is not None:
            self._finish(self, number, len(self._drawn_pages))
        if self._code:
            page.stream += "\n".join(["q", OPEN_ARTIFACT, *self._code, CLOSE, "Q\n"])


@lru_cache(maxsize=4096)
def _moved(dx: float, dy: float) -> str:
    return f"1 0 0 1 {fp_str(dx, dy)} cm"


def without_empty_artifacts(code: list[str]) -> list[str]:
    """The page's operators without artifacts that hold nothing."""
    kept: list[str] = []
    for operator in code:
        if operator == CLOSE and kept and kept[-1] == OPEN_ARTIFACT:
            kept.pop()
        else:
            kept.append(operator)
    return kept


def canvas_maker(root: Element, about: About, finish: Finish | None = None) -> Callable[..., TaggedCanvas]:
    """A `canvasmaker` for ReportLab's document templates."""

    def make(filename: Any, **settings: Any) -> TaggedCanvas:
        return TaggedCanvas(filename, root=root, about=about, finish=finish, **settings)

    return make
