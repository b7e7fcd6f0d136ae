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
