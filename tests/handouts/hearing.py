"""What a handout should sound like, worked out from its content alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dentalpain.handouts.content import (
    NOTHING,
    Box,
    Bullets,
    Document,
    Heading,
    MedicineTable,
    Own,
    Paragraph,
    Picture,
    Pictures,
    Steps,
    Ticks,
    as_blocks,
    plain,
)
from dentalpain.handouts.grid import Grid
from dentalpain.handouts.plain_table import PlainTable

from . import hearing_kinds, hearing_letters
from .reading_pdf import spaced


def pieces(block: Any) -> Iterator[tuple[str, str]]:
    """What a block should sound like, from the content alone."""
    match block:
        case Heading(text=text, level=level):
            yield f"H{level}", text
        case Paragraph(runs=runs):
            yield "P", plain(runs)
        case Bullets(items=items) | Steps(items=items) | Ticks(items=items):
            yield from (("LBody", plain(runs)) for runs in items)
        case Picture(caption=caption, alt=alt):
            yield from (("Figure", alt), ("P", caption))
        case Pictures(items=pictures):
            yield from (piece for picture in pictures for piece in pieces(picture))
        case Box(title=title, blocks=blocks):
            yield from [("H2", plain(title))] if title else []
            yield from (piece for inner in blocks for piece in pieces(inner))
        case MedicineTable(words=words, rows=rows):
            by_time = any(row.times for row in rows)
            heads = words.periods() if by_time else (words.how,)
            yield from (("P", text) for text in (words.medicine, *heads))
            for row in rows:
                taken = [cell or NOTHING for cell in row.times.cells()] if row.times else [row.how]
                yield from (("P", text) for text in (row.name, row.purpose, *taken))
                yield from (("LBody", note) for note in row.notes)
        case Own():
            yield from hearing_letters.pieces(block)
            yield from hearing_kinds.pieces(block)


def expected(document: Document, *, large: bool) -> list[tuple[str, str]]:
    blocks: list[Any] = []
    for block in document.blocks:
        if large and isinstance(block, Grid | PlainTable):
            blocks.extend(block.as_blocks())
        else:
            blocks.extend(as_blocks(block) if large and isinstance(block, MedicineTable) else [block])
    office = document.office
    head = [("Figure", office.logo_alt)] if office.logo else []
    head += [("P", office.name), *(("P", plain(line)) for line in office.contact())]
    head += [("Figure", office.url_alt)] if office.url else []
    head += [("H1", document.title), ("P", document.under_title())]
    body = (piece for block in blocks for piece in pieces(block))
    return [(tag, spaced(text)) for tag, text in (*head, *body) if spaced(text)]
