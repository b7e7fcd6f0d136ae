"""A third medicine that acts on the brain at 65 or older: one in doubt on the list leaves it open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dentalpain.clinical.case import Case, DayTotals, Judged
from dentalpain.clinical.facts import Facts, ReviewedList
from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.medicines import MedicineList, Taken
from dentalpain.clinical.prescribing.any_medicine.older_adults import third_medicine_on_the_brain
from dentalpain.clinical.prescribing.prescription import Ingredient, Prescription
from dentalpain.clinical.quantities import PartialDate, Reading
from dentalpain.clinical.record import Record, Standing
from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.load import load_knowledge

ON = dt.date(2026, 11, 24)


def taken(name: str, group: str, standing: Standing = Standing.CURRENT) -> Taken:
    part = Ingredient(name, "", frozenset({group}))
    return Taken(Prescription(name, (part,)), "chart", ON, standing)


SERTRALINE = taken("sertraline", "ssri")
ZOLPIDEM = taken("zolpidem", "z_drug")
ZOLPIDEM_IN_DOUBT = taken("zolpidem", "z_drug", Standing.ASK)


def at_70_with_an_opioid(*medicines: Taken) -> Answer:
    """The answer for a patient of 70 with a list reviewed today, an opioid being proposed."""
    facts = Facts(Record(on=ON, birth=PartialDate.parse("1956-01-01")), load_knowledge().facts)
    totals = DayTotals(*(Reading.nothing() for _ in range(5)))
    judged = Judged("hydrocodone", frozenset({"opioid"}))
    case = Case(facts, MedicineList(medicines, ReviewedList(ON, "staff")), judged, None, totals)
    return third_medicine_on_the_brain(case, {"beers_age": Decimal(65)}).answer


@pytest.mark.parametrize(
    ("medicines", "answer"),
    [
        ((SERTRALINE, ZOLPIDEM), YES),
        ((SERTRALINE, ZOLPIDEM_IN_DOUBT), UNKNOWN),
        ((SERTRALINE, ZOLPIDEM_IN_DOUBT, ZOLPIDEM), YES),
        ((SERTRALINE, ZOLPIDEM, ZOLPIDEM_IN_DOUBT), YES),
        ((SERTRALINE,), NO),
    ],
)
def test_a_medicine_in_doubt_may_be_the_second(medicines: tuple[Taken, ...], answer: Answer) -> None:
    assert at_70_with_an_opioid(*medicines) is answer


def test_the_same_medicine_twice_is_one() -> None:
    assert at_70_with_an_opioid(SERTRALINE, SERTRALINE) is NO


# The groups that AGS Beers 2023 counts together, one medicine of each.
@pytest.mark.parametrize(
    "other",
    [
        "tramadol 50 mg q6h", "diazepam 5 mg bid", "zolpidem 5 mg qhs", "gabapentin 300 mg tid", "escitalopram 10 mg daily",
        "vilazodone 40 mg daily", "duloxetine 60 mg daily", "amitriptyline 25 mg qhs", "mirtazapine 15 mg qhs",
        "quetiapine 25 mg qhs", "levetiracetam 500 mg bid", "cyclobenzaprine 10 mg tid",
    ],
)  # fmt: skip
def test_every_group_counts_as_a_medicine_on_the_brain(other: str) -> None:
    assert at_70_with_an_opioid(SERTRALINE, Taken(tools(load_knowledge()).bench.read(other), "chart", ON)) is YES


@pytest.mark.parametrize("other", ["lisinopril 10 mg daily", "ibuprofen 400 mg tid"])
def test_no_other_medicine_does(other: str) -> None:
    assert at_70_with_an_opioid(SERTRALINE, Taken(tools(load_knowledge()).bench.read(other), "chart", ON)) is NO
