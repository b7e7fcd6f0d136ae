"""The last day and the first drink that still count, where the worked cases of a rule stay inside its borders."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.clinical.prescribing.judging import Bench
from dentalpain.knowledge.cases import answer_of
from dentalpain.knowledge.load import Knowledge

DAY = dt.date(2026, 11, 24)
NALTREXONE = {"judged": "low_dose_naltrexone", "indication": "chronic_tmd"}
IBUPROFEN = {"proposed": ["ibuprofen 400 mg q6h #12"]}


def infarction(day: str) -> dict[str, Any]:
    return {"mi_history": {"value": True, "date": dt.date.fromisoformat(day)}}


@pytest.mark.parametrize(
    ("rule", "asked", "facts", "answer"),
    [
        ("LDN-SURGERY", NALTREXONE, {"planned_surgery_date": DAY}, "yes"),  # the operation is today: day 0
        ("LDN-SURGERY", NALTREXONE, {"planned_surgery_date": DAY - dt.timedelta(1)}, "no"),  # it was yesterday
        ("LDN-ALCOHOL-SOME", NALTREXONE, {"alcohol_drinks_per_day": 1}, "yes"),
        ("LDN-ALCOHOL-SOME", NALTREXONE, {"alcohol_drinks_per_day": 0}, "no"),
        ("NSAID-CV", IBUPROFEN, infarction("2025-11-24"), "yes"),  # 365 days ago: the last day of the past year
        ("NSAID-CV", IBUPROFEN, infarction("2025-11-23"), "unknown"),  # 366; of a stroke nothing is recorded
    ],
)
def test_a_border_belongs_to_the_side_that_the_rule_names(
    knowledge: Knowledge, bench: Bench, rule: str, asked: dict[str, Any], facts: dict[str, Any], answer: str
) -> None:
    found = answer_of(knowledge.rule(rule), {"on": DAY, **asked, "facts": facts}, bench)
    assert found.answer.value == answer, found.because
