"""Amounts by weight, days and strengths that a worked case cannot write: ranges, months, and one medicine of several."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.prescribing.judging import prescription_cases, prescription_tags
from dentalpain.clinical.prescribing.prescription import Ingredient, Prescription
from dentalpain.clinical.record import Span, StatedValue

from .opioid_patients import BENCH, ask, day, medicine, option, order, patient


@pytest.mark.parametrize(
    ("planned", "answer"),
    [
        (420, NO),  # 7 mg/kg × 60 kg = 420 mg, the least that it can be
        (421, UNKNOWN),
        (500, UNKNOWN),  # 7 mg/kg × 80 kg = 560 mg, held to 500 mg: the most that it can be
        (501, YES),
    ],
)
def test_lidocaine_for_an_adult_of_60_to_80_kg(planned: int, answer: Answer) -> None:
    facts: dict[str, StatedValue] = {
        "age_years": Decimal(40), "weight_kg": Span(Decimal(60), Decimal(80)), "planned_local_anaesthetic_mg": Decimal(planned),
    }  # fmt: skip
    assert ask("LA-MAX", order("lidocaine 2% with epinephrine 1:100,000 injection", patient(facts))).answer is answer


@pytest.mark.parametrize(
    ("planned", "answer"),
    [
        ("2026-12", UNKNOWN),  # from 7 to 37 days away; within 14 days is too soon
        ("2026-11", UNKNOWN),  # it may have passed, and it may come within 6 days
        ("2027", NO),  # 38 days away at the least
        ("2026-10", NO),  # it has passed
    ],
)
def test_an_operation_whose_day_is_not_fixed_yet(planned: str, answer: Answer) -> None:
    case = option("low_dose_naltrexone", patient({"planned_surgery_date": day(planned)}))
    assert ask("LDN-SURGERY", case).answer is answer


def test_too_much_meloxicam_on_the_list_does_not_make_the_celecoxib_of_an_order_too_much() -> None:
    # Celecoxib 2 × 200 mg = 400 mg, not above it; meloxicam 30 mg > 15 mg is judged by itself.
    record = patient(medicines=(medicine("meloxicam 15 mg 2 tabs daily"),))
    assert ask("NSAID-MAX-OTHER", order("celecoxib 200 mg bid #10", record)).answer is NO


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("naltrexone 500 mcg 1 capsule at bedtime", True),  # 0.5 mg
        ("naltrexone 4500 mcg 1 capsule at bedtime", True),  # 4.5 mg
        ("naltrexone 49 mg daily", True),  # no product of that strength: compounded
        ("naltrexone 50 mg daily", False),  # the tablet against addiction
        ("naltrexone 1 mg/mL 4.5 mL at bedtime", True),
        ("naltrexone at bedtime", True),  # strength not written: it may be
    ],
)
def test_the_rules_of_low_dose_naltrexone_hold_for_what_is_under_50_mg_in_any_unit(text: str, low: bool) -> None:
    assert ("ldn" in prescription_tags(BENCH.read(text))) is low


def test_micrograms_of_naltrexone_are_blocked_by_an_opioid_as_milligrams_are() -> None:
    record = patient({"nonprescribed_opioid_like": False}, medicines=(medicine("tramadol 50 mg 1 tab q6h"),))
    assert ask("LDN-OPIOID-NOW", order("naltrexone 500 mcg 1 capsule at bedtime", record, "chronic_tmd")).answer is YES


def test_naltrexone_in_a_unit_that_nobody_wrote_may_be_low_or_high() -> None:
    part = Ingredient("naltrexone", "", frozenset({"opioid_antagonist"}), Decimal(5), "")
    written = Prescription("naltrexone 5 daily", (part,), "tablet", units_per_day_max=Decimal(1))
    case = prescription_cases(Facts(patient(), BENCH.definitions), (written,), "chronic_tmd", BENCH)[0]
    assert "ldn" in case.judged.tags
    assert ask("LDN-DOSE", case).answer is UNKNOWN
