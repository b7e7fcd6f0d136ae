"""Which entries of a medicine list are one exposure, and which orders are over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.exposures import apart, merged, standing_of, still_taken
from dentalpain.clinical.prescribing.prescription import Ingredient, Prescription
from dentalpain.clinical.prescribing.texts.reading import read_prescription
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Medicine, Standing
from dentalpain.knowledge.drug_tables import load_drug_names

ON = dt.date(2026, 11, 30)


def drug(name: str, strength: str | None = None, **more: Any) -> Prescription:
    mg = None if strength is None else Decimal(strength)
    part = Ingredient(name, "", frozenset({name}), mg, "mg" if mg else "")
    return Prescription(f"{name} {strength or ''}".strip(), (part,), **more)


def listed(prescription: Prescription, standing: Standing = Standing.CURRENT, start: str = "2026-11-01") -> Medicine:
    return Medicine(prescription, standing, PartialDate.parse(start), None, "chart")


def ago(days: int) -> PartialDate:
    day = ON - dt.timedelta(days=days)
    return PartialDate(day, day)


@pytest.mark.parametrize(
    ("supply", "over", "standing"),
    [
        (3, 7, Standing.CURRENT),  # grace of 7 days
        (3, 8, Standing.ASK),
        (14, 7, Standing.CURRENT),  # a quarter of 14 is 3.5: 7 days stay the larger
        (14, 8, Standing.ASK),
        (15, 30, Standing.CURRENT),  # longer courses: 30 days
        (15, 31, Standing.ASK),
        (3, 97, Standing.ASK),  # 7 + 90 days
        (3, 98, Standing.PAST),
        (30, 400, Standing.ASK),
    ],
)
def test_the_grace_depends_on_the_length_of_the_course(supply: int, over: int, standing: Standing) -> None:
    assert still_taken(drug("ibuprofen"), ago(over + supply), ago(over), ON) is standing


def test_without_a_supply_and_for_injections_the_word_of_the_record_stands() -> None:
    assert still_taken(drug("ibuprofen"), ago(4000), None, ON) is Standing.CURRENT
    assert still_taken(drug("naltrexone", form="injection"), ago(60), ago(32), ON) is Standing.CURRENT
    assert still_taken(drug("antiresorptive"), ago(400), ago(372), ON) is Standing.CURRENT


def test_the_entry_stays_that_counts_most_and_then_says_most_and_then_is_newest() -> None:
    silent, dosed = drug("ibuprofen", "400"), drug("ibuprofen", "400", units_per_day_max=Decimal(3))
    assert merged([listed(silent), listed(dosed)]) == (listed(dosed),)
    assert merged([listed(dosed, Standing.ASK), listed(silent)]) == (listed(silent),)
    older, newer = listed(silent, start="2026-10-01"), listed(silent, start="2026-11-02")
    assert merged([older, newer]) == (newer,)
    undated = Medicine(silent, Standing.CURRENT, None, None, "chart")
    assert merged([undated, older]) == (older,)


def test_a_missing_strength_is_not_another_medicine_and_another_strength_is() -> None:
    assert len(merged([listed(drug("ibuprofen")), listed(drug("ibuprofen", "400"))])) == 1
    assert len(merged([listed(drug("ibuprofen", "200")), listed(drug("ibuprofen", "400"))])) == 2


def test_other_ingredients_and_other_release_are_other_medicines() -> None:
    assert len(merged([listed(drug("ibuprofen")), listed(drug("naproxen"))])) == 2
    slow = drug("oxycodone", "10", extended_release_or_patch=True)
    assert len(merged([listed(drug("oxycodone", "10")), listed(slow)])) == 2


def test_unknown_names_are_compared_as_written() -> None:
    assert len(merged([listed(Prescription("Zorblax 5")), listed(Prescription("ZORBLAX 5"))])) == 1
    assert len(merged([listed(Prescription("Zorblax 5")), listed(Prescription("Zorblax 9"))])) == 2


def test_past_entries_all_stay() -> None:
    past = listed(drug("oxycodone", "5"), Standing.PAST)
    assert len(merged([past, past, listed(drug("oxycodone", "5"))])) == 3


@pytest.mark.parametrize(
    "text",
    ["no alprazolam", "not taking Xanax", "stopped alprazolam last year", "d/c alprazolam", "alprazolam - discontinued",
     "Xanax 0.5 mg (no longer taking)", "alprazolam, never filled"],
)  # fmt: skip
def test_an_entry_that_speaks_of_not_taking_the_medicine_is_asked_about(text: str) -> None:
    read = read_prescription(text, load_drug_names())
    assert standing_of(Standing.CURRENT, read) is Standing.ASK
    assert standing_of(Standing.PAST, read) is Standing.PAST


@pytest.mark.parametrize(
    "text", ["alprazolam 0.5 mg tid", "prednisone 5 mg daily, no longer than 5 days", "ibuprofen, stopped if rash"]
)
def test_directions_that_end_a_course_do_not_deny_the_medicine(text: str) -> None:
    assert standing_of(Standing.CURRENT, read_prescription(text, load_drug_names())) is Standing.CURRENT


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("zolpidem 10 mg hs, oxycodone 5 mg q6h", ["zolpidem", "oxycodone"]),
        ("sertraline 50 mg, alprazolm 0.5 mg tid", ["sertraline", ""]),  # spelled like alprazolam: asked, never assumed
        ("metformin 500 mg, walgreens", ["metformin"]),
        ("zolpidem 10 mg at bedtime " + "as told by the sleep clinic " * 7 + ", alprazolam 0.5 mg tid", ["zolpidem", "alprazolam"]),
    ],
    ids=["two", "a misspelt second", "a pharmacy", "too long to be shown"],
)
def test_every_medicine_of_an_entry_is_one_of_the_list(text: str, names: list[str]) -> None:
    held = apart([listed(read_prescription(text, load_drug_names()))], load_drug_names())
    assert ["".join(part.name for part in each.prescription.ingredients) for each in held] == names
    assert all(each.standing is Standing.CURRENT for each in held)


def test_the_second_medicine_of_an_entry_keeps_its_dose_unless_the_text_was_cut_short() -> None:
    tables = load_drug_names()
    whole = apart([listed(read_prescription("zolpidem 10 mg hs, oxycodone 5 mg q6h", tables))], tables)
    assert whole[1].prescription.units_per_day_max == 4
    long = "zolpidem 10 mg at bedtime " + "as told by the sleep clinic " * 7 + ", alprazolam 0.5 mg tid"
    cut = apart([listed(read_prescription(long, tables))], tables)
    assert cut[1].prescription.ingredients[0].strength is None and cut[1].prescription.unread
