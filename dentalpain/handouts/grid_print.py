"""How a table of texts is printed: its head is repeated on the next page, and no row is torn without need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, Spacer, Table

from .content import Run
from .ink import colour
from .own_styles import own_styles
from .style import REGULAR
from .tagging import Element

if TYPE_CHECKING:
    from .blocks import Writer
    from .grid import Grid

_WHOLE = ((0, 0), (-1, -1))
_LOOK: Any = [
    ("VALIGN", *_WHOLE, "TOP"),
    ("FONT", *_WHOLE, REGULAR),  # else ReportLab names its own font, which is not embedded
    ("BACKGROUND", (0, 0), (-1, 0), colour("accent")),
    ("LEFTPADDING", *_WHOLE, 7), ("RIGHTPADDING", *_WHOLE, 7),
    ("TOPPADDING", *_WHOLE, 4), ("BOTTOMPADDING", *_WHOLE, 5),
    ("LINEBELOW", *_WHOLE, 0.7, colour("line")),
]  # fmt: skip


def grid_table(grid: Grid, writer: Writer, parent: Element, width: float) -> list[Any]:
    """The table with its rows in the tree; a row that is taller than a page may be split."""
    top = parent.add("Table")
    rows = [_head(grid, top.add("TR"), writer), *(_row(row, top.add("TR"), writer) for row in grid.rows)]
    widths = [share * width for share in grid.shares]
    flowable: Any = Table(rows, colWidths=widths, style=_LOOK, repeatRows=1)
    _, height = flowable.wrap(width, 10_000)
    heights = flowable._rowHeights
    flowable.splitInRow = int(heights[0] + max(heights[1:]) > writer.tallest)
    flowable.beginning = min(max(sum(heights[:2]), min(height, 0.12 * writer.tallest)), 0.5 * writer.tallest)
    gap = Spacer(1, 0.5 * writer.measures.gap)
    return [Spacer(1, 0.5 * writer.measures.gap), _Beginning(flowable.beginning), flowable, gap]


class _Beginning(CondPageBreak):
    """Room for the beginning of a table; a heading before it reads how much."""

    def __init__(self, beginning: float) -> None:
        super().__init__(beginning)
        self.beginning = beginning


def _head(grid: Grid, row: Element, writer: Writer) -> list[Any]:
    head = writer.styles.head
    return [writer.text((Run(text),), head, row.add("TH", scope="Column").add("P"), once=True) for text in grid.heads]


def _row(texts: tuple[str, ...], row: Element, writer: Writer) -> list[Any]:
    name, *rest = texts
    style = own_styles(writer.measures).fact
    cells: list[Any] = [writer.text((Run(name, bold=True),), style, row.add("TH", scope="Row").add("P"), personal=True)]
    for text in rest:
        cell = row.add("TD")
        cells.append(writer.text((Run(text),), style, cell.add("P"), personal=True) if text else "")
    return cells
