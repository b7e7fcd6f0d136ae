"""A prescription as it was understood: what, how much, how often, for how long, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One active ingredient: its name without salt, RxNorm code, class tags, and strength in one dose unit.

    `strength` is None when it was not written; `unit` is 'mg', 'mcg', 'mcg/h' (patch), 'mg/mL' (liquid) or ''.
    """

    name: str
    rxcui: str
    classes: frozenset[str]
    strength: Decimal | None = None
    unit: str = ""
    salt: str = ""  # as written, such as 'naproxen sodium': its mass is not that of the base


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a prescription that was not understood: what (60 characters at most), why, and suggestions."""

    what: str
    why: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prescription:
    """One medicine with its sig; None always means: not written, or not readable.

    `units_*` count dose units (tablets, mL, patches, sprays). `units_per_day_written` is dose × frequency at the most
    the text allows; `units_per_day_max` is that after caps and quantity. `units_per_dose` is the largest single dose.
    `form` is 'tablet', 'liquid', 'patch', 'spray', 'topical', 'injection', 'film', 'lozenge', 'inhaled', 'eye', 'ear',
    'ring', 'vaginal', 'rectal', 'intrauterine', 'implant', 'powder' or '' when not known. `addiction_treatment`:
    methadone or buprenorphine given for opioid use disorder, as brand, strength, route or words show. `unread` asks to
    be answered; `notes` only say how the text was taken (unsafe abbreviations, a strength from the table). `place` is
    the JSON pointer of a draft inside the record that it stands in. `either`: opioids of which code and text name one
    each, so that only one of them is taken. `units_per_day_average`: quantity by days, where directions are missing.
    """

    text: str
    ingredients: tuple[Ingredient, ...] = ()
    form: str = ""
    route: str = ""
    units_per_dose: Decimal | None = None
    doses_per_day: Decimal | None = None
    units_per_day_written: Decimal | None = None
    units_per_day_max: Decimal | None = None
    quantity: Decimal | None = None
    days_supply: Decimal | None = None
    refills: int | None = None
    as_needed: bool = False
    extended_release_or_patch: bool = False
    opioid_antagonist_sequestered: bool = False
    recognised_no_rule: bool = False
    unread: tuple[Unread, ...] = ()
    arithmetic: tuple[str, ...] = field(default=())
    addiction_treatment: bool = False
    notes: tuple[str, ...] = ()
    place: str = ""
    either: tuple[str, ...] = ()
    units_per_day_average: Decimal | None = None

    @property
    def recognised(self) -> bool:
        """Whether the medicine itself is known (an ingredient, or a common medicine that no rule reads)."""
        return bool(self.ingredients) or self.recognised_no_rule

    @property
    def tags(self) -> frozenset[str]:
        """Class tags and ingredient names: what the scope of a rule may name."""
        found: set[str] = set()
        for ingredient in self.ingredients:
            found |= ingredient.classes
            found.add(ingredient.name)
        return frozenset(found)

    def strength_of(self, name: str) -> Ingredient | None:
        """The ingredient of that name, or None."""
        return next((part for part in self.ingredients if part.name == name), None)
