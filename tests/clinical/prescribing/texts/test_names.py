"""Names of medicines: whole tokens, the longest first; every row of the tables resolves."""

from __future__ import annotations

import pytest

from dentalpain.clinical.prescribing.texts.names import DrugNames
from dentalpain.clinical.prescribing.texts.plain_text import plain_text
from dentalpain.clinical.prescribing.texts.products import strengths_of
from dentalpain.knowledge.drug_tables import load_drug_names
from dentalpain.knowledge.files import FOLDER, read_rows
from tests.every import for_every

NAMES = load_drug_names()
DRUGS = read_rows(FOLDER / "drug_names.csv")
INGREDIENTS = read_rows(FOLDER / "ingredients.csv")
RECOGNISED = read_rows(FOLDER / "recognised_medicines.csv")


def found(text: str) -> list[list[str]]:
    return [[part.name for part in hit.product.ingredients] for hit in NAMES.find(plain_text(text).tokens)]


@for_every((row["name"], row) for row in DRUGS)
def test_every_name_of_the_table_is_found_and_has_ingredients(row: dict[str, str]) -> None:
    (hit,) = NAMES.find(plain_text(row["name"]).tokens)
    assert hit.product.ingredients
    assert all("(" not in part.name and "/" not in part.name for part in hit.product.ingredients)


@for_every((row["name"], row) for row in INGREDIENTS)
def test_every_ingredient_is_found_with_its_code_and_classes(row: dict[str, str]) -> None:
    (hit,) = NAMES.find(plain_text(row["name"]).tokens)
    (part,) = hit.product.ingredients
    assert part.rxcui == row["rxcui"]
    assert part.classes == frozenset(row["class"].split("|"))


@for_every((row["name"], row) for row in RECOGNISED)
def test_every_recognised_medicine_is_found_and_read_by_no_rule(row: dict[str, str]) -> None:
    hits = NAMES.find(plain_text(row["name"]).tokens)
    parts = [part for hit in hits for part in hit.product.ingredients]
    assert parts
    assert all(part.classes == frozenset({"recognised_no_rule"}) for part in parts)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("oxy contin", [["oxycodone"]]),
        ("OXYCONTIN", [["oxycodone"]]),
        ("MSContin", [["morphine"]]),
        ("hydro-codone", [["hydrocodone"]]),
        ("take as a dose", []),  # not ASA
        ("hydrocodone/APAP", [["hydrocodone", "acetaminophen"]]),
        ("APAP-hydrocodone", [["acetaminophen"], ["hydrocodone"]]),
        ("Tylenol w/ codeine #3", [["codeine", "acetaminophen"]]),
        ("Tylenol No. 3", [["codeine", "acetaminophen"]]),
        ("T#3", [["codeine", "acetaminophen"]]),
        ("Hysingla", [["hydrocodone"]]),
        ("alendronic acid", [["alendronate"]]),
        ("E.E.S. 400", [["erythromycin"]]),
        ("Goody’s", [["acetaminophen", "aspirin", "caffeine"]]),
        ("Kenalog", [["triamcinolone"]]),
        ("kratom", [["kratom"]]),
        ("oxytocinase", []),
    ],
)
def test_names_are_found_whole(text: str, names: list[list[str]]) -> None:
    assert found(text) == names


def test_the_salt_is_kept_beside_the_name() -> None:
    (hit,) = NAMES.find(plain_text("warfarin sodium 5 mg").tokens)
    assert (hit.salt, hit.stop) == ("warfarin sodium", 2)


def test_a_salt_behind_a_combination_belongs_to_none_of_its_parts() -> None:
    (hit,) = NAMES.find(plain_text("Norco hydrochloride").tokens)
    assert (hit.salt, hit.stop) == ("", 2)


def test_kratom_acts_as_an_opioid() -> None:
    (part,) = NAMES.ingredients_in("kratom")
    assert part.classes == {"opioid"}


def test_ingredients_of_a_text_come_once_each() -> None:
    assert [part.name for part in NAMES.ingredients_in("Norco and Tylenol, sulfa")] == ["hydrocodone", "acetaminophen"]


def test_codes_of_ingredients_resolve_and_others_do_not() -> None:
    oxycodone = NAMES.ingredient("7804")
    assert oxycodone is not None and oxycodone.name == "oxycodone"
    assert NAMES.ingredient("1049221") is None


@pytest.mark.parametrize(
    ("word", "name"), [("nocro", "Norco"), ("ibuprofin", "ibuprofen"), ("hydrocodne", "hydrocodone")]
)
def test_a_misspelt_name_is_suggested(word: str, name: str) -> None:
    assert NAMES.suggest(word)[0] == name


def test_a_word_like_no_name_has_no_suggestion() -> None:
    assert NAMES.suggest("zzzzzz") == ()


def test_strengths_are_read_from_the_table_alone_in_its_own_form() -> None:
    (solid, liquid) = strengths_of("5/325 mg; 10/300 mg per 15 mL")
    assert (solid.per_ml, liquid.per_ml) == (None, 15)
    with pytest.raises(ValueError, match="is no strength"):
        strengths_of("5-325")


def test_the_tables_carry_every_row_of_their_kind() -> None:
    assert (len(DRUGS) >= 621, len(INGREDIENTS) >= 430, len(RECOGNISED) >= 300) == (True, True, True)


def test_names_can_be_built_from_plain_rows() -> None:
    names = DrugNames(DRUGS[:5], INGREDIENTS, RECOGNISED)
    assert [hit.product.name for hit in names.find(("norco",))] == ["Norco"]
