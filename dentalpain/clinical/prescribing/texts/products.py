"""Medicines as the tables hold them: a name, its ingredients, and the strengths it is sold in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ..prescription import Ingredient

STRENGTH = re.compile(r"([\d.]+(?:/[\d.]+)*) (mg|mcg|mcg/h)(?: per ([\d.]+) mL)?")

# Salts are part of a name; the factors of the tables apply to the labelled milligrams.
_SALTS = """
    hydrochloride hcl hydrobromide hbr bitartrate tartrate sulfate sulphate phosphate citrate sodium na potassium
    tromethamine mesylate maleate fumarate succinate besylate pamoate acetate napsylate polistirex monohydrate dihydrate
    trihydrate magnesium calcium carbonate bromide nitrate lactate gluconate etexilate axetil proxetil propionate
    furoate dipropionate valerate acetonide medoxomil cilexetil xinafoate tosylate oxalate malate mononitrate dinitrate
    epolamine disodium myristate
"""
SALTS = frozenset(_SALTS.split())


@dataclass(frozen=True, slots=True)
class Strength:
    """What one unit holds of each ingredient, in order; `per_ml` is the volume that holds it (None: one solid unit)."""

    amounts: tuple[Decimal, ...]
    unit: str
    per_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """One name of the tables; `partial`: the label holds more than is listed. `brand`: its strengths are its own."""

    name: str
    ingredients: tuple[Ingredient, ...]
    strengths: tuple[Strength, ...] = ()
    form: str = ""
    route: str = ""
    extended_release: bool = False
    treatment: bool = False
    brand: bool = False
    partial: bool = False

    @property
    def key(self) -> frozenset[str]:
        """The set of its ingredients."""
        return frozenset(part.name for part in self.ingredients)


def strengths_of(cell: str) -> tuple[Strength, ...]:
    """Read '5/325 mg; 10/300 mg per 15 mL'; raises ValueError for anything else."""
    return tuple(_strength(part.strip()) for part in cell.split(";") if part.strip())


def _strength(text: str) -> Strength:
    match = STRENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is no strength; write '5/325 mg', '25 mcg/h' or '5 mg per 5 mL'")
    amounts, unit, volume = match.groups()
    return Strength(tuple(Decimal(n) for n in amounts.split("/")), unit, Decimal(volume) if volume else None)


class IngredientTable:
    """Ingredients by name and by RxNorm code; salts resolve to their base."""

    def __init__(
        self, ingredient_rows: tuple[Mapping[str, str], ...], recognised_rows: tuple[Mapping[str, str], ...]
    ) -> None:
        self.by_name: dict[str, Ingredient] = {}
        self.by_rxcui: dict[str, Ingredient] = {}
        for row in ingredient_rows:
            classes = frozenset(row["class"].split("|"))
            part = Ingredient(row["name"], row["rxcui"], classes)
            self.by_name[row["name"].casefold()] = part
            if row["rxcui"]:
                self.by_rxcui.setdefault(row["rxcui"], part)
        # A second spelling of one code ('alendronic acid') is the same ingredient under its first name.
        for name, part in list(self.by_name.items()):
            self.by_name[name] = self.by_rxcui.get(part.rxcui, part)
        for row in recognised_rows:
            if not row["reads_as"] and " / " not in row["name"]:
                self.by_name.setdefault(row["name"].casefold(), Ingredient(row["name"], "", frozenset({row["class"]})))

    def resolve(self, written: str) -> Ingredient:
        """The ingredient of a table cell such as 'hydrocodone bitartrate'; one that no table tags has no classes."""
        plain = " ".join(written.split())
        words = plain.split(" ")
        for length in range(len(words), 0, -1):
            found = self.by_name.get(" ".join(words[:length]).casefold())
            if found is not None and all(word.casefold() in SALTS for word in words[length:]):
                return found if length == len(words) else replace(found, salt=plain)
        return Ingredient(plain, "", frozenset(UNLISTED.get(plain, ())))


# Taken without a prescription, and without an RxNorm ingredient in the table: two that act on opioid receptors, and cannabis.
UNLISTED = {"kratom": ("opioid",), "tianeptine": ("opioid",), "cannabis": ("cannabinoid",)}
