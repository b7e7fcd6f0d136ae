"""The review sheet of an item of the knowledge as a tagged PDF, or as a page: to be read, printed and signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from .printing import Sheet
from .telling_knowledge import LINE
from .writing import write_whole

if TYPE_CHECKING:
    from ..handouts.content import Block, Document

KINDS = {".pdf": "pdf", ".html": "html", ".htm": "html"}
HEAD = "Review sheet"  # who prints it puts the name of the practice on it by signing


def write_sheet(told: Sheet, output: str, *, on: dt.date, version: str, paper: str, large_print: bool) -> None:
    """Write the sheet into a file; raises InputError for a name that ends in neither .pdf nor .html."""
    from ..handouts.html import to_page
    from ..handouts.layout import to_pdf

    path = Path(output)
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise InputError("The file is neither a PDF nor a page.", where="-o", mend="End its name in .pdf or .html.")
    document = sheet_document(told, on=on, version=version)
    data = to_page(document) if kind == "html" else to_pdf(document, paper=paper, large_print=large_print)
    write_whole(path, data)
    said = Sheet()
    said.line(f"The sheet is in {path}.")
    said.write()


def sheet_document(told: Sheet, *, on: dt.date, version: str) -> Document:
    """The sheet as content: its first line is the title, its lists are lists, and what is signed stands on lines."""
    from ..handouts.content import Document, Office
    from ..handouts.wording import load

    wording = load("en")
    (_, title), *entries = told.entries
    return Document(
        title=wording.spelled(title),
        language="en",
        on=on,
        office=Office(HEAD),
        blocks=tuple(block for kind, group in groupby(entries, lambda entry: _kind(*entry)) for block in _blocks(kind, group)),
        page_of=wording.word("page_of"),
        dated=wording.date(on),
        version=f"Knowledge {version}",
    )


def _kind(what: str, text: str) -> str:
    return "sign" if LINE in text else what


def _blocks(kind: str, entries: Iterable[tuple[str, str]]) -> list[Block]:
    from ..handouts.content import Bullets, Heading, Paragraph, Run
    from ..handouts.lines import Lines
    from ..handouts.notes import Notes
    from ..handouts.wording import load

    spelled = load("en").spelled
    texts = [spelled(text.replace(LINE, "").strip().rstrip(":")) if kind == "sign" else spelled(text) for _, text in entries]
    if kind == "heading":
        return [Heading(text) for text in texts]
    if kind == "case":
        return [Heading(text, level=3) for text in texts]
    if kind == "item":
        return [Bullets(tuple((Run(text),) for text in texts))]
    if kind == "below":
        return [Notes(tuple(texts))]
    return [Lines(tuple(texts))] if kind == "sign" else [Paragraph((Run(text),)) for text in texts]
