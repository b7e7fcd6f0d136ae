"""Observations: the newest usable value of each measurement, in the unit of the table of facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..clinical import measuring
from ..clinical.coding import LOINC
from ..clinical.quantities import PartialDate
from ..clinical.record import Span, Statement
from .bundle import Found
from .elements import Json, codes_of, mapping, moment, objects, string, text_of, when
from .gathering import Gathering
from .measurements import CHOICES, SOURCE, SPECIAL, Reading, adult_then, in_unit
from .values import sent_number, sent_yes_no

USED = frozenset({"final", "amended", "corrected"})
EARLY = frozenset({"preliminary", "registered"})

UPPER_BOUND_OF_DRINKS = frozenset({"11287-0"})  # drinks on a drinking day: the average is no higher
PANELS = frozenset({"85354-9", "55284-4"})
PRESSURE_PAIR = "pressure"
SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"

YES_NO = {
    "pregnant": (
        frozenset({"77386006", "LA15173-0", "pregnant", "yes"}),
        frozenset({"60001007", "LA26683-5", "not pregnant", "no"}),
    ),
    "breastfeeding": (frozenset({"LA29252-6", "yes"}), frozenset({"LA29253-4", "no"})),
}


# eGFR codes that come in pairs split by race, and those of the race-free formula of 2021.
SPLIT_BY_RACE = frozenset({"48642-3", "48643-1", "88293-6", "88294-4"})
WITHOUT_RACE = frozenset({"98979-8", "98980-6"})
RACE_SPLIT_SOURCE = "FHIR Observation, the lower of two values split by race"


def read_observations(gathering: Gathering) -> None:
    """Read every Observation; of each fact the newest value stays."""
    newest: dict[str, tuple[tuple[dt.date, str], str, Statement]] = {}
    for found in gathering.bundle.of_type("Observation"):
        for reading in _readings(found, gathering):
            for statement in _statements(reading, gathering):
                _keep_newest(newest, reading, statement)
    gathering.statements.extend(statement for *_, statement in newest.values())


def _keep_newest(
    newest: dict[str, tuple[tuple[dt.date, str], str, Statement]], reading: Reading, new: Statement
) -> None:
    stamp, code = (reading.date.last, reading.moment), reading.code
    held = newest.get(new.fact)
    if held is not None and held[0][0] == stamp[0] and new.fact in BOTH_OF_ONE_DAY:
        if {held[1], code} & WITHOUT_RACE and {held[1], code} & SPLIT_BY_RACE:
            stamp, code, new = held if held[1] in WITHOUT_RACE else (stamp, code, new)
        elif {held[1], code} <= SPLIT_BY_RACE:
            new = _lower(held[2], new)
        else:
            new = BOTH_OF_ONE_DAY[new.fact](held[2], new)
    elif held is not None and held[0] > stamp:
        return
    newest[new.fact] = (stamp, code, new)


def _lower(first: Statement, second: Statement) -> Statement:
    """Of a pair split by race nobody chooses by race: the lower value stands, and its source says so."""
    lower = min((first, second), key=lambda s: _at_most(s.value))
    return replace(lower, source=RACE_SPLIT_SOURCE)


def _at_most(value: object) -> Decimal:
    high = _ends(value)[1]
    return Decimal("Infinity") if high is None else high


def _both_ends(first: Statement, second: Statement) -> Statement:
    """Two values of one day (two formulas, or two tests) span a range: neither is chosen."""
    ends = [end for s in (first, second) for end in _ends(s.value)]
    if None in ends:
        return second
    numbers = [end for end in ends if end is not None]
    low, high = min(numbers), max(numbers)
    return replace(second, value=low if low == high else Span(low, high))


def _ends(value: Any) -> tuple[Decimal | None, Decimal | None]:
    return (value.low, value.high) if isinstance(value, Span) else (value, value)


def _higher(first: Statement, second: Statement) -> Statement:
    return max(second, first, key=_value_of)  # of two equal ones the later read


def _value_of(statement: Statement) -> Any:
    return statement.value


BOTH_OF_ONE_DAY: dict[str, Callable[[Statement, Statement], Statement]] = {
    "egfr": _both_ends,
    "alt_ast_times_uln": _higher,
}


# -- one Observation -------------------------------------------------------------------------------------------------


def _readings(found: Found, gathering: Gathering) -> Iterator[Reading]:
    """The Observation and its components, as far as their status and day let them count."""
    observation = found.resource
    status = string(observation.get("status"))
    if status not in USED | EARLY:
        return
    date = when(observation, "effective")
    if gathering.is_later(found, date):
        return
    holders = [observation, *objects(observation.get("component"))]
    named = [(holder, _known_code(holder, gathering)) for holder in holders]
    if not any(code for _, code in named):
        gathering.unused(found, text_of(observation.get("code")))
        return
    if date is None or status in EARLY:
        why = "it has no day" if date is None else "it is not final yet"
        gathering.miss(found, text_of(observation.get("code")), why)
        return
    pressure = _pressure(found, holders, date, moment(observation, "effective"))
    yield from pressure
    for holder, code in named:
        if code and "dataAbsentReason" not in holder:
            yield Reading(found, holder, code, date, moment(observation, "effective"))


def _known_code(holder: Json, gathering: Gathering) -> str:
    for code in codes_of(holder.get("code")):
        if gathering.vocabulary.facts_of(code):
            return code.code
    return ""


def _pressure(found: Found, holders: list[Json], date: PartialDate, at: str) -> Iterator[Reading]:
    """Both halves of one blood pressure together, which tell more than each alone."""
    halves = {code.code: holder for holder in holders for code in codes_of(holder.get("code")) if code.system == LOINC}
    if SYSTOLIC in halves or DIASTOLIC in halves:
        yield Reading(found, halves, PRESSURE_PAIR, date, at)


def _statements(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    if reading.code == PRESSURE_PAIR:
        halves = [in_unit(mapping(reading.holder.get(code)), "mm[Hg]") for code in (SYSTOLIC, DIASTOLIC)]
        answer = measuring.uncontrolled_pressure(*halves)
        if answer is not None:
            yield Statement("hypertension_uncontrolled", answer, reading.date, "FHIR Observation, blood pressure")
        return
    special = SPECIAL.get(reading.code)
    if special is not None:
        yield from special(reading, gathering)
        return
    for code in codes_of(reading.holder.get("code")):
        for fact in gathering.vocabulary.facts_of(code):
            yield from _of_fact(fact, reading, gathering)


def _of_fact(fact: str, reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    row = gathering.vocabulary.rows[fact]
    if fact in YES_NO:
        answer = sent_yes_no(reading.holder, *YES_NO[fact])
        yield from _say(fact, answer, reading, gathering)
    elif fact in CHOICES:
        yield from _say(fact, CHOICES[fact](reading), reading, gathering)
    elif row["value"] == "date":
        yield Statement(fact, reading.date, reading.date, SOURCE)
    elif row["value"] == "number" and row["unit"] in measuring.CONVERSIONS:
        yield from _number(fact, row["unit"], reading, gathering)
    else:
        gathering.unused(reading.found, reading.code)


def _say(fact: str, value: bool | str | None, reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    if value is None:
        gathering.miss(reading.found, text_of(reading.holder.get("code")), "its answer is not understood")
    else:
        yield Statement(fact, value, reading.date, SOURCE)


def _number(fact: str, unit: str, reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    if reading.code in PANELS and sent_number(reading.holder) is None:
        return  # a blood pressure panel holds its numbers in the components
    value = in_unit(reading.holder, unit)
    if value is None:
        gathering.miss(reading.found, text_of(reading.holder.get("code")), "it has no number in a unit that is known")
    elif fact == "egfr" and adult_then(reading, gathering) is False:
        gathering.miss(reading.found, text_of(reading.holder.get("code")), "the formula is for adults")
    elif reading.code in UPPER_BOUND_OF_DRINKS and isinstance(value, Decimal):
        yield Statement(fact, Span(Decimal(0), value), reading.date, f"{SOURCE}, drinks on a drinking day")
    else:
        yield Statement(fact, value, reading.date, SOURCE)
