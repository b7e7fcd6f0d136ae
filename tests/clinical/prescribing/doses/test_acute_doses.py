"""Doses for acute pain at their borders: 49 and 50 kg, 17 and 18 years, the liver, alcohol and the kidneys."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.prescribing.doses.dosing import Dose, dose_for, why_no_dose
from dentalpain.clinical.record import Span, StatedValue

from ..opioid_patients import BENCH, TODAY, medicine, patient

D = Decimal


def dose(option: str, *, nsaid_ruled_out: bool = False, **facts: StatedValue) -> Dose | None:
    held = Facts(patient(facts), BENCH.definitions)
    return dose_for(BENCH.options[option], held, BENCH.dose_limits_on(TODAY), nsaid_ruled_out)


def box(
    option: str, *, nsaid_ruled_out: bool = False, **facts: StatedValue
) -> tuple[Decimal | None, int | None, Decimal | None]:
    found = dose(option, nsaid_ruled_out=nsaid_ruled_out, **facts)
    assert found is not None
    return found.amount, found.every_hours, found.max_per_day


def test_a_child_of_49_kg_gets_a_dose_by_weight_and_one_of_50_kg_that_of_an_adult() -> None:
    # Ibuprofen 10 mg/kg × 49 kg = 490, held to 400 mg; 40 mg/kg × 49 kg = 1960 mg a day, and four doses are 1600 mg.
    assert box("ibuprofen", age_years=D(17), weight_kg=D(49)) == (400, 6, 1600)
    assert "held to 400 mg" in str(dose("ibuprofen", age_years=D(17), weight_kg=D(49)))
    assert box("ibuprofen", age_years=D(17), weight_kg=D(50)) == (400, 6, 1600)
    # Acetaminophen 15 mg/kg × 49 kg = 735 mg, × 4 = 2940 mg a day (75 mg/kg would be 3675); at 50 kg 500 mg × 4.
    assert box("acetaminophen", age_years=D(17), weight_kg=D(49)) == (735, 6, 2940)
    assert box("acetaminophen", age_years=D(17), weight_kg=D(50)) == (500, 6, 2000)


def test_a_child_of_18_kg_gets_ten_mg_of_ibuprofen_for_each_kilogram() -> None:
    # 10 × 18 = 180 mg; 40 × 18 = 720 mg a day.
    assert box("ibuprofen", age_years=D(6), weight_kg=D(18)) == (180, 6, 720)


def test_under_two_years_a_day_holds_60_mg_of_acetaminophen_for_each_kilogram_and_then_75() -> None:
    # 10 kg: 60 × 10 = 600 mg a day under two, 75 × 10 = 750 mg from two on; four doses of 150 mg are 600 mg.
    assert box("acetaminophen", age_years=D(1), weight_kg=D(10)) == (150, 6, 600)
    assert "60 mg/kg × 10 kg = 600 mg at most" in str(dose("acetaminophen", age_years=D(1), weight_kg=D(10)))
    assert "75 mg/kg × 10 kg = 750 mg at most" in str(dose("acetaminophen", age_years=D(2), weight_kg=D(10)))


def test_at_18_years_adult_doses_hold_whatever_the_weight() -> None:
    assert box("ibuprofen", age_years=D(18), weight_kg=D(45)) == (400, 6, 1600)
    # Under 50 kg the day holds 2000 mg of acetaminophen, also where no NSAID may be taken.
    assert box("acetaminophen", age_years=D(18), weight_kg=D(45), nsaid_ruled_out=True) == (500, 6, 2000)
    assert box("acetaminophen", age_years=D(18), weight_kg=D(50), nsaid_ruled_out=True) == (1000, 6, 3000)


@pytest.mark.parametrize("option", ["ibuprofen", "acetaminophen"])
def test_without_age_and_weight_there_is_no_dose(option: str) -> None:
    assert dose(option) is None
    assert dose(option, age_years=D(10)) is None  # a child without a weight


@pytest.mark.parametrize("option", ["naproxen", "celecoxib", "diclofenac", "suzetrigine", "hydrocodone", "oxycodone"])
def test_these_are_dosed_for_adults_alone(option: str) -> None:
    assert dose(option, age_years=D(17), weight_kg=D(70)) is None
    assert dose(option, age_years=D(18), weight_kg=D(70)) is not None


@pytest.mark.parametrize(
    "facts",
    [
        {"chronic_liver_disease": True},
        {"cirrhosis": True},
        {"alcohol_use_disorder": True},
        {"alcohol_drinks_per_day": D(3)},
        {"weight_kg": D("49.9")},
    ],
)
def test_liver_alcohol_and_low_weight_lower_acetaminophen_to_2_g(facts: dict[str, StatedValue]) -> None:
    assert box("acetaminophen", age_years=D(40), nsaid_ruled_out=True, **facts) == (500, 6, 2000)


def test_two_drinks_a_day_do_not() -> None:
    facts: dict[str, StatedValue] = {"alcohol_drinks_per_day": D(2), "weight_kg": D(70)}
    assert box("acetaminophen", age_years=D(40), nsaid_ruled_out=True, **facts) == (1000, 6, 3000)


@pytest.mark.parametrize(("egfr", "days"), [(60, None), (59, 5), (30, 5)])
def test_weak_kidneys_make_ibuprofen_and_naproxen_a_matter_of_five_days(egfr: int, days: int | None) -> None:
    for option in ("ibuprofen", "naproxen"):
        found = dose(option, age_years=D(40), egfr=D(egfr))
        assert found is not None and found.max_days == days


def test_an_opioid_combination_holds_the_lowest_dose_for_three_days() -> None:
    found = dose("hydrocodone", age_years=D(40))
    assert found is not None
    # ADA 2024: hydrocodone 5 mg with acetaminophen 325 mg; 5 × 4 = 20 mg a day.
    assert (found.amount, found.max_per_day, found.max_days) == (5, 20, 3)
    assert [part.strength for part in found.prescription.ingredients] == [5, 325]


def test_a_weight_known_as_a_range_gives_no_dose_by_weight() -> None:
    assert dose("ibuprofen", age_years=D(10), weight_kg=Span(D(30), D(35))) is None


def test_what_is_no_medicine_has_no_dose() -> None:
    assert dose("cbt", age_years=D(40)) is None


# -- steps for the liver, the vessels and the medicines beside it ------------------------------------------------


def beside(option: str, medicine_text: str, **facts: StatedValue) -> Dose | None:
    held = Facts(patient({"age_years": D(50), **facts}, medicines=(medicine(medicine_text),)), BENCH.definitions)
    return dose_for(BENCH.options[option], held, BENCH.dose_limits_on(TODAY), nsaid_ruled_out=False)


SLOW_SCHEDULE = (
    "suzetrigine 100 mg once on an empty stomach, then 50 mg every 12 hours for three doses, then 50 mg once a day"
)


def test_with_child_pugh_b_suzetrigine_falls_to_once_a_day_after_three_doses() -> None:
    # Journavx label 2.2: 100 mg, doses 2 to 4 of 50 mg every 12 hours, then 50 mg once a day: no single number holds it.
    found = dose("suzetrigine", age_years=D(50), cirrhosis=True, child_pugh_class="B")
    assert found is not None
    assert found.text == SLOW_SCHEDULE
    assert (found.amount, found.every_hours, found.max_per_day, found.max_days) == (None, None, None, 14)
    assert dose("suzetrigine", age_years=D(50), child_pugh_class="A") == dose("suzetrigine", age_years=D(50))


def test_a_moderate_cyp3a_inhibitor_has_the_same_schedule_whether_it_is_listed_or_told() -> None:
    listed = beside("suzetrigine", "diltiazem 120 mg daily")
    told = dose("suzetrigine", age_years=D(50), cyp3a4_inhibitor_moderate=True)
    assert listed is not None and told is not None
    assert listed.text == told.text == SLOW_SCHEDULE
    denied = dose("suzetrigine", age_years=D(50), cyp3a4_inhibitor_moderate=False)
    for other in (beside("suzetrigine", "metformin 500 mg bid"), denied):
        assert other is not None and other.every_hours == 12


@pytest.mark.parametrize(
    "fact", ["coronary_disease", "mi_history", "stroke_or_tia_history", "peripheral_vascular_disease", "coronary_stent_recent"]
)
def test_diseased_vessels_hold_celecoxib_to_200_mg_a_day_and_leave_diclofenac_out(fact: str) -> None:
    # NSAID-CVD: five days at most, no diclofenac, no more than 200 mg of celecoxib a day.
    celecoxib = dose("celecoxib", age_years=D(50), **{fact: True})
    assert celecoxib is not None
    assert (celecoxib.amount, celecoxib.every_hours, celecoxib.max_per_day, celecoxib.max_days) == (200, 24, 200, 5)
    assert dose("diclofenac", age_years=D(50), **{fact: True}) is None
    ibuprofen = dose("ibuprofen", age_years=D(50), **{fact: True})
    assert ibuprofen is not None and ibuprofen.max_days == 5


@pytest.mark.parametrize("option", ["ibuprofen", "naproxen", "celecoxib", "diclofenac"])
@pytest.mark.parametrize(
    ("listed", "days"),
    [("lisinopril 10 mg daily", 5), ("losartan 50 mg daily", 5), ("furosemide 40 mg daily", 5), ("metformin 500 mg bid", None)],
)
def test_beside_a_medicine_that_the_kidneys_need_every_nsaid_is_a_matter_of_five_days(
    option: str, listed: str, days: int | None
) -> None:
    found = beside(option, listed)
    assert found is not None and found.max_days == days


def test_a_child_with_a_sick_liver_is_held_to_2_g_of_acetaminophen() -> None:
    # 15 mg/kg × 45 kg = 675 mg; 75 mg/kg would be 3375 mg a day, four doses 2700 mg: both above 2000 mg.
    assert box("acetaminophen", age_years=D(12), weight_kg=D(45), chronic_liver_disease=True) == (675, 6, 2000)
    assert "3375 mg at most, held to 2000 mg" in str(dose("acetaminophen", age_years=D(12), weight_kg=D(45), cirrhosis=True))
    # 12 kg: 180 mg × 4 = 720 mg, far below it.
    assert box("acetaminophen", age_years=D(2), weight_kg=D(12), chronic_liver_disease=True) == (180, 6, 720)


@pytest.mark.parametrize(
    ("option", "facts", "why"),
    [
        ("celecoxib", {"age_years": D(5), "weight_kg": D(18)}, "for_adults"),
        ("naproxen", {"age_years": D(17), "weight_kg": D(70)}, "for_adults"),
        ("diclofenac", {"age_years": D(50), "coronary_disease": True}, "heart_and_vessels"),
        ("lamotrigine", {"age_years": D(50)}, "none_held"),
        ("gabapentin", {"age_years": D(70)}, "unsettled"),  # from 65 the kidneys have to be known
        ("ibuprofen", {"age_years": D(5)}, "unsettled"),  # the weight
        ("celecoxib", {}, "unsettled"),  # the age
    ],
)
def test_where_there_is_no_dose_it_is_said_why(option: str, facts: dict[str, StatedValue], why: str) -> None:
    held = Facts(patient(facts), BENCH.definitions)
    assert dose(option, **facts) is None
    assert why_no_dose(option, held, BENCH.dose_limits_on(TODAY)) == why
