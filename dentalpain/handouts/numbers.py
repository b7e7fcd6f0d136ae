"""Numbers and amounts as a language writes them: the point, thousands, and the form of a noun that a number asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import InputError, KnowledgeError
from .text import keep_numbers

if TYPE_CHECKING:
    from .wording import Wording


def _one_other(amount: Decimal) -> int:
    """1 tablet, 2 tablets; half a tablet is one as well."""
    return 0 if amount <= 1 else 1


def _one_few_many(amount: Decimal) -> int:
    """Russian and its kin: 1, 21 - 2 to 4, 22 to 24, and parts - 5 to 20, 25."""
    if amount != amount.to_integral_value():
        return 1
    last, two = int(amount) % 10, int(amount) % 100
    if last == 1 and two != 11:
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= two <= 14 else 2


def _arabic(amount: Decimal) -> int:
    """zero, one, two, few (3 to 10), many (11 to 99), other."""
    if amount != amount.to_integral_value():
        return 5
    if amount <= 2:
        return int(amount)
    two = int(amount) % 100
    return 3 if 3 <= two <= 10 else 4 if two >= 11 else 5


# How many forms a noun beside a number has, and which one is taken (Unicode CLDR, Language Plural Rules).
FORMS: dict[str, tuple[int, Callable[[Decimal], int]]] = {
    "other": (1, lambda amount: 0),
    "one_other": (2, _one_other),
    "one_few_many": (3, _one_few_many),
    "zero_one_two_few_many_other": (6, _arabic),
}


def number(value: Decimal, wording: Wording) -> str:
    """Digits without trailing zeros, with a leading zero, thousands set apart: 2,400 and 0.5 in English."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    signs = wording.general["numbers"]
    whole, point, part = text.partition(".")
    return whole.replace(",", signs["thousands"]) + (signs["point"] if point else "") + part


def measure(amount: Decimal, unit: str, wording: Wording) -> str:
    """An amount with its unit in the form that the number asks for; InputError for a unit without wording."""
    units = wording.general["units"]
    if unit not in units:
        raise InputError("the unit of a dose has no wording.", where="dose.unit", mend=f"Use {', '.join(units)}.")
    _, choose = FORMS[wording.general["numbers"]["forms"]]
    return keep_numbers(f"{number(amount, wording)} {units[unit][choose(amount)]}")


def check_numbers(general: Mapping[str, Any], place: str) -> None:
    """Raise KnowledgeError unless `general` says how numbers are written and gives each unit as many forms as they need."""
    signs = general.get("numbers", {})
    if signs.get("forms") not in FORMS or not isinstance(signs.get("point"), str) or not isinstance(signs.get("thousands"), str):
        raise KnowledgeError(f"{place} [numbers]: it needs point, thousands, and forms, one of {', '.join(FORMS)}.")
    needed, _ = FORMS[signs["forms"]]
    wrong = [unit for unit, forms in general["units"].items() if len(forms) != needed]
    if wrong:
        raise KnowledgeError(f"{place} [units]: {', '.join(wrong)} must have {needed} forms.")
