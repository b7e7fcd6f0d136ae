"""A mouth from the side: the rest position and the moves of the jaw."""

from __future__ import annotations

from .shapes import Shape, arrow, turned

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


_THUMB = "M 0 54 L 40 57 C 47 57.5 47 64.5 40 65 L 0 65 Z"
_FINGER = "M 0 66 L 44 66 C 51 66.5 51 72 44 72.5 L 0 76 Z"


def _stretch() -> tuple[Shape, ...]:
    tongue = "M 98 80 C 98 68 90 62 80 64 C 72 66 69 74 71 84 C 77 92 97 92 98 80 Z"
    hand = (Shape(_THUMB, fill="paper", width=1.6), Shape(_FINGER, fill="paper", width=1.6))
    return (*_mouth(7, tongue), *hand, *arrow(14, 51, 14, 36), *arrow(14, 80, 14, 95))


MOUTHS: dict[str, tuple[Shape, ...]] = {
    "rest-position": _rest_position(),
    "tongue-up-opening": _tongue_up_opening(),
    "stretch": _stretch(),
}
