"""Numbers and the nouns beside them, as each language writes them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.errors import KnowledgeError
from dentalpain.handouts.numbers import FORMS, check_numbers, measure, number
from dentalpain.handouts.wording import load

ENGLISH, SPANISH = load("en"), load("es")
NBSP = "\N{NO-BREAK SPACE}"


def written(point: str, thousands: str) -> Any:
    signs = {"point": point, "thousands": thousands, "forms": "one_other"}
    return replace(ENGLISH, general={**ENGLISH.general, "numbers": signs})


def test_spanish_in_the_united_states_writes_numbers_as_english_does() -> None:
    for text, said in (("1.5", "1.5"), ("0.50", "0.5"), ("2400", "2,400"), ("3.0", "3"), ("0", "0")):
        assert number(Decimal(text), SPANISH) == number(Decimal(text), ENGLISH) == said


def test_a_language_with_a_comma_writes_one() -> None:
    assert number(Decimal("1.5"), written(",", ".")) == "1,5"
    assert number(Decimal("2400.5"), written(",", ".")) == "2.400,5"


def test_a_unit_has_the_form_that_its_number_asks_for() -> None:
    said = [measure(Decimal(text), "tablet", SPANISH) for text in ("0.5", "1", "1.5", "2")]
    assert said == [f"0.5{NBSP}tableta", f"1{NBSP}tableta", f"1.5{NBSP}tabletas", f"2{NBSP}tabletas"]


# Unicode CLDR, Language Plural Rules. Russian 1.5 takes the form of 2 (genitive singular).
@pytest.mark.parametrize(
    ("rule", "numbers", "forms"),
    [
        ("other", ("1", "2"), (0, 0)),
        ("one_few_many", ("1", "2", "4", "5", "11", "12", "21", "22", "25", "1.5"), (0, 1, 1, 2, 2, 2, 0, 1, 2, 1)),
        ("zero_one_two_few_many_other", ("0", "1", "2", "3", "10", "11", "99", "100", "1.5"), (0, 1, 2, 3, 3, 4, 4, 5, 5)),
    ],
)
def test_the_rules_of_plural_are_those_of_unicode(rule: str, numbers: tuple[str, ...], forms: tuple[int, ...]) -> None:
    assert tuple(FORMS[rule][1](Decimal(text)) for text in numbers) == forms


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({}, "it needs point, thousands, and forms"),
        ({"point": ".", "thousands": ",", "forms": "many"}, "one of other, one_other"),
        ({"point": ".", "thousands": ",", "forms": "one_few_many"}, "mg must have 3 forms"),
    ],
)
def test_a_language_that_does_not_say_how_it_writes_numbers_is_refused(numbers: dict[str, str], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        check_numbers({"numbers": numbers, "units": {"mg": ["mg", "mg"]}}, "xx/general.toml")
