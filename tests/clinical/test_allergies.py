"""Which entries of an allergy list stand against a medicine, and what its silence means."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dentalpain.clinical.allergies import allergic_to
from dentalpain.clinical.case import Case, DayTotals, Judged
from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.medicines import MedicineList
from dentalpain.clinical.prescribing.prescription import Ingredient
from dentalpain.clinical.quantities import PartialDate, Reading
from dentalpain.clinical.record import Allergy, ReactionKind, Record, Review, Standing
from dentalpain.knowledge.load import load_knowledge

ON = dt.date(2026, 11, 24)
NAPROXEN = Ingredient("naproxen", "7258", frozenset({"nsaid"}))
HIVES = Allergy(
    "naproxen", Standing.CURRENT, ReactionKind.ALLERGY, PartialDate(ON, ON), "chart", (NAPROXEN,), ("hives",)
)


def against_nsaids(*entries: Allergy) -> Answer:
    """What a list with these entries, reviewed today, says of NSAIDs."""
    record = Record(on=ON, allergies=entries, reviewed={"allergies": Review(ON, "staff")})
    totals = DayTotals(*(Reading.nothing() for _ in range(5)))
    judged = Judged("ibuprofen", frozenset({"nsaid"}))
    case = Case(Facts(record, load_knowledge().facts), MedicineList((), None), judged, None, totals)
    return allergic_to(case, "nsaid_allergy", "nsaid").answer


@pytest.mark.parametrize(
    ("standing", "answer"),
    [(Standing.CURRENT, YES), (Standing.ASK, UNKNOWN), (Standing.REFUTED, NO), (Standing.PAST, NO)],
)
def test_an_entry_counts_as_it_stands(standing: Standing, answer: Answer) -> None:
    assert against_nsaids(replace(HIVES, standing=standing)) is answer


def test_an_undated_entry_counts_like_a_dated_one() -> None:
    assert against_nsaids(replace(HIVES, date=None)) is YES


def test_a_reviewed_list_without_such_an_entry_says_no() -> None:
    assert against_nsaids() is NO
