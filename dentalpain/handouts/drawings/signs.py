"""Signs beside the words of a box, in a square of 24."""

from __future__ import annotations

from .shapes import Shape, circle

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
