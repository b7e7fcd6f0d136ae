"""How a heart attack is placed in time where its day is known in part or not at all."""

from __future__ import annotations

import datetime as dt

import pytest

from dentalpain.clinical.case import Case, DayTotals, Judged
from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.heart import heart_attack_in_the_last_year, heart_attack_within
from dentalpain.clinical.medicines import MedicineList
from dentalpain.clinical.quantities import PartialDate, Reading
from dentalpain.clinical.record import Record, Review, Statement
from dentalpain.knowledge.load import load_knowledge

ON = dt.date(2026, 11, 24)


def patient(*told: tuple[str, str | None]) -> Case:
    """A patient with these facts, each held on a day, month or year, or on no day at all; no list reviewed."""
    statements = tuple(Statement(fact, True, PartialDate.parse(when) if when else None, "chart") for fact, when in told)
    totals = DayTotals(*(Reading.nothing() for _ in range(5)))
    facts = Facts(Record(on=ON, statements=statements), load_knowledge().facts)
    return Case(facts, MedicineList((), None), Judged("amitriptyline", frozenset({"tca"})), None, totals)


@pytest.mark.parametrize(
    ("fact", "when", "within_42_days", "within_a_year"),
    [
        ("mi_recent", "2026-11-01", YES, YES),  # 23 days ago
        ("mi_recent", "2026-10", UNKNOWN, YES),  # 24 to 54 days ago
        ("mi_recent", "2026-01", NO, YES),  # 297 to 327 days ago
        ("mi_recent", "2025", NO, UNKNOWN),  # 328 to 692 days ago
        ("mi_recent", "2024", NO, NO),  # 694 days ago at least
        ("mi_recent", None, UNKNOWN, UNKNOWN),
        ("mi_history", None, UNKNOWN, UNKNOWN),
        ("mi_history", "2026-11-24", UNKNOWN, UNKNOWN),  # told today of some time before
        ("mi_history", "2019", UNKNOWN, UNKNOWN),  # that one is old; of a newer one nobody said anything
    ],
)
def test_a_heart_attack_counts_as_far_as_its_day_is_known(
    fact: str, when: str | None, within_42_days: Answer, within_a_year: Answer
) -> None:
    case = patient((fact, when))
    assert heart_attack_within(case, 42).answer is within_42_days
    assert heart_attack_in_the_last_year(case).answer is within_a_year


def test_a_dated_attack_and_a_history_of_one_are_the_same_attack() -> None:
    case = patient(("mi_recent", "2026-06-01"), ("mi_history", None))  # 176 days ago
    assert heart_attack_within(case, 42).answer is NO


def test_two_attacks_count_by_the_later() -> None:
    case = patient(("mi_recent", "2026-03-01"), ("mi_recent", "2026-11-10"))  # 268 and 14 days ago
    assert heart_attack_within(case, 42).answer is YES


@pytest.mark.parametrize("when", [None, "2026-11-01"])
def test_a_heart_attack_in_doubt_is_not_ruled_out_by_a_list_that_was_gone_through(when: str | None) -> None:
    day = PartialDate.parse(when) if when else None
    reviewed = {"problems": Review(ON, "chart"), "medicines": Review(ON, "chart")}
    told = Statement("mi_history", True, day, "chart", certain=False)
    nothing = Reading.nothing()
    totals = DayTotals(nothing, nothing, nothing, nothing, nothing)
    judged = Judged("amitriptyline", frozenset({"tca"}))

    def case(*statements: Statement) -> Case:
        facts = Facts(Record(on=ON, statements=statements, reviewed=reviewed), load_knowledge().facts)
        return Case(facts, MedicineList((), None), judged, None, totals)

    assert heart_attack_within(case(told), 365).answer is UNKNOWN
    assert heart_attack_within(case(), 365).answer is NO
