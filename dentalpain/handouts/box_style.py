"""Ground, border and padding of the boxes and tables on a page."""

from __future__ import annotations

from typing import Any

from .ink import colour
from .style import REGULAR

WHOLE = ((0, 0), (-1, -1))


def padding(sides: float, ends: float) -> list[tuple[Any, ...]]:
    """Room inside a table, in points, at the sides and at the ends."""
    return [
        ("FONT", *WHOLE, REGULAR),  # else ReportLab names its own font, which is not embedded
        ("LEFTPADDING", *WHOLE, sides), ("RIGHTPADDING", *WHOLE, sides),
        ("TOPPADDING", *WHOLE, ends), ("BOTTOMPADDING", *WHOLE, ends),
    ]  # fmt: skip


def box_style(kind: str, *, leftward: bool) -> list[tuple[Any, ...]]:
    """Ground and border of a box of this kind: a bar and a tint, or a frame, so that grey print tells them apart.

    The bar stands where the lines begin: at the right, where they run `leftward`.
    """
    if kind in ("main", "call_us"):
        bar = ("LINEAFTER", (-1, 0), (-1, -1)) if leftward else ("LINEBEFORE", (0, 0), (0, -1))
        return [("BACKGROUND", *WHOLE, colour("tint")), (*bar, 4, colour("accent"))]
    width = 2.2 if kind == "call_911" else 1.1
    return [("BOX", *WHOLE, width, colour("ink")), ("BACKGROUND", *WHOLE, colour("paper"))]
