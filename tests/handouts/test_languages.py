"""Languages beside English and Spanish: the wording says the same, the fonts hold it, the page reads as it is written."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page as validator
import pytest

from dentalpain.errors import SettingsError, UnknownNameError, WordingError
from dentalpain.handouts import build_fonts, fonts
from dentalpain.handouts.content import Box, Document, Paragraph, Pictures, Run, block_texts, texts
from dentalpain.handouts.fonts import covered_characters
from dentalpain.handouts.html import to_html
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.moves import Moves
from dentalpain.handouts.wording import language_names, languages, load
from dentalpain.paths import knowledge_folder

from . import other_letters
from .hearing import expected
from .reading_pdf import page_text, reader, spaced, spoken
from .samples import OFFICE, handout, option, review, screen, small

FOLDER = knowledge_folder() / "handouts"
OWN_LETTERS = other_letters.LANGUAGES  # Arabic, Chinese, Hindi, Korean
SHORT = ["ht", "pt-BR", "ru", "tl", "vi", *OWN_LETTERS]  # one topic each
VISIT = review(
    option("usual_care_self_management", kind="behavioural"), option("cbt", kind="behavioural"),
    option("ibuprofen", "blocked", rules=("NSAID-ANTICOAG",)), option("hydrocodone", "blocked", rules=("TMD-OPIOID",)),
    indication="chronic_tmd",
)  # fmt: skip


def leaves(table: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield from leaves(value, f"{place}.{key}")
    elif isinstance(table, list):
        for number, value in enumerate(table):
            yield from leaves(value, f"{place}[{number}]")
    elif isinstance(table, str):
        yield place, table


def said(path: Path) -> dict[str, str]:
    """Each text of a wording file by its place, without what differs from language to language by its nature."""
    other = (".units.", ".numbers.", ".dates.", ".signs.", ".name", ".reviewer", ".status")
    found = leaves(tomllib.loads(path.read_text(encoding="utf-8")))
    return {place: text for place, text in found if not place.startswith(other[:4]) and place not in other[4:]}


FILES = [(language, path.name) for language in SHORT for path in sorted((FOLDER / language).glob("*.toml"))]


def jaw(language: str) -> Document:
    return handout(
        VISIT, screen(("local-myalgia", "right")), language=language, give=["usual_care_self_management", "cbt"],
        topics=["tmj-self-care"], released=["local-myalgia"], signed=False, office=OFFICE,
    )  # fmt: skip


@pytest.mark.parametrize("language", SHORT)
def test_a_language_that_is_begun_has_home_care_for_the_jaw_and_all_that_goes_with_it(language: str) -> None:
    names = {path.name for path in (FOLDER / language).glob("*.toml")}
    assert names == {"general.toml", "tmj-self-care.toml", "exercises.toml", "pictures.toml", "avoid.toml", "options.toml"}
    assert set(load(language).topics) == {"tmj-self-care"}


@pytest.mark.parametrize(("language", "file"), FILES)
def test_the_wording_has_the_places_the_numbers_and_the_bold_words_of_the_english_one(language: str, file: str) -> None:
    here, english = said(FOLDER / language / file), said(FOLDER / "en" / file)
    if file == "pictures.toml":  # the pictures that the topic shows
        english = {place: text for place, text in english.items() if place in here}
        assert len({place.split(".")[1] for place in here}) == 8
    assert set(here) == set(english)
    for place, text in here.items():
        for pattern in (r"\{\w+\}", r"\d+", r"\*\*"):
            assert sorted(re.findall(pattern, text)) == sorted(re.findall(pattern, english[place])), place


@pytest.mark.parametrize("language", SHORT)
def test_no_text_was_left_in_english(language: str) -> None:
    for path in (FOLDER / language).glob("*.toml"):
        here, english = said(path), said(FOLDER / "en" / path.name)
        same = [place for place, text in here.items() if len(text.split()) > 2 and text == english[place] and "{" not in text]
        kept = {"pictures", "exercises", "options"}
        assert [place for place in same if not kept & set(re.split(r"\W", place))] == []


@pytest.mark.parametrize("language", SHORT)
@pytest.mark.parametrize("large", [False, True])
def test_the_handout_reads_as_its_content_and_passes(language: str, large: bool) -> None:
    other_letters.use_fonts(language)
    document = jaw(language)
    data = to_pdf(document, large_print=large)
    assert spoken(data) == expected(document, large=large)
    assert all(validator.validate_pdf_bytes(data, profile=profile).is_compliant for profile in ("ua1", "2a"))
    assert reader(data).trailer["/Root"]["/Lang"] == language  # BCP 47
    pages = [spaced(page_text(data, number)) for number in range(len(reader(data).pages))]
    marked = str(document.watermark)  # a line of Arabic is drawn as it is seen, its last word first
    marked = " ".join(reversed(marked.split())) if fonts.letters_of(language).leftward else marked
    assert document.watermark and all(spaced(marked) in page for page in pages)
    assert not any("…" in page for page in pages)  # nothing at the edge is cut off


@pytest.mark.parametrize("language", ["tl", "hi", "ar"])
def test_the_questions_to_tick_do_not_stand_alone_on_the_last_page_of_large_print(language: str) -> None:
    other_letters.use_fonts(language)
    plain = handout(
        review(), language=language, give=[], topics=["tmj-self-care"],
        office=OFFICE | {"url": "https://riverside.example", "next_visit": "Friday at 9"}, prepared_for="Ada Example",
    )  # fmt: skip
    data = to_pdf(plain, large_print=True)
    last = "".join(page_text(data, len(reader(data).pages) - 1).split())
    emergency = next(block for block in plain.blocks if isinstance(block, Box) and block.kind == "call_911")
    for block in (emergency, plain.blocks[-1]):
        assert all(word in last for text in block_texts(block) for word in text.split())


@pytest.mark.parametrize("language", SHORT)
def test_a_kind_that_the_language_lacks_is_refused_and_those_it_has_are_named(language: str) -> None:
    for topic in ("muscle-pain", "medicine:ibuprofen"):
        with pytest.raises(UnknownNameError, match=rf"{language}.*tmj-self-care"):
            handout(review(option("ibuprofen")), language=language, give=[], topics=[topic])
    with pytest.raises(UnknownNameError, match="no wording for the option ibuprofen"):
        handout(language=language, give=["ibuprofen"], topics=["tmj-self-care"])


def test_a_language_is_offered_where_its_fonts_are_and_nowhere_else(tmp_path: Path) -> None:
    assert {"en", "es", *SHORT} <= set(languages())
    held = list(fonts._folder)
    fonts.use_folder(tmp_path)
    try:
        assert {"en", "es", "ru", "vi"} <= set(language_names())  # these are shipped
        assert not set(OWN_LETTERS) & set(language_names())
    finally:
        fonts._folder[:] = held
    for language in OWN_LETTERS:
        other_letters.use_fonts(language)
        assert language in language_names()


@pytest.mark.parametrize("language", OWN_LETTERS)
def test_the_fonts_that_are_made_for_a_language_hold_every_letter_of_its_wording(language: str) -> None:
    letters = set(build_fonts.FAMILIES[fonts.letters_of(language).family].letters())
    printed = "".join(
        text
        for path in (FOLDER / language).glob("*.toml")
        for _, text in leaves(tomllib.loads(path.read_text("utf-8")))
    )
    assert {letter for letter in printed if ord(letter) not in letters} == set()


@pytest.mark.parametrize("language", OWN_LETTERS)
def test_the_fonts_of_a_language_are_not_the_thinnest(language: str) -> None:
    other_letters.use_fonts(language)
    from reportlab.pdfbase.pdfmetrics import getFont

    covered_characters(language)
    regular, bold = fonts.letters_of(language).names()
    assert b"Regular" in getFont(regular).face.name and b"Bold" in getFont(bold).face.name
    assert "fvar" not in getFont(regular).face.table


def test_another_program_reads_the_hindi_of_the_page_as_it_was_written(tmp_path: Path) -> None:
    other_letters.use_fonts("hi")
    document = jaw("hi")
    (tmp_path / "hindi.pdf").write_bytes(to_pdf(document))
    command = ["pdftotext", "-raw", str(tmp_path / "hindi.pdf"), "-"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("no pdftotext: install poppler-utils")
    alternatives = {alt for block in document.blocks for alt in alts(block)}
    words = {word for text in texts(document) if text not in alternatives for word in spaced(text).split()}
    assert words - set(spaced(found).split()) == set()


def alts(block: Any) -> Iterator[str]:
    """What is said of pictures and is not drawn."""
    if isinstance(block, Pictures):
        yield from (picture.alt for picture in block.items)
    elif isinstance(block, Moves):
        yield from (move.picture.alt for move in block.items)


def seen(data: bytes) -> list[str]:
    """The lines of the first page as they are seen, from left to right: each piece with its place."""
    from pypdf.generic import ContentStream

    from .reading_pdf import _map

    pdf = reader(data)
    maps = {name: _map(font.get_object()) for name, font in pdf.pages[0]["/Resources"]["/Font"].items()}
    rows: dict[tuple[float, ...], list[tuple[float, str]]] = {}
    base, at, leading = (0.0, 0.0), (0.0, 0.0), 0.0
    font: dict[int, str] = {}
    stack: list[tuple[float, float]] = []
    for operands, operator in ContentStream(pdf.pages[0].get_contents(), pdf).operations:
        if operator == b"q":
            stack.append(base)
        elif operator == b"Q":
            base = stack.pop()
        elif operator == b"cm":
            base = (base[0] + float(operands[4]), base[1] + float(operands[5]))
        elif operator == b"Tm":
            at = (base[0] + float(operands[4]), base[1] + float(operands[5]))
        elif operator == b"TL":
            leading = float(operands[0])
        elif operator == b"T*":
            at = (at[0], at[1] - leading)
        elif operator == b"Tf":
            font = maps[operands[0]]
        elif operator == b"Tj":
            text = "".join(font[code] for code in operands[0].original_bytes)
            rows.setdefault((round(at[1], 1),), []).append((at[0], text.strip()))
    return [" ".join(text for _, text in sorted(row) if text) for row in rows.values()]


def test_arabic_runs_leftward_and_its_numbers_telephones_and_ranges_do_not() -> None:
    other_letters.use_fonts("ar")
    lines = seen(to_pdf(other_letters.arabic()))
    # by UAX 9 alone a range after Arabic letters would be seen as 2-1
    shown = " ".join(lines)
    for number in ("734-555-0142", "1-2", "10-15", "15-20", "2-4"):
        assert number in shown
        assert "-".join(reversed(number.split("-"))) not in shown.split()
    title = next(line for line in lines if "العناية" in line)
    assert title.split() == list(reversed(other_letters.TITLE.split()))


def test_what_is_to_be_ticked_and_the_foot_run_leftward_too_and_an_address_in_latin_letters_does_not() -> None:
    other_letters.use_fonts("ar")
    lines = [" ".join(line.split()) for line in seen(to_pdf(other_letters.arabic()))]
    assert "فكك؟ تريح كيف" in lines  # seen from left to right, its last word first
    assert any("1 من 1 صفحة" in line for line in lines)
    assert any("12 Mill Street, Ann Arbor, MI 48104" in line for line in lines)


def test_the_page_in_arabic_runs_leftward_on_the_screen_and_its_numbers_do_not() -> None:
    shown = to_html(other_letters.arabic())
    assert '<html lang="ar" dir="rtl">' in shown and '<article class="handout" lang="ar" dir="rtl">' in shown
    for kept in ("734-555-0142", "1-2", "15-20", "12 Mill Street, Ann Arbor, MI 48104"):
        assert f'<bdi dir="ltr">{kept}</bdi>' in shown
    assert "<bdi" not in to_html(jaw("vi")) and 'dir="' not in to_html(jaw("vi"))


def test_chinese_breaks_between_letters_and_korean_between_words() -> None:
    long = {"zh-Hans": "大多数下颌疼痛会随着休息" * 9, "ko": "대부분의 턱 통증은 쉬고 " * 12}
    for language, text in long.items():
        other_letters.use_fonts(language)
        document = small(Paragraph((Run(text),)), language=language)
        assert expected(document, large=False) == spoken(to_pdf(document))
    lines = [line for line in seen(to_pdf(small(Paragraph((Run(long["ko"]),)), language="ko"))) if "통증" in line]
    assert len(lines) >= 2 and all(set(line.split()) <= set(long["ko"].split()) for line in lines)


def test_a_letter_that_the_font_of_a_language_lacks_is_named() -> None:
    with pytest.raises(WordingError, match=r"U\+4E0B"):
        to_pdf(small(Paragraph((Run("下"),)), language="vi"))


@pytest.mark.parametrize(("language", "extra"), [("zh-Hans", "cjk"), ("ko", "cjk"), ("hi", "shaping"), ("ar", "shaping")])
def test_a_font_that_is_not_there_is_an_error_that_says_how_to_make_it(language: str, extra: str, tmp_path: Path) -> None:
    held = list(fonts._folder)
    fonts.use_folder(tmp_path)
    try:
        with pytest.raises(SettingsError, match=rf"install dentalpain\[{extra}\] and run"):
            covered_characters(language)
    finally:
        fonts._folder[:] = held


def test_words_and_letters_that_are_kept_shaped_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    other_letters.use_fonts("hi")
    covered_characters("hi")
    from dentalpain.handouts.tagging import shaping

    shaper = shaping.shaper(fonts.letters_of("hi").names()[0], leftward=False)
    words = ["दर्द", "हफ़्ते", "दाँत", "खाना"]
    before = [shaper.shaped(word) for word in words]
    monkeypatch.setattr(shaping, "MOST_WORDS", 2)
    shaper._words.clear()
    assert [shaper.shaped(word) for word in words] == before  # the letters of a font stay as they are
    assert len(shaper._words) == 2
    monkeypatch.setattr(shaping, "MOST_LETTERS", len(shaper._letters))
    with pytest.raises(ValueError, match="no room for one more shaped letter"):
        shaper.shaped("क्ष्र्या")
