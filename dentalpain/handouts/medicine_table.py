"""The medicine table: a row for each medicine by time of day, and a row below it for what else to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import KeepTogether, Spacer, Table

from .content import NOTHING, Bullets, MedicineRow, MedicineTable, Paragraph, Run, as_blocks
from .ink import colour
from .keeping import unpacked
from .style import REGULAR
from .tagging import Element

if TYPE_CHECKING:
    from .blocks import Writer


def medicines(
    table: MedicineTable, parent: Element, width: float, writer: Writer, below: Paragraph | None = None
) -> list[Any]:
    """The table; or a block for each medicine in large print, or where a row would be taller than a page.

    The paragraph `below` stays with the last medicine: it says how to take them.
    """
    if not table.rows:
        return writer.block(below, parent, width) if below else []
    if writer.measures.columns:
        trial = Element("Document")
        flowable = medicine_table(table, trial, width, writer, below)
        if flowable.tallest < writer.tallest:
            parent.adopt(trial)
            return [flowable, Spacer(1, 0.4 * writer.measures.gap)]
    *first, last = writer.blocks(as_blocks(table), parent, width)
    return [*first, KeepTogether([*unpacked([last]), *writer.block(below, parent, width)])] if below else [*first, last]


def medicine_table(
    table: MedicineTable, parent: Element, width: float, writer: Writer, below: Paragraph | None = None
) -> Any:
    """The table as a flowable, with its rows in the tree; what stands `below` it is its last row in print alone.

    It carries the height of its `beginning` (head and first medicine), and of the `tallest` piece that stays together.
    """
    by_time = table.by_time_of_day()
    columns = 5 if by_time else 2
    top = parent.add("Table")
    rows: list[list[Any]] = [_head(table, top.add("TR"), by_time, writer)]
    style: list[tuple[Any, ...]] = list(_GROUND)
    blocks: list[list[int]] = []
    for medicine in table.rows:
        first = len(rows)
        rows.append(_row(medicine, top.add("TR"), columns, writer))
        if medicine.times is None and by_time:
            style.append(("SPAN", (1, first), (-1, first)))
        if medicine.notes:
            rows.append(_notes(medicine, top.add("TR"), columns, writer))
            style.append(("SPAN", (0, first + 1), (-1, first + 1)))
            style.append(("TOPPADDING", (0, first + 1), (-1, first + 1), 0))
            style.append(("NOSPLIT", (0, first), (-1, first + 1)))
            blocks.append([first, first + 1])
        else:
            blocks.append([first])
        style.append(("LINEBELOW", (0, len(rows) - 1), (-1, len(rows) - 1), 0.8, colour("line")))
    if below:
        blocks[-1].append(len(rows))
        rows.append([writer.text(below.runs, writer.styles.plain, parent.add("P")), *[""] * (columns - 1)])
        style += [("SPAN", (0, -1), (-1, -1)), ("LEFTPADDING", (0, -1), (-1, -1), 0)]
        style.append(("NOSPLIT", (0, blocks[-1][0]), (-1, -1)))
    lead = 0.36 * width
    widths = [lead, *[(width - lead) / (columns - 1)] * (columns - 1)]
    flowable: Any = Table(rows, colWidths=widths, style=style, repeatRows=1)
    flowable.wrap(width, 10_000)
    heights = flowable._rowHeights
    flowable.tallest = heights[0] + max(sum(heights[row] for row in block) for block in blocks)
    flowable.beginning = heights[0] + sum(heights[row] for row in blocks[0])
    return flowable


_WHOLE = ((0, 0), (-1, -1))
_GROUND = [
    ("VALIGN", *_WHOLE, "TOP"),
    ("FONT", *_WHOLE, REGULAR),  # else ReportLab names its own font, which is not embedded
    ("BACKGROUND", (0, 0), (-1, 0), colour("accent")),
    ("LEFTPADDING", *_WHOLE, 9), ("RIGHTPADDING", *_WHOLE, 9),
    ("TOPPADDING", *_WHOLE, 6), ("BOTTOMPADDING", *_WHOLE, 6),
]  # fmt: skip


def _head(table: MedicineTable, row: Element, by_time: bool, writer: Writer) -> list[Any]:
    words = table.words
    names = [words.medicine, *(words.periods() if by_time else (words.how,))]
    styles = [writer.styles.head, *[writer.styles.head_centred if by_time else writer.styles.head] * (len(names) - 1)]
    return [
        writer.text((Run(name),), style, row.add("TH", scope="Column").add("P"), once=True)
        for name, style in zip(names, styles, strict=True)
    ]


def _row(medicine: MedicineRow, row: Element, columns: int, writer: Writer) -> list[Any]:
    head = row.add("TH", scope="Row")
    name = [
        writer.text((Run(medicine.name, bold=True),), writer.styles.body, head.add("P")),
        writer.text((Run(medicine.purpose),), writer.styles.small, head.add("P")),
    ]
    if medicine.times is None:
        cell = row.add("TD", columns=columns - 1)
        return [name, writer.text((Run(medicine.how),), writer.styles.body, cell.add("P")), *[""] * (columns - 2)]
    taken = [Run(amount or NOTHING, bold=bool(amount)) for amount in medicine.times.cells()]
    return [name, *(writer.text((run,), writer.styles.cell, row.add("TD").add("P")) for run in taken)]


def _notes(medicine: MedicineRow, row: Element, columns: int, writer: Writer) -> list[Any]:
    cell = row.add("TD", columns=columns)
    items = tuple((Run(note),) for note in medicine.notes)
    return [writer.block(Bullets(items), cell, 0), *[""] * (columns - 1)]
