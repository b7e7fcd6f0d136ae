"""How many pills a dose is, where the prescription that is written names the strength of the pill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

# A strength of naproxen is of the base or of its sodium salt (220 mg sodium = 200 mg base), and the list of ingredients
# does not say which: no pills are counted.
NOT_COUNTED = {"naproxen"}
_FORM = re.compile(r"\b(?:(tab(?:let)?s?)|cap(?:sule)?s?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Pill:
    """A pill of one ingredient: its strength in mg, and whether it is a tablet or a capsule."""

    strength: Decimal
    unit: str

    def count(self, amount: Decimal) -> Decimal | None:
        """How many whole pills hold this amount in mg; None if it is not a whole number of them."""
        pills = amount / self.strength
        return pills if pills >= 1 and pills == pills.to_integral_value() else None


def pills_of(prescriptions: Iterable[Mapping[str, Any]]) -> dict[str, Pill]:
    """The pill of each ingredient that is prescribed now as a tablet or capsule of its own.

    Nothing for a medicine that is prescribed in two strengths.
    """
    found: dict[str, set[Pill]] = {}
    for one in prescriptions:
        form = _FORM.search(one["text"])
        if one["current"] or form is None or len(one["ingredients"]) != 1:
            continue
        (held,) = one["ingredients"]
        if held["unit"] == "mg" and held["strength"] and held["name"] not in NOT_COUNTED:
            unit = "tablet" if form.group(1) else "capsule"
            found.setdefault(held["name"], set()).add(Pill(Decimal(str(held["strength"])), unit))
    return {name: pill for name, (pill, *others) in found.items() if not others}
