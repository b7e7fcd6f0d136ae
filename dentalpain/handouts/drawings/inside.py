"""What is inside: the joint with its cushion, a tooth, an empty socket, nerves and their helper cells."""

from __future__ import annotations

from .shapes import Shape, arrow, circle, flash

_SKULL = "M 2 36 C 18 36 24 50 38 50 C 50 50 50 22 70 20 C 86 20 92 34 98 46 L 118 48 L 118 3 L 2 3 Z"
_JAW_HEAD = (
    "M 56 50 C 56 40 63 35 71 35 C 80 35 86 41 85 49 C 84 58 86 74 94 99 L 72 99 C 70 82 66 68 60 60 C 57 56 56 54 56 50 Z"
)
_CUSHION = "M 52 47 C 53 35 61 26 71 26 C 81 26 88 32 90 42 L 86 43 C 84 37 79 33 71 33 C 63 33 57 38 56 49 Z"
_CUSHION_IN_FRONT = "M 35 62 C 34 55 41 51 49 51 C 54 51 56 54 54 58 C 51 60 50 64 49 69 C 46 74 36 71 35 62 Z"
_CUSHION_FOLDED = "M 32 64 C 32 55 42 50 50 53 C 56 56 52 61 47 61 C 55 62 54 74 45 75 C 36 76 32 72 32 64 Z"


def _joint(*more: Shape) -> tuple[Shape, ...]:
    return Shape(_SKULL, fill="deep", width=1.8), Shape(_JAW_HEAD, fill="paper", width=2.0), *more


def _cushion(path: str) -> Shape:
    return Shape(path, fill="accent", stroke="ink", width=1.2)


def _disc_click() -> tuple[Shape, ...]:
    back = Shape("M 48 47 C 51 36 60 28 72 28", stroke="accent", width=2.4)
    head = Shape("M 67 23.5 L 73 28 L 67 32.5", stroke="accent", width=2.4)
    lines = (Shape(path, width=2.2) for path in ("M 98 58 L 108 54", "M 99 66 L 111 66", "M 98 74 L 108 78"))
    return _joint(_cushion(_CUSHION_IN_FRONT), back, head, *lines)


def _disc_lock() -> tuple[Shape, ...]:
    bar = Shape("M 18 60 L 18 94", width=5.0)
    return _joint(_cushion(_CUSHION_FOLDED), *arrow(62, 84, 26, 84, width=3.0), bar)


def _tooth_socket() -> tuple[Shape, ...]:
    dots = ((14, 66), (10, 84), (46, 90), (60, 94), (76, 90), (108, 68), (112, 86))
    teeth = (
        f"M {x} 42 C {x - 5} 26 {x - 3} 12 {x + 3} 12 C {x + 7} 14 {x + 11} 14 {x + 15} 12 C {x + 21} 12 {x + 23} 26 {x + 18} 42 "
        f"L {x + 14} 78 C {x + 12} 84 {x + 6} 84 {x + 4} 78 Z"
        for x in (18, 84)
    )
    return (
        Shape("M 2 48 L 118 48 L 118 98 L 2 98 Z", fill="tint", width=1.6),
        *(Shape(circle(x, y, 1.8), stroke="line", width=1.2) for x, y in dots),
        Shape("M 2 40 C 16 34 42 36 46 40 L 46 52 L 2 52 Z", fill="deep", width=1.4),
        Shape("M 74 40 C 80 36 106 34 118 40 L 118 52 L 74 52 Z", fill="deep", width=1.4),
        *(Shape(path, fill="paper", width=1.8) for path in teeth),
        Shape("M 46 42 C 52 38 68 38 74 42 C 74 60 70 82 60 82 C 50 82 46 60 46 42 Z", fill="accent", width=1.8),
        *arrow(60, 10, 60, 32, width=3.0),
    )  # fmt: skip


def _sore_tooth() -> tuple[Shape, ...]:
    tooth = (
        "M 32 20 C 32 6 46 6 54 10 C 58 12 62 12 66 10 C 74 6 88 6 88 20 C 88 34 81 42 79 54 C 78 66 75 82 70 82 "
        "C 65 82 66 60 60 60 C 54 60 55 82 50 82 C 45 82 42 66 41 54 C 39 42 32 34 32 20 Z"
    )
    nerve = (
        "M 51 34 C 55 29 65 29 69 34 C 72 44 72 60 70 74 L 68.5 74 C 67 60 65 50 60 50 C 55 50 53 60 51.5 74 L 50 74 "
        "C 48 60 48 44 51 34 Z"
    )
    rings = (
        Shape(f"M {x - size} 86 C {x - size} {low} {x + size} {low} {x + size} 86", stroke="accent", width=2.2)
        for x in (50, 70)
        for size, low in ((3, 89.9), (8, 96.4))
    )
    hole = "M 70 8 C 80 8 86 14 84 20 C 80 26 74 30 70 34 L 65 31 C 68 24 66 14 70 8 Z"
    return (
        Shape(tooth, fill="paper", width=2.2),
        Shape(nerve, fill="accent", width=1.2),
        Shape(hole, fill="ink", width=1.0),
        *rings,
    )


def _nerve_signal() -> tuple[Shape, ...]:
    brain = "M 82 46 C 76 32 86 18 98 22 C 110 16 120 30 115 42 C 119 54 106 62 97 57 C 88 60 81 54 82 46 Z"
    return (
        Shape(circle(18, 70, 14), fill="tint", width=2.0),
        Shape("M 11 70 L 16 76 L 26 63", width=2.4),
        Shape("M 32 68 C 48 64 50 46 66 44 C 72 43 76 44 82 46", stroke="accent", width=4.0),
        Shape(brain, fill="deep", width=2.0),
        Shape("M 92 32 C 98 30 102 34 100 40 M 104 30 C 110 34 110 42 104 46 M 90 44 C 92 50 98 50 100 46", width=1.4),
        flash(38, 36), flash(56, 22), flash(70, 62, 0.8),
    )  # fmt: skip


def _helper_cell(x: float, y: float, to_nerve: float) -> tuple[Shape, ...]:
    arms = (
        f"M {x} {y} L {x - 13} {y - 7} M {x} {y} L {x + 13} {y - 7} M {x} {y} L {x} {y - 14} "
        f"M {x} {y} L {x - 10} {to_nerve} M {x} {y} L {x + 10} {to_nerve}"
        if to_nerve > y
        else f"M {x} {y} L {x - 13} {y + 7} M {x} {y} L {x + 13} {y + 7} M {x} {y} L {x} {y + 14} "
        f"M {x} {y} L {x - 10} {to_nerve} M {x} {y} L {x + 10} {to_nerve}"
    )
    return Shape(arms, width=2.0), Shape(circle(x, y, 7), fill="deep", width=1.8)


def _nerve_and_helper_cells() -> tuple[Shape, ...]:
    cells = (*_helper_cell(26, 22, 44), *_helper_cell(92, 22, 44), *_helper_cell(58, 80, 58))
    return (
        Shape("M 2 44 C 30 46 90 42 118 44 L 118 58 C 90 56 30 60 2 58 Z", fill="accent", width=1.4),
        *cells,
        flash(57, 22), flash(22, 66), flash(94, 66),
    )  # fmt: skip


def _bell(x: float, needle: float) -> tuple[Shape, ...]:
    return (
        Shape(circle(x, 61, 4.5), fill="ink", stroke="none"),
        Shape(
            f"M {x - 18} 58 C {x - 12} 50 {x - 14} 22 {x} 22 C {x + 14} 22 {x + 12} 50 {x + 18} 58 Z", fill="deep", width=2.0
        ),
        Shape(f"M {x} 22 L {x} 17", width=3.0),
        Shape(f"M {x - 14} 95 C {x - 14} 74 {x + 14} 74 {x + 14} 95 Z", fill="paper", width=1.8),
        Shape(f"M {x} 94 L {x + needle} 84", stroke="accent", width=3.0),
    )


def _pain_alarm() -> tuple[Shape, ...]:
    rings = ("M 62 30 L 56 26", "M 62 42 L 54 42", "M 110 30 L 116 26", "M 110 42 L 118 42", "M 74 14 L 70 8", "M 98 14 L 102 8")
    return (*_bell(26, -9), *_bell(86, 9), *(Shape(path, stroke="accent", width=2.6) for path in rings))


INSIDES: dict[str, tuple[Shape, ...]] = {
    "disc-in-place": _joint(_cushion(_CUSHION)),
    "disc-click": _disc_click(),
    "disc-lock": _disc_lock(),
    "tooth-socket": _tooth_socket(),
    "sore-tooth": _sore_tooth(),
    "nerve-signal": _nerve_signal(),
    "nerve-and-helper-cells": _nerve_and_helper_cells(),
    "pain-alarm": _pain_alarm(),
}
