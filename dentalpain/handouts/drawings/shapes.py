"""What the pictures are made of: plain shapes.

A path is written as in SVG (M, L, C and Z with absolute numbers, y downwards), so that the PDF and the HTML page draw
the same. Colours are roles of the palette, so that a picture keeps its sense in grey.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH, HEIGHT = 120.0, 100.0
_STEP = re.compile(r"[MLCZ][^MLCZ]*")


@dataclass(frozen=True)
class Shape:
    """One path; `fill` and `stroke` are roles: ink, accent, deep, tint, paper, or none."""

    path: str
    fill: str = "none"
    stroke: str = "ink"
    width: float = 1.6


def steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """The drawing steps of a path: a letter and the numbers of one step."""
    for step in _STEP.findall(path):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", step[1:])]
        size = {"M": 2, "L": 2, "C": 6, "Z": 0}[step[0]]
        for start in range(0, len(numbers), size or 1):
            yield step[0], numbers[start : start + size]
        if not size:
            yield step[0], []


def turned(path: str, degrees: float, x: float, y: float) -> str:
    """The path turned about a point, clockwise as seen on the page."""
    turn = math.radians(degrees)
    cosine, sine = math.cos(turn), math.sin(turn)
    parts = []
    for letter, numbers in steps(path):
        points = zip(numbers[::2], numbers[1::2], strict=True)
        moved = [
            f"{x + (px - x) * cosine - (py - y) * sine:.2f} {y + (px - x) * sine + (py - y) * cosine:.2f}"
            for px, py in points
        ]
        parts.append(f"{letter} {' '.join(moved)}")
    return " ".join(parts)


def circle(x: float, y: float, radius: float) -> str:
    """A circle as four Bézier curves (0.5523 of the radius is the usual control distance)."""
    k = 0.5523 * radius
    left, right, top, bottom = x - radius, x + radius, y - radius, y + radius
    return (
        f"M {left} {y} C {left} {y - k} {x - k} {top} {x} {top} C {x + k} {top} {right} {y - k} {right} {y} "
        f"C {right} {y + k} {x + k} {bottom} {x} {bottom} C {x - k} {bottom} {left} {y + k} {left} {y} Z"
    )


def moved(path: str, right: float, down: float) -> str:
    """The path moved to the right and down."""
    parts = []
    for letter, numbers in steps(path):
        points = zip(numbers[::2], numbers[1::2], strict=True)
        parts.append(f"{letter} {' '.join(f'{x + right:.2f} {y + down:.2f}' for x, y in points)}")
    return " ".join(parts)


def arrow(x: float, y: float, to_x: float, to_y: float, *, stroke: str = "accent", width: float = 2.4) -> tuple[Shape, ...]:
    """A straight arrow from one point to another."""
    turn = math.degrees(math.atan2(to_y - y, to_x - x))
    head = turned(f"M {to_x - 5:.2f} {to_y - 4:.2f} L {to_x:.2f} {to_y:.2f} L {to_x - 5:.2f} {to_y + 4:.2f}", turn, to_x, to_y)
    return Shape(f"M {x:.2f} {y:.2f} L {to_x:.2f} {to_y:.2f}", stroke=stroke, width=width), Shape(head, stroke=stroke, width=width)


def flash(x: float, y: float, size: float = 1.0) -> Shape:
    """A flash, its tip at the lower end; `size` 1 is 16 high."""
    points = ((3, 0), (-3, 8), (0, 8), (-4, 16), (5, 6), (2, 6), (7, 0))
    path = " L ".join(f"{x + size * right:.2f} {y + size * down:.2f}" for right, down in points)
    return Shape(f"M {path} Z", fill="accent", stroke="paper", width=0.6)


_DIGITS = {
    "0": "M 0 -4.4 C 3.6 -4.4 3.6 4.4 0 4.4 C -3.6 4.4 -3.6 -4.4 0 -4.4 Z",
    "1": "M -2 -2.4 L 0.4 -4.4 L 0.4 4.4",
    "2": "M -2.6 -2.2 C -2.4 -5.2 2.8 -5 2.6 -1.8 C 2.4 0.4 -1.6 2 -2.6 4.4 L 2.8 4.4",
    "3": "M -2.4 -3.2 C -1.4 -5 2.4 -4.8 2.4 -2.2 C 2.4 -0.4 0.8 -0.2 -0.6 -0.2 C 1.4 -0.2 2.8 0.6 2.7 2.2 C 2.5 5 -1.6 5 -2.6 3.2",
}


def digit(number: str, x: float, y: float, *, width: float = 1.8) -> Shape:
    """One digit, 9 high, with its middle at a point."""
    return Shape(moved(_DIGITS[number], x, y), width=width)


def numbered(number: str, x: float, y: float) -> tuple[Shape, ...]:
    """A digit in a circle."""
    return Shape(circle(x, y, 8), fill="paper", stroke="accent", width=1.8), digit(number, x, y)
