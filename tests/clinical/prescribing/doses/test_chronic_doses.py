"""Doses for long-lasting pain, worked out from the published ranges: adults alone, and by the step of the kidneys."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.prescribing.doses.dosing import Dose, dose_for
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Record, Span, StatedValue

from ..opioid_patients import BENCH, TODAY, patient

D = Decimal
ONCE = ("amitriptyline", "nortriptyline", "duloxetine", "cyclobenzaprine", "low_dose_naltrexone")
ADULT_ONLY = (*ONCE, "carbamazepine", "oxcarbazepine", "gabapentin", "pregabalin", "topical_clonazepam")


def dose(option: str, **facts: StatedValue) -> Dose | None:
    return of(patient(facts), option)


def of(record: Record, option: str) -> Dose | None:
    return dose_for(BENCH.options[option], Facts(record, BENCH.definitions), BENCH.dose_limits_on(TODAY), False)


def given(option: str, **facts: StatedValue) -> Dose:
    found = dose(option, **{"age_years": D(40), **facts})
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("option", "each", "most"),
    [
        ("carbamazepine", 100, 1200),  # EAN 2019: 200 to 1200 mg a day, started at 200 in two parts
        ("oxcarbazepine", 150, 1800),  # EAN 2019: 300 to 1800 mg a day, started at 300 in two parts
    ],
)
def test_a_medicine_against_trigeminal_neuralgia_starts_at_the_low_end_in_two_parts(option: str, each: int, most: int) -> None:
    held = given(option)
    assert (held.amount, held.every_hours, held.max_per_day, held.max_days) == (each, 12, most, None)


@pytest.mark.parametrize(
    ("option", "start", "most", "days"),
    [
        ("amitriptyline", 10, 75, None),  # 10 mg at bedtime, then 25 to 75 mg
        ("nortriptyline", 10, 75, None),
        ("duloxetine", 30, 60, None),  # 30 mg, then 60 mg
        ("cyclobenzaprine", 5, 10, 21),  # 5 to 10 mg at bedtime, two to three weeks at most
    ],
)
def test_a_medicine_once_a_day_starts_low_and_may_rise(option: str, start: int, most: int, days: int | None) -> None:
    held = given(option)
    assert (held.amount, held.every_hours, held.max_per_day, held.max_days) == (start, 24, most, days)
    assert held.prescription.days_supply == days


# Labels, a day: gabapentin 900-3600, 400-1400, 200-700, 100-300 mg; pregabalin 150-600, 75-300, 25-150, 25-75 mg.
KIDNEYS = [
    (D(90), (300, 8, 3600), (50, 8, 600)),
    (D(60), (300, 8, 3600), (50, 8, 600)),
    (D("59.9"), (200, 12, 1400), (25, 8, 300)),
    (D(30), (200, 12, 1400), (25, 8, 300)),
    (D("29.9"), (200, 24, 700), (25, 24, 150)),
    (D(15), (200, 24, 700), (25, 24, 150)),
    (D("14.9"), (100, 24, 300), (25, 24, 75)),
]


@pytest.mark.parametrize(("egfr", "gabapentin", "pregabalin"), KIDNEYS)
def test_the_kidneys_set_the_dose_of_a_gabapentinoid(
    egfr: Decimal, gabapentin: tuple[int, int, int], pregabalin: tuple[int, int, int]
) -> None:
    for option, expected in (("gabapentin", gabapentin), ("pregabalin", pregabalin)):
        held = given(option, egfr=egfr)
        assert (held.amount, held.every_hours, held.max_per_day) == expected


@pytest.mark.parametrize(
    ("facts", "most"),
    [({"dialysis": True}, 300), ({"ckd_stage": "5"}, 300), ({"ckd_stage": "4"}, 700), ({"ckd_stage": "3a"}, 1400)],
)
def test_dialysis_and_a_stage_of_kidney_disease_set_it_as_well(facts: dict[str, StatedValue], most: int) -> None:
    assert given("gabapentin", **facts).max_per_day == most


@pytest.mark.parametrize("option", ["gabapentin", "pregabalin"])
def test_kidneys_that_nobody_measured_leave_a_gabapentinoid_without_a_dose(option: str) -> None:
    record = patient({"age_years": D(40)}, reviewed=())
    assert of(record, option) is None
    assert given(option) is not None  # reviewed lists without a hint of kidney disease count as full function


def test_a_range_that_crosses_a_step_leaves_the_dose_open() -> None:
    assert dose("gabapentin", age_years=D(40), egfr=Span(D(25), D(35))) is None
    assert given("gabapentin", egfr=Span(D(31), D(45))).max_per_day == 1400


def test_high_blood_pressure_points_to_the_kidneys_so_that_silence_is_no_full_function() -> None:
    assert dose("gabapentin", age_years=D(40), hypertension=True) is None


@pytest.mark.parametrize("option", ADULT_ONLY)
def test_the_doses_for_long_lasting_pain_are_for_adults_alone(option: str) -> None:
    assert of_age(option, 18) is not None
    assert of_age(option, 17) is None
    assert of(patient(), option) is None  # age not known


def of_age(option: str, years: int) -> Dose | None:
    """Somebody whose birthday is today."""
    born = dt.date(TODAY.year - years, TODAY.month, TODAY.day)
    lists = patient().reviewed
    return of(Record(on=TODAY, birth=PartialDate(born, born), reviewed=lists), option)


def test_clonazepam_is_held_in_the_mouth_and_spat_out() -> None:
    held = given("topical_clonazepam")
    # Tan 2022: 0.5 to 1 mg, three minutes, up to three times a day: 3 × 1 mg.
    assert (held.amount, held.every_hours, held.max_per_day) == (D("0.5"), 8, 3)
    assert "3 minutes" in held.text and "spit it out" in held.text


@pytest.mark.parametrize("option", ADULT_ONLY)
def test_the_rules_read_the_highest_dose_that_the_box_allows(option: str) -> None:
    held = given(option)
    taken = held.prescription
    assert taken.units_per_day_max is not None and taken.ingredients[0].strength is not None
    assert taken.units_per_day_max * taken.ingredients[0].strength == held.max_per_day
    assert not taken.as_needed


@pytest.mark.parametrize("option", ["ketorolac", "clonazepam", "lamotrigine", "phenytoin", "baclofen", "tramadol", "sumatriptan"])
def test_without_a_published_figure_in_the_knowledge_there_is_no_dose(option: str) -> None:
    assert dose(option, age_years=D(40)) is None
