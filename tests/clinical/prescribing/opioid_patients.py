"""One patient put together by hand, and the cases of a typed order or of an option for this patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dentalpain.clinical.case import Case
from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import Finding
from dentalpain.clinical.prescribing.judging import option_case, prescription_cases
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Medicine, Problem, Record, Review, Standing, StatedValue, Statement
from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.load import load_knowledge

TODAY = dt.date(2026, 11, 24)
BENCH = tools(load_knowledge()).bench


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def patient(
    facts: Mapping[str, StatedValue] | None = None,
    problems: tuple[Problem, ...] = (),
    medicines: tuple[Medicine, ...] = (),
    reviewed: tuple[str, ...] = ("problems", "medicines", "allergies"),
) -> Record:
    today = PartialDate(TODAY, TODAY)
    said = [Statement(fact, value, today, "dentist") for fact, value in (facts or {}).items()]
    listed = [Statement(fact, True, p.date, p.source) for p in problems for fact in p.facts]
    return Record(
        on=TODAY,
        statements=(*said, *listed),
        problems=problems,
        medicines=medicines,
        reviewed={name: Review(TODAY, "dentist") for name in reviewed},
    )


def medicine(text: str, standing: Standing = Standing.CURRENT, ended: str = "") -> Medicine:
    return Medicine(BENCH.read(text), standing, None, day(ended) if ended else None, "medicine list")


def problem(text: str, *facts: str, standing: Standing = Standing.CURRENT) -> Problem:
    return Problem(text, standing, day("2020-01-01"), "problem list", facts)


def order(text: str, record: Record, indication: str | None = None) -> Case:
    return prescription_cases(Facts(record, BENCH.definitions), (BENCH.read(text),), indication, BENCH)[0]


def option(option_id: str, record: Record, indication: str | None = "chronic_tmd") -> Case:
    return option_case(option_id, Facts(record, BENCH.definitions), (), indication, BENCH)


def ask(rule_id: str, case: Case) -> Finding:
    return BENCH.rules.by_id[rule_id].function(case, BENCH.limits_on(TODAY)[rule_id])
