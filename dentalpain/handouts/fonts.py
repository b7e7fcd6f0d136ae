"""The fonts that are embedded, registered with ReportLab at first use.

The letters of most languages are shipped. Chinese, Korean, Hindi and Arabic need fonts of their own, which
`build_fonts` makes from packages of an extra, into the folder of the setting DENTALPAIN_FONTS.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from ..errors import SettingsError
from ..paths import static_folder
from .style import BOLD, REGULAR, Measures

FOLDER_SETTING = "DENTALPAIN_FONTS"
_registering = Lock()
_folder: list[Path] = []


@dataclass(frozen=True)
class Letters:
    """The letters that languages share. `family` begins the names of the files.

    `extra` is the extra of the package that brings what they need ("" for what is shipped); `breaks` is ReportLab's way
    of breaking lines; `shaped`: letters change with their neighbours; `leftward`: lines run from right to left.
    """

    family: str = "NotoSans"
    extra: str = ""
    breaks: str | None = None
    shaped: bool = False
    leftward: bool = False

    def names(self) -> tuple[str, str]:
        """The names of the regular and the bold font for ReportLab."""
        end = f"-{self.family}" if self.extra else ""
        return f"{REGULAR}{end}", f"{BOLD}{end}"

    def files(self) -> tuple[str, str]:
        """The files of the two fonts."""
        return f"{self.family}-Regular.ttf", f"{self.family}-Bold.ttf"


LATIN_AND_CYRILLIC = Letters()
OTHERS = {
    "zh-Hans": Letters("NotoSansSC", "cjk", breaks="CJK"),
    "ko": Letters("NotoSansKR", "cjk"),
    "hi": Letters("NotoSansDevanagari", "shaping", shaped=True),
    "ar": Letters("NotoSansArabic", "shaping", shaped=True, leftward=True),
}


def letters_of(language: str) -> Letters:
    """The letters of a language."""
    return OTHERS.get(language, LATIN_AND_CYRILLIC)


def use_folder(folder: str | os.PathLike[str] | None) -> None:
    """Look for fonts that are not shipped in this folder; None: in that of the environment, if it names one."""
    _folder[:] = [Path(folder)] if folder else []


def ready(language: str) -> bool:
    """Whether the fonts of a language, and what shapes its letters, are installed here."""
    letters = letters_of(language)
    if letters.shaped and importlib.util.find_spec("uharfbuzz") is None:
        return False
    return all((_folder_of(letters) / file).is_file() for file in letters.files())


def _folder_of(letters: Letters) -> Path:
    if not letters.extra:
        return static_folder() / "fonts"
    return _folder[0] if _folder else Path(os.environ.get(FOLDER_SETTING) or static_folder() / "fonts")


@cache
def _register(letters: Letters, folder: Path) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    covered = []
    for name, file in zip(letters.names(), letters.files(), strict=True):
        path = folder / file
        if not path.is_file():
            raise SettingsError(_missing(letters, file))
        font = TTFont(name, str(path), asciiReadable=True, shapable=False)
        _keep_subsets(font.face)
        pdfmetrics.registerFont(font)
        covered.append(frozenset(font.face.charToGlyph))
    return frozenset.intersection(*covered)


def _missing(letters: Letters, file: str) -> str:
    if not letters.extra:
        return f"The font {file} is missing: run `python -m dentalpain.handouts.build_fonts`."
    return (
        f"The font {file} is not in the folder that {FOLDER_SETTING} names: install dentalpain[{letters.extra}] and run "
        f"`python -m dentalpain.handouts.build_fonts {letters.family} FOLDER`."
    )


def _keep_subsets(face: Any) -> None:
    """Cut the same letters out of a face only once: most handouts need the same."""
    cut = lru_cache(maxsize=64)(face.makeSubset)
    face.makeSubset = lambda letters: cut(tuple(letters))


def covered_characters(language: str = "en") -> frozenset[int]:
    """The code points that every embedded weight of a language can print; registers the fonts.

    Raises SettingsError that says how to make a font that is missing.
    """
    letters = letters_of(language)
    with _registering:
        if letters.extra:
            _register(LATIN_AND_CYRILLIC, _folder_of(LATIN_AND_CYRILLIC))
        return _register(letters, _folder_of(letters))


def in_letters(measures: Measures, language: str) -> Measures:
    """The measures with the fonts and the line breaks of the language."""
    letters = letters_of(language)
    if not letters.extra:
        return measures
    regular, bold = letters.names()
    return replace(
        measures, regular=regular, bold=bold, breaks=letters.breaks, shaped=letters.shaped, leftward=letters.leftward
    )
