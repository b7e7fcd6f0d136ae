"""Allergy entries: what happened decides, and a name that nobody knows is kept and asked about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from dentalpain.clinical.coding import code_of
from dentalpain.clinical.prescribing.texts.names import DrugNames
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.reactions import AllergyEntry, AllergyRead, aspirin_asthma, reaction_kind, read_allergy
from dentalpain.clinical.recognising import Vocabulary
from dentalpain.clinical.record import Allergy, ReactionKind, Standing, Statement
from dentalpain.knowledge.files import FOLDER, read_rows

DAY = PartialDate.parse("2026-03-02")
SNOMED = "http://snomed.info/sct"


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(read_rows(FOLDER / "facts.csv"), read_rows(FOLDER / "condition_names.csv"))


@pytest.fixture(scope="module")
def names() -> DrugNames:
    tables = ("drug_names.csv", "ingredients.csv", "recognised_medicines.csv")
    return DrugNames(*(read_rows(FOLDER / table) for table in tables))


class Reader:
    def __init__(self, words: Vocabulary, names: DrugNames) -> None:
        self.words, self.names = words, names

    def __call__(self, text: str, *reactions: str, **more: Any) -> AllergyRead:
        entry = AllergyEntry(text, reactions=reactions, date=DAY, source="chart", **more)
        return read_allergy(entry, self.words, self.names)


@pytest.fixture
def read(words: Vocabulary, names: DrugNames) -> Reader:
    return Reader(words, names)


def sure(read: AllergyRead) -> set[str]:
    return {s.fact for s in read.statements if s.value is True and s.certain}


def asked(read: AllergyRead) -> set[str]:
    return {s.fact for s in read.statements if not s.certain}


@pytest.mark.parametrize(
    ("reactions", "kind"),
    [
        (["Hives"], ReactionKind.ALLERGY),
        (["nausea", "swelling of the lips"], ReactionKind.ALLERGY),  # the worse of two decides
        (["Anaphylaxis"], ReactionKind.ALLERGY),
        (["fainted"], ReactionKind.ALLERGY),
        (["Itching"], ReactionKind.ITCH_ONLY),
        (["itching", "nausea"], ReactionKind.ITCH_ONLY),
        (["Nausea and vomiting"], ReactionKind.INTOLERANCE),
        (["constipation"], ReactionKind.INTOLERANCE),
        (["drowsiness"], ReactionKind.INTOLERANCE),
        (["felt strange"], ReactionKind.NOT_RECORDED),
        (["nausea", "felt strange"], ReactionKind.NOT_RECORDED),
        ([], ReactionKind.NOT_RECORDED),
        ([" "], ReactionKind.NOT_RECORDED),
    ],
)
def test_the_reaction_makes_it_an_allergy_or_a_side_effect(reactions: Iterable[str], kind: ReactionKind) -> None:
    assert reaction_kind(reactions) is kind


def test_ibuprofen_with_hives_is_an_nsaid_allergy(read: Reader) -> None:
    found = read("Ibuprofen", "Hives")
    assert found.allergy is not None and "nsaid" in found.allergy.tags
    assert sure(found) == {"nsaid_allergy"}


def test_ibuprofen_with_an_upset_stomach_is_an_intolerance_that_blocks_nothing(read: Reader) -> None:
    found = read("Ibuprofen", "upset stomach")
    assert sure(found) == {"nsaid_intolerance"}
    assert found.allergy is not None and found.allergy.kind is ReactionKind.INTOLERANCE


def test_the_reaction_may_stand_in_the_name(read: Reader) -> None:
    assert sure(read("Codeine - nausea")) == {"opioid_intolerance"}
    assert sure(read("Vicodin itching")) == {"opioid_intolerance"}
    assert "opioid_allergy" in sure(read("Codeine - throat swelling"))
    assert "nsaid_allergy" in sure(read("Naproxen (hives)"))


def test_codeine_without_a_reaction_is_asked_about(read: Reader) -> None:
    found = read("Codeine")
    assert asked(found) == {"opioid_allergy"} and sure(found) == set()


def test_an_itch_from_an_opioid_is_its_side_effect_and_from_an_nsaid_is_asked_about(read: Reader) -> None:
    assert sure(read("Morphine", "itching")) == {"opioid_intolerance"}
    assert asked(read("Naproxen", "itching")) == {"nsaid_allergy"}


def test_tylenol_counts_for_the_acetaminophen_in_it(read: Reader) -> None:
    assert sure(read("Tylenol", "rash")) == {"acetaminophen_allergy"}
    assert sure(read("Tylenol", "nausea")) == set()  # there is no fact for that side effect


def test_percocet_counts_for_both_of_its_ingredients(read: Reader) -> None:
    assert sure(read("Percocet", "anaphylaxis")) == {"opioid_allergy", "acetaminophen_allergy"}


@pytest.mark.parametrize("text", ["Sulfa", "Sulfa drugs", "sulfa antibiotics", "Allergy to sulfonamides", "Bactrim"])
def test_sulfa_is_known_by_many_names(read: Reader, text: str) -> None:
    assert "sulfonamide_allergy" in sure(read(text, "rash"))


def test_sulfites_are_not_sulfa(read: Reader) -> None:
    assert sure(read("Sulfites", "wheezing")) == {"sulfite_allergy"}


def test_the_substance_code_for_sulfonamide_is_enough(read: Reader) -> None:
    assert sure(read("see code", "hives", codes=(code_of(SNOMED, "387406002", "Sulfonamide"),))) == {
        "sulfonamide_allergy"
    }


def test_an_rxnorm_ingredient_is_enough(read: Reader) -> None:
    rxnorm = code_of("http://www.nlm.nih.gov/research/umls/rxnorm", "5640")  # ibuprofen
    assert sure(read("drug 17", "hives", codes=(rxnorm,))) == {"nsaid_allergy"}


def test_a_class_without_an_ingredient_states_its_fact(read: Reader) -> None:
    found = read("NSAIDs", "hives")
    assert sure(found) == {"nsaid_allergy"}
    assert found.allergy is not None and found.allergy.recognised


def test_penicillin_is_kept_though_no_analgesic_rule_reads_it(read: Reader) -> None:
    found = read("Penicillin", "hives")
    assert found.allergy is not None and found.allergy.recognised and found.statements == ()


def test_a_substance_that_no_table_knows_is_kept_and_may_be_any_medicine(read: Reader) -> None:
    for text in ("Zorblax", "Unknown", "Multiple drug allergies"):
        found = read(text)
        assert found.allergy is not None and not found.allergy.recognised, text


def test_dust_mites_are_no_medicine(read: Reader) -> None:
    found = read("House dust mite", not_a_medicine=True)
    assert found.allergy is not None and found.allergy.recognised


@pytest.mark.parametrize("text", ["NKDA", "No known drug allergies", "None", "Denies allergies"])
def test_no_known_drug_allergies_empties_the_list(read: Reader, text: str) -> None:
    found = read(text)
    assert found.list_is_empty and found.allergy is None
    assert found.statements == (Statement("no_known_drug_allergies", True, DAY, "chart"),)


def test_a_withdrawn_no_known_allergies_says_nothing(read: Reader) -> None:
    assert read("NKDA", standing=Standing.PAST) == AllergyRead()


def test_no_known_allergy_by_code(read: Reader) -> None:
    assert read("nil", codes=(code_of(SNOMED, "716186003"),)).list_is_empty


def test_no_known_food_allergy_says_nothing_of_medicines(read: Reader) -> None:
    assert read("No known food allergy", codes=(code_of(SNOMED, "429625007"),)) == AllergyRead()


def test_a_refuted_allergy_is_a_no_and_a_resolved_one_says_nothing(read: Reader) -> None:
    assert read("Aspirin", "hives", standing=Standing.REFUTED).statements == (
        Statement("nsaid_allergy", False, DAY, "chart"),
    )
    assert read("Aspirin", "hives", standing=Standing.PAST).statements == ()


def test_an_allergy_without_a_status_is_asked_about(read: Reader) -> None:
    assert asked(read("Aspirin", "hives", standing=Standing.ASK)) == {"nsaid_allergy"}


def test_avoid_nsaids_asks_why(read: Reader) -> None:
    assert {"nsaid_allergy", "gi_ulcer_history"} <= asked(read("Avoid NSAIDs"))


def test_asthma_and_an_nsaid_that_took_the_breath_are_aspirin_exacerbated_disease(read: Reader) -> None:
    asthma = Statement("asthma", True, DAY, "chart")
    wheeze, hives = read("Aspirin", "wheezing").allergy, read("Aspirin", "hives").allergy
    codeine = read("Codeine", "wheezing").allergy
    found = [a for a in (wheeze, hives, codeine) if isinstance(a, Allergy)]
    assert [s.fact for s in aspirin_asthma(found, [asthma])] == ["aerd"]
    assert list(aspirin_asthma(found, [])) == []
    doubted = Statement("asthma", True, DAY, "chart", certain=False)
    assert list(aspirin_asthma(found, [doubted])) == []
