"""Stacks of flowables that are laid out and drawn once, and for later documents written from memory."""

# ReportLab has no types for what is built on here.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.platypus import CondPageBreak, KeepTogether

from .bases import Flowable, NullActionFlowable
from .structure import Element, Mark, Place

Make = Callable[[Element], list[Any]]
Letters = tuple[tuple[str, str], ...]
KEPT: Any = KeepTogether
MOST_WRITINGS = 8  # in how many choices of font codes one stack is kept


class Shape(NamedTuple):
    """An element and what is below it, without a page: marks and links are numbers of the recording."""

    about: dict[str, Any]
    bounds: tuple[float, float, float, float] | None
    kids: tuple[Shape | Mark | LinkSpot, ...]


class LinkSpot(NamedTuple):
    """A clickable area, its corners from the lower left corner of the stack."""

    url: str
    rect: tuple[float, float, float, float]
    words: str


class Recording:
    """What was drawn: its measures, its elements, and for each choice of font codes its operators."""

    def __init__(self, letters: Letters, size: tuple[float, float] = (0, 0), spaces: tuple[float, float] = (0, 0)) -> None:
        self.size, self.spaces, self.letters = size, spaces, letters
        self.shapes: tuple[Shape, ...] = ()
        self.writings: dict[Hashable, list[str]] = {}

    def take(self, canvas: Any, notes: Notes, elements: Iterable[Element]) -> Recording:
        """Remember what was noted, with the elements that it was drawn for; they are empty again afterwards."""
        self.shapes = tuple(_shape(element, notes.origin) for element in elements)
        for element in elements:
            element.kids = []
        if len(self.writings) >= MOST_WRITINGS:
            self.writings.clear()
        self.writings[font_codes(canvas, self.letters)] = notes.pieces()
        return self

    def write(self, canvas: Any, elements: Iterable[Element] | None = None) -> list[Element] | None:
        """Draw it where the canvas stands, for these elements or for new ones, which are returned.

        None: it was never drawn with the font codes of this document.
        """
        pieces = self.writings.get(font_codes(canvas, self.letters))
        if pieces is None:
            return None
        first = len(canvas._on_page)
        canvas._on_page.extend([None] * (len(pieces) // 2))
        origin = canvas.absolutePosition(0, 0)
        owners = list(elements or (Element(**shape.about) for shape in self.shapes))
        for shape, element in zip(self.shapes, owners, strict=True):
            _fill(element, shape, canvas, first, origin)
        written = list(pieces)
        for spot in range(1, len(pieces), 2):
            number = first + int(pieces[spot])
            written[spot] = mark_operator(canvas._on_page[number], number)
        canvas.write_claimed("".join(written))
        return owners


def mark_operator(element: Element, number: int) -> str:
    """The operator that opens marked content."""
    return f"/{element.tag} <</MCID {number}>> BDC"


def font_codes(canvas: Any, letters: Letters) -> Hashable:
    """How the document writes these letters; a letter that is new to it gets its code now, as if it were drawn."""
    codes = []
    for name, characters in letters:
        font: Any = getFont(name)
        if font._dynamicFont:
            pieces = tuple(font.splitString(characters, canvas._doc))
            codes.append((pieces, font.getSubsetInternalName(0, canvas._doc)))
        else:
            codes.append(((), canvas._doc.getInternalFontName(name)))
    return tuple(codes)


def _fill(element: Element, shape: Shape, canvas: Any, first: int, origin: tuple[float, float]) -> None:
    """Give the element its marks, its links and what is below it."""
    if shape.bounds is not None:
        left, bottom, right, top = shape.bounds
        x, y = origin
        element.bounds = (x + left, y + bottom, x + right, y + top)
    for kid in shape.kids:
        if isinstance(kid, Shape):
            below = Element(**kid.about)
            below.parent = element
            element.kids.append(below)
            _fill(below, kid, canvas, first, origin)
        elif isinstance(kid, Mark):
            canvas._on_page[first + kid.number] = element
            element.kids.append(Mark(canvas._doc.thisPageRef(), first + kid.number))
        else:
            left, bottom, right, top = kid.rect
            x, y = origin
            canvas.write_link(kid.url, (x + left, y + bottom, x + right, y + top), element, kid.words)


class Recordings:
    """What was drawn, by a key that says all that the drawing depends on. It keeps up to `most` stacks."""

    def __init__(self, most: int = 600) -> None:
        self.most = most
        self._kept: dict[Hashable, Recording] = {}

    def find(self, key: Hashable) -> Recording | None:
        """The recording of that key, if there is one."""
        return self._kept.get(key)

    def keep(self, key: Hashable, recording: Recording) -> None:
        """Remember a recording; what was kept before is dropped when there is no more room."""
        if len(self._kept) >= self.most:
            self._kept.clear()
        self._kept[key] = recording


class Recorded(Flowable):
    """A stack of flowables as one, drawn from memory where the same was drawn before; else drawn, and remembered.

    `make(parent)` makes the flowables and adds their elements to the tree below `parent`; it is called only when they
    are needed. `place` is where the elements stand in the tree. `key` says all that the drawing depends on, its width
    too. Where the stack does not fit, its flowables take its place and go on as if it had never been.
    """

    def __init__(self, key: Hashable, make: Make, place: Place, memory: Recordings) -> None:
        super().__init__()
        self._key, self._make, self._place, self._memory = key, make, place, memory
        self._known = memory.find(key)
        self._made: list[Any] | None = None
        self._top = Element("Document")
        self._where: list[tuple[Any, float, float]] = []

    def _flowables(self) -> list[Any]:
        if self._made is None:
            self._made = self._make(self._top)
        return self._made

    def _stack(self) -> list[Any]:
        return [each for each in _flat(self._flowables()) if not isinstance(each, CondPageBreak)]

    def getSpaceBefore(self) -> float:
        if self._known is not None:
            return self._known.spaces[0]
        return float(self._stack()[0].getSpaceBefore()) if self._stack() else 0.0

    def getSpaceAfter(self) -> float:
        if self._known is not None:
            return self._known.spaces[1]
        return float(self._stack()[-1].getSpaceAfter()) if self._stack() else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._known is not None:
            self.width, self.height = self._known.size
        else:
            self._measure(width)
        return self.width, self.height

    def _measure(self, width: float) -> None:
        """Where each flowable stands below the one before, as a frame would set them."""
        down, space, where = 0.0, 0.0, []
        for number, each in enumerate(self._stack()):
            down += max(each.getSpaceBefore() - space, 0) if number else 0
            wide, high = each.wrapOn(getattr(self, "canv", None), width, 1e6)
            down, space = down + high, each.getSpaceAfter()
            where.append((each, width - wide, down))
            down += space
        self.width, self.height = width, down - space
        self._where = [(each, room, self.height - low) for each, room, low in where]

    def split(self, width: float, height: float) -> list[Any]:
        self._place.elements = self._top.kids
        return [NullActionFlowable(), *self._flowables()]

    def draw(self) -> None:
        elements = self._known.write(self.canv) if self._known is not None else None
        self._place.elements = elements if elements is not None else self._record().write(self.canv) or []

    def _record(self) -> Recording:
        """Draw the stack aside, and keep what was drawn; nothing of it reaches the page yet."""
        if not self._where:
            self._measure(self.width)
        with self.canv.aside() as notes:
            for each, room, low in self._where:
                each.drawOn(self.canv, 0, low, _sW=room)
        self._top.prune()
        spaces = (self.getSpaceBefore(), self.getSpaceAfter())
        recording = self._known or Recording(notes.letters(), (self.width, self.height), spaces)
        self._memory.keep(self._key, recording.take(self.canv, notes, self._top.kids))
        return recording


def _flat(flowables: Sequence[Any]) -> list[Any]:
    """The flowables, with what is kept together one by one."""
    found: list[Any] = []
    for each in flowables:
        found.extend(_flat(each._content) if isinstance(each, KEPT) else [each])
    return found


def _shape(element: Element, origin: tuple[float, float]) -> Shape:
    bounds = None
    if element.bounds is not None:
        left, bottom, right, top = element.bounds
        x, y = origin
        bounds = (left - x, bottom - y, right - x, top - y)
    about = {name: getattr(element, name) for name in ("tag", "alt", "scope", "columns", "lang")}
    kids = tuple(_shape(kid, origin) if isinstance(kid, Element) else kid for kid in element.kids)
    return Shape(about, bounds, kids)


class Notes:
    """What is written down while flowables are drawn aside."""

    def __init__(self, origin: tuple[float, float]) -> None:
        self.origin = origin
        self.code: list[str] = []
        self._texts: dict[str, dict[str, None]] = {}

    def text(self, font: str, text: str) -> None:
        """A text was written in this font."""
        held = self._texts.setdefault(font, {})
        held.update(dict.fromkeys(character for character in text if character > "\x7f"))

    def letters(self) -> Letters:
        """Each font that was used, in order, with its letters beyond ASCII, in order."""
        return tuple((font, "".join(held)) for font, held in self._texts.items())

    def pieces(self) -> list[str]:
        """The operators; every second piece is the number of a mark that opens there."""
        return "\n".join(self.code).split("\0")
