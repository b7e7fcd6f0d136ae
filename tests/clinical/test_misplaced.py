"""Medicines and allergies that stand among the problems: they are asked about or counted, and never lost."""

from __future__ import annotations

import datetime as dt

import pytest

from dentalpain.clinical.misplaced import UNKNOWN_PROBLEM, Misplaced, misplaced, unlisted
from dentalpain.clinical.prescribing.texts.reading import read_prescription
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.recognising import Vocabulary
from dentalpain.clinical.record import Medicine, Standing
from dentalpain.knowledge.drug_tables import load_drug_names
from dentalpain.knowledge.files import FOLDER, read_rows
from dentalpain.knowledge.load import load_knowledge

TODAY = PartialDate(dt.date(2026, 11, 24), dt.date(2026, 11, 24))
WORDS = Vocabulary(load_knowledge().fact_rows, read_rows(FOLDER / "condition_names.csv"))


def found(text: str, standing: Standing = Standing.CURRENT) -> Misplaced:
    return misplaced(text, standing, TODAY, "problem list", WORDS, load_drug_names())


def names(held: Misplaced) -> list[str]:
    return [part.name for each in held.medicines for part in each.prescription.ingredients]


@pytest.mark.parametrize(
    ("text", "ingredients"),
    [
        ("alprazolam 0.5 mg tid", ["alprazolam"]),
        ("Xanax", ["alprazolam"]),
        ("takes Norco daily", ["hydrocodone", "acetaminophen"]),
        ("on oxycodone and Xanax", ["oxycodone", "alprazolam"]),
        ("lithium toxicity 2010", ["lithium"]),  # whether it is still taken nobody wrote
    ],
)
def test_a_medicine_among_the_problems_is_one_in_doubt(text: str, ingredients: list[str]) -> None:
    held = found(text)
    assert names(held) == ingredients
    assert {each.standing for each in held.medicines} == {Standing.ASK}
    assert held.why == "it names a medicine, which is asked about; it belongs in that list"


@pytest.mark.parametrize("text", ["allergic to aspirin", "anaphylaxis to ibuprofen", "codeine allergy"])
def test_an_allergy_among_the_problems_counts_as_one_and_not_as_a_medicine(text: str) -> None:
    held = found(text)
    assert [each.standing for each in held.allergies] == [Standing.CURRENT] and not held.medicines
    assert held.allergies[0].ingredients and held.statements
    assert held.why == "it is read as an allergy; it belongs in that list"


@pytest.mark.parametrize(
    "text", ["mother allergic to codeine", "no known allergy to codeine", "denies Xanax", "Zorblax fever", "seasonal allergies"]
)
def test_what_is_denied_of_a_relative_or_no_medicine_adds_nothing(text: str) -> None:
    assert found(text) == Misplaced(UNKNOWN_PROBLEM)


@pytest.mark.parametrize("standing", [Standing.PAST, Standing.REFUTED])
def test_a_resolved_or_refuted_entry_adds_nothing(standing: Standing) -> None:
    assert found("alprazolam 0.5 mg tid", standing) == Misplaced()


def test_an_allergy_in_doubt_stays_in_doubt() -> None:
    assert [each.standing for each in found("codeine allergy", Standing.ASK).allergies] == [Standing.ASK]


def test_what_the_list_of_medicines_holds_is_not_counted_twice() -> None:
    listed = Medicine(read_prescription("Norco 5/325 q6h", load_drug_names()), Standing.CURRENT, None, None, "list")
    assert unlisted(found("takes Norco daily").medicines, [listed]) == []
    assert unlisted(found("Xanax").medicines, [listed]) == list(found("Xanax").medicines)
