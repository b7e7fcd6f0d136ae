"""Structured directions beside the text: the riskier reading counts, and both are shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.prescribing.daily.daily_amounts import mg_per_day
from dentalpain.clinical.prescribing.daily.equivalents import mme_total
from dentalpain.clinical.prescribing.prescription import Prescription
from dentalpain.clinical.prescribing.texts.parts import Dosage, prescription_from_parts
from dentalpain.knowledge.drug_tables import load_drug_names, load_equivalents

NAMES = load_drug_names()
EDITION = load_equivalents().edition()
NORCO = "Acetaminophen 325 MG / Hydrocodone Bitartrate 5 MG Oral Tablet"
HYDROCODONE, OXYCODONE, MORPHINE = "5489", "7804", "7052"


def parts(text: str, *dosages: Dosage, codes: tuple[str, ...] = ()) -> Prescription:
    return prescription_from_parts(text, codes, dosages, NAMES)


def said(one: Prescription) -> str:
    return "; ".join(f"{part.what}: {part.why}" for part in one.unread)


def every(hours: int, dose: str = "1", unit: str = "TAB", **more: Any) -> Dosage:
    return Dosage(Decimal(dose), unit, Decimal(1), Decimal(hours), "h", **more)


def test_a_product_with_a_structured_dosage_is_read_whole() -> None:
    one = parts(NORCO, every(6, "2", as_needed=True, quantity=Decimal(20), refills=0))
    assert (one.units_per_dose, one.doses_per_day, one.units_per_day_max) == (2, 4, 8)
    assert (one.quantity, one.days_supply, one.refills, one.as_needed) == (20, 3, 0, True)  # ceil(20/8) = 3
    assert one.unread == ()


def test_without_a_dosage_the_text_alone_is_read() -> None:
    one = prescription_from_parts("Norco 5/325 1 tab q6h", (), None, NAMES)
    assert one.units_per_day_max == 4


@pytest.mark.parametrize("unit", ["TAB", "tab", "{tbl}", "tablet", "Tablet(s)"[:6], "1", "", "pill", "CAP"])
def test_the_units_of_other_systems_count_tablets(unit: str) -> None:
    assert parts(NORCO, every(6, unit=unit)).units_per_day_max == 4


@pytest.mark.parametrize(
    ("dosage", "times"),
    [
        (Dosage(Decimal(1), "TAB", Decimal(3), Decimal(1), "d"), 3),
        (Dosage(Decimal(1), "TAB", Decimal(2)), 2),
        (Dosage(Decimal(1), "TAB", None, Decimal(8), "h"), 3),
        (Dosage(Decimal(1), "TAB", Decimal(1), Decimal(12), "hours"), 2),
        (Dosage(Decimal(1), "TAB", Decimal(1), Decimal(240), "min"), 6),
        (Dosage(Decimal(1), "TAB", Decimal(7), Decimal(1), "wk"), 1),
        (Dosage(Decimal(1), "TAB", times_of_day=3), 3),
    ],
)
def test_the_frequency_is_that_of_one_day(dosage: Dosage, times: int) -> None:
    assert parts(NORCO, dosage).doses_per_day == times


def test_a_cap_wins_over_dose_and_frequency() -> None:
    one = parts(NORCO, every(4, "2", cap=Decimal(6), cap_unit="TAB"))
    assert (one.units_per_day_written, one.units_per_day_max) == (12, 6)


def test_a_cap_for_several_days_is_shared_among_them() -> None:
    assert parts(NORCO, every(4, cap=Decimal(6), cap_unit="TAB", cap_days=Decimal(2))).units_per_day_max == 3


@pytest.mark.parametrize("cap", [every(6, cap=Decimal(0)), every(6, cap=Decimal(4), cap_unit="bottle")])
def test_a_cap_that_cannot_be_counted_is_not_applied(cap: Dosage) -> None:
    assert parts(NORCO, cap).units_per_day_max == 4


def test_a_dose_in_mg_is_counted_in_tablets() -> None:
    assert parts("oxycodone 5 MG Oral Tablet", every(6, "10", "mg")).units_per_dose == 2
    assert parts("oxycodone 5 MG Oral Tablet", every(6, "0.01", "g")).units_per_dose == 2


def test_a_dose_in_mg_without_a_strength_is_the_unit_itself() -> None:
    one = parts("ibuprofen", every(6, "400", "mg"))
    assert (one.ingredients[0].strength, one.ingredients[0].unit, one.units_per_day_max) == (400, "mg", 4)
    assert one.unread == ()


def test_a_dose_in_micrograms_fits_a_strength_in_micrograms() -> None:
    assert parts("levothyroxine 50 mcg", every(24, "100", "mcg")).units_per_dose == 2


def test_a_liquid_is_counted_in_millilitres() -> None:
    text = "oxycodone 5 mg/5 mL oral solution"
    one = parts(text, every(6, "5", "mL", quantity=Decimal(60), quantity_unit="mL"))
    assert (one.units_per_day_max, one.days_supply) == (20, 3)  # 5 × 4; 60 / 20
    assert parts(text, every(6, "1", "tsp")).units_per_day_max == 20
    assert parts(text, every(6, "5", "mL", quantity=Decimal(1))).days_supply is None  # one bottle
    assert "does not fit" in said(parts(text, every(6)))


def test_tablets_counted_in_millilitres_are_not_capped_by_them() -> None:
    assert parts(NORCO, every(6, quantity=Decimal(2), quantity_unit="mL")).units_per_day_max == 4


@pytest.mark.parametrize(
    ("dosage", "why"),
    [
        (Dosage(None, "TAB", Decimal(1), Decimal(6), "h"), "dose is not given"),
        (Dosage(Decimal(1), "TAB"), "how often is not given"),
        (Dosage(Decimal(1), "TAB", Decimal(1), Decimal(0), "h"), "frequency is not possible"),
        (Dosage(Decimal(1), "TAB", Decimal(-1), Decimal(6), "h"), "frequency is not possible"),
        (Dosage(Decimal(1), "TAB", Decimal(1), Decimal(6), "fortnight"), "frequency is not possible"),
        (Dosage(Decimal(-1), "TAB", Decimal(1), Decimal(6), "h"), "not a possible dose"),
        (Dosage(Decimal(900), "TAB", Decimal(1), Decimal(6), "h"), "not a possible dose"),
        (Dosage(Decimal(1), "bottle", Decimal(1), Decimal(6), "h"), "does not fit"),
        (Dosage(Decimal(5), "mL", Decimal(1), Decimal(6), "h"), "does not fit"),
        (Dosage(Decimal(7), "mg", Decimal(1), Decimal(6), "h"), "the strength of no ingredient"),  # 7/5 and 7/325
    ],
)
def test_what_cannot_be_read_gives_no_number_and_a_reason(dosage: Dosage, why: str) -> None:
    one = parts(NORCO, dosage)
    assert one.units_per_day_max is None
    assert why in said(one)


def test_a_negative_mass_is_no_strength() -> None:
    one = parts("ibuprofen", every(6, "-400", "mg"))
    assert (one.ingredients[0].strength, one.units_per_day_max) == (None, None)


def test_an_empty_dosage_says_nothing_new() -> None:
    assert parts("Norco 5/325 1 tab q6h max 3/day", Dosage(as_needed=True)).units_per_day_max == 3
    assert parts("Norco 5/325 1 tab q6h", Dosage(as_needed=True)).as_needed


def test_where_text_and_structure_differ_the_higher_dose_counts() -> None:
    higher = parts("Norco 5/325 1 tab q6h", every(4))
    lower = parts("Norco 5/325 2 tabs q6h", every(6))
    assert (higher.units_per_day_max, lower.units_per_day_max) == (6, 8)
    assert "the text says 4 a day, the structure 6" in said(higher)
    assert "the text says 8 a day, the structure 4" in said(lower)


def test_where_text_and_structure_agree_nothing_is_said() -> None:
    assert parts("Norco 5/325 1 tab q6h", every(6)).unread == ()


def test_the_larger_quantity_and_the_longer_supply_count() -> None:
    one = parts("Norco 5/325 1 tab q6h #12 x 3 days", every(6, quantity=Decimal(20), days=Decimal(5)))
    assert (one.quantity, one.days_supply) == (20, 5)
    assert "the text says 12, the structure 20" in said(one)


def test_an_impossible_quantity_is_not_used() -> None:
    one = parts("Norco 5/325 1 tab q6h", every(6, quantity=Decimal(-5)))
    assert one.quantity is None
    assert "no possible number" in said(one)


def test_the_heaviest_step_of_a_taper_counts() -> None:
    assert parts(NORCO, every(6), every(4, "2"), every(12)).units_per_day_max == 12


def test_a_taper_with_a_step_that_cannot_be_read_has_no_number() -> None:
    assert parts(NORCO, every(6), Dosage(Decimal(2), "TAB")).units_per_day_max is None


def test_a_code_that_the_text_confirms_adds_nothing() -> None:
    assert parts(NORCO, every(6), codes=(HYDROCODONE, "857005")).unread == ()


def test_a_code_that_contradicts_the_text_stands_beside_it() -> None:
    one = parts(NORCO, every(6), codes=(MORPHINE,))
    assert [part.name for part in one.ingredients] == ["acetaminophen", "hydrocodone", "morphine"]
    assert "the code says morphine, the text says acetaminophen, hydrocodone" in said(one)


MG = "mg"


@pytest.mark.parametrize(
    ("dose", "tablets"),
    [
        ("5", 1),  # 5/5 of hydrocodone; 5/325 is no part of a tablet
        ("7.5", Decimal("1.5")),
        ("650", 2),  # 650/325 of acetaminophen; 650/5 = 130 is no dose
    ],
)
def test_a_mass_of_a_combination_counts_the_ingredient_that_it_fits(dose: str, tablets: Decimal) -> None:
    assert parts(NORCO, every(6, dose, MG)).units_per_dose == tablets


def test_one_dose_written_in_two_units_is_read_in_the_one_that_can_be_counted() -> None:
    assert parts(NORCO, every(6, "7", MG, other_doses=((Decimal(2), "tablet"),))).units_per_day_max == 8  # 2 × 4


def test_one_dose_written_in_two_units_that_differ_is_the_larger() -> None:
    one = parts("morphine 15 MG Oral Tablet", every(4, "30", MG, other_doses=((Decimal(1), "tablet"),)))
    assert one.units_per_dose == 2  # 30 / 15, not 1


def named(text: str, display: str) -> Prescription:
    return prescription_from_parts(text, (), (), NAMES, (display,))


@pytest.mark.parametrize(
    ("text", "display", "mme", "acetaminophen"),
    [
        # oxycodone 5 × 4 × 1.5 = 30 outweighs hydrocodone 5 × 4 × 1 = 20; acetaminophen 325 × 4 whichever names it
        ("Norco 5/325 1 tab q6h", "Oxycodone Hydrochloride 5 MG Oral Tablet", 30, 1300),
        ("oxycodone 5 mg 1 tab q6h", NORCO, 30, 1300),
        # hydromorphone 2 × 4 × 5 = 40 against hydrocodone 10 × 4 × 1 = 40: the same
        ("Norco 10/325 1 tab q6h", "Hydromorphone Hydrochloride 2 MG Oral Tablet", 40, 1300),
        ("tramadol 50 mg 1 tab q6h", "Morphine Sulfate 15 MG Oral Tablet", 60, 0),  # 15 × 4 × 1; tramadol 50 × 4 × 0.2 = 40
    ],
)
def test_of_two_opioids_named_by_code_and_text_the_heavier_counts(text: str, display: str, mme: int, acetaminophen: int) -> None:
    one = named(text, display)
    total = mme_total((one,), (), EDITION)
    assert (total.total, total.is_minimum, mg_per_day("acetaminophen", (one,))) == (mme, False, acetaminophen)
    assert "the code says" in said(one)


def test_the_working_shows_both_opioids_and_which_one_counts() -> None:
    one = named("Norco 5/325 1 tab q6h", "Oxycodone Hydrochloride 5 MG Oral Tablet")
    (step,) = mme_total((one,), (), EDITION).arithmetic
    assert step == "5 mg × 4 × 1.5 = 30 (counted; the other name gives 5 mg × 4 × 1 = 20)"


def test_a_code_without_a_strength_leaves_the_total_a_minimum() -> None:
    total = mme_total((parts("Norco 5/325 1 tab q6h", codes=(OXYCODONE,)),), (), EDITION)
    assert (total.total, total.is_minimum) == (20, True)  # hydrocodone 5 × 4 × 1; oxycodone may weigh more
    assert [(one.name, one.reason) for one in total.not_counted] == [("oxycodone", "strength not known")]


def test_two_opioids_of_which_none_can_be_counted_have_no_total() -> None:
    total = mme_total((parts("Norco prn", codes=(OXYCODONE,)),), (), EDITION)
    assert (total.total, total.is_minimum) == (None, True)


def test_a_liquid_in_the_code_lends_tablets_no_strength() -> None:
    one = named("Norco 5/325 1 tab q6h", "oxycodone 5 mg/5 mL oral solution")
    assert one.strength_of("oxycodone").strength is None  # type: ignore[union-attr]  # None fails the test


def test_of_two_strengths_the_higher_counts_and_both_are_shown() -> None:
    one = named("Norco 5/325 1 tab q6h", "Hydrocodone Bitartrate 10 MG / Ibuprofen 200 MG Oral Tablet")
    assert one.strength_of("hydrocodone").strength == 10  # type: ignore[union-attr]  # None fails the test
    assert "the code says 10 mg, the text 5 mg; the higher counts" in said(one)


@pytest.mark.parametrize(
    ("text", "mme"),
    [
        ("Norco 10/325 #120, 30 day supply", 40),  # 10 × 120/30 × 1
        ("oxycodone 5 mg tablets, dispense 12, 3 day supply", 30),  # 5 × 12/3 × 1.5
        ("Norco 5/325 #12 for 3 days as directed", 20),  # 5 × 12/3 × 1
    ],
)
def test_quantity_by_days_stands_in_for_directions_and_is_a_minimum(text: str, mme: int) -> None:
    one = parts(text)
    total = mme_total((one,), (), EDITION)
    assert (total.total, total.is_minimum, one.units_per_day_max) == (mme, True, None)
    assert "(quantity by days, no directions)" in total.arithmetic[0]
    assert "dose and frequency" in said(one)


@pytest.mark.parametrize(
    "text", ["Norco 5/325 #12", "Norco 5/325 1 tab #12, 3 day supply", "Norco 5/325 1 tab taper #12, 3 day supply"]
)
def test_directions_that_cannot_be_read_are_not_averaged(text: str) -> None:
    assert mme_total((parts(text),), (), EDITION).total is None


def test_quantity_and_days_in_the_structure_stand_in_for_directions_too() -> None:
    held = Dosage(quantity=Decimal(120), days=Decimal(30))
    assert mme_total((parts(NORCO, held),), (), EDITION).total == 20  # 5 × 120/30 × 1
    assert mme_total((parts(NORCO, Dosage(quantity=Decimal(120))),), (), EDITION).total is None
    assert mme_total((parts("Norco 5/325 1 tab q6h taper", held),), (), EDITION).total is None


def test_a_code_names_what_the_text_does_not() -> None:
    one = parts("Foobarium 5", codes=(OXYCODONE,))
    assert [part.name for part in one.ingredients] == ["oxycodone"]
    assert "the name in the text is not known" in said(one)


def test_of_two_names_beside_the_code_the_higher_strength_stays() -> None:
    # Norco 10/325 and 5/325 for one order: 10 mg × 4 × 1 = 40.
    names = ("Norco 10/325", "Norco 5/325")
    one = prescription_from_parts("Norco 5/325 1 tab q6h", (HYDROCODONE,), every(6), NAMES, names)
    strength = next(part.strength for part in one.ingredients if part.name == "hydrocodone")
    assert strength == 10
