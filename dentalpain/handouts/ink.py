"""Shapes on a ReportLab canvas."""

from __future__ import annotations

import io
from functools import cache, lru_cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from .content import Logo
from .drawings import Shape, steps
from .style import PALETTE
from .tagging import prepared_image


@cache
def colour(role: str) -> Any:
    """The colour of a role of the palette."""
    return HexColor(PALETTE[role])


def draw_shapes(canvas: Any, shapes: tuple[Shape, ...], scale: float, height: float) -> None:
    """Draw the shapes, whose y runs downwards from `height` points above the origin."""
    canvas._code.extend(_recorded(shapes, scale, height))


@lru_cache(maxsize=256)
def _recorded(shapes: tuple[Shape, ...], scale: float, height: float) -> tuple[str, ...]:
    """The operators of a drawing: the same wherever it stands, so they are written once for the process."""
    canvas: Any = Canvas(io.BytesIO())
    canvas._code = []
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for shape in shapes:
        _draw_shape(canvas, shape, scale, height)
    canvas.restoreState()
    return tuple(canvas._code)


def _draw_shape(canvas: Any, shape: Shape, scale: float, height: float) -> None:
    path = canvas.beginPath()
    for letter, numbers in steps(shape.path):
        points = [number * scale if index % 2 == 0 else height - number * scale for index, number in enumerate(numbers)]
        {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[letter](*points)
    if shape.fill != "none":
        canvas.setFillColor(colour(shape.fill))
    if shape.stroke != "none":
        canvas.setStrokeColor(colour(shape.stroke))
        canvas.setLineWidth(shape.width * scale)
    canvas.drawPath(path, stroke=int(shape.stroke != "none"), fill=int(shape.fill != "none"))


def draw_logo(canvas: Any, logo: Logo, width: float, height: float) -> None:
    """Draw the logo, its lower left corner at the origin."""
    canvas.draw_prepared(_prepared(logo), width, height)


@lru_cache(maxsize=8)
def _prepared(logo: Logo) -> Any:
    return prepared_image(logo.png)


class Drawing(Flowable):
    """A sign that only repeats what the words beside it say: drawn as an artifact."""

    def __init__(self, shapes: tuple[Shape, ...], size: float, units: float) -> None:
        super().__init__()
        self.width = self.height = size
        self._shapes, self._scale = shapes, size / units

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        draw_shapes(self.canv, self._shapes, self._scale, self.height)
