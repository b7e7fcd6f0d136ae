"""From a worked case in a rule's file to the case that the rule is asked about, read as a real record would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..clinical.case import Case
from ..clinical.facts import Facts
from ..clinical.findings import Finding, any_of
from ..clinical.prescribing.judging import Bench, option_case, prescription_cases
from ..clinical.quantities import PartialDate, completed_years
from ..clinical.record import Record, Review, StatedValue, Statement
from ..clinical.rules import Rule
from .state_table import limits_by_state


def answer_of(rule: Rule, worked: Mapping[str, Any], bench: Bench) -> Finding:
    """What a rule answers in a worked case: over all prescriptions in scope, or over the option that is judged."""
    cases = cases_of(rule, worked, bench)
    limits = bench.limits_on(worked["on"])[rule.id]
    return any_of(*(rule.function(case, limits) for case in cases))


def cases_of(rule: Rule, worked: Mapping[str, Any], bench: Bench) -> list[Case]:
    """The cases that a worked case describes, the prescriptions in the rule's scope alone."""
    bench = _with_state_limits(worked, bench)
    record = record_of(worked, bench)
    facts = Facts(record, bench.definitions)
    proposed = tuple(bench.read(text) for text in worked.get("proposed", ()))
    indication = worked.get("indication") or None
    if worked.get("judged"):
        return [option_case(worked["judged"], facts, proposed, indication, bench)]
    held = prescription_cases(facts, proposed, indication, bench)
    return [case for case in held if rule.covers(case.judged.tags)]


def _with_state_limits(worked: Mapping[str, Any], bench: Bench) -> Bench:
    """The bench with the rows that a worked case brings in place of the table, which a practice may edit."""
    rows = [
        {"days": "", "mme": "", "law": "worked case", "as_of": worked["on"].isoformat()}
        | {key: str(value) for key, value in row.items()}
        for row in worked.get("state_limits", ())
    ]
    return replace(bench, state_limits=limits_by_state(rows)) if rows else bench


def record_of(worked: Mapping[str, Any], bench: Bench) -> Record:
    """The record of a worked case: its facts as statements, its texts read by the reader of real ones."""
    day: dt.date = worked["on"]
    facts = dict(worked.get("facts", {}))
    sex = facts.pop("sex", "")
    age = facts.pop("age_years", None)
    return Record(
        on=day,
        patient_id="worked-case",
        sex=sex,
        birth=_birth(worked.get("born"), day, age),
        statements=tuple(_statement(fact, value, day) for fact, value in facts.items()),
        medicines=tuple(bench.medicine(text, day) for text in worked.get("current", ())),
        allergies=tuple(bench.allergy(text, day) for text in worked.get("allergies", ())),
        reviewed={name: Review(day, "worked case") for name in worked.get("reviewed", ())},
    )


def _birth(born: dt.date | None, day: dt.date, age: int | None) -> PartialDate | None:
    if born is not None:
        return PartialDate(born, born)
    return None if age is None else _born(day, int(age))


def _born(day: dt.date, age: int) -> PartialDate:
    """A birth date that gives this age in completed years: the birthday is today."""
    born = dt.date(day.year - age, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    assert completed_years(born, day) == age
    return PartialDate(born, born)


def _statement(fact: str, given: Any, day: dt.date) -> Statement:
    dated = given if isinstance(given, dict) else {"value": given}
    when = dated.get("date", day)
    return Statement(fact, _value(dated["value"]), PartialDate(when, when), "worked case", dated.get("certain", True))


def _value(value: Any) -> StatedValue:
    if isinstance(value, bool | str | Decimal):
        return value
    return PartialDate(value, value) if isinstance(value, dt.date) else Decimal(value)
