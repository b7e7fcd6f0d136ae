"""The structure tree: what the parts of a document are, in reading order."""

# ReportLab has no types for what is built on here.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

from typing import Any

from .bases import PDFObject, PDFString

# PDF 32000-1, 14.8.4: the standard structure types that this layer writes.
TYPES = frozenset({
    "Document", "Part", "Sect", "Div", "BlockQuote", "Caption", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI",
    "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Span", "Note", "Link", "Figure",
})  # fmt: skip
MAY_BE_EMPTY = frozenset({"TD", "TH"})


class Mark:
    """One piece of marked content on a page: MCID `number` on the page that `page` refers to."""

    __slots__ = ("number", "page")

    def __init__(self, page: Any, number: int) -> None:
        self.page, self.number = page, number


class Annotation:
    """An annotation (a link's clickable area) that belongs to an element."""

    __slots__ = ("page", "reference")

    def __init__(self, page: Any, reference: Any) -> None:
        self.page, self.reference = page, reference


class Element(PDFObject):
    """A node of the structure tree.

    `tag` is a standard structure type. `alt` is the text alternative of a Figure. `scope` is "Column" or "Row" for a
    TH; `columns` is the number of columns a cell spans; `bounds` is the box of a Figure on its page, in points.
    Raises ValueError for a tag that is not a standard type.
    """

    __RefOnly__ = 1

    def __init__(self, tag: str, *, alt: str = "", scope: str = "", columns: int = 1, lang: str = "") -> None:
        if tag not in TYPES:
            raise ValueError(f"{tag} is not a standard structure type")
        self.tag, self.alt, self.scope, self.columns, self.lang = tag, alt, scope, columns, lang
        self.bounds: tuple[float, float, float, float] | None = None
        self.reference = ""  # as the PDF names it, once the tree is numbered
        self.kids: list[Any] = []
        self.parent: Any = None

    def add(self, tag: str, **about: Any) -> Element:
        """Add a child at the end and return it."""
        child = Element(tag, **about)
        child.parent = self
        self.kids.append(child)
        return child

    def adopt(self, other: Element) -> None:
        """Take over the children of another element, at the end."""
        for kid in other.kids:
            if isinstance(kid, Element):
                kid.parent = self
        self.kids.extend(other.kids)

    def place(self) -> Place:
        """Add a place at the end for elements that are known later."""
        held = Place(self)
        self.kids.append(held)
        return held

    def marked(self) -> bool:
        """Whether anything was drawn for this element itself."""
        return any(isinstance(kid, Mark) for kid in self.kids)

    def prune(self) -> None:
        """Drop what was never drawn; an empty table cell stays, so that columns keep their place."""
        if any(isinstance(kid, Place) for kid in self.kids):
            self.kids = [kid for given in self.kids for kid in (given.taken() if isinstance(given, Place) else [given])]
        for kid in self.kids:
            if isinstance(kid, Element):
                kid.prune()
        self.kids = [kid for kid in self.kids if not isinstance(kid, Element) or kid.kids or kid.tag in MAY_BE_EMPTY]

    def first_page(self) -> Any:
        """The page of the first thing that was drawn for this element or below it; None if nothing was."""
        for kid in self.kids:
            found = kid.first_page() if isinstance(kid, Element) else kid.page
            if found is not None:
                return found
        return None

    def number(self, document: Any) -> None:
        """Give this element and all below it their object numbers, in reading order."""
        self.reference = document.register(self)
        for kid in self.kids:
            if isinstance(kid, Element):
                kid.number(document)

    def format(self, document: Any) -> bytes:
        """The element as a PDF dictionary; its tree is numbered."""
        page = self.first_page()
        parts = [f"/Type /StructElem /S /{self.tag} /P {self.parent.reference}"]
        if page is not None:
            parts.append(f"/Pg {document.page_reference(page)}")
        if self.kids:
            parts.append(f"/K [{' '.join([_kid(kid, page, document) for kid in self.kids])}]")
        parts.extend(self._attributes())
        if not self.alt and not self.lang:
            return f"<< {chr(10).join(parts)} >>".encode("latin-1")
        words = [("Alt", self.alt), ("Lang", self.lang)]
        strings = [f"/{key} ".encode() + PDFString(value).format(document) for key, value in words if value]
        return b"<< " + b" ".join(["\n".join(parts).encode("latin-1"), *strings]) + b" >>"

    def _attributes(self) -> list[str]:
        if self.bounds is not None:
            box = " ".join(f"{value:.2f}" for value in self.bounds)
            return [f"/A << /O /Layout /Placement /Block /BBox [{box}] >>"]
        cell = f"/Scope /{self.scope} " if self.scope else ""
        cell += f"/ColSpan {self.columns} " if self.columns > 1 else ""
        return [f"/A << /O /Table {cell}>>"] if cell else []


class Place:
    """A place in the tree whose `elements` are known only when they are drawn; the tree takes them in before it is saved."""

    def __init__(self, parent: Element) -> None:
        self.parent = parent
        self.elements: list[Any] = []

    def taken(self) -> list[Any]:
        """The elements, now children of the parent."""
        for element in self.elements:
            element.parent = self.parent
        return self.elements


class TreeRoot(PDFObject):
    """The StructTreeRoot with its parent tree: from each page's marks and each annotation back to the elements.

    `owners` maps a StructParents key to the page's elements by MCID, or to the one element of an annotation.
    """

    __RefOnly__ = 1

    def __init__(self, top: Element, owners: dict[int, list[Element] | Element]) -> None:
        self.top, self.owners = top, owners
        top.parent = self

    def format(self, document: Any) -> bytes:
        self.reference = _ref(self, document)
        self.top.number(document)
        numbers = []
        for key, owner in sorted(self.owners.items()):
            if isinstance(owner, Element):
                numbers.append(f"{key} {owner.reference}")
            else:
                numbers.append(f"{key} [{' '.join([element.reference for element in owner])}]")
        tree = f"<< /Nums [{chr(10).join(numbers)}] >>"
        return (
            f"<< /Type /StructTreeRoot /K [{self.top.reference}]\n"
            f"/ParentTree {tree} /ParentTreeNextKey {max(self.owners, default=-1) + 1} >>"
        ).encode()


def _ref(thing: Any, document: Any) -> str:
    reference: bytes = document.Reference(thing).format(document)
    return reference.decode()


def _kid(kid: Element | Mark | Annotation, page: Any, document: Any) -> str:
    if isinstance(kid, Element):
        return kid.reference
    if isinstance(kid, Annotation):
        return f"<< /Type /OBJR /Obj {_ref(kid.reference, document)} /Pg {document.page_reference(kid.page)} >>"
    if kid.page.name == page.name:
        return str(kid.number)
    return f"<< /Type /MCR /Pg {document.page_reference(kid.page)} /MCID {kid.number} >>"
