"""A good file, spoilt in one way at a time. Each way is one that PDF/UA-1 or PDF/A-2a forbids."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

Spoil = Callable[[PdfWriter], None]


def spoilt(data: bytes, spoil: Spoil) -> bytes:
    """The file with one thing changed."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    spoil(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def elements(pdf: PdfWriter, tag: str) -> list[DictionaryObject]:
    """The elements of one type; there is at least one."""
    (top,) = pdf.root_object["/StructTreeRoot"]["/K"]
    found = [each for each in _walk(top.get_object()) if each["/S"] == tag]
    assert found, f"the file has no {tag}"
    return found


def _walk(element: DictionaryObject) -> Iterator[DictionaryObject]:
    yield element
    for kid in element.get("/K", []):
        inner = kid.get_object()
        if isinstance(inner, DictionaryObject) and inner.get("/Type") == "/StructElem":
            yield from _walk(inner)


def _rename(old: str, new: str) -> Spoil:
    def spoil(pdf: PdfWriter) -> None:
        for element in elements(pdf, old):
            element[NameObject("/S")] = NameObject(new)

    return spoil


def _drop(tag: str, key: str) -> Spoil:
    def spoil(pdf: PdfWriter) -> None:
        for element in elements(pdf, tag):
            del element[key]

    return spoil


def _empty_alternative(pdf: PdfWriter) -> None:
    elements(pdf, "/Figure")[0][NameObject("/Alt")] = TextStringObject("")


def _no_language(pdf: PdfWriter) -> None:
    del pdf.root_object["/Lang"]


def _no_contents(pdf: PdfWriter) -> None:
    for annotation in pdf.pages[0]["/Annots"]:
        del annotation.get_object()["/Contents"]


def _no_tabs(pdf: PdfWriter) -> None:
    for page in pdf.pages:
        del page["/Tabs"]


def _unmarked(pdf: PdfWriter) -> None:
    stream = StreamObject()
    stream.set_data(pdf.pages[0].get_contents().get_data() + b"\n10 10 5 5 re f\n")
    pdf.pages[0][NameObject("/Contents")] = pdf._add_object(stream)


def _in_metadata(old: bytes, new: bytes) -> Spoil:
    def spoil(pdf: PdfWriter) -> None:
        packet: Any = pdf.root_object["/Metadata"]
        data = packet.get_data()
        assert old in data
        start, _, rest = data.partition(old)
        packet.set_data(start + new + rest)

    return spoil


def _no_title(pdf: PdfWriter) -> None:
    packet: Any = pdf.root_object["/Metadata"]
    before, _, rest = packet.get_data().partition(b"<dc:title>")
    packet.set_data(before + rest.partition(b"</dc:title>")[2])


def _parent_tree(pdf: PdfWriter) -> None:
    pdf.root_object["/StructTreeRoot"]["/ParentTree"][NameObject("/Nums")] = ArrayObject()


def _title_not_shown(pdf: PdfWriter) -> None:
    del pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def _not_marked(pdf: PdfWriter) -> None:
    del pdf.root_object["/MarkInfo"]


def _no_font_file(pdf: PdfWriter) -> None:
    for font in pdf.pages[0]["/Resources"]["/Font"].values():
        del font.get_object()["/FontDescriptor"]["/FontFile2"]


def _no_intent(pdf: PdfWriter) -> None:
    del pdf.root_object["/OutputIntents"]


MUTANTS: dict[str, Spoil] = {
    "a picture without its alternative": _drop("/Figure", "/Alt"),
    "a picture whose alternative is empty": _empty_alternative,
    "a document without its language": _no_language,
    "a link without a description": _no_contents,
    "a heading level that is skipped": _rename("/H2", "/H4"),
    "a table head without its scope": _drop("/TH", "/A"),
    "a page that does not say how to tab": _no_tabs,
    "content that nothing claims": _unmarked,
    "a document without a title": _no_title,
    "a file that does not say it is accessible": _in_metadata(b"<pdfuaid:part>1</pdfuaid:part>", b""),
    "marks that do not lead back to their elements": _parent_tree,
    "a row that is a paragraph": _rename("/TR", "/P"),
    "the body of an item that is a paragraph": _rename("/LBody", "/P"),
    "a title that is not shown": _title_not_shown,
    "a font that is not embedded": _no_font_file,
    "a document that is not marked": _not_marked,
    "a file without its colour profile": _no_intent,
    "a file that does not say it is archival": _in_metadata(b"<pdfaid:part>2</pdfaid:part>", b""),
}


def _swapped(pdf: PdfWriter) -> None:
    (document,) = elements(pdf, "/Document")
    kids = document["/K"]
    kids[-1], kids[-2] = kids[-2], kids[-1]


def _heading_as_text(pdf: PdfWriter) -> None:
    elements(pdf, "/H2")[-1][NameObject("/S")] = NameObject("/P")


def _rows_swapped(pdf: PdfWriter) -> None:
    kids = elements(pdf, "/Table")[0]["/K"]
    kids[1], kids[2] = kids[2], kids[1]


# No validator can see these: the files keep to the standard and say the wrong thing.
UNSEEN: dict[str, Spoil] = {
    "parts in another order": _swapped,
    "a heading that is an ordinary paragraph": _heading_as_text,
    "the medicines of a table in another order": _rows_swapped,
}
