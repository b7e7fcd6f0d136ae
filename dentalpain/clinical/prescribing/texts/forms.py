"""What kind of product it is: form, route, extended release, and whether it treats addiction."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ..prescription import Ingredient
from .names import DrugNames
from .products import Product
from .sig_words import FORM_OF_UNIT, UNITS
from .strengths import PER_ML, Strengths

LONG_ACTING = frozenset({"methadone", "levorphanol"})  # long-acting by nature, whatever the form
RELEASE_WORDS = frozenset({"er", "xr", "sr", "cr", "la", "xl", "cd"})
RELEASE_PAIRS = frozenset(
    {
        ("extended", "release"),
        ("sustained", "release"),
        ("controlled", "release"),
        ("prolonged", "release"),
        ("long", "acting"),
    }
)
LOCAL_IN_A_PATCH = frozenset(
    {"lidocaine", "diclofenac", "capsaicin", "menthol", "methyl salicylate", "trolamine salicylate"}
)
SKIN_FORMS = frozenset({"patch", "topical"})
TREATMENT_WORDS = frozenset({"oud", "moud", "mat", "otp", "addiction", "maintenance", "clinic"})
# Sublingual or buccal buprenorphine of 2 mg or more treats addiction; up to 0.9 mg, and patches, treat pain.
TREATMENT_FROM_MG = Decimal(2)


def form_of(
    product: Product, strengths: Strengths, dose_unit: str, form_words: Sequence[str], tokens: Sequence[str]
) -> str:
    """The dose form, from the dose, then the words, then the strength, then the table; '' when nothing tells."""
    written = _written_form(dose_unit, form_words, tokens)
    if product.form == "topical":
        return "topical"
    if strengths.unit == "mcg/h" and written != "ring":
        written = "patch"
    held = {part.name for part in product.ingredients}
    if written in SKIN_FORMS and held and held <= LOCAL_IN_A_PATCH:
        return "topical"
    if written == "spray" and "nasal" in tokens and any("corticosteroid" in p.classes for p in product.ingredients):
        return "nasal steroid"
    return written or ("liquid" if strengths.per == PER_ML else product.form)


def _written_form(dose_unit: str, form_words: Sequence[str], tokens: Sequence[str]) -> str:
    if "ring" in form_words:
        return "ring"
    if "injection" in form_words and dose_unit in {"", "ml"}:
        return "injection"
    if dose_unit == "drop" or (dose_unit in {"spray", "puff", ""} and form_words):
        return form_words[0] if form_words else "liquid"
    if dose_unit in FORM_OF_UNIT:
        return "topical" if dose_unit == "patch" and "topical" in form_words else FORM_OF_UNIT[dose_unit]
    named = (FORM_OF_UNIT.get(UNITS.get(token, ""), "") for token in tokens if token != "ml")
    return next((form for form in named if form and form != "liquid"), "")


def route_of(product: Product, written: str, form: str) -> str:
    """The route, from the words, then the form, then the table."""
    if written:
        return written
    if form == "patch":
        return "transdermal"
    return product.route if form in {product.form, "tablet", "liquid", ""} else ""


def is_extended_release(
    product: Product, strengths: Strengths, form: str, tokens: Sequence[str], names: DrugNames
) -> tuple[bool, tuple[str, ...]]:
    """Whether the product releases slowly, by name, word, form or nature, and a note where its strength tells so."""
    held = {part.name for part in product.ingredients}
    pairs = set(pairwise(tokens))
    if product.extended_release or held & LONG_ACTING or form == "patch":
        return True, ()
    if RELEASE_WORDS & set(tokens) or RELEASE_PAIRS & pairs:
        return True, ()
    sibling = names.extended_release_sibling(product)
    amount = next(iter(strengths.amounts.values()), None)
    if sibling is None or amount is None or (strengths.from_dose and not product.brand):
        return False, ()
    own = {strength.amounts[0] for strength in product.strengths}
    if amount not in own and amount in {strength.amounts[0] for strength in sibling.strengths}:
        return True, (f"this strength is sold as {sibling.name} alone",)
    return False, ()


def is_addiction_treatment(
    product: Product, ingredients: tuple[Ingredient, ...], form: str, tokens: Sequence[str]
) -> bool:
    """Methadone or buprenorphine for opioid use disorder: by product, by words, or by route and strength."""
    held = {part.name: part for part in ingredients}
    buprenorphine = held.get("buprenorphine")
    if buprenorphine is None and "methadone" not in held:
        return False
    if product.treatment or TREATMENT_WORDS & set(tokens):
        return True
    if buprenorphine is None or form in {"patch", "injection"}:
        return False
    strong = buprenorphine.unit == "mg" and (buprenorphine.strength or 0) >= TREATMENT_FROM_MG
    return "naloxone" in held or strong
