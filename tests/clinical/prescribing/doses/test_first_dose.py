"""A first dose of another size: the box says it, and the two doses of the first day make up its maximum."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.clinical.record import Record
from dentalpain.service import Service

ON = dt.date(2026, 11, 24)
SERVICE = Service()


def box(option: str) -> dict[str, Any]:
    """The dose of an option for a healthy adult after an extraction."""
    record = Record(on=ON)
    found = SERVICE.review(record, indication="simple_extraction", consider=[option], facts={"age_years": "40"})
    (dose,) = [one["dose"] for one in found["alternatives"] if one["id"] == option]
    return dict(dose)


@pytest.mark.parametrize(
    ("option", "first", "then"),
    [
        ("naproxen", 440, 220),  # ADA 2024: naproxen sodium 440 mg, then 220 mg
        ("suzetrigine", 100, 50),  # label: 100 mg, then 50 mg every 12 hours
    ],
)
def test_the_first_dose_is_larger_than_those_that_follow(option: str, first: int, then: int) -> None:
    dose = box(option)
    assert (dose["first_amount"], dose["amount"], dose["every_hours"]) == (first, then, 12)
    assert dose["max_per_day"] == first + then


def test_ibuprofen_has_one_size_of_dose() -> None:
    assert box("ibuprofen")["first_amount"] is None
