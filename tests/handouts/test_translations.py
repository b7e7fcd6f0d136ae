"""Every language against English: the same keys, the same figures, the same places, and nothing that a clinician signed."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from dentalpain.errors import KnowledgeError, UnknownNameError
from dentalpain.handouts.card import Card
from dentalpain.handouts.content import texts
from dentalpain.handouts.fonts import covered_characters
from dentalpain.handouts.html import to_html
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.letters.words import KINDS, load_letter
from dentalpain.handouts.style import LARGE, PAPERS, REGULAR
from dentalpain.handouts.wording import fill, language_names, languages, load
from dentalpain.paths import knowledge_folder

from .hearing import expected
from .product import everything, topics
from .reading_pdf import reader, spoken
from .samples import OFFICE, PLAIN, dose, handout, option, review

FOLDER = knowledge_folder() / "handouts"
COMPLETE = ("en", "es")
# Files of which a language that is not complete may hold only what its topics use: the rest is an error when asked for.
IN_PARTS = {"pictures.toml", "medicines.toml", "avoid.toml", "options.toml", "exercises.toml", "medicine_sheets.toml"}
OTHERS = [language for language in languages() if language != "en"]
FILES = [
    (language, path.relative_to(FOLDER / language).as_posix())
    for language in OTHERS
    for path in sorted((FOLDER / language).rglob("*.toml"))
]
# Grammar and signatures, not sentences.
OF_THE_LANGUAGE = {"called", "months", "forms", "point", "thousands", "signs", "units", "form", "reviewer"}
ABROAD = {".words.card_in_english"}  # said only where the rest is not in English
LISTS_OF_IDS = {"names", "pictures", "exercises", "options", "rules"}
IDS = {"id", "when", "block", "list"}


def read(language: str, file: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / language / file).read_text(encoding="utf-8"))


def leaves(table: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its place; what is grammar of the language is left out."""
    if isinstance(table, dict):
        for key, value in table.items():
            if key not in OF_THE_LANGUAGE:
                yield from leaves(value, f"{place}.{key}")
    elif isinstance(table, list) and place.rsplit(".", 1)[-1] not in LISTS_OF_IDS:
        for number, value in enumerate(table):
            yield from leaves(value, f"{place}[{number}]")
    else:
        yield place, table


def figures(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[.,]\d+)*", text))


@pytest.mark.parametrize(("language", "file"), FILES)
def test_a_translation_says_what_the_english_text_says_and_no_more(language: str, file: str) -> None:
    english, other = dict(leaves(read("en", file))), dict(leaves(read(language, file)))
    for place in ABROAD & set(other):
        del other[place]
    assert set(other) <= set(english)
    assert set(other) == set(english) or (language not in COMPLETE and file in IN_PARTS)
    for place, text in other.items():
        if not isinstance(text, str) or place.rsplit(".", 1)[-1] in IDS:
            assert text == english[place] or place == ".written_on", place
        elif place != ".status":
            assert text.strip(), place
            assert figures(text) == figures(english[place]), place
            assert Counter(re.findall(r"\{\w*\}", text)) == Counter(re.findall(r"\{\w*\}", english[place])), place
            assert text.count("**") == english[place].count("**"), place


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_language_has_every_file(language: str) -> None:
    def held(of: str) -> set[str]:
        return {path.relative_to(FOLDER / of).as_posix() for path in (FOLDER / of).rglob("*.toml")}

    assert held(language) == held("en")


@pytest.mark.parametrize(("language", "file"), FILES)
def test_no_translation_that_ships_says_that_somebody_has_reviewed_it(language: str, file: str) -> None:
    held = read(language, file)
    assert (held["status"], held["reviewer"]) == ("draft", "")


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_that_is_not_signed_prints_as_a_preview_that_says_so_in_its_language(language: str) -> None:
    watermark = load(language).word("watermark")
    topic = next(iter(load(language).topics))
    document = handout(PLAIN, give=[], topics=[topic], language=language, signed=False)
    assert document.watermark == watermark != load("en").word("watermark")


def test_every_language_has_a_name_of_its_own_to_choose_it_by() -> None:
    names = language_names()
    assert names["en"] == "English" and names["es"] == "Español"
    assert len(set(names.values())) == len(languages())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", COMPLETE)
def test_every_kind_of_letter_is_written_in_a_complete_language(language: str, kind: str) -> None:
    assert load_letter(kind, language).word("title")


def test_what_a_language_lacks_is_an_error_that_names_it_and_no_english_in_between() -> None:
    with pytest.raises(UnknownNameError, match="Choose: after-extraction"):
        handout(PLAIN, give=[], topics=["a-broken-leg"], language="es")
    with pytest.raises(KnowledgeError, match=r"es/general.toml \[words\]: nothing is missing"):
        load("es").word("nothing")


# Words that stand on nearly every English page. "no" and "or" are left out, as other languages have them.
ENGLISH = re.compile(r"\b(?:the|you|your|and|with|take|page|of|is|are|if|for|right|left|day|days|pill|pills)\b", re.IGNORECASE)
FROM_THE_OFFICE = [OFFICE["name"], *OFFICE["lines"], "Friday at 9", "riverside.example", "Ada Example"]


@pytest.mark.parametrize("name", [name for name in everything() if name.split(":")[0] in OTHERS])
def test_no_english_is_left_on_a_page_in_another_language(name: str) -> None:
    document = everything()[name]
    said = "\n".join([*texts(document), re.sub(r"\{\w+\}", "", document.page_of), document.version, document.title])
    cards = [block for block in document.blocks if isinstance(block, Card) and block.language == "en"]
    for text in (*FROM_THE_OFFICE, *(line for card in cards for line in card.texts())):
        said = said.replace(str(text), "", 1 if text not in FROM_THE_OFFICE else -1)
    if ":letter:" not in name and ":form:" not in name:  # those name rules and questions, which are kept in English
        assert ENGLISH.findall(said) == []


@pytest.mark.parametrize("language", COMPLETE)
def test_the_fonts_hold_every_letter_of_the_wording(language: str) -> None:
    said = {letter for path in (FOLDER / language).rglob("*.toml") for letter in _printed(path)}
    assert {ord(letter) for letter in said} <= covered_characters()


def _printed(path: Path) -> str:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    table.pop("signs", None)  # these are what the fonts lack
    return "".join(str(value) for _, value in leaves(table))


@pytest.mark.parametrize("language", COMPLETE)
def test_a_blocked_medicine_is_found_by_every_name_that_the_language_gives_it(language: str) -> None:
    wording = load(language)
    for name, about in wording.medicines.items():
        if isinstance(about, dict):
            assert about["name"].lower() in wording.called(name)


def test_a_line_that_names_a_blocked_medicine_in_spanish_is_left_out() -> None:
    # the note on hydrocodone names acetaminophen, which this review blocks
    judged = review(option("acetaminophen", "blocked", rules=("APAP-LIVER",)), option("hydrocodone", box=dose(5, days=2)))
    said = "\n".join(texts(handout(judged, give=["hydrocodone"], language="es")))
    assert "Hidrocodona" in said and "acetaminofén" not in said.lower() and "paracetamol" not in said.lower()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", topics("es"))
def test_what_is_read_out_in_spanish_is_the_content_in_its_order(name: str, large: bool) -> None:
    document = everything()[name]
    assert spoken(to_pdf(document, large_print=large)) == expected(document, large=large)


@pytest.mark.parametrize("language", COMPLETE)
def test_the_file_and_the_page_say_their_language(language: str) -> None:
    document = everything()[f"{language}:visit:extraction"]
    catalog = reader(to_pdf(document)).root_object
    assert str(catalog["/Lang"]) == language
    assert f'<html lang="{language}">' in to_html(document)


@pytest.mark.parametrize("language", COMPLETE)
def test_the_day_at_the_foot_is_never_cut_not_even_in_large_print(language: str) -> None:
    wording = load(language)
    room = min(width for width, _ in PAPERS.values()) - 2 * LARGE.margin
    for month in range(1, 13):
        day = wording.date(datetime.date(2026, month, 28))
        said = fill(wording.word("version"), {"version": "2026-11-24", "date": day})
        assert covered_characters() and stringWidth(said, REGULAR, LARGE.foot) <= room
