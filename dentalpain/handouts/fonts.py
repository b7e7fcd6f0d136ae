"""The fonts that are embedded, registered with ReportLab at first use."""

from __future__ import annotations

from functools import cache, lru_cache
from threading import Lock
from typing import Any

from ..errors import SettingsError
from ..paths import static_folder
from .style import BOLD, FAMILY, REGULAR

FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}
_registering = Lock()


@cache
def _register() -> frozenset[int]:
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    covered = []
    for name, file in FILES.items():
        path = static_folder() / "fonts" / file
        if not path.is_file():
            raise SettingsError(f"The font {file} is missing: run `python -m dentalpain.handouts.build_fonts`.")
        font = TTFont(name, str(path), asciiReadable=True, shapable=False)
        _keep_subsets(font.face)
        pdfmetrics.registerFont(font)
        covered.append(frozenset(font.face.charToGlyph))
    addMapping(FAMILY, 0, 0, REGULAR)
    addMapping(FAMILY, 1, 0, BOLD)
    return frozenset.intersection(*covered)


def _keep_subsets(face: Any) -> None:
    """Cut the same letters out of a face only once: most handouts need the same."""
    cut = lru_cache(maxsize=64)(face.makeSubset)
    face.makeSubset = lambda letters: cut(tuple(letters))


def covered_characters() -> frozenset[int]:
    """The code points that every embedded weight can print; registers the fonts. SettingsError if a file is missing."""
    with _registering:
        return _register()
