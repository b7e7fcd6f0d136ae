"""An answers file is read strictly: a value that is no point of its option is an error, a blank stays blank."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.clinical.instruments.answers import AnswerSheet, read_answers
from dentalpain.errors import AnswersError
from dentalpain.knowledge.screening_tables import load_screening

TODAY = dt.date(2026, 11, 24)
KNOWLEDGE = load_screening()


def read(raw: Any) -> AnswerSheet:
    return read_answers(raw, KNOWLEDGE.instruments, KNOWLEDGE.red_flag_facts, TODAY)


def sheet(items: Any, instrument: str = "tmd-pain-screener-short", **more: object) -> dict[str, object]:
    return {"instrument": instrument, "answered_by": "patient", "on": "2026-11-24", "items": items, **more}


@pytest.mark.parametrize("value", [True, False, "1", "7", 1.9, 1.0, 2, -1, [], "no"])
def test_what_is_no_point_of_a_yes_or_no_item_is_never_a_score(value: object) -> None:
    with pytest.raises(AnswersError) as refused:
        read(sheet({"1": 1, "2": value, "3A": 1}))
    assert refused.value.where == "answers/items/2"


def test_null_and_an_absent_item_are_both_blank() -> None:
    assert read(sheet({"1": 2, "2": None})).points == {"1": 2, "2": None, "3A": None}


def test_an_item_of_the_long_form_is_refused_in_the_short_one() -> None:
    with pytest.raises(AnswersError) as refused:
        read(sheet({"1": 1, "2": 1, "3A": 1, "3B": 1}))
    assert refused.value.where == "answers/items/3B"


@pytest.mark.parametrize("name", ["phq-8", "made-up", None, 7, ["phq-9"]])
def test_a_questionnaire_that_is_not_built_is_answered_with_those_that_are(name: Any) -> None:
    with pytest.raises(
        AnswersError, match=r"tmd-pain-screener, tmd-pain-screener-short, dc-tmd-sq, .*, pain-drawing, red-flags"
    ):
        read(sheet({}, instrument=name))


@pytest.mark.parametrize(
    ("where", "raw"),
    [
        ("answers", None),
        ("answers/answered_by", sheet({}, answered_by="dog")),
        ("answers/on", sheet({}, on="2026-11-25")),
        ("answers/on", sheet({}, on="2026-13-01")),
        ("answers/on", sheet({}, on="20261124")),
        ("answers/items", sheet(None)),
        ("answers/items", sheet([1, 1, 1])),
        ("answers/score", sheet({}, score=7)),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(where: str, raw: Any) -> None:
    with pytest.raises(AnswersError) as refused:
        read(raw)
    assert refused.value.where == where


def test_answers_without_a_day_are_those_of_the_assessment_and_without_a_person_nobody_s() -> None:
    held = read({"instrument": "tmd-pain-screener-short", "items": {}})
    assert (held.on, held.answered_by) == (TODAY, "not said by whom")


def test_the_red_flag_form_takes_points_and_plain_yes_and_no() -> None:
    held = read(sheet({"jaw_claudication": 1, "chest_discomfort": 0, "sweating": True, "faintness": None}, "red-flags"))
    assert held.facts == {"jaw_claudication": True, "chest_discomfort": False, "sweating": True}


@pytest.mark.parametrize("value", [2, "1", 1.0])
def test_the_red_flag_form_refuses_what_is_neither_yes_nor_no(value: object) -> None:
    with pytest.raises(AnswersError) as refused:
        read(sheet({"jaw_claudication": value}, "red-flags"))
    assert refused.value.where == "answers/items/jaw_claudication"


def test_something_too_difficult_counts_ten_and_a_blank_stays_blank() -> None:
    held = read(sheet({"1": "too difficult", "2": 0, "3": None}, "jfls-8")).points
    assert (held["1"], held["2"], held["3"]) == (10, 0, None)


@pytest.mark.parametrize("value", ["difficult", 11, -1, 4.5, True, [4]])
def test_a_rating_is_a_whole_number_in_its_range_or_its_word(value: object) -> None:
    with pytest.raises(AnswersError) as refused:
        read(sheet({"1": value}, "jfls-8"))
    assert refused.value.where == "answers/items/1"


@pytest.mark.parametrize(("form", "key", "value"), [("phq-15", "3", "not applicable"), ("peg", "1", "too difficult")])
def test_a_word_counts_only_at_the_item_that_has_it(form: str, key: str, value: str) -> None:
    with pytest.raises(AnswersError):
        read(sheet({key: value}, form))


@pytest.mark.parametrize(
    ("value", "months"),
    [
        *((30, 30), ({"years": 2, "months": 6}, 30), ({"years": 2}, 24), ({"months": 6}, 6), ({}, None), (None, None)),
        ({"years": 0, "months": 0}, 0),
        # A lone 0 beside a blank tells no length: less than a year may be eleven months, no months may be ten years.
        *(({"years": 0}, None), ({"years": None, "months": 0}, None)),
        *(({"years": 0, "months": 6}, 6), ({"years": 125}, 1500)),  # 1500 months, the most that counts, are 125 years
    ],
)
def test_how_long_ago_it_began_is_months_or_years_and_months(value: object, months: int | None) -> None:
    assert read(sheet({"1": 1, "2": value}, "dc-tmd-sq")).points["2"] == months


@pytest.mark.parametrize("value", ["2 years", {"year": 2}, {"years": -1}, {"years": 126}, -3])
def test_what_is_no_length_of_time_is_refused(value: object) -> None:
    with pytest.raises(AnswersError):
        read(sheet({"2": value}, "dc-tmd-sq"))


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (1, True),
        (0, False),
        (True, True),
        (None, None),
        (["right"], frozenset({"right"})),
        ([], frozenset()),
        (["unclear"], frozenset({"unclear"})),
    ],
)
def test_a_noise_or_a_lock_is_yes_no_or_sides(value: object, held: object) -> None:
    assert read(sheet({"8": value}, "dc-tmd-sq")).points["8"] == held


@pytest.mark.parametrize("value", [2, "right", ["both"], 1.0])
def test_a_side_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(AnswersError):
        read(sheet({"8": value}, "dc-tmd-sq"))


def test_a_question_under_a_no_is_passed_over_and_an_answer_to_it_is_named() -> None:
    held = read(sheet({"5": 0, "7A": 1, "9": False, "12": True, "13": []}, "dc-tmd-sq"))
    assert held.passed_over == ("7A", "12")
    assert not {"6", "7A", "7B", "10", "11", "12", "14"} & set(held.points)


def test_the_twelfth_question_is_due_after_every_lock_even_one_that_did_not_come_free() -> None:
    assert "12" in read(sheet({"9": True, "11": False}, "dc-tmd-sq")).points


def test_a_place_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(AnswersError) as refused:
        read(sheet({"sites": ["neck", "left ear"]}, "fm-2016"))
    assert refused.value.where == "answers/items/sites/1"
