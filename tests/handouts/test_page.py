"""The HTML twin says what the PDF says."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dentalpain.handouts.content import texts
from dentalpain.handouts.html import to_fragment, to_html, to_page
from dentalpain.paths import static_folder

from .reading_pdf import spaced
from .samples import OFFICE, VISITS, every_kind_of_block, handout, picture, small
from .test_print import MARKUP

BLOCKS = {"p", "h1", "h2", "h3", "li", "th", "td", "figcaption", "span", "strong"}


class Speaker(HTMLParser):
    """Collects the text of the article piece by piece, a picture by its label."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.extend(attrs)
        if tag in ("svg", "img") and (label := dict(attrs).get("aria-label" if tag == "svg" else "alt")):
            self.said.append(label)
        elif tag in BLOCKS - {"strong"}:
            self.said.append("")

    def handle_data(self, data: str) -> None:
        if self.said:
            self.said[-1] += data


def speak(page: str) -> Speaker:
    speaker = Speaker()
    speaker.feed(page)
    return speaker


def pieces(page: str) -> list[str]:
    return [text for text in map(spaced, speak(page).said) if text]


BRANDED = handout(office=OFFICE | {"logo": picture(), "url": "https://a.example", "next_visit": "Friday"})


@pytest.mark.parametrize("visit", [*VISITS, "branded"])
def test_the_page_says_the_texts_of_the_document_in_their_order(visit: str) -> None:
    document = VISITS.get(visit, BRANDED)
    body = to_fragment(document).replace("</strong> <span", "</strong><span")
    expected = [spaced(text) for text in texts(document)]
    said = [text for text in pieces(body) if text not in (document.version, document.watermark)]
    assert said == expected


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_and_never_obeyed(text: str) -> None:
    document = small(*every_kind_of_block(text), title=text, prepared_for=text)
    speaker = speak(to_html(document))
    assert not speaker.tags & {"script", "font", "img", "br", "b"}
    assert spaced(text) in [spaced(said) for said in speaker.said]


def test_there_is_no_inline_script_or_style_and_no_other_kind_of_link() -> None:
    speaker = speak(to_html(VISITS["jaw"], stylesheet="/static/handout.css"))
    names = {name for name, _ in speaker.attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    assert not speaker.tags & {"script", "style"}
    links = {value for name, value in speaker.attributes if name == "href"}
    assert links == {"/static/handout.css", "tel:7345550142"}


def test_a_page_without_the_address_of_a_style_sheet_stands_alone() -> None:
    whole = to_page(VISITS["jaw"]).decode()
    style = (static_folder() / "handout.css").read_text(encoding="utf-8")
    assert f"<style>\n{style}</style>" in whole and "</" not in style
    assert not re.search(r"@import|url\(", style)
    speaker = speak(whole)
    assert "link" not in speaker.tags and "script" not in speaker.tags
    assert "<style>" not in to_page(VISITS["jaw"], "/static/handout.css").decode()


def test_every_class_of_the_page_has_a_style() -> None:
    style = (static_folder() / "handout.css").read_text(encoding="utf-8")
    pages = [to_fragment(BRANDED), to_fragment(VISITS["jaw"])]
    names = {name for page in pages for names in re.findall(r'class="([^"]+)"', page) for name in names.split()}
    assert len(names) >= 15
    assert {name for name in names if f".{name}" not in style} == set()


def test_the_page_names_its_language_and_title() -> None:
    page = to_html(handout())
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>After your tooth is pulled</title>" in page
    assert "stylesheet" not in page


def test_heads_of_rows_and_columns_are_marked() -> None:
    page = to_fragment(VISITS["jaw"])
    assert page.count('scope="col"') == 5
    assert page.count('scope="row"') == 1


def test_an_unsigned_page_is_a_preview() -> None:
    assert "handout-preview" in to_fragment(handout(signed=False))
    assert "handout-preview" not in to_fragment(handout(signed=True))


def test_every_picture_has_a_label_and_every_sign_is_hidden() -> None:
    page = to_fragment(VISITS["jaw"])
    # 3 pictures of the first topic and, beside other topics and treatments, 3 moves: open, slide, stretch
    assert len(re.findall(r'role="img" aria-label="[^"]+"', page)) == 3 + 3
    assert page.count('aria-hidden="true"') == page.count("<section")
