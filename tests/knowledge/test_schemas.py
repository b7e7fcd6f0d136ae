"""A knowledge file that is not as it should be is refused, and the place is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.knowledge.schemas import LimitFile, RuleFile, WorkedCase

CASE: dict[str, Any] = {"story": "A story.", "on": dt.date(2026, 11, 24), "answer": "no", "working": "1 < 2."}
VALUE: dict[str, Any] = {"from": dt.date(2026, 1, 1), "value": 30, "citation": "kdigo-2024-ckd"}


def test_a_worked_case_in_order_is_accepted() -> None:
    facts = {"egfr": {"value": 29, "date": dt.date(2026, 9, 23)}, "aki": False}
    assert WorkedCase().validate({**CASE, "facts": facts}) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("on", "2026-11-24"),
        ("answer", "maybe"),
        ("shows", "somewhere"),
        ("reviewed", ["teeth"]),
        ("facts", {"egfr": {"value": 29, "when": "today"}}),
        ("facts", {"egfr": [29]}),
        ("storey", "a key with a slip of the pen"),
    ],
)
def test_a_worked_case_that_is_wrong_is_refused_at_its_key(key: str, value: object) -> None:
    assert set(WorkedCase().validate({**CASE, key: value})) == {key}


@pytest.mark.parametrize("value", ["30", True, None])
def test_a_limit_is_a_number_and_nothing_like_one(value: object) -> None:
    wrong = LimitFile().validate({"unit": "mg/d", "meaning": "A limit.", "value": [{**VALUE, "value": value}]})
    assert set(wrong) == {"value"}


def test_a_limit_without_a_value_is_refused() -> None:
    assert set(LimitFile().validate({"unit": "mg/d", "meaning": "A limit.", "value": []})) == {"value"}


@pytest.mark.parametrize("rule_id", ["nsaid egfr", "NSAID", "X-" + "A" * 40])
def test_a_rule_has_a_short_public_id_in_capitals(rule_id: str) -> None:
    assert "id" in RuleFile().validate({"id": rule_id})
