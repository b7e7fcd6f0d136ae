"""Numbers and text survive being written as JSON."""

from __future__ import annotations

import enum
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dentalpain.errors import StoreError
from dentalpain.storage.exact_json import read, written


class Grade(enum.IntEnum):
    II = 2


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_whatever_is_written_is_read_back_equal_and_of_the_same_type(value: Any) -> None:
    assert repr(_sorted(read(written(value)))) == repr(_sorted(value))


@given(VALUES)
def test_any_json_reader_can_read_what_is_written(value: Any) -> None:
    json.loads(written(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.10"), "0.10"),
        (Decimal("5"), "5E+0"),
        (Decimal("1E+3"), "1E+3"),
        (5, "5"),
        (True, "true"),
        ({"b": 1, "a": [None, "é"]}, '{"a":[null,"\\u00e9"],"b":1}'),
        ((1, 2), "[1,2]"),
        (Grade.II, "2"),
    ],
    ids=str,
)
def test_equal_values_have_one_text(value: Any, text: str) -> None:
    assert written(value) == text


def test_a_refusal_names_the_place_and_not_the_value() -> None:
    with pytest.raises(StoreError, match=r"^/facts/1/value: a float cannot be stored") as refusal:
        written({"facts": [{}, {"value": 98.6}]})
    assert "98.6" not in str(refusal.value)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_number_that_is_not_finite_is_refused(number: str) -> None:
    with pytest.raises(StoreError):
        written(Decimal(number))


def test_endless_nesting_is_refused_in_a_sentence() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(StoreError, match="nested too deeply"):
        written(value)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(member) for member in value] if isinstance(value, list) else value
