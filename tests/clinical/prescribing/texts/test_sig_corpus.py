"""Prescription texts as offices write them, with what each must read as and why (sig_corpus.csv)."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from dentalpain.clinical.prescribing.daily.daily_amounts import mg_per_day
from dentalpain.clinical.prescribing.daily.equivalents import mme_of
from dentalpain.clinical.prescribing.prescription import Ingredient, Prescription
from dentalpain.clinical.prescribing.texts.reading import read_prescription
from dentalpain.clinical.quantities import plain, rounded
from dentalpain.knowledge.drug_tables import load_drug_names, load_equivalents

CORPUS = Path(__file__).with_name("sig_corpus.csv")


def rows() -> list[dict[str, str]]:
    with CORPUS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(number: Decimal | int | None) -> str:
    return "" if number is None else plain(Decimal(number))


def ingredient(part: Ingredient) -> str:
    return f"{part.name} {plain(part.strength)} {part.unit}" if part.strength is not None else f"{part.name} ?"


def numbers_of(read: Prescription) -> dict[str, str]:
    mme = mme_of(read, load_equivalents().edition()).mme_per_day
    acetaminophen = mg_per_day("acetaminophen", [read])
    return {
        "ingredients": "; ".join(ingredient(part) for part in read.ingredients),
        "dose": shown(read.units_per_dose),
        "times": shown(read.doses_per_day),
        "written": shown(read.units_per_day_written),
        "most": shown(read.units_per_day_max),
        "quantity": shown(read.quantity),
        "days": shown(read.days_supply),
        "refills": shown(read.refills),
        "prn": "yes" if read.as_needed else "",
        "slow": "yes" if read.extended_release_or_patch else "",
        "mme": "none" if mme is None else plain(rounded(mme, "0.1")),
        "acetaminophen": "none" if acetaminophen is None else plain(acetaminophen),
    }


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:70])
def test_a_text_reads_as_its_row_says(row: dict[str, str]) -> None:
    read = read_prescription(row["text"], load_drug_names())
    found = numbers_of(read)
    assert found == {key: row[key] for key in found}, row["why"]
    said = "; ".join(f"{one.what}: {one.why}" for one in read.unread)
    assert row["unread"] in said if row["unread"] else said == "", row["why"]


def test_the_corpus_holds_at_least_65_refusals_among_320_texts() -> None:
    held = rows()
    refusals = [row for row in held if row["most"] == "" and row["unread"]]
    assert len(held) >= 320
    assert len(refusals) >= 65


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:70])
def test_case_and_spacing_change_nothing(row: dict[str, str]) -> None:
    names = load_drug_names()
    expected = numbers_of(read_prescription(row["text"], names))
    for variant in (row["text"].upper(), row["text"].lower(), f"  {row['text'].replace(' ', '   ')}\t"):
        assert numbers_of(read_prescription(variant, names)) == expected
