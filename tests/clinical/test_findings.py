"""Yes, no and unknown: how they combine, and that nobody can take one for another."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dentalpain.clinical.findings import (
    NO,
    UNKNOWN,
    YES,
    Answer,
    Because,
    Finding,
    all_of,
    any_of,
    at_least,
    no,
    none_of,
    opposite,
    unknown,
    yes,
)
from dentalpain.errors import UndecidedError

DAY = dt.date(2026, 11, 24)
EGFR = Because("egfr", Decimal(29), "laboratory", DAY)
AKI = Because("aki", None)
answers = st.sampled_from([YES, NO, UNKNOWN])


def finding(answer: Answer) -> Finding:
    return Finding(answer, (Because("fact", answer.value),))


@pytest.mark.parametrize("undecided", [unknown(AKI), yes(EGFR), no(EGFR), UNKNOWN, YES])
def test_a_finding_cannot_be_used_as_if_it_were_yes_or_no(undecided: object) -> None:
    with pytest.raises(UndecidedError):
        bool(undecided)


def test_one_yes_is_enough_and_hides_no_other_reason() -> None:
    both = any_of(no(Because("dialysis", False)), yes(EGFR), yes(Because("aki", True)))
    assert both.answer is YES
    assert [b.fact for b in both.because] == ["egfr", "aki"]
    assert [b.fact for b in both.explain()] == ["dialysis", "egfr", "aki"]


def test_what_is_missing_comes_first_when_nothing_can_be_decided() -> None:
    open_question = all_of(yes(EGFR), unknown(AKI))
    assert open_question.answer is UNKNOWN
    assert [b.fact for b in open_question.because] == ["aki", "egfr"]
    assert open_question.missing() == ("aki",)


def test_a_decided_finding_misses_nothing() -> None:
    assert any_of(yes(EGFR), unknown(AKI)).missing() == ()


def test_one_no_settles_that_not_all_hold() -> None:
    assert all_of(yes(EGFR), unknown(AKI), no(Because("pregnant", False))).answer is NO


def test_a_yes_that_rests_on_a_presumption_alone_says_so() -> None:
    presumed = yes(AKI, presumed=True)
    assert any_of(presumed, no(EGFR)).presumed
    assert not any_of(presumed, yes(EGFR)).presumed
    assert all_of(presumed, yes(EGFR)).presumed


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ([YES, YES, UNKNOWN], YES),  # two are there
        ([YES, UNKNOWN, NO], UNKNOWN),  # the open one could be the second
        ([YES, NO, NO], NO),  # a second is not possible any more
    ],
)
def test_two_of_three_is_decided_as_soon_as_it_can_be(parts: list[Answer], answer: Answer) -> None:
    assert at_least(2, map(finding, parts)).answer is answer


@given(st.lists(answers, max_size=5))
def test_none_of_them_is_the_opposite_of_any_of_them(parts: list[Answer]) -> None:
    held = [finding(answer) for answer in parts]
    assert none_of(*held).answer is opposite(any_of(*held)).answer


@given(st.lists(answers, min_size=1, max_size=5), st.data())
def test_settling_an_unknown_never_turns_a_decided_answer_around(parts: list[Answer], data: st.DataObject) -> None:
    settled = [data.draw(st.sampled_from([YES, NO])) if answer is UNKNOWN else answer for answer in parts]
    for combine in (any_of, all_of):
        before, after = combine(*map(finding, parts)).answer, combine(*map(finding, settled)).answer
        assert before is UNKNOWN or before is after


def test_reasons_show_what_they_are() -> None:
    assert repr(EGFR) == "Because(egfr=Decimal('29'), 'laboratory', 2026-11-24)"
    assert repr(yes(EGFR)).startswith("Finding(yes, [Because(egfr")
    assert EGFR != "egfr"
