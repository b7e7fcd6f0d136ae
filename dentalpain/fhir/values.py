"""The value of an Observation, in whichever of its forms it was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ..clinical.coding import Code
from ..clinical.measuring import Number, measured
from .elements import Json, codes_of, mapping, number, string, text_of

TYPED = re.compile(r"\s*([<>]=?)?\s*(\d+(?:\.\d+)?)\s*(.*?)\s*$", re.S)


@dataclass(frozen=True, slots=True)
class Sent:
    """A number as sent: the units to try, the UCUM code before the printed unit, and a comparator."""

    value: Decimal
    units: tuple[str, ...]
    comparator: str = ""

    def in_unit(self, wanted: str) -> Number | None:
        """The number or range in the wanted unit; None when no unit is known."""
        for unit in self.units:
            found = measured(self.value, unit, wanted, self.comparator)
            if found is not None:
                return found
        return None


def sent_number(holder: Json) -> Sent | None:
    """The number of an Observation or component: a Quantity, an integer, or a text such as '24 wks'."""
    quantity = mapping(holder.get("valueQuantity"))
    value = number(quantity.get("value"))
    if value is not None:
        units = dict.fromkeys(u for u in (string(quantity.get("code")), string(quantity.get("unit"))) if u)
        return Sent(value, tuple(units) or ("",), string(quantity.get("comparator")))
    whole = number(holder.get("valueInteger"))
    if whole is not None:
        return Sent(whole, ("",))
    typed = TYPED.fullmatch(sent_text(holder)[:100])
    return Sent(Decimal(typed[2]), (typed[3],), typed[1] or "") if typed else None


def sent_text(holder: Json) -> str:
    """The words of an Observation or component."""
    return string(holder.get("valueString")) or text_of(holder.get("valueCodeableConcept"))


def sent_codes(holder: Json) -> tuple[Code, ...]:
    """The answer codes of an Observation or component."""
    return codes_of(holder.get("valueCodeableConcept"))


def sent_yes_no(holder: Json, yes: frozenset[str], no: frozenset[str]) -> bool | None:
    """A yes or no: a boolean, one of the answer codes, or the bare words; None for anything else."""
    if isinstance(holder.get("valueBoolean"), bool):
        return bool(holder["valueBoolean"])
    words = {code.code for code in sent_codes(holder)} | {sent_text(holder).strip().lower()}
    if words & yes:
        return True
    return False if words & no else None
