"""ReportLab's own PDF objects, with what the accessible and archival profiles ask of them.

The class of an object is exchanged on the one document that is being made; ReportLab itself stays as it is.
"""

# ReportLab has no types for what is built on here.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

import hashlib
import io
import re
import zlib
from functools import lru_cache
from typing import Any, ClassVar

from .bases import (
    PDFCatalog,
    PDFCrossReferenceTable,
    PDFDocument,
    PDFFile,
    PDFFormXObject,
    PDFImageXObject,
    PDFPage,
    PDFStream,
    PDFTrailer,
    PDFTrueTypeFont,
    fp_str,
)

_PAIR = re.compile(r"^<([0-9A-F]{2})> <([0-9A-F]{4,6})>$", re.MULTILINE)
_LIST = re.compile(r"^\d+ beginbfchar\n.*?^endbfchar$", re.MULTILINE | re.DOTALL)
_MOST_PAIRS = 100  # Adobe technical note 5014: at most 100 entries in a bfchar list
STANDS_FOR: dict[int, str] = {}  # the text behind a code point that `shaping` made; it never changes


class TaggedCatalog(PDFCatalog):
    """The catalog, with room for output intents."""

    __NoDefault__: ClassVar[list[str]] = [*PDFCatalog.__NoDefault__, "OutputIntents"]
    __Refs__: ClassVar[list[str]] = __NoDefault__


class QuickCompress:
    """Flate for what is written once: level 4 takes a third of the time of level 6 for 4 % more bytes."""

    pdfname = "FlateDecode"

    @staticmethod
    def encode(content: bytes | str) -> bytes:
        """The content, compressed."""
        return zlib.compress(content if isinstance(content, bytes) else content.encode("latin-1"), 4)


class TaggedPage(PDFPage):
    """A page that knows its place in the parent tree and tabs through it in structure order."""

    __NoDefault__: ClassVar[list[str]] = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
    Tabs = "/S"

    def check_format(self, document: Any) -> None:
        """Compress the page's drawing, whatever the process-wide settings say about encodings."""
        self.Contents = PDFStream(content=self.stream, filters=[QuickCompress])
        super().check_format(document)


class _EndsOnItsOwnLine:
    """What follows a stream's content stands on a line of its own (ISO 19005-2, 6.1.7.1).

    The end of line is CR LF: after content that happens to end in CR, a lone LF would be read as CR LF, and the
    content as one byte shorter than its Length.
    """

    def format(self, document: Any) -> bytes:
        written: bytes = super().format(document)  # type: ignore[misc]  # ReportLab's stream has no types
        return written[: -len(b"endstream\n")] + b"\r\nendstream\n"


class KeptCompress:
    """Flate, remembering what it compressed: for fonts and profiles, which are the same in many documents."""

    pdfname = "FlateDecode"

    @staticmethod
    @lru_cache(maxsize=128)
    def encode(content: bytes | str) -> bytes:
        """The content, compressed just as ReportLab does."""
        return zlib.compress(content if isinstance(content, bytes) else content.encode("latin-1"))


class TaggedStream(_EndsOnItsOwnLine, PDFStream):
    """A stream."""


class TaggedImage(_EndsOnItsOwnLine, PDFImageXObject):
    """An image."""


class TaggedForm(_EndsOnItsOwnLine, PDFFormXObject):
    """A drawing that is used more than once."""


def prepared_image(png: bytes) -> Any:
    """A PNG made ready once for `TaggedCanvas.draw_prepared`; two calls with the same bytes give the same image."""
    from reportlab.lib.utils import ImageReader

    return PDFImageXObject(hashlib.sha256(png).hexdigest(), ImageReader(io.BytesIO(png)))


EXCHANGED = {PDFStream: TaggedStream, PDFImageXObject: TaggedImage, PDFFormXObject: TaggedForm}


class TaggedDocument(PDFDocument):
    """The document: every stream and every character map that it takes in is put right on the way."""

    objectcounter: int

    def register(self, element: Any) -> str:
        """Take in an element of the tree under the next number, and say how other objects name it."""
        number = self.objectcounter = self.objectcounter + 1
        name = f"R{number}"
        self.idToObjectNumberAndVersion[name] = (number, 0)
        self.numberToId[number] = name
        self.idToObject[name] = element
        return f"{number} 0 R"

    def format(self) -> bytes:
        """The file: ReportLab's own loop, shorter where nothing is encrypted and an object needs no detour."""
        catalog, info = self.Reference(self.Catalog), self.Reference(self.info)
        file = self.__accum__ = PDFFile(self._pdfVersion)
        names: list[str] = []
        while (number := len(names) + 1) in self.numberToId:  # formatting an object may add others
            name = self.numberToId[number]
            written = self.idToObject[name].format(self)  # without the comments that a machine's settings may ask for
            end = b"endobj\n" if written.endswith(b"\n") else b"\nendobj\n"
            self.idToOffset[name] = file.add(b"%d 0 obj\n%b%b" % (number, written, end))
            names.append(name)
        table = PDFCrossReferenceTable()
        table.addsection(0, names)
        start = file.add(table.format(self))
        trailer = PDFTrailer(startxref=start, Size=len(names) + 1, Root=catalog, Info=info, ID=self.ID())
        file.add(trailer.format(self))
        return bytes(file.format(self))

    def page_reference(self, page: Any) -> str:
        """How objects name the page that a canvas's reference leads to."""
        held = self.__dict__.setdefault("_page_references", {})
        if page.name not in held:
            held[page.name] = page.format(self).decode()
        return str(held[page.name])

    def Reference(self, thing: Any, name: str | None = None) -> Any:
        if type(thing) in EXCHANGED:
            if isinstance(name, str) and name.startswith("toUnicodeCMap:"):
                thing.content = clean_character_map(thing.content)
                thing.filters = [KeptCompress]
            if isinstance(name, str) and name.startswith("fontFile:"):
                thing.filters = [KeptCompress]
            thing.__class__ = EXCHANGED[type(thing)]
        elif type(thing) is PDFTrueTypeFont and not isinstance(thing.Widths, str):
            thing.Widths = _numbers(tuple(thing.Widths.sequence))
        return super().Reference(thing, name)


@lru_cache(maxsize=64)
def clean_character_map(text: str) -> str:
    """A ToUnicode map without entries for unused codes, in lists of 100, with astral characters as UTF-16."""
    return _LIST.sub(lambda found: _lists(_PAIR.findall(found.group())), text)


@lru_cache(maxsize=64)
def _numbers(values: tuple[float, ...]) -> str:
    return f"[ {fp_str(values)} ]"


def _lists(pairs: list[tuple[str, str]]) -> str:
    used = [f"<{code}> <{_utf16(character)}>" for code, character in pairs if int(character, 16)]
    blocks = [used[start : start + _MOST_PAIRS] for start in range(0, len(used), _MOST_PAIRS)]
    return "\n".join("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks)


def _utf16(character: str) -> str:
    code = int(character, 16)
    return STANDS_FOR.get(code, chr(code)).encode("utf-16-be").hex().upper()
