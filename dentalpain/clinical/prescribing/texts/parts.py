"""Structured directions, as FHIR carries them, read beside the text; where the two differ the riskier counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ..prescription import Ingredient, Prescription, Unread
from .assembling import NO_DIRECTIONS, day_limits, decimal, shown
from .differing import coded_ingredients, with_codes, with_higher_strengths
from .names import DrugNames
from .reading import read_prescription
from .sig_words import SOLID_UNITS, TIMES, UNITS, VOLUMES_ML

# UCUM and FHIR codes of periods in days; a month counts 30 days, a year 365.
PERIOD_DAYS = {
    "s": Fraction(1, 86_400), "min": Fraction(1, 1440), "h": Fraction(1, 24), "d": Fraction(1), "wk": Fraction(7),
    "mo": Fraction(30), "a": Fraction(365),
}  # fmt: skip
FROM_WORDS = {"hour": "h", "day": "d", "week": "wk", "month": "mo", "minute": "min"}
UNIT_CODES = {
    "tbl": "tab",
    "tabs": "tab",
    "cap": "cap",
    "puff": "puff",
    "spray": "spray",
    "pill": "tab",
    "1": "",
    "each": "",
}
MASS_IN_MG = {"mg": Fraction(1), "g": Fraction(1000), "mcg": Fraction(1, 1000)}
MOST_UNITS_A_DAY = 200  # plausibility limits of the reader, not clinical ones
MOST_ML_A_DAY = 3000
MOST_UNITS_A_DOSE = 4  # of a combination whose dose is written as a mass


@dataclass(frozen=True, slots=True)
class Dosage:
    """One structured dosage: the upper dose, the largest frequency in the shortest period, cap, supply.

    Units as written ('TAB', '{tbl}', 'mg', 'mL', ''); `period_unit` is a UCUM code or a word. None: not given.
    """

    dose: Decimal | None = None
    dose_unit: str = ""
    frequency: Decimal | None = None
    period: Decimal | None = None
    period_unit: str = "d"
    times_of_day: int = 0
    as_needed: bool = False
    cap: Decimal | None = None
    cap_unit: str = ""
    cap_days: Decimal = Decimal(1)
    quantity: Decimal | None = None
    quantity_unit: str = ""
    days: Decimal | None = None
    refills: int | None = None
    other_doses: tuple[tuple[Decimal, str], ...] = ()  # the same dose in other units: 10 mg beside 2 tablets


def prescription_from_parts(
    text: str,
    rxcuis: Sequence[str],
    dosage: Dosage | Sequence[Dosage] | None,
    names: DrugNames,
    displays: Sequence[str] = (),
) -> Prescription:
    """A prescription from its text (medicine, then sig), the codes of its medicine, and its structured dosage.

    `displays` are the names that stand beside the codes. Several dosages are the steps of a taper: the heaviest day
    counts. Where code and text, or text and structure, differ, the riskier reading counts and `unread` shows both.
    """
    steps = (dosage,) if isinstance(dosage, Dosage) else tuple(dosage or ())
    coded = coded_ingredients(rxcuis, displays, names)
    read = with_codes(with_higher_strengths(read_prescription(text, names), coded), coded)
    for step in steps:
        read = _with_mass_as_strength(read, step)
    return _with_dosages(read, steps) if steps else read


def _unit(written: str) -> str:
    """A unit in the words of the grammar; '' counts dose units; one that is not known is given back."""
    plain = written.casefold().strip("{}[]() .")
    return UNIT_CODES.get(plain, UNITS.get(plain, plain))


def _with_mass_as_strength(read: Prescription, step: Dosage) -> Prescription:
    """'400 mg every 6 h' of a medicine without a strength: the dose itself is the unit."""
    unit = _unit(step.dose_unit)
    if step.dose is None or step.dose <= 0 or unit not in MASS_IN_MG or len(read.ingredients) != 1:
        return read
    part = read.ingredients[0]
    if part.strength is not None:
        return read
    mg = decimal(Fraction(step.dose) * MASS_IN_MG[unit])
    asked = tuple(one for one in read.unread if "strength" not in one.why)
    return replace(read, ingredients=(replace(part, strength=mg, unit="mg"),), unread=asked)


def _dose_in_units(read: Prescription, step: Dosage) -> tuple[Fraction | None, str]:
    """The dose in units of the strength, the largest of its ways of writing, or why it cannot be given so."""
    if step.dose is None:
        return None, "the dose is not given"
    ways = [_way_in_units(read, *way) for way in ((step.dose, step.dose_unit), *step.other_doses)]
    return max((way for way in ways if way[0] is not None), key=lambda way: way[0] or 0, default=ways[0])


def _way_in_units(read: Prescription, written: Decimal, dose_unit: str) -> tuple[Fraction | None, str]:
    dose, unit = Fraction(written), _unit(dose_unit)
    liquid = any(part.unit.endswith("/mL") for part in read.ingredients)
    if unit in MASS_IN_MG:
        units = _mass_in_units(dose * MASS_IN_MG[unit], read.ingredients)
        return units, "" if units is not None else "the dose in mg fits the strength of no ingredient"
    if unit in VOLUMES_ML and (liquid or not any(part.strength for part in read.ingredients)):
        return dose * VOLUMES_ML[unit], ""
    if (unit in SOLID_UNITS and not liquid) or (unit == "" and not liquid):
        return dose, ""
    return None, f"the unit '{dose_unit[:20]}' does not fit the strength"


def _mass_in_units(mg: Fraction, parts: Sequence[Ingredient]) -> Fraction | None:
    """A mass in units: of the one ingredient, or of that of a combination which makes halves or quarters of few units.

    '10 mg' of a tablet with 5 mg of hydrocodone and 325 mg of acetaminophen is two tablets.
    """
    scale = {"mg": Fraction(1), "mg/mL": Fraction(1), "mcg": Fraction(1, 1000)}
    if not parts or any(not part.strength or part.unit not in scale for part in parts):
        return None
    units = [mg / (Fraction(part.strength or 1) * scale[part.unit]) for part in parts]
    if len(parts) == 1:
        return units[0]
    fitting = [number for number in units if 0 < number <= MOST_UNITS_A_DOSE and (number * 4).denominator == 1]
    return max(fitting, default=None)


def _times_a_day(step: Dosage) -> tuple[Fraction | None, str]:
    """How often a day at the most, or why it is not known."""
    if step.frequency is None and step.period is None:
        if step.times_of_day:
            return Fraction(step.times_of_day), ""
        return None, "how often is not given"
    unit = step.period_unit.casefold()
    code = FROM_WORDS.get(TIMES.get(unit, unit), unit)
    days = PERIOD_DAYS.get(code)
    period = Fraction(step.period if step.period is not None else 1)
    frequency = Fraction(step.frequency if step.frequency is not None else 1)
    if days is None or period <= 0 or frequency <= 0:
        return None, "the frequency is not possible"
    return frequency / (period * days), ""


def _with_dosages(read: Prescription, steps: tuple[Dosage, ...]) -> Prescription:
    unread: list[Unread] = []
    readings: list[tuple[Fraction, Fraction, Fraction]] = []
    for step in steps:
        dose, why_dose = _dose_in_units(read, step)
        times, why_times = _times_a_day(step)
        if dose is not None and times is not None and _possible(dose * times, read):
            readings.append((dose * times, dose, times))
        elif step.dose is not None or step.frequency is not None or step.period is not None:
            unread.append(Unread("structured dosage", why_dose or why_times or "not a possible dose"))
    structured = max(readings, default=None)
    if unread and len(steps) > 1:
        structured = None  # a step of the taper that cannot be read may be the heaviest
    return _joined(read, steps, structured, unread)


def _possible(units: Fraction, read: Prescription) -> bool:
    liquid = any(part.unit.endswith("/mL") for part in read.ingredients)
    return 0 < units <= (MOST_ML_A_DAY if liquid else MOST_UNITS_A_DAY)


def _joined(
    read: Prescription,
    steps: tuple[Dosage, ...],
    structured: tuple[Fraction, Fraction, Fraction] | None,
    unread: list[Unread],
) -> Prescription:
    """Text and structure in one: the higher daily dose, the larger quantity, the longer supply."""
    first = steps[0]
    written = _fraction(read.units_per_day_written)
    quantity = _larger("quantity", _fraction(read.quantity), _fraction(first.quantity), unread)
    days = _larger("days", _fraction(read.days_supply), _fraction(first.days), unread)
    dose, times = _fraction(read.units_per_dose), _fraction(read.doses_per_day)
    if structured is not None:
        if written is not None and written != structured[0]:
            both = f"the text says {shown(written)} a day, the structure {shown(structured[0])}; the higher counts"
            unread.append(Unread("daily dose", both))
        if written is None or structured[0] > written:
            written, dose, times = structured
    caps = [cap for cap in (_cap(read, step) for step in steps) if cap is not None]
    if read.units_per_day_max is not None and structured is None:
        caps.append(Fraction(read.units_per_day_max))
    limits = day_limits(written, caps, _countable(quantity, first, read), days)
    settled_text = tuple(one for one in read.unread if structured is None or one.what not in ASKED_OF_TEXT)
    return replace(
        read,
        units_per_dose=decimal(dose),
        doses_per_day=decimal(times),
        units_per_day_written=decimal(written),
        units_per_day_max=decimal(limits.units_per_day),
        quantity=decimal(quantity),
        days_supply=decimal(limits.days),
        refills=first.refills if read.refills is None else read.refills,
        as_needed=read.as_needed or any(step.as_needed for step in steps),
        unread=(*settled_text, *unread),
        arithmetic=limits.working if structured is not None else read.arithmetic,
        units_per_day_average=None if unread or limits.units_per_day is not None else _average(read, quantity, days, first),
    )


ASKED_OF_TEXT = frozenset({"how often", "dose", NO_DIRECTIONS})


def _average(read: Prescription, quantity: Fraction | None, days: Fraction | None, step: Dosage) -> Decimal | None:
    """Quantity by days where no direction is written at all; one that cannot be read is asked, not averaged."""
    written = read.units_per_dose is not None or read.doses_per_day is not None or step.dose is not None
    unclear = any(one.what != NO_DIRECTIONS and not one.why.startswith("the code says") for one in read.unread)
    units = _countable(quantity, step, read)
    return None if written or unclear or units is None or days is None else decimal(units / days)


def _fraction(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _larger(name: str, text: Fraction | None, given: Fraction | None, unread: list[Unread]) -> Fraction | None:
    if given is not None and given <= 0:
        unread.append(Unread(name, "the structure gives no possible number"))
        return text
    if text is not None and given is not None and text != given:
        unread.append(Unread(name, f"the text says {shown(text)}, the structure {shown(given)}; the larger counts"))
    return max((number for number in (text, given) if number is not None), default=None)


def _cap(read: Prescription, step: Dosage) -> Fraction | None:
    if step.cap is None or step.cap <= 0 or step.cap_days <= 0:
        return None
    as_dose, _ = _dose_in_units(read, Dosage(dose=step.cap, dose_unit=step.cap_unit))
    return None if as_dose is None else as_dose / Fraction(step.cap_days)


def _countable(quantity: Fraction | None, step: Dosage, read: Prescription) -> Fraction | None:
    """The quantity, unless its unit does not count what the dose counts."""
    if quantity is None:
        return None
    liquid = any(part.unit.endswith("/mL") for part in read.ingredients)
    unit = _unit(step.quantity_unit)
    if liquid:
        return quantity * VOLUMES_ML[unit] if unit in VOLUMES_ML else None
    return None if unit in VOLUMES_ML or unit in MASS_IN_MG else quantity
