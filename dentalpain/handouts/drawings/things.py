"""Things and what to do with them: food, water, pills, a locked box, a scale."""

from __future__ import annotations

from .shapes import Shape, arrow, circle, digit


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


def _sip_water() -> tuple[Shape, ...]:
    drop = "M {x} {y} C {a} {b} {a} {c} {x} {c} C {d} {c} {d} {b} {x} {y} Z"
    drops = (drop.format(x=x, y=y, a=x - 6, b=y + 8, c=y + 14, d=x + 6) for x, y in ((18, 40), (102, 30), (16, 66)))
    return (
        Shape("M 34 10 L 86 10 L 80 92 L 40 92 Z", fill="paper", width=2.2),
        Shape("M 36 34 C 46 30 54 38 62 34 C 70 30 78 36 84.5 34 L 80 92 L 40 92 Z", fill="deep", width=1.4),
        *(Shape(path, fill="deep", width=1.4) for path in drops),
    )


def _bottle(x: float, y: float, label: str = "paper") -> tuple[Shape, ...]:
    """A pill bottle 32 wide and 60 high, its upper left corner at a point."""
    lines = (Shape(f"M {x + 6} {down} L {x + 26} {down}", width=1.4) for down in (y + 34, y + 40, y + 46))
    return (
        Shape(f"M {x + 2} {y} L {x + 30} {y} L {x + 30} {y + 11} L {x + 2} {y + 11} Z", fill="accent", width=1.6),
        Shape(f"M {x} {y + 14} L {x + 32} {y + 14} L {x + 32} {y + 60} L {x} {y + 60} Z", fill="deep", width=1.8),
        Shape(f"M {x + 2} {y + 27} L {x + 30} {y + 27} L {x + 30} {y + 52} L {x + 2} {y + 52} Z", fill=label, width=1.2),
        *lines,
    )


def _pill_bottle() -> tuple[Shape, ...]:
    return (
        *_bottle(34, 22),
        Shape(circle(92, 66, 13), fill="accent", stroke="none"),
        Shape("M 85 66 L 90 71 L 99 60", stroke="paper", width=3.0),
    )


def _no_mixing() -> tuple[Shape, ...]:
    return (
        *_bottle(6, 24),
        *_bottle(82, 24, "tint"),
        Shape(circle(60, 56, 15), fill="paper", width=3.4),
        Shape("M 49.5 45.5 L 70.5 66.5", width=3.4),
    )


def _bedtime_dose() -> tuple[Shape, ...]:
    star = "M {x} {a} L {x} {b} M {c} {y} L {d} {y}"
    stars = (star.format(x=x, y=y, a=y - 4, b=y + 4, c=x - 4, d=x + 4) for x, y in ((52, 16), (70, 28), (92, 12)))
    return (
        Shape("M 30 8 C 16 8 8 20 12 32 C 16 44 32 48 42 38 C 30 38 22 24 30 8 Z", fill="deep", width=1.8),
        *(Shape(path, stroke="accent", width=2.0) for path in stars),
        Shape("M 6 52 L 6 96 M 6 86 L 74 86 M 74 72 L 74 96", width=3.0),
        Shape("M 8 72 L 72 72 L 72 86 L 8 86 Z", fill="deep", width=1.6),
        Shape("M 10 60 C 10 56 28 56 28 60 L 28 72 L 10 72 Z", fill="paper", width=1.6),
        Shape("M 84 72 L 116 72 M 89 72 L 89 96 M 111 72 L 111 96", width=2.6),
        Shape("M 92 58 L 100 58 L 100 68 L 92 68 C 85 68 85 58 92 58 Z", fill="accent", width=1.4),
        Shape("M 100 58 L 108 58 C 115 58 115 68 108 68 L 100 68 Z", fill="paper", width=1.4),
    )


def _lock_up() -> tuple[Shape, ...]:
    return (
        Shape("M 8 26 L 112 26 L 112 96 L 8 96 Z", fill="tint", width=2.6),
        Shape("M 8 26 L 18 12 L 102 12 L 112 26 Z", fill="deep", width=2.2),
        *_bottle(20, 31),
        Shape("M 76 58 L 76 50 C 76 38 96 38 96 50 L 96 58", width=4.0),
        Shape("M 70 58 L 102 58 L 102 82 L 70 82 Z", fill="accent", width=1.8),
        Shape(circle(86, 67, 3.4), fill="paper", stroke="none"),
        Shape("M 86 68 L 86 76", stroke="paper", width=2.8),
    )


def _naloxone_spray() -> tuple[Shape, ...]:
    mist = ("M 46 6 L 38 2", "M 74 6 L 82 2", "M 46 14 L 36 14", "M 74 14 L 84 14")
    return (
        Shape("M 54 8 C 54 4 66 4 66 8 L 68 40 L 52 40 Z", fill="paper", width=1.8),
        Shape("M 34 40 L 86 40 C 90 40 90 48 86 48 L 34 48 C 30 48 30 40 34 40 Z", fill="deep", width=1.8),
        Shape("M 50 48 L 70 48 L 70 78 L 50 78 Z", fill="tint", width=1.8),
        Shape("M 46 78 L 74 78 L 74 88 L 46 88 Z", fill="accent", width=1.6),
        *arrow(60, 99, 60, 90, width=2.8),
        *(Shape(path, stroke="accent", width=1.8) for path in mist),
    )


def _face(x: float, mouth: str) -> tuple[Shape, ...]:
    return (
        Shape(circle(x, 24, 16), fill="tint", width=2.0),
        Shape(circle(x - 6, 20, 1.8), fill="ink", stroke="none"), Shape(circle(x + 6, 20, 1.8), fill="ink", stroke="none"),
        Shape(mouth, width=2.2),
    )  # fmt: skip


def _pain_scale() -> tuple[Shape, ...]:
    ticks = (Shape(f"M {x} 76 L {x} 81", width=1.4) for x in range(10, 111, 10))
    return (
        *_face(20, "M 12 28 C 15 34 25 34 28 28"),
        *_face(100, "M 92 33 C 95 27 105 27 108 33"),
        Shape("M 10 74 L 110 52 L 110 74 Z", fill="deep", width=1.6),
        *ticks,
        digit("0", 10, 91, width=2.0), digit("1", 105, 91, width=2.0), digit("0", 112, 91, width=2.0),
    )  # fmt: skip


THINGS: dict[str, tuple[Shape, ...]] = {
    "soft-food": _soft_food(),
    "sip-water": _sip_water(),
    "pill-bottle": _pill_bottle(),
    "no-mixing": _no_mixing(),
    "bedtime-dose": _bedtime_dose(),
    "lock-up": _lock_up(),
    "naloxone-spray": _naloxone_spray(),
    "pain-scale": _pain_scale(),
}
