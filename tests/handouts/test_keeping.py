"""What stays on one page: the end of a list, a table to fill in, home care on one sheet."""

from __future__ import annotations

import pytest

from dentalpain.handouts.content import Bullets, Heading, Paragraph, Run, Steps, Ticks
from dentalpain.handouts.layout import _better, to_pdf
from dentalpain.handouts.plain_table import PlainTable
from dentalpain.handouts.private import Points

from .product import everything
from .reading_pdf import page_text, reader
from .samples import small

ITEMS = tuple((Run(f"item {number} of the list"),) for number in range(1, 7))
LISTS = [Bullets(ITEMS), Steps(ITEMS), Ticks(ITEMS), Points(tuple(item.text for (item,) in ITEMS))]
LINE = Paragraph((Run("line"),))


def pages(data: bytes) -> list[str]:
    return [page_text(data, number) for number in range(len(reader(data).pages))]


@pytest.mark.parametrize("listed", LISTS, ids=lambda block: type(block).__name__)
@pytest.mark.parametrize("large", [False, True])
def test_the_last_item_of_a_list_never_begins_a_page_alone(listed: object, large: bool) -> None:
    first, after = (10, 11) if large else (23, 24)  # lines before the list, so that the page ends about its last item
    alone = []
    for lines in range(first, first + 3):
        shown = pages(to_pdf(small(*[LINE] * lines, listed, *[LINE] * after), large_print=large))
        alone += [lines for text in shown if "item 6" in text and "item 5" not in text]
    assert alone == []


@pytest.mark.parametrize("large", [False, True])
def test_what_to_do_with_a_table_to_fill_in_stays_with_its_beginning(large: bool) -> None:
    table = PlainTable(("Pill", "When"), tuple((f"row {number}", "") for number in range(1, 4)), (0.4, 0.6))
    for lines in range(9, 13) if large else range(24, 27):
        blocks = [*[LINE] * lines, Heading("Log"), Bullets(((Run("Fill in a line."),),)), table]
        shown = pages(to_pdf(small(*blocks), large_print=large))
        held = next(text for text in shown if "Log" in text)
        assert "Fill in a line." in held and "row 1" in held
        assert large or "row 3" in held


@pytest.mark.parametrize("large", [False, True])
def test_two_headings_that_follow_each_other_stay_with_what_the_second_heads(large: bool) -> None:
    table = PlainTable(("Pill", "When"), (("row 1", ""), ("row 2", "")), (0.4, 0.6))
    for lines in range(9, 13) if large else range(25, 32):
        blocks = [*[LINE] * lines, Heading("Numbers"), Heading("Pain", level=3), Paragraph((Run("It fell."),)), table]
        held = next(text for text in pages(to_pdf(small(*blocks), large_print=large)) if "Numbers" in text)
        assert "Pain" in held and "It fell." in held and "row 1" in held


def test_a_table_of_two_columns_is_read_in_large_print_without_the_head_of_the_second() -> None:
    table = PlainTable(("When", "What to do"), (("December 1", "Take 1.5 mg."),), (0.6, 0.4))
    assert table.as_blocks() == (Heading("December 1", level=3), Bullets(((Run("Take 1.5 mg."),),)))
    table = PlainTable(("Day", "Pain", "Jaw"), (("Monday", "7", ""),), (0.4, 0.3, 0.3))
    assert table.as_blocks()[:2] == (Heading("Monday", level=3), Bullets(((Run("Pain: 7"),),)))


def test_a_page_of_large_print_that_is_no_preview_uses_the_room_of_its_line() -> None:
    # 60 lines are set closer, 22.5 pt each and 0.45 x 18 = 8.1 pt between. Letter is 792 pt high, with 54 pt above:
    # 92 pt below on a preview leave 646 pt, 70 pt below without its line 668 pt.
    # 21 lines need 21 x 22.5 + 20 x 8.1 = 634.5 pt, 22 lines 665.1 pt, 23 lines 695.7 pt.
    held = [
        pages(to_pdf(small(*[LINE] * 60, watermark=mark), large_print=True))[1].count("line") for mark in ("PREVIEW", None)
    ]
    assert held == [21, 22]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(("name", "asked"), [("pain-drawing", "1. In which of these"), ("fm-2016", "1. Which of these")])
def test_the_question_above_a_list_of_places_stands_with_its_beginning(name: str, asked: str, large: bool) -> None:
    shown = pages(to_pdf(everything()[f"en:form:{name}"], large_print=large))
    held = next(text for text in shown if asked in text)
    assert "1. left jaw" in held and "4. " in held


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_home_care_fits_one_sheet_with_a_page_on_each_side(paper: str) -> None:
    assert len(pages(to_pdf(everything()["en:topic:tmj-self-care"], paper=paper))) == 2


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_week_of_the_diary_stands_on_the_page_that_says_how_to_fill_it_in(language: str, paper: str) -> None:
    first = pages(to_pdf(everything()[f"{language}:topic:pain-diary"], paper=paper))[0]
    assert {"en": "Day 7", "es": "Día 7"}[language] in " ".join(first.split())


@pytest.mark.parametrize(
    ("closer", "usual", "better"),
    [
        ([0.9, 0.8], [0.9, 0.8, 0.3], True),  # a page less
        ([1.0], [0.9, 0.2], True),
        ([0.9, 0.4], [0.68, 0.77], True),  # 0.22 more on the first page
        ([0.8, 0.5], [0.68, 0.77], False),  # 0.12 more is not worth it
        ([0.9, 0.1], [0.9, 0.4], False),  # only the last page differs
    ],
)
def test_less_space_around_the_text_is_taken_only_where_pages_gain(
    closer: list[float], usual: list[float], better: bool
) -> None:
    assert _better(closer, usual) is better
