"""The pictures of the handouts, drawn by us: plain shapes, one action each.

A path is written as in SVG (M, L, C and Z with absolute numbers, y downwards), so that the PDF and the HTML page draw
the same. Colours are roles of the palette, so that a picture keeps its sense in grey.
"""

from .head import HEADS
from .inside import INSIDES
from .mouth import MOUTHS
from .shapes import HEIGHT, WIDTH, Shape, circle, steps, turned
from .signs import SIGNS
from .things import THINGS

PICTURES: dict[str, tuple[Shape, ...]] = {**MOUTHS, **HEADS, **INSIDES, **THINGS}

__all__ = ["HEIGHT", "PICTURES", "SIGNS", "WIDTH", "Shape", "circle", "steps", "turned"]
