"""The strength of each ingredient: as written, in either order, or from the table when only one exists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from re import Match

from ..prescription import Unread
from .names import DrugNames, Found
from .products import Product, Strength
from .sig_text import COUNTS, NUM, SigText, pattern

# Words that may stand between a name and its strength.
FORM_WORDS = (
    r"(?: (?:tab|cap|po|er|ir|ds|ec|dr|extended|release|immediate|delayed|film|patch|liquid|solution|suspension|syrup|"
    r"elixir|chewable|coated|transdermal|nasal|sl|buccal|,|-|of|strength|concentrate|injection|generic))*"
)
PER_VOLUME = rf"(?: (?:/|per) (?:({NUM}) )?(ml|tsp|tab|cap|film|spray|puff|dose|hour|24 hour|lozenge|packet|patch))?"
OWN = pattern(rf"@(\d+){FORM_WORDS} ({NUM})(?: (mg|mcg|g))?(?! tab){PER_VOLUME}")
ONE_NUMBER = pattern(rf"@\d+{FORM_WORDS} ({NUM})(?: (mg))?(?! (?:[-/]|to|or|x|times|{COUNTS}|mg|mcg|g|day|hour|%) )")
FAR_ABOVE = 4  # times the largest strength that is sold: a slip of the pen, not a strength

IN_MG = {"mg": Fraction(1), "g": Fraction(1000), "mcg": Fraction(1, 1000)}

PER_ML = "mL"
PER_UNIT = ""


@dataclass(slots=True)
class Strengths:
    """Amounts by ingredient name in `unit`, of one dose unit, or of one mL where `per` is 'mL'."""

    amounts: dict[str, Fraction | None] = field(default_factory=dict)
    unit: str = "mg"
    per: str = PER_UNIT
    from_dose: bool = False  # the unit is the written dose itself, the tablet was not named
    from_table: bool = False  # not written: the table knows one alone
    notes: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    refused: bool = False

    @property
    def known(self) -> bool:
        """Whether at least one ingredient has a strength."""
        return any(amount is not None for amount in self.amounts.values())


def tuple_shape(count: int) -> re.Pattern[str]:
    """The pattern of a strength with so many numbers, such as 7.5-325 mg/15 mL."""
    more = rf" ([-/]) ({NUM})(?: (mg|mcg|g))?" * (count - 1)
    return pattern(rf"(?<![-/] )({NUM})(?: (mg|mcg|g))?{more}{PER_VOLUME}(?= )(?! [-/] \d)")


TUPLES = {count: tuple_shape(count) for count in range(2, 6)}


def combination_strengths(sig: SigText, found: Sequence[Found], product: Product, names: DrugNames) -> Strengths:
    """The strengths of a product with several ingredients, `product.ingredients` in the order of the name."""
    parts = [part.name for part in product.ingredients]
    return (
        _own_amounts(sig, found, parts)
        or _written_tuple(sig, product, names)
        or _first_number(sig, product, names)
        or only_strength(product)
        or _missing(product, names)
    )


def _own_amounts(sig: SigText, found: Sequence[Found], parts: list[str]) -> Strengths | None:
    """'Acetaminophen 325 MG / Hydrocodone Bitartrate 5 MG': each name with its own amount."""
    read = Strengths(dict.fromkeys(parts))
    matches = [m for m in OWN.finditer(sig.line) if len(found[int(m.group(1))].product.ingredients) == 1]
    if len({found[int(m.group(1))].product.key for m in matches}) < 2:
        return None
    mixed = len({match.group(3) for match in matches}) > 1
    shared = matches[-1].groups()[3:]  # '7.5 mg / acetaminophen 325 mg per 15 mL': one volume for both
    for match in matches:
        written = match.group(3) or "mg"
        volume, of = match.groups()[3:] if match.group(5) else shared
        amount, unit, per = amount_of(match.group(2), written, volume, of)
        if unit == "mcg" and mixed:
            amount, unit = amount * IN_MG["mcg"], "mg"
        read.amounts[found[int(match.group(1))].product.ingredients[0].name] = amount
        read.unit, read.per = unit, per
        sig.strike(_after_name(match, sig))
    for name in [name for name, amount in read.amounts.items() if amount is None]:
        read.unread.append(Unread(name, "its strength is not written"))
    return read


def _after_name(match: Match[str], sig: SigText) -> Match[str]:
    """The part of a match behind the '@0'."""
    found = re.compile(r".*", re.DOTALL).match(sig.line, match.start() + len(match.group(1)) + 2, match.end())
    assert found is not None  # '.*' always matches
    return found


def amount_of(number: str, unit: str, volume: str | None, per: str | None) -> tuple[Fraction, str, str]:
    """An amount in mg or mcg, for one mL where a volume is named, in mcg/h for a rate."""
    amount = Fraction(number)
    if unit == "g":
        amount, unit = amount * 1000, "mg"
    if per == "hour":
        rate = amount * (1000 if unit == "mg" else 1) / (Fraction(volume or 1) or 1)
        return rate, "mcg/h", PER_UNIT
    if per in {"ml", "tsp"}:
        size = Fraction(volume or 1) * (5 if per == "tsp" else 1)
        return (amount / size if size else amount), unit, PER_ML
    return amount, unit, PER_UNIT


def _written_tuple(sig: SigText, product: Product, names: DrugNames) -> Strengths | None:
    count = len(product.ingredients)
    shape = TUPLES.get(count)
    if shape is None:
        return None
    for match in shape.finditer(sig.line):
        groups = match.groups()
        units = [groups[1], *(groups[4 + 3 * i] for i in range(count - 1))]
        written = [groups[0], *(groups[3 + 3 * i] for i in range(count - 1))]
        numbers = _in_one_unit(written, units)
        joiners = {groups[2 + 3 * i] for i in range(count - 1)}
        ordered = _known_order(product, numbers, names)
        if "-" in joiners and ordered is None and not all(units) and groups[-1] != "ml":
            continue  # '1-2' and '5-10 mg' are ranges unless the table knows them as a strength
        sig.strike(match)
        return _ordered_strengths(match, product, numbers, ordered, names)
    return None


def _in_one_unit(numbers: list[str], units: list[str | None]) -> list[Fraction]:
    """The numbers as written, or all in mg where their units differ ('1 mg/20 mcg')."""
    if len({unit for unit in units if unit}) < 2:
        return [Fraction(number) for number in numbers]
    return [Fraction(number) * IN_MG[unit or "mg"] for number, unit in zip(numbers, units, strict=True)]


def _known_order(product: Product, numbers: list[Fraction], names: DrugNames) -> list[Fraction] | None:
    """The numbers in the order of the ingredients, if the table knows them in some order."""
    order = sorted(range(len(numbers)), key=lambda i: product.ingredients[i].name)
    known = {tuple(map(Fraction, s.amounts)) for s in names.strengths(product.key)}
    for attempt in permutations(numbers):
        if tuple(attempt[i] for i in order) in known:
            return list(attempt)
    return None


def _ordered_strengths(
    match: Match[str], product: Product, numbers: list[Fraction], ordered: list[Fraction] | None, names: DrugNames
) -> Strengths:
    volume, per = match.groups()[-2:]
    written = {group for group in match.groups()[1:-2] if group in IN_MG}
    size, unit, per_unit = amount_of("1", written.pop() if len(written) == 1 else "mg", volume, per)
    read = Strengths(unit=unit, per=per_unit)
    known = names.strengths(product.key)
    if ordered is None:
        ordered = _plausible_order(product, numbers)
        if known:
            read.unread.append(Unread(match.group().strip()[:60], "not a strength that the table knows; check it"))
            read.refused = _far_off(product, ordered, known)
    holding = _only_liquid(product, ordered)
    if per_unit == PER_UNIT and holding is not None:
        size, read.per = size / holding, PER_ML
    for part, number in zip(product.ingredients, ordered, strict=True):
        read.amounts[part.name] = number * size
    return read


def _plausible_order(product: Product, numbers: list[Fraction]) -> list[Fraction]:
    """Beside an analgesic the opioid's number is the smaller, beside an antagonist the larger; otherwise as written."""
    if len(numbers) != 2 or "opioid" not in product.ingredients[0].classes:
        return numbers
    beside = product.ingredients[1].classes
    if beside & {"opioid_antagonist", "opioid_antagonist_rescue"}:
        return sorted(numbers, reverse=True)
    return sorted(numbers) if beside & {"analgesic", "nsaid"} else numbers


def _by_ingredient(product: Product, strength: Strength) -> dict[str, Fraction]:
    return dict(zip(sorted(part.name for part in product.ingredients), map(Fraction, strength.amounts), strict=True))


def _far_off(product: Product, numbers: list[Fraction], known: Sequence[Strength]) -> bool:
    """Whether a number is far above or far below everything that is sold: a slip of the pen, or no strength."""
    rows = [_by_ingredient(product, strength) for strength in known]
    for part, number in zip(product.ingredients, numbers, strict=True):
        sold = [row[part.name] for row in rows]
        if not min(sold) / FAR_ABOVE <= number <= FAR_ABOVE * max(sold):
            return True
    return False


def _only_liquid(product: Product, numbers: list[Fraction]) -> Fraction | None:
    """The volume that holds this strength where the brand sells it as a liquid alone: 'Hycet 7.5/325'."""
    same = [strength for strength in product.strengths if list(map(Fraction, strength.amounts)) == numbers]
    volumes = [strength.per_ml for strength in same]
    return Fraction(volumes[0]) if volumes and volumes[0] is not None and None not in volumes else None


def _first_number(sig: SigText, product: Product, names: DrugNames) -> Strengths | None:
    """'Norco 10': one number of a product with two; it is the first ingredient's if the table holds such a product."""
    match = ONE_NUMBER.search(sig.line)
    if match is None:
        return None
    number = Fraction(match.group(1))
    rows = [_by_ingredient(product, s) for s in names.strengths(product.key) if s.per_ml is None]
    if product.brand:
        rows = [dict(zip((p.name for p in product.ingredients), map(Fraction, s.amounts), strict=True))
                for s in product.strengths if s.per_ml is None]  # fmt: skip
    first = product.ingredients[0].name
    rows = [row for row in rows if row[first] == number]
    if not rows:
        return None
    sig.strike(match)
    amounts = {name: (rows[0][name] if len({row[name] for row in rows}) == 1 else None) for name in rows[0]}
    read = Strengths(dict(amounts), notes=[f"'{match.group(1)}' is read as the strength of {first}"])
    for name in [name for name, amount in amounts.items() if amount is None]:
        offered = tuple(sorted({f"{_plain(row[first])}/{_plain(row[name])} mg" for row in rows}))
        read.unread.append(Unread(name, "its strength is not written", offered))
    return read


def only_strength(product: Product) -> Strengths | None:
    """A brand without a strength: what the table knows alone, for each ingredient; the rest is asked."""
    solid = [strength for strength in product.strengths if strength.per_ml is None] or list(product.strengths)
    if not product.brand or not solid:
        return None
    amounts = {part.name: _one_amount(solid, place) for place, part in enumerate(product.ingredients)}
    per = PER_UNIT if solid[0].per_ml is None else PER_ML
    read = Strengths(amounts, solid[0].unit, per, from_table=True)
    if len(solid) == 1:
        read.notes.append(f"{product.name}: the only strength of the table is taken, {shown(solid[0])}")
        return read
    if not read.known:
        return None
    offered = tuple(shown(strength) for strength in solid)[:4]
    read.unread.append(Unread(product.name, "the strength is not written", offered))
    return read


def _one_amount(strengths: Sequence[Strength], place: int) -> Fraction | None:
    """What one unit holds of one ingredient, if it is the same in every strength."""
    amounts = {Fraction(strength.amounts[place]) / Fraction(strength.per_ml or 1) for strength in strengths}
    return amounts.pop() if len(amounts) == 1 else None


def _missing(product: Product, names: DrugNames) -> Strengths:
    offered = tuple(shown(strength) for strength in (product.strengths if product.brand else ()))[:4]
    unread = [Unread(product.name, "the strength is not written", offered)] if names.strengths(product.key) else []
    return Strengths(dict.fromkeys(part.name for part in product.ingredients), unread=unread)


def shown(strength: Strength) -> str:
    """A strength as a prescriber writes it: '7.5/325 mg per 15 mL'."""
    amounts = "/".join(format(amount, "f") for amount in strength.amounts)
    return f"{amounts} {strength.unit}" + (f" per {strength.per_ml} mL" if strength.per_ml else "")


def _plain(number: Fraction) -> str:
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")
