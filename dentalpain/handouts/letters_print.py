"""Text and styles in the letters of a language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportlab.lib.styles import ParagraphStyle

from .style import BOLD, REGULAR, Measures


def in_shape(text: str, font: str, measures: Measures) -> str:
    """The text with its letters joined and placed, where the letters of the language change with their neighbours.

    Raises SettingsError if what shapes them is not installed, or if the font has no room for more letters.
    """
    if not measures.shaped:
        return text
    shaper = _shaper(font or measures.regular, measures)
    try:
        return str(shaper.shaped(text))
    except ValueError as error:
        from ..errors import SettingsError

        raise SettingsError(f"The letters of this language cannot be set: {error}.") from error


def line_in_shape(text: str, font: str, measures: Measures) -> str:
    """The same for one line that is not broken: its pieces stand in the order in which they are seen."""
    shaped = in_shape(text, font, measures)
    if not measures.leftward:
        return shaped
    from .tagging.leftward import pieces

    return "".join(reversed(pieces(shaped)))


def _shaper(font: str, measures: Measures) -> Any:
    from ..errors import SettingsError
    from .tagging.shaping import shaper

    try:
        return shaper(font, leftward=measures.leftward)
    except ImportError:
        raise SettingsError("The letters of this language need uharfbuzz: install dentalpain[shaping].") from None


def set_letters(styles: Iterable[Any], measures: Measures) -> None:
    """Set the fonts and the line breaks of the language in paragraph styles, and turn them round for leftward lines."""
    fonts = {REGULAR: measures.regular, BOLD: measures.bold}
    for style in styles:
        if isinstance(style, ParagraphStyle):
            held: Any = style
            held.fontName, held.bulletFontName = fonts[held.fontName], fonts[held.bulletFontName]
            held.wordWrap = measures.breaks
            if measures.leftward:
                held.leftIndent, held.rightIndent = held.rightIndent, held.leftIndent
