"""Problems as offices type them, with what each must say on 24 November 2026 and why (problem_corpus.csv)."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.quantities import PartialDate, plain
from dentalpain.clinical.recognising import Vocabulary
from dentalpain.clinical.record import Record, Standing
from dentalpain.clinical.stating import Entry, statements_of
from dentalpain.knowledge.files import FOLDER, read_rows
from dentalpain.knowledge.load import load_knowledge

CORPUS = Path(__file__).with_name("problem_corpus.csv")
ON = dt.date(2026, 11, 24)
TODAY = PartialDate(ON, ON)
NUMBERS = ("gestational_age_weeks", "alcohol_drinks_per_day")
GRADES = ("ckd_stage", "nyha_class", "child_pugh_class")


def rows() -> list[dict[str, str]]:
    with CORPUS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(read_rows(FOLDER / "facts.csv"), read_rows(FOLDER / "condition_names.csv"))


def facts_of(words: Vocabulary, text: str) -> Facts:
    entry = Entry(Standing.CURRENT, None, TODAY, "office record")
    found = statements_of(words, words.of_text(text, "problem"), entry, ON)
    return Facts(Record(on=ON, statements=found), load_knowledge().facts)


def answered(facts: Facts, answer: Answer) -> set[str]:
    """The facts that the entry speaks of and that have this answer, with the number or grade that it gives."""
    said = {statement.fact for statement in facts.record.statements}
    found = {fact for fact in said if fact not in (*NUMBERS, *GRADES) and facts.finding(fact).answer is answer}
    for fact in said.intersection(NUMBERS) if answer is not NO else ():
        value = facts.reading(fact).value
        if (answer is YES) == (value is not None):
            found.add(fact if value is None else f"{fact}={plain(Decimal(value))}")
    for fact in said.intersection(GRADES) if answer is not NO else ():
        grade = facts.choice(fact)[0]
        if (answer is YES) == (grade is not None):
            found.add(fact if grade is None else f"{fact}={grade}")
    return found


def listed(cell: str) -> set[str]:
    return {each.strip() for each in cell.split(";") if each.strip()}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"])
def test_a_typed_problem_says_asks_and_denies_what_its_row_says(words: Vocabulary, row: dict[str, str]) -> None:
    facts = facts_of(words, row["text"])
    found = {"yes": answered(facts, YES), "asks": answered(facts, UNKNOWN), "no": answered(facts, NO)}
    assert found == {key: listed(row[key]) for key in found}, row["why"]
    assert words.of_text(row["text"], "problem").known is (row["known"] == "yes"), row["why"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"])
def test_capitals_and_spaces_change_nothing(words: Vocabulary, row: dict[str, str]) -> None:
    expected = words.of_text(row["text"], "problem")
    for variant in (row["text"].upper(), f"  {row['text'].replace(' ', '   ')}. "):
        assert words.of_text(variant, "problem") == expected


def test_the_corpus_holds_at_least_130_problems_and_25_denials_relatives_and_doubts() -> None:
    held = rows()
    doubtful = (
        "no ",
        "denies",
        "never",
        "r/o",
        "ruled out",
        "family",
        "mother",
        "mom",
        "father",
        "?",
        "possible",
        "resolved",
    )
    assert len(held) >= 130
    assert sum(any(word in row["text"].lower() for word in doubtful) for row in held) >= 25


@pytest.mark.parametrize("row", [row for row in rows() if row["yes"]], ids=lambda row: row["text"])
def test_no_denial_relative_or_doubt_ever_makes_a_yes(words: Vocabulary, row: dict[str, str]) -> None:
    for doubtful in (
        f"r/o {row['text']}",
        f"denies {row['text']}",
        f"family hx of {row['text']}",
        f"mother: {row['text']}",
    ):
        assert answered(facts_of(words, doubtful), YES) == set(), doubtful
