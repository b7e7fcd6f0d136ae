"""Putting a prescription together: caps, quantity and days, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from ..prescription import Ingredient, Prescription, Unread
from .forms import form_of, is_addiction_treatment, is_extended_release, route_of
from .names import DrugNames
from .products import Product
from .regimen import Regimen
from .segments import Segment
from .sig import ONCE, Cap, Directions
from .sig_words import VOLUMES_ML
from .strengths import PER_ML, Strengths

PLACES = Decimal("0.000001")
WEIGHED = frozenset({"opioid", "nsaid", "analgesic"})
NO_RULE = frozenset({"recognised_no_rule"})
SODIUM_ONLY = frozenset(
    {Fraction(220), Fraction(275), Fraction(550)}
)  # naproxen tablets that exist as the sodium salt alone
ACETAMINOPHEN = "acetaminophen"
GOES_ON = re.compile(  # a last step without an end
    r"\bthen (?:, )?(?:only )?(?:prn|(?:as|if|when) (?:needed|required|necessary))\b"
    r"|\bthen\b(?!.*(?:\bthen\b|\b(?:x|for) (?:\d|an? |one|two|three|four|five|the next)|\b\d+ (?:d|days?|wks?|weeks?)\b"
    r"|\bstop\b))"
)
AFTERWARDS = re.compile(
    r"\b(?:then|followed by|thereafter|afterwards?|taper\w*|wean\w*|titrat\w*|increas\w*|decreas\w*|reduc\w*)\b"
)
NO_DIRECTIONS = "dose and frequency"
LOCAL_FORMS = frozenset(
    {"topical", "eye", "ear", "inhaled", "nasal steroid", "vaginal", "intrauterine", "implant", "ring"}
)


@dataclass(slots=True)
class Parts:
    """What was read of one prescription, on its way to the whole."""

    text: str
    product: Product
    segment: Segment
    plain_notes: tuple[str, ...] = ()
    directions: Directions = field(default_factory=Directions)
    strengths: Strengths = field(default_factory=Strengths)
    regimen: Regimen = field(default_factory=Regimen)
    dose_unit: str = ""
    strength_asked: tuple[str, ...] | None = None
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: bool = False

    def refuse(self, why: Unread) -> None:
        """No number of this prescription is used, for this reason."""
        self.unread.append(why)
        self.refused = True


@dataclass(frozen=True, slots=True)
class DayLimits:
    """Units a day after caps and quantity, days of supply, and the working."""

    units_per_day: Fraction | None
    days: Fraction | None
    working: tuple[str, ...]


def day_limits(
    written: Fraction | None, caps: Sequence[Fraction], quantity: Fraction | None, days: Fraction | None
) -> DayLimits:
    """The most in a day: what is written, no more than a cap, no more than the whole quantity."""
    working: list[str] = []
    most = min([*([written] if written is not None else []), *caps], default=None)
    if caps and most is not None:
        working.append(f"at most {shown(most)} a day by the cap" if most in caps else "the cap is not reached")
    if most is not None and quantity is not None and quantity < most:
        most = quantity
        working.append(f"the quantity of {shown(quantity)} is the most in a day")
    if days is None and quantity is not None and most:
        days = Fraction(ceil(quantity / most))
        working.append(f"{shown(quantity)} / {shown(most)} a day = {shown(days)} days, rounded up")
    return DayLimits(most, days, tuple(working))


def decimal(number: Fraction | None) -> Decimal | None:
    """A fraction as a decimal, exact where it can be, else to six places."""
    if number is None:
        return None
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    if Fraction(exact) == number:
        return exact
    return exact.quantize(PLACES)


def shown(number: Fraction) -> str:
    """A number for the working: no trailing zeros, at most six places."""
    text = format(decimal(number) or Decimal(0), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def assemble(parts: Parts, names: DrugNames) -> Prescription:
    """The prescription, with every number that may be used and every question."""
    directions = parts.directions
    form = form_of(parts.product, parts.strengths, parts.dose_unit, directions.form_words, parts.segment.tokens)
    route = route_of(parts.product, directions.route, form)
    extended, sibling_note = is_extended_release(parts.product, parts.strengths, form, parts.segment.tokens, names)
    ingredients = _ingredients(parts, form)
    regimen = Regimen() if parts.refused else parts.regimen
    quantity = _comparable_quantity(parts)
    limits = day_limits(
        regimen.units_per_day,
        [] if parts.refused else _caps_in_units(parts),
        quantity,
        None if _goes_on(parts) else _stated_days(directions, regimen),
    )
    _ask(parts, limits, form)
    return Prescription(
        parts.text,
        ingredients,
        form,
        route,
        decimal(regimen.largest_dose),
        decimal(regimen.doses_per_day),
        decimal(regimen.units_per_day),
        decimal(limits.units_per_day),
        decimal(directions.quantity),
        decimal(limits.days),
        directions.refills,
        directions.as_needed,
        extended,
        _sequestered(ingredients),
        not any(part.classes - NO_RULE for part in ingredients),
        _all_unread(parts),
        _dose_working(regimen) + limits.working,
        is_addiction_treatment(parts.product, ingredients, form, parts.segment.tokens),
        (*_notes(parts), *sibling_note),
        units_per_day_average=decimal(_average(parts, quantity)) if limits.units_per_day is None else None,
    )


def _average(parts: Parts, quantity: Fraction | None) -> Fraction | None:
    """Quantity by days where no direction is written at all; one that cannot be read is asked, not averaged."""
    directions, regimen = parts.directions, parts.regimen
    written = regimen.largest_dose is not None or directions.frequencies or directions.caps
    unclear = parts.refused or regimen.unread or directions.unread
    return None if written or unclear or quantity is None or directions.days is None else quantity / directions.days


def _dose_working(regimen: Regimen) -> tuple[str, ...]:
    dose, times, day = regimen.largest_dose, regimen.doses_per_day, regimen.units_per_day
    if dose is None or times is None or day is None:
        return ()
    if dose * times == day:
        return (f"{shown(dose)} × {shown(times)} = {shown(day)} a day",)
    return (f"heaviest day: {shown(day)}",)


def _ingredients(parts: Parts, form: str) -> tuple[Ingredient, ...]:
    strengths = parts.strengths
    unit = "mcg/h" if form == "patch" and strengths.unit == "mcg" else strengths.unit
    unit = f"{unit}/mL" if strengths.per == PER_ML else unit
    whole: list[Ingredient] = []
    for part in parts.product.ingredients:
        amount = None if strengths.refused else strengths.amounts.get(part.name)
        salt = "naproxen sodium" if part.name == "naproxen" and amount in SODIUM_ONLY else part.salt
        whole.append(replace(part, strength=decimal(amount), unit=unit if amount is not None else "", salt=salt))
    return tuple(whole)


def _sequestered(ingredients: tuple[Ingredient, ...]) -> bool:
    """Embeda and Troxyca ER: naltrexone that is released only when the capsule is crushed."""
    held = {part.name for part in ingredients}
    return "naltrexone" in held and any("opioid" in part.classes for part in ingredients)


def _goes_on(parts: Parts) -> bool:
    """'2 tablets for 1 day, then taper', '3 days, then as needed': the days are those of a step, not of the course."""
    words = " ".join(parts.segment.tokens)
    unclear = parts.refused or parts.regimen.unread != ()
    return GOES_ON.search(words) is not None or (unclear and AFTERWARDS.search(words) is not None)


def _stated_days(directions: Directions, regimen: Regimen) -> Fraction | None:
    if directions.days is not None:
        # 'for 1 day, then 1 every 6 hours': the days of one step are not those of the course.
        return directions.days if regimen.steps <= max(directions.day_spans, 1) else None
    if directions.doses_in_all and regimen.doses_per_day:
        return Fraction(ceil(directions.doses_in_all / regimen.doses_per_day))
    single = directions.frequencies and all(frequency.kind == ONCE for frequency in directions.frequencies)
    return Fraction(1) if single and directions.quantity is None else None


def _comparable_quantity(parts: Parts) -> Fraction | None:
    """The quantity in dose units; None where it counts something else, or units whose strength is not known."""
    directions = parts.directions
    quantity, unit = directions.quantity, directions.quantity_unit
    if quantity is None:
        return None
    in_volume = parts.strengths.per == PER_ML or parts.dose_unit in VOLUMES_ML
    if in_volume != (unit in VOLUMES_ML):
        parts.unread.append(
            Unread(f"quantity {shown(quantity)}", "it does not count what the dose counts; write its unit")
        )
        return None
    if parts.strengths.from_dose:
        parts.unread.append(Unread(f"quantity {shown(quantity)}", "the strength of one tablet is not written"))
        return None
    return quantity * VOLUMES_ML.get(unit, Fraction(1))


def _caps_in_units(parts: Parts) -> list[Fraction]:
    caps: list[Fraction] = []
    for cap in parts.directions.caps:
        units = _cap_in_units(cap, parts)
        if units:
            caps.append(units)
        else:
            parts.unread.append(Unread(f"max {shown(cap.amount)} {cap.unit}".strip(), "this cap is not applied"))
    return caps


def _cap_in_units(cap: Cap, parts: Parts) -> Fraction | None:
    """A cap in dose units; a mass counts acetaminophen in a combination, the one ingredient otherwise."""
    if cap.unit == "dose":
        return cap.amount * parts.regimen.largest_dose if parts.regimen.largest_dose else None
    if cap.unit not in {"mg", "mcg", "g"}:
        return cap.amount * VOLUMES_ML.get(cap.unit, Fraction(1))
    amounts = parts.strengths.amounts
    name = next(iter(amounts)) if len(amounts) == 1 else ACETAMINOPHEN
    strength = amounts.get(name)
    mass = cap.amount * (1000 if cap.unit == "g" else 1)
    fits = parts.strengths.unit == ("mg" if cap.unit == "g" else cap.unit)
    return mass / strength if strength and fits else None


def _ask(parts: Parts, limits: DayLimits, form: str) -> None:
    """Questions for what a prescription needs and this one does not say."""
    if form in LOCAL_FORMS:
        return
    if parts.strength_asked is not None and not parts.product.partial and _is_prescribed(parts):
        parts.unread.append(Unread(parts.product.name, "the strength is not written", parts.strength_asked))
    if parts.product.partial:
        parts.unread.append(Unread(parts.product.name, "it holds more than the table lists; read the label"))
    if parts.refused or limits.units_per_day is not None or parts.regimen.unread or parts.directions.unread:
        return
    regimen, directions = parts.regimen, parts.directions
    if regimen.largest_dose is not None:
        parts.unread.append(Unread("how often", "the frequency is not written, or not in a form that can be read"))
    elif directions.frequencies:
        parts.unread.append(Unread("dose", "how much is taken at a time is not written"))
    elif _has_directions(parts):
        parts.unread.append(Unread(NO_DIRECTIONS, "they are not written, or not in a form that can be read"))


def _has_directions(parts: Parts) -> bool:
    """Whether it is a prescription and not an entry of a list; an opioid is always asked for."""
    directions = parts.directions
    given = directions.quantity is not None or directions.days is not None or directions.as_needed
    opioid = any("opioid" in part.classes for part in parts.product.ingredients)
    return given or opioid or "directed" in parts.segment.tokens


def _is_prescribed(parts: Parts) -> bool:
    """Whether a strength matters: directions are given, or the medicine is summed over a day."""
    regimen = parts.regimen
    dosed = regimen.largest_dose is not None or bool(parts.directions.frequencies)
    summed = any(WEIGHED & part.classes for part in parts.product.ingredients)
    return dosed or summed or _has_directions(parts)


def _all_unread(parts: Parts) -> tuple[Unread, ...]:
    every = [*parts.unread, *parts.directions.unread, *parts.strengths.unread, *parts.regimen.unread]
    return tuple(dict.fromkeys(every))


def _notes(parts: Parts) -> tuple[str, ...]:
    mentions = [f"{hit.product.name} is named, but not ordered" for hit in parts.segment.mentions]
    return (*parts.plain_notes, *parts.segment.notes, *mentions, *parts.strengths.notes, *parts.notes)
