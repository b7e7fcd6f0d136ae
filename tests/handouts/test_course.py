"""How the pain has gone: the chart, the words and the table tell the same numbers."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.errors import InputError
from dentalpain.handouts.bars import Bars
from dentalpain.handouts.content import texts
from dentalpain.handouts.course import plain_number, read_course
from dentalpain.handouts.html import to_fragment
from dentalpain.handouts.plain_table import PlainTable
from dentalpain.handouts.wording import load

from .reading_pdf import spaced
from .samples import COURSE, PLAIN, handout


def value(measure: str, amount: Any, on: str) -> dict[str, Any]:
    return {"measure": measure, "value": amount, "on": on}


def course(*values: dict[str, Any]) -> Any:
    return handout(PLAIN, give=[], topics=["my-course"], course=values)


def said(document: Any) -> str:
    return spaced(" ".join(texts(document)))


def test_each_measure_has_a_bar_for_each_day_and_the_text_alternative_says_the_numbers() -> None:
    charts = [one for one in course(*COURSE).blocks if isinstance(one, Bars)]
    assert [[shown for _, _, shown in chart.bars] for chart in charts] == [["7", "5.5", "4"], ["3.3", "3.5"], ["6"]]
    assert spaced(charts[0].alt) == (
        "Bars for Pain, 0 to 10. August 3, 2026: 7; September 14, 2026: 5.5; November 24, 2026: 4."
    )


def test_the_table_holds_the_same_numbers_and_says_what_was_not_asked() -> None:
    (table,) = [one for one in course(*COURSE).blocks if isinstance(one, PlainTable)]
    assert table.rows == (
        ("August 3, 2026", "7", "3.3", "not asked"),
        ("September 14, 2026", "5.5", "not asked", "not asked"),
        ("November 24, 2026", "4", "3.5", "6"),
    )


@pytest.mark.parametrize(
    ("first", "latest", "sentence"),
    [
        (10, 7, "Yours went down from 10 to 7. That is a real change."),  # 3 of 10 is 30 percent: the mark
        (10, 8, "Yours went down from 10 to 8. Your"),  # 20 percent: no mark is reached
        (4, 4, "Yours is the same: 4."),
        (4, 6, "Yours went up from 4 to 6."),
    ],
)
def test_only_a_fall_of_pain_by_30_percent_is_called_a_real_change(first: int, latest: int, sentence: str) -> None:
    shown = said(course(value("pain_0_10", first, "2026-08-01"), value("pain_0_10", latest, "2026-11-01")))
    assert sentence in shown or (sentence.endswith(" Your") and "real change. Bars" not in shown)
    assert ("That is a real change." in shown) == sentence.endswith("real change.")


def test_a_fall_of_jaw_trouble_is_shown_and_not_judged() -> None:
    shown = said(course(value("jfls_8", 8, "2026-08-01"), value("jfls_8", 2, "2026-11-01")))
    assert "Yours went down from 8 to 2." in shown and "That is a real change." not in shown


def test_one_number_is_no_change() -> None:
    assert "You have 1 number so far: 6." in said(course(value("peg", 6, "2026-11-01")))


def test_without_numbers_the_page_says_so_and_draws_nothing() -> None:
    document = course()
    assert "We have no numbers of yours yet." in said(document)
    assert not [one for one in document.blocks if isinstance(one, Bars | PlainTable)]


def test_the_chart_shows_the_latest_ten_and_the_table_all() -> None:
    values = [value("pain_0_10", number % 10, f"2026-{number:02}-01") for number in range(1, 13)]
    document = course(*values)
    (chart,) = [one for one in document.blocks if isinstance(one, Bars)]
    (table,) = [one for one in document.blocks if isinstance(one, PlainTable)]
    assert len(chart.bars) == 10 and chart.bars[-1][0] == "December 1, 2026"
    assert len(table.rows) == 12


def test_many_measures_stand_in_tables_of_three() -> None:
    names = ("pain_0_10", "peg", "cpi", "jfls_8")
    tables = [one for one in course(*(value(n, 5, "2026-11-01") for n in names)).blocks if isinstance(one, PlainTable)]
    assert [len(table.heads) - 1 for table in tables] == [3, 1]


def test_opioids_in_a_day_are_drawn_against_the_highest_value() -> None:
    values = [value("mme_per_day", amount, day) for amount, day in ((30, "2026-08-01"), (0, "2026-11-01"))]
    (chart,) = [one for one in course(*values).blocks if isinstance(one, Bars)]
    assert chart.highest == 30 and [amount for _, amount, _ in chart.bars] == [30, 0]


def test_of_two_values_on_one_day_the_later_counts() -> None:
    (taken,) = read_course([value("peg", 7, "2026-11-01"), value("peg", 5, "2026-11-01")])
    assert (taken.value, taken.on) == (Decimal(5), datetime.date(2026, 11, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        value("mood", 5, "2026-11-01"), value("peg", 11, "2026-11-01"), value("peg", "much", "2026-11-01"),
        value("peg", 5, "yesterday"), {"measure": "peg", "value": 5},
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="a value of the course cannot be read"):
        read_course([wrong])


def test_numbers_have_one_decimal_at_most_and_halves_go_up() -> None:
    assert [plain_number(Decimal(text), load("en")) for text in ("3.25", "3", "10.0", "0")] == ["3.3", "3", "10", "0"]


def test_the_chart_on_the_page_is_as_long_as_its_value() -> None:
    page = to_fragment(course(value("pain_0_10", 5, "2026-11-01")))
    # 440 units less 16 letters of 8.8 for "November 1, 2026" and 46 for the number leave 253.2; half of it is 126.6
    assert 'width="126.6"' in page and 'width="253.2"' in page
