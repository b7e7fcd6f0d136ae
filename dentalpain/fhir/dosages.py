"""Dosage instructions in FHIR's structure, as the steps that the reader of prescriptions takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from ..clinical.prescribing.prescription import Prescription
from ..clinical.prescribing.texts.parts import Dosage
from .elements import Json, first_code, mapping, number, objects, string, text_of

# HL7 GTSAbbreviation: doses, and the period in which they are taken.
TIMING_CODES: dict[str, tuple[int, int, str]] = {
    "qd": (1, 1, "d"), "am": (1, 1, "d"), "pm": (1, 1, "d"), "bed": (1, 1, "d"), "bid": (2, 1, "d"),
    "tid": (3, 1, "d"), "qid": (4, 1, "d"), "qod": (1, 2, "d"), "wk": (1, 1, "wk"), "mo": (1, 1, "mo"),
    **{f"q{hours}h": (1, hours, "h") for hours in (1, 2, 3, 4, 6, 8, 12)},
}  # fmt: skip
# HL7 EventTiming: a code of a meal without its name stands for all three.
EVERY_MEAL = frozenset({"C", "AC", "PC"})
MEALS_A_DAY = 3
HOURS = {"min": Decimal(1) / 60, "h": Decimal(1), "d": Decimal(24), "wk": Decimal(168), "mo": Decimal(720)}
DAYS = {
    "d": 1, "day": 1, "days": 1, "wk": 7, "week": 7, "weeks": 7, "mo": 30, "month": 30, "months": 30, "a": 365,
    "year": 365, "years": 365,
}  # fmt: skip


def instructions(resource: Json) -> list[Json]:
    """The dosage instructions of a request or dispense ('dosageInstruction'), or of a statement ('dosage')."""
    return objects(resource.get("dosageInstruction")) or objects(resource.get("dosage"))


def sig_of(resource: Json) -> str:
    """The directions in words, one line; the steps of a taper joined by 'then'."""
    written = (string(item.get("text")) or string(item.get("patientInstruction")) for item in instructions(resource))
    lines = [" ".join(text.replace(";", ",").split()) for text in written]
    return ", then ".join(dict.fromkeys(line for line in lines if line))


def rhythm_in_words(item: Json) -> str:
    """How often, where it stands in nothing but the words or the name of `timing.code` ('twice a day'); else ''."""
    timing = mapping(item.get("timing"))
    return "" if _timing(timing) != NO_TIMING else text_of(timing.get("code"))


def dosages_of(resource: Json, read: Callable[[str], Prescription]) -> tuple[Dosage, ...]:
    """One step for each sequence number, with the supply of the order on the first.

    Instructions of one sequence number are taken beside each other, and their doses of a day add up. `read` reads a
    rhythm that is given in words.
    """
    steps: dict[Decimal | None, list[Dosage]] = {}
    for item in instructions(resource):
        words = rhythm_in_words(item)
        held = _with_rhythm(_dosage(item), read(words)) if words else _dosage(item)
        steps.setdefault(number(item.get("sequence")), []).append(held)
    found = [dosage for step in steps.values() for dosage in _beside(step)] or [Dosage()]
    first = replace(found[0], days=_days_in_all(steps.values()))
    return (_with_supply(first, resource), *found[1:])


def _with_rhythm(dosage: Dosage, read: Prescription) -> Dosage:
    return replace(
        dosage,
        frequency=read.doses_per_day,
        as_needed=dosage.as_needed or read.as_needed,
        days=dosage.days or read.days_supply,
    )


def _days_in_all(steps: Iterable[list[Dosage]]) -> Decimal | None:
    """The days of the steps of a taper, one after the other; None where one of them has no end."""
    lasting = [max((d.days for d in step if d.days is not None), default=None) for step in steps]
    known = [days for days in lasting if days is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(lasting) else None


def _dosage(item: Json) -> Dosage:
    doses = _doses(item)
    dose, unit = doses[0] if doses else (None, "")
    cap, cap_unit, cap_days = _cap(item)
    frequency, period, period_unit, times = _timing(mapping(item.get("timing")))
    return Dosage(
        dose=dose,
        dose_unit=unit,
        frequency=frequency,
        period=period,
        period_unit=period_unit,
        times_of_day=times,
        as_needed=item.get("asNeededBoolean") is True or bool(mapping(item.get("asNeededCodeableConcept"))),
        cap=cap,
        cap_unit=cap_unit,
        cap_days=cap_days,
        other_doses=tuple(doses[1:]),
        days=_days(mapping(mapping(item.get("timing")).get("repeat")), frequency, period, period_unit, times),
    )


def _days(repeat: Json, frequency: Decimal | None, period: Decimal | None, period_unit: str, times: int) -> Decimal | None:
    """How long a step lasts: a duration, the longer end of a range, first to last day, or a number of doses."""
    stated = days_of(mapping(repeat.get("boundsDuration"))) or days_of(mapping(mapping(repeat.get("boundsRange")).get("high")))
    if stated is not None:
        return stated
    bounds = mapping(repeat.get("boundsPeriod"))
    first, last = (_day(bounds.get(end)) for end in ("start", "end"))
    if first is not None and last is not None and first <= last:
        return Decimal((last - first).days + 1)
    doses = number(repeat.get("countMax")) or number(repeat.get("count"))
    daily = _daily(Dosage(Decimal(1), "", frequency, period, period_unit, times))
    if doses is None or doses <= 0 or daily is None:
        return None
    return (doses / daily).quantize(Decimal(1), ROUND_CEILING)


def _day(written: object) -> dt.date | None:
    """The day of a FHIR dateTime; None for one that names a month or year alone."""
    try:
        return dt.date.fromisoformat(string(written)[:10])
    except ValueError:
        return None


def _doses(item: Json) -> list[tuple[Decimal, str]]:
    """The dose in each of its units, the largest first: the high end of a range, else the quantity.

    Systems send one dose as what was ordered, calculated and given: 10 mg, and 2 tablets; some beside `doseAndRate`, some
    with an object in place of its list.
    """
    largest: dict[str, Decimal] = {}
    held = item.get("doseAndRate")
    for rate in (*objects([held] if isinstance(held, dict) else held), item):
        high = mapping(mapping(rate.get("doseRange")).get("high"))
        for quantity in (high, mapping(rate.get("doseQuantity"))):
            value, unit = number(quantity.get("value")), _unit(quantity)
            if value is not None:
                largest[unit] = max(value, largest.get(unit, value))
                break
    return sorted(((value, unit) for unit, value in largest.items()), reverse=True)


def _unit(quantity: Json) -> str:
    return string(quantity.get("unit")) or string(quantity.get("code"))


def _cap(item: Json) -> tuple[Decimal | None, str, Decimal]:
    """The most in a period, and the period in days."""
    ratio = mapping(item.get("maxDosePerPeriod"))
    most, over = mapping(ratio.get("numerator")), mapping(ratio.get("denominator"))
    value, period = number(most.get("value")), number(over.get("value")) or Decimal(1)
    hours = HOURS.get(string(over.get("code"))) or HOURS.get(string(over.get("unit"))[:1])
    if value is None or hours is None:
        return None, "", Decimal(1)
    return value, _unit(most), period * hours / 24


NO_TIMING: tuple[Decimal | None, Decimal | None, str, int] = (None, None, "d", 0)


def _timing(timing: Json) -> tuple[Decimal | None, Decimal | None, str, int]:
    """The higher frequency over the shorter period, a code such as Q6H, or a number of times of day."""
    repeat = mapping(timing.get("repeat"))
    frequency = number(repeat.get("frequencyMax")) or number(repeat.get("frequency"))
    period = number(repeat.get("period"))
    unit, slots = string(repeat.get("periodUnit")) or "d", _slots(repeat)
    if frequency is not None or period is not None:
        daily = unit == "d" and (period or 1) == 1
        if daily and slots > (frequency or 1):  # 'once a day, at 8 and at 14 h': the riskier reading
            frequency = Decimal(slots)
        return frequency, period, unit, 0
    if slots:
        return None, None, "d", slots
    coded = TIMING_CODES.get(first_code(timing.get("code"))) or TIMING_CODES.get(_code_text(timing))
    return (Decimal(coded[0]), Decimal(coded[1]), coded[2], 0) if coded else NO_TIMING


def _slots(repeat: Json) -> int:
    """How many times of day are named; a meal without its name counts all three."""
    clock, events = (held if isinstance(held, list) else [] for held in (repeat.get("timeOfDay"), repeat.get("when")))
    named = sum(MEALS_A_DAY if string(event).upper() in EVERY_MEAL else 1 for event in events)
    return max(len(clock), named)


def _code_text(timing: Json) -> str:
    return string(mapping(timing.get("code")).get("text")).strip().lower()


def days_of(duration: Json) -> Decimal | None:
    """Days of a Duration; its code, or its unit in words where the code is missing."""
    value = number(duration.get("value"))
    each = DAYS.get(string(duration.get("code"))) or DAYS.get(string(duration.get("unit")).lower())
    return value * each if value is not None and value > 0 and each else None


def _with_supply(first: Dosage, resource: Json) -> Dosage:
    held = mapping(resource.get("dispenseRequest"))
    quantity = mapping(held.get("quantity")) or mapping(resource.get("quantity"))
    repeats = number(held.get("numberOfRepeatsAllowed"))
    return replace(
        first,
        quantity=number(quantity.get("value")),
        quantity_unit=_unit(quantity),
        days=days_of(mapping(held.get("expectedSupplyDuration")))
        or days_of(mapping(resource.get("daysSupply")))
        or first.days,
        refills=int(repeats) if repeats is not None else None,
    )


def _beside(step: list[Dosage]) -> Iterable[Dosage]:
    """Instructions that are taken beside each other as one, if they can be added; else each as it is."""
    if len(step) == 1:
        return step
    step = _in_one_unit(step)
    if len({dosage.dose_unit for dosage in step}) > 1:
        return step
    daily = [_daily(dosage) for dosage in step]
    known = [amount for amount in daily if amount is not None]
    if len(known) < len(step):
        return step
    largest = max(dosage.dose or Decimal(0) for dosage in step)
    whole = replace(step[0], dose=largest, frequency=sum(known) / largest, period=Decimal(1), period_unit="d")
    return [replace(whole, times_of_day=0, as_needed=any(dosage.as_needed for dosage in step))]


def _in_one_unit(step: list[Dosage]) -> list[Dosage]:
    """The doses in a unit that all instructions of the step give, if there is one."""
    ways = [{unit: value for value, unit in ((d.dose or Decimal(0), d.dose_unit), *d.other_doses)} for d in step]
    common = next((unit for unit in ways[0] if all(unit in way for way in ways)), None)
    if common is None:
        return step
    return [replace(d, dose=way[common] or None, dose_unit=common, other_doses=()) for d, way in zip(step, ways, strict=True)]


def _daily(dosage: Dosage) -> Decimal | None:
    if dosage.dose is None or dosage.dose <= 0:
        return None
    if dosage.times_of_day:
        return dosage.dose * dosage.times_of_day
    hours = HOURS.get(dosage.period_unit)
    period = dosage.period or Decimal(1)
    if hours is None or period <= 0 or (dosage.frequency is None and dosage.period is None):
        return None
    return dosage.dose * (dosage.frequency or Decimal(1)) * 24 / (period * hours)
