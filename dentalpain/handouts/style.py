"""Colours and measures of the printed page."""

from __future__ import annotations

from dataclasses import dataclass, replace

# One calm accent; every pair of text and ground has a contrast of 7:1 or more (WCAG 2, AAA), and works in grey.
PALETTE = {
    "ink": "#17262B",
    "accent": "#0B4A54",
    "quiet": "#3C4B50",
    "tint": "#E8F1F1",
    "deep": "#A9CACC",
    "line": "#8FAAAD",
    "paper": "#FFFFFF",
    "watermark": "#E9E9E9",
}
TEXT_ON_GROUND = [
    ("ink", "paper"), ("accent", "paper"), ("quiet", "paper"), ("ink", "tint"), ("accent", "tint"), ("quiet", "tint"),
    ("ink", "watermark"), ("accent", "watermark"), ("quiet", "watermark"), ("paper", "accent"),
]  # fmt: skip

PAPERS = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}  # points
REGULAR, BOLD = "DentalPain-Regular", "DentalPain-Bold"


@dataclass(frozen=True)
class Measures:
    """Sizes in points. Body text is 12.5 pt or more; large print is 18 pt or more throughout."""

    body: float = 12.5
    leading: float = 16.0
    title: float = 23.0
    heading: float = 15.0
    small: float = 11.0
    foot: float = 9.5
    margin: float = 54.0
    top: float = 46.0
    bottom: float = 50.0
    gap: float = 8.0
    air: float = 1.0  # space between parts, as a share of the usual
    marked: float = 0.0  # of the bottom margin, what the line of a preview takes
    picture: float = 118.0  # width
    pictures_across: int = 3
    columns: bool = True  # tables and boxes may stand in columns
    regular: str = REGULAR  # the fonts of the language
    bold: str = BOLD
    breaks: str | None = None  # "CJK": between any two letters
    shaped: bool = False  # letters change with their neighbours
    leftward: bool = False  # lines run from right to left

    def unmarked(self) -> Measures:
        """The measures of a page that is no preview."""
        return replace(self, bottom=self.bottom - self.marked) if self.marked else self

    def tighter(self, air: float = 0.55) -> Measures:
        """The same letters with less space around them, for a text that would spill a few lines on one more page."""
        return replace(
            self,
            leading=1.25 * self.body,
            gap=0.9 * air * self.gap,
            air=air,
            picture=0.75 * self.picture,
            top=self.top - (12 if self.columns else 8),
            bottom=self.bottom - (8 if self.columns else 4),  # large print has up to 3 lines at the foot
        )


NORMAL = Measures()
LARGE = Measures(
    body=18.0, leading=25.0, title=29.0, heading=21.0, small=18.0, foot=18.0, margin=72.0, top=62.0, bottom=96.0,
    marked=22.0, gap=12.0, picture=150.0, columns=False,
)  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
