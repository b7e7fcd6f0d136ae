"""Shapes on a ReportLab canvas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from .drawings import Shape, steps
from .style import PALETTE


@cache
def colour(role: str) -> Any:
    """The colour of a role of the palette."""
    return HexColor(PALETTE[role])


def draw_shapes(canvas: Any, shapes: Sequence[Shape], scale: float, height: float) -> None:
    """Draw the shapes, whose y runs downwards from `height` points above the origin."""
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for shape in shapes:
        path = canvas.beginPath()
        for letter, numbers in steps(shape.path):
            points = [
                number * scale if index % 2 == 0 else height - number * scale for index, number in enumerate(numbers)
            ]
            {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[letter](*points)
        if shape.fill != "none":
            canvas.setFillColor(colour(shape.fill))
        if shape.stroke != "none":
            canvas.setStrokeColor(colour(shape.stroke))
            canvas.setLineWidth(shape.width * scale)
        canvas.drawPath(path, stroke=int(shape.stroke != "none"), fill=int(shape.fill != "none"))
    canvas.restoreState()


class Drawing(Flowable):
    """A sign that only repeats what the words beside it say: drawn as an artifact."""

    def __init__(self, shapes: Sequence[Shape], size: float, units: float) -> None:
        super().__init__()
        self.width = self.height = size
        self._shapes, self._scale = shapes, size / units

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        draw_shapes(self.canv, self._shapes, self._scale, self.height)
