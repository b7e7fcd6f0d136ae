"""The dentist's answers: what may be said of which fact, and what an answer changes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dentalpain.clinical.answering import answered
from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES
from dentalpain.clinical.record import Record
from dentalpain.errors import AnswersError
from dentalpain.knowledge.load import load_knowledge

DAY = dt.date(2026, 11, 24)
KNOWN = load_knowledge().facts


def facts_after(**answers: object) -> Facts:
    return Facts(answered(Record(DAY), answers, KNOWN), KNOWN)


@pytest.mark.parametrize(("word", "answer"), [("yes", YES), (True, YES), ("Y", YES), ("no", NO), (False, NO)])
def test_yes_and_no_settle_a_fact(word: object, answer: object) -> None:
    assert facts_after(aki=word).finding("aki").answer is answer


@pytest.mark.parametrize("word", ["unknown", None, " "])
def test_not_knowing_adds_nothing(word: object) -> None:
    assert facts_after(aki=word).finding("aki").answer is UNKNOWN


def test_a_number_a_date_a_word_and_a_state_are_taken_as_such() -> None:
    facts = facts_after(egfr="29.5", last_opioid_date="2026-11", child_pugh_class="b", prescriber_state="OH", sex="Male")
    assert facts.reading("egfr").value == Decimal("29.5")
    day, _ = facts.day_of("last_opioid_date")
    assert day is not None and day.last == dt.date(2026, 11, 30)  # a month counts as its last day
    assert facts.choice("child_pugh_class")[0] == "B"
    assert facts.choice("prescriber_state")[0] == "OH"
    assert facts.record.sex == "male"


def test_an_answer_about_a_list_counts_as_going_through_all_of_it() -> None:
    record = answered(Record(DAY), {"problems_reviewed": "yes", "allergies_reviewed": "no"}, KNOWN)
    assert record.reviewed["problems"].in_full and "allergies" not in record.reviewed


@pytest.mark.parametrize(
    ("fact", "word", "mend"),
    [
        ("aki", "maybe", "Write yes, no or unknown."),
        ("egfr", "low", "Write digits"),
        ("egfr", "-3", "Write digits"),
        ("egfr", "NaN", "Write digits"),
        ("last_opioid_date", "last week", "Write 2026-11-30"),
        ("child_pugh_class", "D", "Write one of: A, B, C."),
        ("sex", "?", "Write one of: female, male, other."),
        ("made_up", "yes", "docs/facts.md"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_without_repeating_it(fact: str, word: str, mend: str) -> None:
    with pytest.raises(AnswersError, match=mend) as refused:
        answered(Record(DAY), {fact: word}, KNOWN)
    assert word not in str(refused.value).replace("made_up", "") or word == "yes" or len(word) == 1
