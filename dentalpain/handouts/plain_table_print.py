"""How a table for patients is printed: body letters, a line round each cell to write in, no row torn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import KeepTogether, Spacer, Table

from .content import Run
from .ink import colour
from .keeping import unpacked
from .style import REGULAR
from .tagging import Element

if TYPE_CHECKING:
    from .blocks import Writer
    from .plain_table import PlainTable

_WHOLE = ((0, 0), (-1, -1))
SIDES = 8.0  # between a text and the line beside it
ROOM = 1.85  # height of a row to write in, in heights of the body text


def print_table(table: PlainTable, writer: Writer, parent: Element, width: float) -> list[Any]:
    """The table with its rows in the tree."""
    top = parent.add("Table")
    rows = [_head(table, top.add("TR"), writer), *(_row(row, top.add("TR"), writer) for row in table.rows)]
    heights = [None, *(ROOM * writer.measures.body if "" in row else None for row in table.rows)]
    flowable = Table(
        rows,
        colWidths=_widths(table, writer, width),
        rowHeights=heights,
        repeatRows=1,
        style=[
            ("VALIGN", *_WHOLE, "MIDDLE"),
            ("FONT", *_WHOLE, REGULAR),  # else ReportLab names its own font, which is not embedded
            ("BACKGROUND", (0, 0), (-1, 0), colour("accent")),
            ("GRID", (0, 1), (-1, -1), 0.8, colour("line")),
            ("LEFTPADDING", *_WHOLE, SIDES), ("RIGHTPADDING", *_WHOLE, SIDES),
            ("TOPPADDING", *_WHOLE, 4), ("BOTTOMPADDING", *_WHOLE, 5),
        ],
    )  # fmt: skip
    return [Spacer(1, 0.5 * writer.measures.gap), flowable, Spacer(1, 0.5 * writer.measures.gap)]


def _widths(table: PlainTable, writer: Writer, width: float) -> list[float]:
    """The columns as they are shared out, but none too narrow for a word of its head; the widest gives the room."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    style = writer.styles.head
    needed = [
        2 * SIDES + 0.5 + max((stringWidth(word, style.fontName, style.fontSize) for word in head.split()), default=0.0)
        for head in table.heads
    ]
    widths = [max(share * width, least) for share, least in zip(table.shares, needed, strict=True)]
    widths[widths.index(max(widths))] -= sum(widths) - width
    return widths


def print_rows(table: PlainTable, writer: Writer, parent: Element, width: float) -> list[Any]:
    """The rows one below the other, each in one piece."""
    made = [writer.blocks(table.row_blocks(row), parent, width) for row in table.rows]
    return [KeepTogether(unpacked(row)) for row in made]


def _head(table: PlainTable, row: Element, writer: Writer) -> list[Any]:
    style = writer.styles.head
    return [writer.text((Run(text),), style, row.add("TH", scope="Column").add("P"), once=True) for text in table.heads]


def _row(texts: tuple[str, ...], row: Element, writer: Writer) -> list[Any]:
    name, *rest = texts
    body = writer.styles.plain
    cells: list[Any] = [writer.text((Run(name, bold=True),), body, row.add("TH", scope="Row").add("P"), personal=True)]
    for text in rest:
        cell = row.add("TD")
        cells.append(writer.text((Run(text),), body, cell.add("P"), personal=True) if text else "")
    return cells
