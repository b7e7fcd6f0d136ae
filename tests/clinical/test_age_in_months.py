"""An infant's age counts in completed months; an age told in years leaves the months open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN
from dentalpain.clinical.quantities import PartialDate, Reading
from dentalpain.clinical.record import Record, Statement
from dentalpain.knowledge.load import load_knowledge

ON = dt.date(2026, 11, 24)
SIX = Decimal(6)


def age(record: Record) -> Reading:
    return Facts(record, load_knowledge().facts).age_in_months()


def told(years: int) -> Record:
    today = PartialDate(ON, ON)
    return Record(on=ON, statements=(Statement("age_years", Decimal(years), today, "dentist"),))


def test_an_age_told_as_0_years_may_be_under_6_months() -> None:
    assert age(told(0)).below(SIX).answer is UNKNOWN


def test_an_age_told_as_1_year_is_not_under_6_months() -> None:
    assert age(told(1)).below(SIX).answer is NO


def test_without_birth_date_and_age_nothing_is_known() -> None:
    assert not age(Record(on=ON)).known


def test_a_birth_date_known_to_the_year_gives_a_range() -> None:
    months = age(Record(on=ON, birth=PartialDate.parse("2026")))
    # Born today at the latest, on 1 January (10 months and 23 days ago) at the earliest.
    assert (months.low, months.high) == (0, 10)
