"""How exercises are printed: one below the other, each in one piece, the drawing beside its steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Table

from .blocks import draw_picture
from .content import Run
from .drawings import HEIGHT, PICTURES, WIDTH
from .style import NORMAL, REGULAR
from .tagging import Element, TaggedFigure

if TYPE_CHECKING:
    from .blocks import Writer
    from .moves import Move

PICTURE, LARGE_PICTURE, BESIDE = 88.0, 120.0, 14.0  # points: widths of a drawing, and the room beside it
_WHOLE = ((0, 0), (-1, -1))


def print_moves(moves: Sequence[Move], writer: Writer, parent: Element, width: float) -> list[Any]:
    """One table for each move; its elements are read out from the name to the last step."""
    size = PICTURE * writer.measures.picture / NORMAL.picture if writer.measures.columns else LARGE_PICTURE
    widths = [size + BESIDE, width - size - BESIDE]
    gap = 0.4 * writer.measures.gap
    turn = -1 if writer.measures.leftward else 1
    rows = [_cells(move, writer, parent, size, widths[1])[::turn] for move in moves]
    return [Table([row], colWidths=widths[::turn], style=_STYLE, spaceBefore=gap) for row in rows]


_STYLE = [
    ("VALIGN", *_WHOLE, "TOP"),
    ("ALIGN", (-1, 0), (-1, 0), "RIGHT"),  # a drawing at the right; paragraphs fill their cell
    ("FONT", *_WHOLE, REGULAR),  # else ReportLab names its own font, which is not embedded
    ("LEFTPADDING", *_WHOLE, 0), ("RIGHTPADDING", *_WHOLE, 0),
    ("TOPPADDING", *_WHOLE, 3), ("BOTTOMPADDING", *_WHOLE, 3),
]  # fmt: skip


def _cells(move: Move, writer: Writer, parent: Element, size: float, width: float) -> list[Any]:
    part = parent.add("Sect")
    name = writer.text((Run(move.picture.caption),), writer.styles.move, part.add("H3"))
    leaf = part.add("Figure", alt=move.picture.alt)
    figure = TaggedFigure(size, size * HEIGHT / WIDTH, partial(draw_picture, PICTURES[move.picture.name]), leaf)
    return [figure, [name, *writer.block(move.steps, part, width)]]
