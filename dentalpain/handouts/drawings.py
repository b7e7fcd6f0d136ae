"""The pictures of the handouts, drawn by us: plain shapes, one action each.

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


# A mouth from the side, looking left. The lower half turns about the jaw joint; the tongue is drawn for each picture.
_LIP = "38 55"  # where the lips meet
_UPPER_FACE = (
    f"M 46 4 C 45 11 37 20 28 28 C 23 33 26 37 32 37 C 36 37 37 39 36 42 C 34 46 29 48 31 52 C 32 55 35 55.5 {_LIP}"
)
_UPPER_JAW = "L 52 55 L 54 47 C 62 39 84 40 94 52 C 98 58 99 66 98 74"  # gum, palate, back of the mouth
_BACK = "L 107 78 C 118 62 120 36 108 20 C 94 4 66 0 46 4 Z"
_LOWER_FACE = f"M {_LIP} C 33 56 30 59 32 63 C 33 66 37 66 36 70 C 33 75 31 83 37 89 C 45 97 62 95 76 93"
_LOWER_JAW = "C 86 92 95 89 99 80 L 98 74 C 96 82 86 86 74 85 C 64 84 56 80 53 74 L 50 61 L 38 55 Z"
_UPPER_TOOTH = "M 42 44 L 51 44 C 52.5 50 50.5 57 47.5 57 C 44.5 57 41 50 42 44 Z"
_LOWER_TOOTH = "M 42.5 76 L 50.5 76 C 52 71 50.5 64 48 64 C 45 64 41 71 42.5 76 Z"
_JAW_JOINT = (110.0, 40.0)


def _arrow(x: float, top: float, bottom: float) -> tuple[Shape, ...]:
    """An arrow that points up and down."""
    return (
        Shape(f"M {x} {top + 3} L {x} {bottom - 3}", stroke="accent", width=2.4),
        Shape(f"M {x - 4} {top + 5} L {x} {top} L {x + 4} {top + 5}", stroke="accent", width=2.4),
        Shape(f"M {x - 4} {bottom - 5} L {x} {bottom} L {x + 4} {bottom - 5}", stroke="accent", width=2.4),
    )


def _mouth(opening: float, tongue: str) -> tuple[Shape, ...]:
    """A mouth, opened by so many degrees, with its tongue."""

    def low(path: str) -> str:
        return turned(path, -opening, *_JAW_JOINT)

    return (
        Shape(f"{_UPPER_FACE} {_UPPER_JAW} {_BACK}", fill="tint", stroke="none"),
        Shape(low(f"{_LOWER_FACE} {_LOWER_JAW}"), fill="tint", stroke="none"),
        Shape(tongue, fill="deep", width=1.4),
        Shape("M 54 47 C 62 39 84 40 94 52 C 98 58 99 66 98 74", width=1.4),
        Shape(_UPPER_TOOTH, fill="paper"),
        Shape(low(_LOWER_TOOTH), fill="paper"),
        Shape(_UPPER_FACE, width=2.2),
        Shape(low(_LOWER_FACE), width=2.2),
    )


def _rest_position() -> tuple[Shape, ...]:
    tongue = (
        "M 97 72 C 96 56 82 46 66 46 C 59 46 53.5 47 53 50 C 52.5 53 58 54 60 58 C 62 63 57 70 59 77 "
        "C 64 86 96 90 97 72 Z"
    )
    return _mouth(0, tongue)


def _tongue_up_opening() -> tuple[Shape, ...]:
    tongue = (
        "M 97 74 C 97 58 86 46 70 44 C 63 43 56 44 56 48 C 56 52 63 53 66 58 C 69 65 66 76 69 84 C 76 92 96 92 97 74 Z"
    )
    return (*_mouth(7, tongue), *_arrow(16, 60, 94))


_HEAD = (
    "M 76 4 C 58 2 46 12 44 26 C 43 31 41 34 39 37 L 32 48 C 31 51 33 52 37 52 C 37 55 35 57 36 59 L 39 60 "
    "C 36 62 36 64 38 66 C 37 69 35 72 38 77 C 42 82 52 81 60 79 C 62 86 62 92 60 99 L 100 99 "
    "C 97 88 98 78 101 68 C 108 58 112 46 110 34 C 108 14 94 5 76 4 Z"
)
_HAIR = (
    "M 76 4 C 58 2 47 11 45 24 C 56 27 66 23 72 17 C 75 26 80 31 81 42 C 86 41 90 45 88 52 C 90 60 94 66 101 68 "
    "C 108 58 112 46 110 34 C 108 14 94 5 76 4 Z"
)
_EAR = "M 83 44 C 88 40 93 45 90 51 C 89 55 86 59 83 57"
_EYE = "M 47 37 C 50 35 53 35 55 37"
_PACK = (
    "M 48 56 C 48 53 50 51 53 51 L 70 53 C 73 53 75 55 75 58 L 74 72 C 74 75 72 77 69 77 L 52 75 C 49 75 47 73 47 70 Z"
)
_HAND = (
    "M 106 99 C 104 88 98 78 90 72 C 86 69 80 68 74 67 L 62 66 C 58 66 58 70 62 71 L 70 72 C 66 73 66 77 70 77 "
    "C 74 78 76 84 80 90 L 84 99 Z"
)


def _pack(sign: tuple[Shape, ...]) -> tuple[Shape, ...]:
    return (
        Shape(_HEAD, fill="tint", width=2.0),
        Shape(_HAIR, fill="deep", stroke="ink", width=1.4),
        Shape(_EAR, fill="tint", width=1.4),
        Shape(_EYE, width=2.0),
        Shape(_PACK, fill="paper", stroke="accent", width=2.4),
        Shape(_HAND, fill="tint", width=1.6),
        *sign,
    )


def _heat() -> tuple[Shape, ...]:
    return tuple(
        Shape(f"M {x} 88 C {x - 5} 82 {x + 5} 76 {x} 70 C {x - 5} 64 {x + 5} 58 {x} 52", stroke="accent", width=2.6)
        for x in (8, 18, 28)
    )


def _snowflake() -> tuple[Shape, ...]:
    x, y, arm = 17.0, 72.0, "M 17 72 L 17 56 M 13 58 L 17 63 L 21 58"
    return tuple(Shape(turned(arm, 60 * number, x, y), stroke="accent", width=2.2) for number in range(6))


def _soft_food() -> tuple[Shape, ...]:
    steam = (f"M {x} 34 C {x - 6} 28 {x + 6} 20 {x} 12" for x in (46, 60, 74))
    return (
        Shape("M 16 46 C 18 74 36 88 60 88 C 84 88 102 74 104 46 Z", fill="tint", width=2.2),
        Shape(
            "M 16 46 C 16 38 36 34 60 34 C 84 34 104 38 104 46 C 104 54 84 58 60 58 C 36 58 16 54 16 46 Z",
            fill="paper",
            width=2.2,
        ),
        Shape(
            "M 24 47 C 24 42 40 39 60 39 C 80 39 96 42 96 47 C 96 52 80 55 60 55 C 40 55 24 52 24 47 Z",
            fill="deep",
            stroke="none",
        ),
        Shape("M 99 14 L 80 46", stroke="ink", width=4.5),
        Shape("M 99 14 L 80 46", stroke="paper", width=1.8),
        Shape("M 42 88 L 45 93 L 75 93 L 78 88", fill="tint", width=2.0),
        *(Shape(path, stroke="accent", width=2.2) for path in steam),
    )


PICTURES: dict[str, tuple[Shape, ...]] = {
    "rest-position": _rest_position(),
    "tongue-up-opening": _tongue_up_opening(),
    "warm-pack": _pack(_heat()),
    "cold-pack": _pack(_snowflake()),
    "soft-food": _soft_food(),
}

# Signs beside the words of a box, in a square of 24.
SIGNS: dict[str, tuple[Shape, ...]] = {
    "main": (
        Shape(circle(12, 12, 10), fill="accent", stroke="none"),
        Shape("M 7 12.5 L 10.6 16 L 17 8.5", stroke="paper", width=2.4),
    ),
    "call_us": (
        Shape(circle(12, 12, 11), fill="accent", stroke="none"),
        Shape(
            "M 8.6 5.8 L 10.6 9.4 C 10.8 9.8 10.7 10.2 10.4 10.5 L 9.4 11.5 C 10.2 13 11.2 14 12.6 14.7 L 13.6 13.7 "
            "C 13.9 13.4 14.3 13.4 14.7 13.6 L 18.2 15.5 C 18.6 15.8 18.7 16.2 18.5 16.6 C 18 17.8 16.9 18.5 15.6 18.4 "
            "C 10.4 18 6.2 13.8 5.8 8.6 C 5.7 7.2 6.4 6.1 7.5 5.5 C 7.9 5.3 8.4 5.4 8.6 5.8 Z",
            fill="paper", stroke="none",
        ),
    ),
    "call_911": (
        Shape("M 12 2 L 23 21.5 L 1 21.5 Z", fill="ink", stroke="ink", width=1.6),
        Shape("M 12 8.4 L 12 14.6", stroke="paper", width=2.6),
        Shape(circle(12, 18.2, 1.5), fill="paper", stroke="none"),
    ),
    "avoid": (
        Shape(circle(12, 12, 9.6), fill="paper", stroke="ink", width=2.6),
        Shape("M 5.4 5.4 L 18.6 18.6", stroke="ink", width=2.6),
    ),
}  # fmt: skip
