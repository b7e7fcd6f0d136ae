"""Finding medicines by name: whole tokens, the longest name first, in any case and spacing; nothing is assumed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ..prescription import Ingredient
from .plain_text import TOKEN, plain_line
from .products import SALTS, IngredientTable, Product, Strength, strengths_of

Row = Mapping[str, str]

JOINERS = frozenset("-/+")  # may stand inside a name: 'hydrocodone/APAP', 'EC-Naprosyn'
COMPACT_FROM = 7  # letters; a shorter name is never put together from pieces ('as a' is not ASA)
GENERIC_TYPES = frozenset({"generic", "synonym", "abbrev"})


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a list of tokens: `start` to `stop` (not included), what it is, and the salt written after it."""

    start: int
    stop: int
    product: Product
    salt: str = ""


class DrugNames:
    """The index of all names; built once from the rows of the three tables, then asked for every text."""

    def __init__(
        self, names_rows: Iterable[Row], ingredient_rows: Iterable[Row], recognised_rows: Iterable[Row]
    ) -> None:
        recognised = tuple(recognised_rows)
        self._table = IngredientTable(tuple(ingredient_rows), recognised)
        self._index: dict[str, list[tuple[tuple[str, ...], Product]]] = {}
        self._compact: dict[str, Product] = {}
        self._strengths: dict[frozenset[str], tuple[Strength, ...]] = {}
        self._amounts: dict[str, set[Decimal]] = {}
        self._combinations: set[frozenset[str]] = set()
        self.products: dict[str, Product] = {}
        self._add_names(tuple(names_rows))
        self._add_ingredients()
        self._add_recognised(recognised)
        for held in self._index.values():
            held.sort(key=lambda entry: -len(entry[0]))
        self._spellings = sorted(name for name in self.products if len(name) > 3)

    # -- building ----------------------------------------------------------------------------------------------

    def _add_names(self, rows: Sequence[Row]) -> None:
        later = []
        for row in rows:
            if row["reads_as"].startswith("="):
                later.append(row)
            else:
                self._add(self._product(row))
        for row in later:
            same = self.products[row["reads_as"].removeprefix("=").strip().casefold()]
            if not row["name"][-1].isdigit():  # 'Nucynta 150' is read as Nucynta, and 150 mg tells which
                self._add(replace(same, name=row["name"]))

    def _product(self, row: Row) -> Product:
        cells = [cell.strip() for cell in (row["reads_as"] or row["ingredients"]).split(";")]
        return Product(
            row["name"],
            tuple(self._table.resolve(cell) for cell in cells if cell != "*"),
            strengths_of(row["strengths"]),
            row["form"],
            row["route"],
            extended_release=row["release"] == "er",
            treatment=row["treatment"] == "yes",
            brand=row["name_type"] not in GENERIC_TYPES or any(sign.isdigit() for sign in row["name"]),
            partial="*" in cells,
        )

    def _add_ingredients(self) -> None:
        for name, part in self._table.by_name.items():
            if name not in self.products:
                self._add(Product(name, (part,)))

    def _add_recognised(self, rows: Sequence[Row]) -> None:
        for row in rows:
            cells = (row["reads_as"] or row["name"]).split(" / ")
            if row["name"].casefold() not in self.products:
                self._add(Product(row["name"], tuple(self._table.resolve(cell) for cell in cells), brand=True))

    def _add(self, product: Product) -> None:
        self.products.setdefault(product.name.casefold(), product)
        words = tuple(token for token in TOKEN.findall(plain_line(product.name)) if token not in JOINERS)
        self._index.setdefault(words[0], []).append((words, product))
        compact = "".join(words)
        if len(compact) >= COMPACT_FROM and compact.isalpha():
            self._compact.setdefault(compact, product)
        key = product.key
        known = self._strengths.get(key, ())
        self._strengths[key] = known + tuple(s for s in self._ordered(product) if s not in known)
        for strength in product.strengths:
            for part, amount in zip(
                product.ingredients, strength.amounts if strength.per_ml is None else (), strict=False
            ):
                self._amounts.setdefault(part.name, set()).add(amount)
        if len(key) > 1:
            self._combinations.add(key)

    @staticmethod
    def _ordered(product: Product) -> tuple[Strength, ...]:
        """Its strengths with the amounts in the order of the ingredients' names, so that products compare."""
        order = sorted(range(len(product.ingredients)), key=lambda i: product.ingredients[i].name)
        return tuple(replace(s, amounts=tuple(s.amounts[i] for i in order)) for s in product.strengths)

    # -- asking ------------------------------------------------------------------------------------------------

    def find(self, tokens: Sequence[str]) -> tuple[Found, ...]:
        """Every name in the tokens, left to right, none inside another; the longest wins."""
        found: list[Found] = []
        at = 0
        while at < len(tokens):
            hit = self._longest(tokens, at) or self._put_together(tokens, at)
            if hit is None:
                at += 1
            else:
                hit = _with_salt(tokens, hit)
                found.append(hit)
                at = hit.stop
        return tuple(found)

    def _longest(self, tokens: Sequence[str], at: int) -> Found | None:
        for words, product in self._index.get(tokens[at], ()):
            stop = _match(tokens, at, words)
            if stop is not None:
                return Found(at, stop, product)
        return None

    def _put_together(self, tokens: Sequence[str], at: int) -> Found | None:
        pieces, compact, stop = 0, "", at
        longest = None
        while stop < len(tokens) and pieces < 3 and (tokens[stop].isalpha() or (pieces and tokens[stop] == "-")):
            if tokens[stop] != "-":
                compact, pieces = compact + tokens[stop], pieces + 1
                if compact in self._compact:
                    longest = Found(at, stop + 1, self._compact[compact])
            stop += 1
        return longest

    def ingredient(self, rxcui: str) -> Ingredient | None:
        """The ingredient of an RxNorm code; None for codes of products and codes that the table lacks."""
        return self._table.by_rxcui.get(rxcui)

    def ingredients_in(self, text: str) -> tuple[Ingredient, ...]:
        """The ingredients of every name in a text, without strengths, each once (for allergy and substance lists)."""
        hits = self.find(tuple(TOKEN.findall(plain_line(text[:2000]))))
        parts = (part for hit in hits for part in hit.product.ingredients)
        return tuple({part.name: replace(part, salt="") for part in parts}.values())

    def strengths(self, key: frozenset[str]) -> tuple[Strength, ...]:
        """Every strength known for products with exactly these ingredients, amounts in the order of their names."""
        return self._strengths.get(key, ())

    def amounts(self, ingredient: str) -> frozenset[Fraction]:
        """Every amount of one ingredient that a tablet, capsule or patch of any product holds."""
        return frozenset(map(Fraction, self._amounts.get(ingredient, ())))

    def combination_sold_as(self, ingredient: str, pair: frozenset[Fraction]) -> Product | None:
        """The one product of two ingredients, this one among them, that is sold in this pair of amounts."""
        keys = {
            key
            for key in self._combinations
            if len(key) == 2 and ingredient in key
            for strength in self.strengths(key)
            if strength.per_ml is None and frozenset(map(Fraction, strength.amounts)) == pair
        }
        if len(keys) != 1:
            return None
        (key,) = keys
        return next((product for product in self.products.values() if product.key == key and not product.brand), None)

    def is_combination(self, key: frozenset[str]) -> bool:
        """Whether one product with exactly these ingredients is known."""
        return key in self._combinations

    def extended_release_sibling(self, product: Product) -> Product | None:
        """'Nucynta ER' for 'Nucynta', or None."""
        return self.products.get(f"{product.name.casefold()} er")

    def suggest(self, word: str, count: int = 3) -> tuple[str, ...]:
        """Names that are spelled like the word, best first; for a question to the prescriber, never to act on."""
        near = difflib.get_close_matches(word.casefold()[:40], self._spellings, n=count, cutoff=0.75)
        return tuple(self.products[name].name for name in near)


def _match(tokens: Sequence[str], at: int, words: tuple[str, ...]) -> int | None:
    stop = at
    for number, word in enumerate(words):
        while number and stop < len(tokens) and tokens[stop] in JOINERS:
            stop += 1
        if stop >= len(tokens) or tokens[stop] != word:
            return None
        stop += 1
    return stop


def _with_salt(tokens: Sequence[str], hit: Found) -> Found:
    """The name with the salt words behind it: 'naproxen sodium' is weighed with its sodium."""
    stop = hit.stop
    while stop < len(tokens) and tokens[stop] in SALTS:
        stop += 1
    if stop == hit.stop or len(hit.product.ingredients) != 1:
        return replace(hit, stop=stop)
    part = hit.product.ingredients[0]
    return replace(hit, stop=stop, salt=f"{part.name} {' '.join(tokens[hit.stop : stop])}")
