"""Fonts for the languages whose letters are not shipped, and a page in Arabic with ranges of numbers."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import tempfile
from functools import cache
from pathlib import Path

import pytest

from dentalpain.handouts import build_fonts, fonts
from dentalpain.handouts.content import Box, Bullets, Document, Heading, Office, Paragraph, Run, Steps, Ticks
from dentalpain.paths import knowledge_folder

from .samples import ON

LANGUAGES = list(fonts.OTHERS)
LATER = (
    "क्ष्र्याहफ़्तेदाँतखानादर्द1234567890-下颌" + "대부분의턱통증은쉬고" + "大多数下颌疼痛会随着休息"
)  # what single tests print beside
PHONE = Run("734-555-0142", link="tel:7345550142")
TITLE = "العناية المنزلية بالفك المؤلم"


@cache
def _folder() -> Path:
    """A folder that the workers of a run share: what one of them has built another need not build."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    folder = Path(tempfile.gettempdir(), f"fonts-{run}") if run else Path(tempfile.mkdtemp(prefix="fonts-"))
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def prepare() -> None:
    """Build all, the second worker from the other end."""
    turn = -1 if os.environ.get("PYTEST_XDIST_WORKER", "gw0")[-1] in "13579" else 1
    for language in LANGUAGES[::turn]:
        fonts_for(language)


@cache
def fonts_for(language: str) -> bool:
    """Whether the fonts of a language are there; those that are not shipped are built once, for its wording."""
    letters = fonts.letters_of(language)
    if not letters.extra:
        return True
    if letters.shaped and importlib.util.find_spec("uharfbuzz") is None:
        return False
    folder = knowledge_folder() / "handouts" / language
    said = set(LATER).union(*(path.read_text(encoding="utf-8") for path in folder.glob("*.toml")))
    kept = {ord(letter) for letter in said} & set(build_fonts.FAMILIES[letters.family].letters())
    for weight, file in zip(build_fonts.WEIGHTS, letters.files(), strict=True):
        if (_folder() / file).is_file():
            continue
        with tempfile.TemporaryDirectory(dir=_folder()) as aside:
            try:
                built = build_fonts.build(weight, Path(aside), letters.family, sorted({*kept, *build_fonts.ALWAYS}))
            except (ImportError, importlib.metadata.PackageNotFoundError):
                return False
            built.replace(_folder() / file)  # whole, for the other worker
    return True


def use_fonts(language: str) -> None:
    """Print with those fonts; the test is skipped where a package is missing."""
    if not fonts_for(language):
        pytest.skip(f"the packages with the fonts for {language} are not installed")
    use_built()


def use_built() -> None:
    """Look for fonts where they were built."""
    fonts.use_folder(_folder())


def arabic() -> Document:
    """A page in Arabic: ranges, a telephone number, an address in Latin letters, steps and squares to tick."""
    step = Run("افتح فمك قليلاً ببطء. توقف قبل الألم.")
    items = (Run(" لمدة 1-2 أسبوع. خذ لقمات صغيرة (10-15 مرة)."), Run(" 15-20 دقيقة، 2-4 مرات في اليوم."))
    return Document(
        title=TITLE,
        language="ar",
        on=ON,
        office=Office("Riverside Family Dental", "734-555-0142", lines=("12 Mill Street, Ann Arbor, MI 48104",)),
        blocks=(
            Heading("كل يوم"),
            Bullets(tuple((Run("كل طعامًا لينًا", bold=True), item) for item in items)),
            Steps(((step,), (step,))),
            Ticks(((Run("كيف تريح فكك؟"),),)),
            Box("call_us", (Run("اتصل بنا على "), PHONE), (Paragraph((step,)),)),
        ),
        page_of="صفحة {page} من {pages}",
        version="نص تجريبي 2026-11-24.",
    )
