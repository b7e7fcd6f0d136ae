"""A reader of tagged PDF that shares nothing with the writer: it walks the structure tree as a screen reader does."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject


@dataclass
class Node:
    """An element of the structure tree with the text that was drawn for it."""

    tag: str
    alt: str = ""
    scope: str = ""
    text: str = ""
    kids: list[Node] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            yield from kid.walk()


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def tree(data: bytes) -> Node:
    """The top element of the document."""
    pdf = reader(data)
    texts = {page.indirect_reference.idnum: _marked_texts(pdf, page) for page in pdf.pages}
    root = pdf.trailer["/Root"]["/StructTreeRoot"]
    (top,) = root["/K"]
    return _node(top.get_object(), texts)


def _node(element: DictionaryObject, texts: dict[int, dict[int, str]]) -> Node:
    attributes = element.get("/A", {})
    node = Node(element["/S"][1:], str(element.get("/Alt", "")), str(attributes.get("/Scope", ""))[1:])
    page = element.raw_get("/Pg").idnum if "/Pg" in element else 0
    for kid in element.get("/K", []):
        kid = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(kid, int):
            node.text += texts[page].pop(kid)
        elif kid.get("/Type") == "/MCR":
            node.text += texts[kid.raw_get("/Pg").idnum].pop(kid["/MCID"])
        elif kid.get("/Type") == "/OBJR":
            node.links.append(kid["/Obj"]["/A"]["/URI"])
        else:
            child = _node(kid, texts)
            node.kids.append(child)
            if child.tag == "Link":
                node.text += child.text
    return node


def page_text(data: bytes, number: int = 0) -> str:
    """Everything drawn on a page, artifacts too, in drawing order."""
    pdf = reader(data)
    return "".join(text for _, text in _pieces(pdf, pdf.pages[number]))


def _marked_texts(pdf: PdfReader, page: Any) -> dict[int, str]:
    texts: dict[int, str] = {}
    for number, text in _pieces(pdf, page):
        if number is not None:
            texts[number] = texts.get(number, "") + text
    return texts


def _pieces(pdf: PdfReader, page: Any) -> Iterator[tuple[int | None, str]]:
    fonts = {name: _map(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    open_marks: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), pdf).operations:
        if operator == b"BDC":
            open_marks.append(int(operands[1]["/MCID"]))
            yield open_marks[-1], ""
        elif operator == b"BMC":
            open_marks.append(None)
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator == b"Tj":
            assert open_marks, "text outside marked content"
            yield open_marks[-1], "".join(font[code] for code in operands[0].original_bytes)


def _map(font: Any) -> dict[int, str]:
    text = font["/ToUnicode"].get_data().decode()
    pairs = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]+)>$", text, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs if len(value) >= 4}


SPOKEN = {"H1", "H2", "H3", "P", "LBody", "Figure"}


def spoken(data: bytes) -> list[tuple[str, str]]:
    """What is read out, in order: the kind of each piece and its text (of a figure its alternative)."""
    nodes = (node for node in tree(data).walk() if node.tag in SPOKEN)
    return [(node.tag, spaced(node.alt if node.tag == "Figure" else node.text)) for node in nodes]


def spaced(text: str) -> str:
    """The text with single ordinary spaces: a PDF writes a no-break space as a space."""
    return " ".join(text.split())
