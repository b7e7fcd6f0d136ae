"""The office on a handout: its name, ways to reach it, its logo and the square code of its address."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dentalpain.errors import WordingError
from dentalpain.handouts.content import Office, plain, texts
from dentalpain.handouts.drawings import steps
from dentalpain.handouts.html import to_fragment
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.qr import square_code

from .hearing import expected
from .reading_pdf import spoken, tree
from .samples import OFFICE, ON, handout, picture
from .square_code import read_square_code
from .test_building import WORDING, said
from .test_print import MARKUP

WHOLE = OFFICE | {"logo": picture(), "url": "https://riverside.example/", "next_visit": "December 8"}


def test_the_office_the_day_and_the_next_visit_are_printed() -> None:
    office = OFFICE | {"next_visit": "December 8 at 10:30", "address": "Suite 4", "hours": "8 to 5"}
    shown = said(handout(office=office, prepared_for="Ada Example"))
    assert "734-555-0142 · 12 Mill Street, Ann Arbor, MI 48104 · Monday to Friday, 8 to 5 · Suite 4 · 8 to 5" in shown
    assert "For Ada Example · November 24, 2026" in shown
    assert "Your next visit: December 8 at 10:30" in shown


def test_an_office_without_a_telephone_prints_no_empty_number() -> None:
    shown = said(handout(office={"name": "An office"}))
    assert "Call us if" in shown and "{phone}" not in shown


@pytest.mark.parametrize("office", [{}, {"name": ""}, {"name": "x" * 121}, {"name": 7}, {"name": "A", "lines": [3]}])
def test_an_office_that_cannot_be_printed_is_an_error(office: dict[str, Any]) -> None:
    with pytest.raises(WordingError, match=r"office\."):
        handout(office=office)


def test_marks_that_turn_text_around_do_not_reach_the_page() -> None:
    document = handout(prepared_for="\u202eAda\u200f", office={"name": "Of\u2066fice"})
    assert document.prepared_for == "For Ada"
    assert document.office.name == "Office"


def test_the_version_of_the_wording_stands_at_the_foot() -> None:
    document = handout(on=datetime.date(2027, 1, 5))
    assert document.version == f"Wording {WORDING.written_on.isoformat()}. Printed January 5, 2027."
    assert handout().on == ON


# -- reaching it -------------------------------------------------------------------------------------------------


def test_beside_a_logo_or_a_code_each_line_stands_for_itself() -> None:
    office = handout(office=WHOLE).office
    assert [plain(line) for line in office.contact()] == [
        "734-555-0142 · riverside.example", "12 Mill Street, Ann Arbor, MI 48104", "Monday to Friday, 8 to 5",
    ]  # fmt: skip


def test_the_address_on_the_web_is_a_link_and_a_code_whose_alternative_says_it() -> None:
    data = to_pdf(handout(office=WHOLE))
    nodes = list(tree(data).walk())
    assert {link for node in nodes for link in node.links} == {"tel:7345550142", "https://riverside.example/"}
    assert "Square code that opens https://riverside.example/" in {node.alt for node in nodes}
    assert 'aria-label="Square code that opens https://riverside.example/"' in to_fragment(handout(office=WHOLE))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org", "example.org", "javascript:alert(1)", "https://", "https:///path", "https://a b.example",
        "https://user@example.org", 'https://example.org/"><b>', "https://exämple.org", "https://[::1", "ftp://x.example",
        "https://example.org/" + "a" * 200,
    ],
)  # fmt: skip
def test_only_a_plain_https_address_is_printed(url: str) -> None:
    with pytest.raises(WordingError, match=r"office\.url"):
        handout(office=OFFICE | {"url": url})


@pytest.mark.parametrize("address", ["https://a.example", "https://riverside.example/visit?a=1&b=2"])
def test_the_code_holds_the_address_and_nothing_else(address: str) -> None:
    (shape,), size = square_code(address)
    dark = {(x, y) for x, y, right in _bars(shape.path) for x in range(x, right)}
    assert read_square_code(dark, size) == address


def _bars(path: str) -> list[tuple[int, int, int]]:
    """Left edge, row and right edge of each bar of the path."""
    numbers = [[int(number) for number in step] for letter, step in steps(path) if letter != "Z"]
    corners = [numbers[start : start + 4] for start in range(0, len(numbers), 4)]
    assert all(a[1] == b[1] == c[1] - 1 == d[1] - 1 and b[0] == c[0] and a[0] == d[0] for a, b, c, d in corners)
    return [(a[0], a[1], b[0]) for a, b, _, _ in corners]


def test_neither_logo_nor_code_is_drawn_for_an_office_that_has_none() -> None:
    document = handout(office={"name": "An office"})
    assert document.office == Office("An office", logo_alt="Logo of An office", url_alt="Square code that opens ")
    assert [tag for tag, _ in spoken(to_pdf(document))][:2] == ["P", "H1"]
    assert "handout-code" not in to_fragment(document) and "<img" not in to_fragment(document)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("part", ["logo", "url"])
def test_one_of_logo_and_code_may_be_missing(part: str, large: bool) -> None:
    document = handout(office=OFFICE | {part: WHOLE[part]})
    assert spoken(to_pdf(document, large_print=large)) == expected(document, large=large)


# -- what people type ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_any_field_is_printed_as_it_was_typed(text: str) -> None:
    office = WHOLE | {"name": text, "phone": text, "address": [text], "hours": text, "next_visit": text}
    document = handout(office=office | {"phone": text[:40]})
    for large in (False, True):
        assert spoken(to_pdf(document, large_print=large)) == expected(document, large=large)


@pytest.mark.parametrize(
    ("key", "most"),
    [("name", 120), ("phone", 40), ("lines", 120), ("address", 120), ("hours", 120), ("next_visit", 120)],
)
def test_a_field_has_a_longest_length(key: str, most: int) -> None:
    assert handout(office=OFFICE | {key: "8" * most})
    with pytest.raises(WordingError, match=rf"office\.{key}: .*{most} characters"):
        handout(office=OFFICE | {key: "8" * (most + 1)})


def test_six_lines_are_printed_and_seven_are_not() -> None:
    assert handout(office=OFFICE | {"address": ["a"] * 6})
    with pytest.raises(WordingError, match=r"office\.address: there are too many lines"):
        handout(office=OFFICE | {"address": ["a"] * 7})


@pytest.mark.parametrize("key", ["phone", "hours", "url", "next_visit"])
def test_a_field_that_is_no_text_is_an_error(key: str) -> None:
    with pytest.raises(WordingError, match=rf"office\.{key}: a value is not text"):
        handout(office=OFFICE | {key: 12})


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("≥ 18 years", "at least 18 years"), ("age≥18", "age at least 18"), ("≤2 visits", "at most 2 visits"),
        ("Monday→Friday", "Monday to Friday"), ("✓ Parking", "• Parking"), ("½ day, 8 – 12 ×", "½ day, 8 – 12 ×"),
    ],
)  # fmt: skip
def test_signs_that_the_fonts_lack_are_said_in_words(typed: str, printed: str) -> None:
    document = handout(office=OFFICE | {"hours": typed, "next_visit": typed}, prepared_for=typed)
    assert printed in [line.text for line in document.office.contact()[0]]
    assert {f"Your next visit: {printed}", f"For {printed} · November 24, 2026"} <= set(texts(document))
    assert to_pdf(document)
