"""Findings and facts for the tests of screening, written as briefly as a chart note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.instruments.answers import AnswerSheet, read_answers
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Record, StatedValue, Statement
from dentalpain.clinical.screening.assessing import screen
from dentalpain.clinical.screening.examination import Findings, read_findings
from dentalpain.clinical.screening.presenting import as_json
from dentalpain.clinical.screening.tables import ScreeningKnowledge
from dentalpain.knowledge.load import load_knowledge
from dentalpain.knowledge.screening_tables import load_screening

TODAY = dt.date(2026, 11, 24)
HISTORY = {"pain_last_30_days": "comes and goes", "pain_changed_by_jaw_use": True}


@lru_cache(maxsize=1)
def knowledge() -> ScreeningKnowledge:
    """The knowledge of screening, read once."""
    return load_screening()


def stated(fact: str, value: Any, on: dt.date = TODAY) -> Statement:
    """A statement as a worked case writes it: a bare value, or a value with its date."""
    day = on
    if isinstance(value, Mapping):
        value, day = value["value"], value["date"]
    held: StatedValue = Decimal(value) if type(value) is int else value
    if isinstance(value, dt.date):
        held = PartialDate(value, value)
    return Statement(fact, held, PartialDate(day, day), "worked case")


def facts_of(values: Mapping[str, object], born: str | None = None, on: dt.date = TODAY) -> Facts:
    """The facts of a record that holds these statements and nothing else."""
    record = Record(
        on=on,
        birth=PartialDate.parse(born) if born else None,
        statements=tuple(stated(fact, value, on) for fact, value in values.items()),
    )
    return Facts(record, load_knowledge().facts)


def findings_of(raw: object) -> Findings:
    """A findings file, read as the real ones are."""
    return read_findings(raw, knowledge().red_flag_facts, TODAY)


def answers_of(instrument: str, items: Mapping[str, Any], **more: object) -> AnswerSheet:
    """An answers file, read as the real ones are."""
    raw = {"instrument": instrument, "answered_by": "patient", "on": "2026-11-24", "items": items, **more}
    return read_answers(raw, knowledge().instruments, knowledge().red_flag_facts, TODAY)


def spot(site: str = "right masseter", **more: object) -> dict[str, object]:
    """A palpated place with familiar pain, held for five seconds, without spread or referral."""
    held = {"hold_seconds": 5, "pain": True, "familiar_pain": True}
    return {"site": site, **held, "spreads_within_muscle": False, "refers_beyond_muscle": False, **more}


def examined(*spots: Mapping[str, object], **more: object) -> dict[str, object]:
    """An examination of the right masseter: confirmed, nothing on movement, nothing explains the pain better."""
    held: dict[str, object] = {
        "performed": True,
        "pain_location_confirmed": ["right masseter"],
        "opening_familiar_pain": [],
        "excursion_familiar_pain": [],
        "palpation": list(spots),
        "other_pain_diagnosis_explains_better": False,
    }
    return {**held, **more}


def screened(
    findings: Mapping[str, object] | None = None,
    *sheets: AnswerSheet,
    facts: Mapping[str, object] | None = None,
    born: str | None = "1985-05-05",
) -> dict[str, Any]:
    """The JSON of one screening."""
    found = None if findings is None else findings_of(findings)
    return as_json(screen(facts_of(facts or {}, born), sheets, found, knowledge()), knowledge())


def statuses(result: Mapping[str, Any]) -> dict[str, str]:
    """The status of each diagnosis, joint diagnoses with their side."""
    return {d["id"] if d["side"] == "patient" else f"{d['side']} {d['id']}": d["status"] for d in result["diagnoses"]}


def diagnosis(result: Mapping[str, Any], name: str, side: str = "patient") -> dict[str, Any]:
    """One diagnosis of a result."""
    return next(d for d in result["diagnoses"] if (d["id"], d["side"]) == (name, side))


def red_flag(result: Mapping[str, Any], rule: str) -> dict[str, Any] | None:
    """One red flag of a result, or None where its answer is no."""
    return next((flag for flag in result["red_flags"] if flag["rule"] == rule), None)
