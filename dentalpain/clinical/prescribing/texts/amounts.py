"""Written amounts of a medicine with one ingredient: which is the strength, which the dose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from re import Match

from ..prescription import Unread
from .names import DrugNames
from .products import Product
from .regimen import Dose
from .sig_text import NUM, RANGE, SigText, pattern, upper
from .strengths import FAR_ABOVE, FORM_WORDS, PER_ML, PER_UNIT, Strengths, amount_of, only_strength, shown

VOLUMES = frozenset({"ml", "tsp", "tbsp"})
PER = r"ml|tsp|tbsp|hour|kg|dose|tab|cap|spray|puff|patch|film|24 hour|lozenge|packet"
AMOUNT = pattern(rf"(?<!¿ ){RANGE} (mg|mcg|g|meq)(?: (?:/|per) (?:({NUM}) )?({PER}))?")
COUNTED = pattern(rf"({NUM})(?: x| of)? ({NUM}) (mg|mcg|g) (?:tab|cap|film|lozenge|patch)")
AFTER_NAME = re.compile(rf"@\d+{FORM_WORDS} $")
ON_THE_SKIN = pattern(r"gel|cream|ointment|lotion")  # '2 g' is what is put on, and no tablet holds it
LOOK_BACK = 120  # characters; a strength stands close to its name
QUARTERS = 4
SWALLOWED = frozenset({"", "tablet", "film", "lozenge"})

CONCENTRATION, STRENGTH, DOSE, PLAIN, REFUSED = "concentration", "strength", "dose", "plain", "refused"


@dataclass(frozen=True, slots=True)
class Amount:
    """One written amount: place, value (the upper end of a range), unit, and what kind it is."""

    at: int
    value: Fraction
    unit: str
    kind: str
    ranged: bool
    after_name: bool
    text: str


def single_strength(
    sig: SigText, product: Product, names: DrugNames, then_at: int | None
) -> tuple[Strengths, list[Dose]]:
    """The strength of a medicine with one ingredient, and the doses that are written as a mass."""
    name = product.ingredients[0].name
    counted = COUNTED.search(sig.line)
    if counted is not None and not _after_name(counted):
        value, unit, _ = amount_of(counted.group(2), counted.group(3), None, None)
        units = Fraction(counted.group(1))
        sig.strike(counted)
        same = [match for match in AMOUNT.finditer(sig.line) if _amount(match).value == value * units]
        for match in same:  # '1000 mg (two 500 mg tablets)' says the same twice
            sig.strike(match)
        return _checked(Strengths({name: value}, unit), product, names, sig), [Dose(counted.start(), units)]
    read, doses = _classified([_amount(match) for match in sig.take(AMOUNT)], name, then_at)
    return _checked(read, product, names, sig), doses


def _after_name(match: Match[str]) -> bool:
    return AFTER_NAME.search(match.string[max(0, match.start() - LOOK_BACK) : match.start()]) is not None


def _amount(match: Match[str]) -> Amount:
    volume, per = match.group(4), match.group(5)
    number = str(upper(match))
    value, unit, _ = amount_of(number, match.group(3), volume, per)
    kind = CONCENTRATION if per in VOLUMES else STRENGTH if per else PLAIN
    if per == "dose":
        kind = DOSE
    elif per == "kg":
        kind = REFUSED
    ranged = match.group(2) is not None
    return Amount(match.start(), value, unit, kind, ranged, _after_name(match), match.group().strip()[:60])


def _classified(amounts: list[Amount], name: str, then_at: int | None) -> tuple[Strengths, list[Dose]]:
    """Sort the amounts into the strength and the doses."""
    wrong = [amount for amount in amounts if amount.kind == REFUSED]
    if wrong:
        why = "a dose by weight; the amount of one dose is needed"
        return Strengths({name: None}, unread=[Unread(wrong[0].text, why)], refused=True), []
    stated = [amount for amount in amounts if amount.kind in {CONCENTRATION, STRENGTH}]
    plain = [amount for amount in amounts if amount.kind in {DOSE, PLAIN}]
    if len({(amount.value, amount.kind) for amount in stated}) > 1:
        return _refused(name, stated[1].text, "two different strengths are written")
    if stated:
        return _with_doses(stated[0], plain, name)
    if not plain:
        return Strengths({name: None}), []
    if len(plain) == 1:
        return Strengths({name: plain[0].value}, plain[0].unit, from_dose=plain[0].ranged), []
    product_first = plain[0].after_name and not plain[0].ranged
    steps = then_at is not None and (len(plain) == 2 and plain[1].at > then_at > plain[0].at)
    if product_first and not steps:
        return _with_doses(plain[0], plain[1:], name)
    if steps or not plain[0].after_name:
        smallest = min(plain, key=lambda amount: amount.value)
        read, doses = _with_doses(smallest, plain, name)
        read.from_dose = True
        return read, doses
    return _refused(name, plain[1].text, "two amounts are written, and which is the dose is not clear")


def _refused(name: str, what: str, why: str) -> tuple[Strengths, list[Dose]]:
    return Strengths({name: None}, unread=[Unread(what, why)], refused=True), []


def _with_doses(strength: Amount, plain: Sequence[Amount], name: str) -> tuple[Strengths, list[Dose]]:
    """Doses in mg counted in units of the strength; a tablet can be halved or quartered, no further."""
    per = PER_ML if strength.kind == CONCENTRATION else PER_UNIT
    read = Strengths({name: strength.value}, strength.unit, per)
    doses: list[Dose] = []
    for amount in plain:
        if strength.value == 0 or amount.unit != strength.unit:
            return _refused(name, amount.text, "its unit does not fit the strength")
        units = amount.value / strength.value
        if per == PER_UNIT and (units * QUARTERS).denominator != 1:
            return _refused(
                name, amount.text, "the dose is no number of whole, half or quarter tablets of this strength"
            )
        doses.append(Dose(amount.at, units))
    return read, doses


def _checked(read: Strengths, product: Product, names: DrugNames, sig: SigText) -> Strengths:
    """Compare with the table: a brand's only strength, a slip of the pen, a dose that is no tablet strength."""
    if read.refused:
        return read
    name = product.ingredients[0].name
    amount = read.amounts[name]
    if amount is None:
        return only_strength(product) or read
    solid = frozenset[Fraction]() if ON_THE_SKIN.search(sig.line) else names.amounts(name)
    if amount == 0 or (
        product.form in SWALLOWED and read.per == PER_UNIT and solid and amount > FAR_ABOVE * max(solid)
    ):
        why = "this is no possible strength" if amount == 0 else "far above every strength that is sold"
        return _refused(name, product.name, why)[0]
    read.from_dose = read.from_dose or bool(read.per == PER_UNIT and solid and amount not in solid)
    return read


def offered_strengths(product: Product) -> tuple[str, ...]:
    """What the question may offer for a brand without a strength, at most five."""
    return tuple(shown(strength) for strength in product.strengths if strength.per_ml is None)[:5]
