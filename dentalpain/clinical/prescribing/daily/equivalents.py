"""Morphine milligram equivalents: dated editions of the factors, per prescription and in sum, with the arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ....errors import NoValueOnDayError, UnknownNameError
from ...quantities import plain, rounded
from ..prescription import Ingredient, Prescription
from .units_a_day import is_average, shown_units, units_a_day

OPIOID = "opioid"
TREATMENT = "treatment"
NOT_RECOGNISED = "not recognised"
DEFAULT_EDITION = "cdc2022"
LEGACY_EDITION = "legacy2018"
BY_DAY = ("cdc2022", "cdc2016")  # clinical editions, the newest first; the analytic file never stands for a day
MG, MCG, MCG_PER_HOUR, PATCHES = "mg", "mcg", "mcg/h", "mcg/h a patch a day"
STEP = Decimal("0.001")  # of a day's amount, before anything is compared: strengths per mL may be rounded decimals
# Xtampza ER is labelled as oxycodone base: 9 mg stand for 10 mg of the hydrochloride that the factor means.
BASE_TO_HYDROCHLORIDE = {"oxycodone myristate": (Decimal(10), Decimal(9))}


@dataclass(frozen=True, slots=True)
class Factor:
    """One row: the factor per mg, per mcg or per mcg/h, for a form or route where it names one, between two doses."""

    ingredient: str
    per: str
    form: str
    route: str
    above_mg: Decimal
    to_mg: Decimal | None
    factor: Decimal
    citation: str

    def fits(self, form: str, route: str) -> bool:
        """Whether the row speaks of this form and route."""
        return self.form in {"", form} and self.route in {"", route}


@dataclass(frozen=True, slots=True)
class Edition:
    """All factors of one publication, and its first day."""

    id: str
    first_day: dt.date
    factors: Mapping[str, tuple[Factor, ...]]


class Equivalents:
    """The editions of the table of morphine equivalents."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        held: dict[str, dict[str, list[Factor]]] = {}
        first: dict[str, dt.date] = {}
        for row in rows:
            first[row["edition"]] = dt.date.fromisoformat(row["first_day"])
            held.setdefault(row["edition"], {}).setdefault(row["ingredient"], []).append(_factor(row))
        self.editions = {
            id_: Edition(id_, first[id_], {name: tuple(factors) for name, factors in found.items()})
            for id_, found in held.items()
        }

    def edition(self, id_: str = DEFAULT_EDITION) -> Edition:
        """The edition of that id; raises UnknownNameError."""
        found = self.editions.get(id_)
        if found is None:
            raise UnknownNameError(
                f"no edition '{id_}' of the morphine equivalents.", mend=f"Use {', '.join(self.editions)}."
            )
        return found

    def on(self, day: dt.date) -> Edition:
        """The newest clinical edition that was in force on a day; raises NoValueOnDayError before the first."""
        for id_ in BY_DAY:
            if self.editions[id_].first_day <= day:
                return self.editions[id_]
        first = self.editions[BY_DAY[-1]].first_day.isoformat()
        raise NoValueOnDayError(
            f"Morphine equivalents have no edition for {day.isoformat()}; the first day is {first}."
        )


@dataclass(frozen=True, slots=True)
class Mme:
    """One prescription in MME: per day, in its largest single dose, the working, or why it is not counted.

    `legacy_estimate`: MME a day by the 2018 analytic file where the edition has no factor; for information alone.
    With an amount and `not_counted` both, code and text name different opioids, and `missing` is the one without.
    """

    mme_per_day: Decimal | None = None
    single_dose: Decimal | None = None
    arithmetic: tuple[str, ...] = ()
    not_counted: str | None = None
    legacy_estimate: Decimal | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An opioid, or a medicine that may be one, that the total lacks."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class MmeTotal:
    """MME a day of all opioids; `total` is 0 without an opioid and None where none can be counted."""

    total: Decimal | None
    is_minimum: bool
    not_counted: tuple[NotCounted, ...]
    edition: str
    single_dose: Decimal | None
    arithmetic: tuple[str, ...] = field(default=())


def _factor(row: Mapping[str, Any]) -> Factor:
    upper = Decimal(row["to_mg"]) if row["to_mg"] else None
    above = Decimal(row["from_mg"] or 0)
    return Factor(
        row["ingredient"], row["per"], row["form"], row["route"], above, upper, Decimal(row["factor"]), row["citation"]
    )


def opioids_of(prescription: Prescription) -> tuple[Ingredient, ...]:
    """The ingredients that act as opioids."""
    return tuple(part for part in prescription.ingredients if OPIOID in part.classes)


def mme_of(
    prescription: Prescription,
    edition: Edition,
    legacy: Edition | None = None,
    tier_mg: Mapping[str, Decimal] | None = None,
) -> Mme:
    """The MME of one prescription; `tier_mg`: mg a day over all prescriptions, for factors that grow with the dose."""
    opioids = opioids_of(prescription)
    if not opioids:
        return Mme(Decimal(0), Decimal(0))
    if prescription.addiction_treatment:
        return Mme(not_counted=TREATMENT)
    counted = [_ingredient_mme(part, prescription, edition, tier_mg or {}) for part in opioids]
    if prescription.either:
        return _riskier(opioids, counted)
    reason = next((one.not_counted for one in counted if one.not_counted), None)
    if reason is not None:
        estimate = mme_of(prescription, legacy).mme_per_day if legacy else None
        return Mme(not_counted=reason, legacy_estimate=estimate)
    singles = [one.single_dose for one in counted if one.single_dose is not None]
    return Mme(
        sum((one.mme_per_day or Decimal(0) for one in counted), Decimal(0)),
        sum(singles, Decimal(0)) if singles else None,
        tuple(step for one in counted for step in one.arithmetic),
    )


def _riskier(opioids: Sequence[Ingredient], counted: Sequence[Mme]) -> Mme:
    """Code and text name different opioids: the one that weighs most counts; one without a number may weigh more."""
    known = sorted((one for one in counted if one.mme_per_day is not None), key=lambda one: -(one.mme_per_day or 0))
    missing = [(part.name, one.not_counted) for part, one in zip(opioids, counted, strict=True) if one.not_counted]
    names, reason = "/".join(name for name, _ in missing), next((why for _, why in missing), None)
    if not known:
        return Mme(not_counted=reason, missing=names)
    singles = [one.single_dose for one in known if one.single_dose is not None]
    others = "; ".join(step for one in known[1:] for step in one.arithmetic)
    steps = known[0].arithmetic
    if others:
        steps = (f"{' '.join(steps)} (counted; the other name gives {others})",)
    return Mme(known[0].mme_per_day, max(singles, default=None), steps, reason, missing=names)


def _ingredient_mme(
    part: Ingredient, prescription: Prescription, edition: Edition, tier_mg: Mapping[str, Decimal]
) -> Mme:
    factors = edition.factors.get(part.name, ())
    fitting = [row for row in factors if row.fits(prescription.form, prescription.route)]
    if not fitting or prescription.form == "injection":
        return Mme(not_counted=f"no factor in {edition.id}")
    if part.strength is None:
        return Mme(not_counted="strength not known")
    if fitting[0].per == MCG_PER_HOUR:
        return _patch_mme(part, prescription, fitting[0])
    strength = _in_unit(part, fitting[0].per)
    if strength is None:
        return Mme(not_counted=f"no factor in {edition.id}")
    units = units_a_day(prescription)
    if units is None:
        return Mme(not_counted="dose or frequency not known")
    daily = amount_a_day(part.strength, units)
    row = _tier(fitting, tier_mg.get(part.name, daily))
    number, divisor = BASE_TO_HYDROCHLORIDE.get(part.salt, (Decimal(1), Decimal(1)))
    mme = settled(strength * units * row.factor * number / divisor)
    dose = prescription.units_per_dose
    single = (
        settled(strength * dose * row.factor * number / divisor) if dose is not None and row.per != PATCHES else None
    )
    as_base = f" × {number}/{divisor}" if number != divisor else ""
    step = f"{_amount(part)} × {shown_units(prescription, units)} × {plain(row.factor)}{as_base} = {_result(mme)}"
    return Mme(mme, single, (step,))


def _patch_mme(part: Ingredient, prescription: Prescription, row: Factor) -> Mme:
    """A patch counts once for every patch that is worn, however often it is changed."""
    assert part.strength is not None  # the caller looked
    if part.unit != MCG_PER_HOUR:
        return Mme(not_counted="strength not known")
    worn = prescription.units_per_dose if prescription.units_per_dose is not None else Decimal(1)
    mme = settled(part.strength * worn * row.factor)
    step = f"{plain(part.strength)} mcg/h × {plain(worn)} × {plain(row.factor)} = {_result(mme)}"
    return Mme(mme, None, (step,))


def _in_unit(part: Ingredient, per: str) -> Decimal | None:
    """The strength in the unit that the factor is for; None for a unit that it does not speak of."""
    strength, unit = part.strength or Decimal(0), part.unit.removesuffix("/mL")
    if per == PATCHES:
        return strength if unit == MCG_PER_HOUR else None
    if unit == per:
        return strength
    return {(MCG, MG): strength / 1000, (MG, MCG): strength * 1000}.get((unit, per))


def _tier(rows: Sequence[Factor], daily_mg: Decimal) -> Factor:
    """The row for this many mg a day: above its lower end, up to and with its upper end."""
    return next(row for row in rows if row.to_mg is None or daily_mg <= row.to_mg)


def amount_a_day(strength: Decimal, units: Decimal) -> Decimal:
    """Strength × units a day, to a thousandth."""
    return settled(strength * units)


def settled(amount: Decimal) -> Decimal:
    """To a thousandth, so that 0.333333 patches or 21.666667 mg/mL do not move a sum across a limit."""
    return amount.quantize(STEP).normalize() + 0


def _amount(part: Ingredient) -> str:
    return f"{plain(part.strength or Decimal(0))} {part.unit}"


def _result(mme: Decimal) -> str:
    return plain(rounded(mme, "0.1"))


def mme_total(
    proposed: Sequence[Prescription], current: Sequence[Prescription], edition: Edition, legacy: Edition | None = None
) -> MmeTotal:
    """The sum over all prescriptions, rounded to 0.1 at the end; `single_dose` is the largest proposed one."""
    every = (*proposed, *current)
    tiers = _tier_amounts(every)
    results = [(one, mme_of(one, edition, legacy, tiers)) for one in every]
    counted = [result.mme_per_day for one, result in results if opioids_of(one) and result.mme_per_day is not None]
    missing = tuple(_not_counted(one, result) for one, result in results if result.not_counted or not one.recognised)
    opioid = any(opioids_of(one) for one in every)
    total = rounded(sum(counted, Decimal(0)), "0.1") if counted else None if opioid else Decimal(0)
    singles = [mme_of(one, edition, None, tiers).single_dose for one in proposed if opioids_of(one)]
    known = [single for single in singles if single is not None]
    return MmeTotal(
        total,
        any(one.reason != TREATMENT for one in missing) or any(is_average(one) and opioids_of(one) for one in every),
        missing,
        edition.id,
        rounded(max(known), "0.1") if known else None,
        tuple(step for _, result in results for step in result.arithmetic),
    )


def _not_counted(prescription: Prescription, result: Mme) -> NotCounted:
    if result.not_counted is None:
        return NotCounted(prescription.unread[0].what if prescription.unread else "medicine", NOT_RECOGNISED)
    named = result.missing or "/".join(part.name for part in opioids_of(prescription))
    return NotCounted(named, result.not_counted)


def _tier_amounts(every: Sequence[Prescription]) -> dict[str, Decimal]:
    """Mg a day of each opioid over all prescriptions that are not addiction treatment and can be read."""
    amounts: dict[str, Decimal] = {}
    for one in every:
        for part in opioids_of(one):
            if part.strength is not None and one.units_per_day_max is not None and not one.addiction_treatment:
                daily = amount_a_day(part.strength, one.units_per_day_max)
                amounts[part.name] = amounts.get(part.name, Decimal(0)) + daily
    return amounts
