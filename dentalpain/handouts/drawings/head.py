"""A head from the side: packs, moves of the head, muscles, and where it hurts."""

from __future__ import annotations

from .shapes import Shape, arrow, circle, flash, moved, numbered, turned

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


def _bare(*more: Shape) -> tuple[Shape, ...]:
    """A head without hair, with more drawn on it."""
    return (
        Shape(_HEAD, fill="tint", width=2.0), Shape(_EAR, fill="tint", width=1.4), Shape(_EYE, width=2.0),
        Shape(_LIPS, width=1.6), *more,
    )  # fmt: skip


def _haired(*more: Shape) -> tuple[Shape, ...]:
    return _bare(Shape(_HAIR, fill="deep", width=1.4), Shape(_EAR, fill="tint", width=1.4), *more)


_LIPS = "M 39 60 L 45 60.5"
_TEMPLE = "M 69 60 C 60 48 54 36 58 27 C 64 17 80 17 86 28 C 86 40 76 48 73 60 Z"
_TEMPLE_LINES = ("M 70 56 C 64 44 61 36 62 28", "M 71 55 C 70 44 70 34 71 24", "M 72 56 C 76 46 79 38 80 28")
_CHEEK = "M 58 55 L 77 55 C 82 63 81 73 75 79 L 62 77 C 60 70 57 62 58 55 Z"
_CHEEK_LINES = ("M 63 57 C 63 64 65 71 67 76", "M 69 57 C 70 64 71 71 71 77", "M 75 58 C 77 64 77 70 75 76")
_JAW = (
    "M 77 50 C 82 50 83 55 80 59 L 78 72 C 77 79 71 81 64 80 L 46 80 C 42 78 41 71 43 69 L 62 69 C 67 68 68 60 70 54 "
    "L 73 59 L 74 53 C 74 51 75 50 77 50 Z"
)


def _muscle(shape: str, lines: tuple[str, ...]) -> tuple[Shape, ...]:
    return Shape(shape, fill="deep", width=1.6), *(Shape(line, width=0.9) for line in lines)


def _jaw_muscles() -> tuple[Shape, ...]:
    return _bare(*_muscle(_TEMPLE, _TEMPLE_LINES), *_muscle(_CHEEK, _CHEEK_LINES))


def _jaw_joint() -> tuple[Shape, ...]:
    ring = Shape(circle(77, 53, 10), stroke="accent", width=3.0)
    return _bare(Shape(_JAW, fill="paper", width=1.6), ring, *arrow(116, 74, 90, 60))


def _temple_pain() -> tuple[Shape, ...]:
    rings = (Shape(circle(70, 30, size), stroke="accent", width=2.2) for size in (4, 9, 14))
    return _bare(*_muscle(_TEMPLE, _TEMPLE_LINES), *rings)


def _chin_tuck() -> tuple[Shape, ...]:
    before = Shape(moved(_HEAD, -12, 0), stroke="line", width=1.4)
    return (before, *_haired(*arrow(4, 72, 30, 72, width=3.0)))


def _resisted_opening() -> tuple[Shape, ...]:
    fingers = (f"M {x} 99 L {x} 87 C {x} 82 {x + 8} 82 {x + 8} 87 L {x + 8} 99" for x in (43.0, 52.0))
    hand = (Shape(path, fill="paper", width=1.8) for path in fingers)
    return _haired(*hand, *arrow(34, 98, 34, 84), *arrow(22, 56, 22, 74))


def _light_touch() -> tuple[Shape, ...]:
    finger = Shape("M 2 96 L 46 65 C 52 61 58 67 53 73 L 20 99", fill="paper", width=1.8)
    nail = Shape("M 43 67.5 C 47 64 52 66 50 70 C 49 72 46 72 44 71 Z", fill="tint", width=1.2)
    return _haired(flash(62, 44, 1.5), finger, nail, Shape("M 26 79 L 32 86", width=1.2))


def _slow_breath() -> tuple[Shape, ...]:
    return _haired(*arrow(2, 44, 25, 47), *arrow(28, 58, 4, 64))


def _face_nerve() -> tuple[Shape, ...]:
    branches = (
        "M 78 48 C 70 40 64 28 50 22", "M 78 48 C 68 46 58 48 46 50", "M 78 48 C 76 62 66 70 46 72",
        "M 62 34 C 58 34 54 34 50 32", "M 60 48 C 56 52 52 56 48 57", "M 68 66 C 62 74 56 76 52 76",
    )  # fmt: skip
    nerve = (Shape(path, stroke="accent", width=2.4) for path in branches)
    lines = (Shape(path, width=1.0) for path in ("M 20 20 L 48 22", "M 22 50 L 44 50", "M 20 80 L 44 73"))
    marks = (*numbered("1", 12, 20), *numbered("2", 14, 50), *numbered("3", 12, 80))
    return _bare(*nerve, Shape(circle(78, 48, 3.6), fill="accent", stroke="accent"), *lines, *marks)


def _side_slide() -> tuple[Shape, ...]:
    face = "M 60 4 C 84 4 93 22 91 42 C 89 66 76 84 60 84 C 44 84 31 66 29 42 C 27 22 36 4 60 4 Z"
    jaw = "M 33 58 C 40 76 50 84 60 84 C 70 84 80 76 87 58"
    teeth = (
        Shape("M 46 58 L 74 58 L 72 64 L 48 64 Z", fill="paper", width=1.2),
        Shape("M 53 67 L 77 67 L 75 73 L 55 73 Z", fill="paper", width=1.2),
        *(Shape(f"M {x} 58 L {x} 64", width=1.0) for x in (53, 60, 67)),
        *(Shape(f"M {x} 67 L {x} 73", width=1.0) for x in (59, 65, 71)),
    )
    return (
        Shape(face, fill="tint", width=2.0),
        Shape("M 45 34 C 48 31 51 31 54 34", width=2.0), Shape("M 66 34 C 69 31 72 31 75 34", width=2.0),
        Shape("M 60 36 L 57 48 L 62 49", width=1.4),
        Shape("M 42 62 C 42 54 78 54 80 62 C 80 78 44 78 42 62 Z", fill="deep", width=1.6), *teeth,
        Shape(moved(jaw, 7, 0), stroke="accent", width=2.0),
        *arrow(60, 94, 92, 94), *arrow(60, 94, 28, 94),
    )  # fmt: skip


HEADS: dict[str, tuple[Shape, ...]] = {
    "warm-pack": _pack(_heat()),
    "cold-pack": _pack(_snowflake()),
    "side-slide": _side_slide(),
    "resisted-opening": _resisted_opening(),
    "chin-tuck": _chin_tuck(),
    "jaw-muscles": _jaw_muscles(),
    "jaw-joint": _jaw_joint(),
    "temple-pain": _temple_pain(),
    "light-touch": _light_touch(),
    "slow-breath": _slow_breath(),
    "face-nerve": _face_nerve(),
}
