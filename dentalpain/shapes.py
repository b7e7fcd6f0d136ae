"""The public shapes of the contract: results as plain dictionaries, numbers as numbers, dates as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from .clinical.case import DayTotals
from .clinical.findings import Because, Value
from .clinical.prescribing.daily.equivalents import MmeTotal
from .clinical.prescribing.daily.units_a_day import is_average
from .clinical.prescribing.doses.dosing import Dose
from .clinical.prescribing.prescription import Prescription
from .clinical.prescribing.questions import Question
from .clinical.prescribing.reviewing import Alternative, Flag
from .clinical.quantities import Reading, rounded
from .clinical.record import NotRead

Shape = dict[str, Any]


def number(value: Decimal | None) -> int | float | None:
    """A decimal as a JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def day(value: dt.date | None) -> str | None:
    """A date as ISO 8601."""
    return value.isoformat() if value else None


def plain(value: object) -> Any:
    """What JSON has no form of its own for, as `default` of json.dumps: exact numbers and days. Raises TypeError."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def plain_value(value: Value) -> Any:
    """A fact's value as JSON holds it."""
    return number(value) if isinstance(value, Decimal) else value


def because(reasons: Iterable[Because]) -> list[Shape]:
    """The facts that an answer rests on."""
    return [
        {
            "fact": reason.fact,
            "value": None if reason.presumed else plain_value(reason.value),
            "source": reason.source or None,
            "date": day(reason.date),
            "stale": reason.stale,
        }
        for reason in reasons
    ]


def prescription(held: Prescription, *, current: bool, mme: Decimal | None, not_counted: str | None) -> Shape:
    """A prescription as it was understood; `either` and the average stand there only where they count."""
    return {
        **({"either": list(held.either)} if held.either else {}),
        **({"units_per_day_average": number(held.units_per_day_average)} if is_average(held) else {}),
        "text": held.text,
        "current": current,
        "ingredients": [
            {"name": i.name, "rxcui": i.rxcui or None, "strength": number(i.strength), "unit": i.unit or None}
            for i in held.ingredients
        ],
        "units_per_day_max": number(held.units_per_day_max),
        "units_per_day_written": number(held.units_per_day_written),
        "quantity": number(held.quantity),
        "days_supply": number(held.days_supply),
        "extended_release_or_patch": held.extended_release_or_patch,
        "mme_per_day": number(None if mme is None else rounded(mme, "0.1")),
        "not_counted": not_counted,
        "unread": [{"what": u.what, "why": u.why, "suggestions": list(u.suggestions)} for u in held.unread],
    }


def flag(held: Flag, status: str) -> Shape:
    """A rule that answers yes or unknown."""
    texts = held.rule.texts
    message = texts["then"] if held.answer.value == "yes" else texts["if_unknown"]
    return {
        "rule": held.rule.id,
        "severity": held.rule.severity.word,
        "answer": held.answer.value,
        "presumed": held.finding.presumed,
        "about": list(held.about),
        "title": texts["title"],
        "message": message,
        "because": because(held.finding.because),
        "citations": list(texts["citations"]),
        "status": status,
        "unsettled": texts["review"].get("unsettled") or None,
    }


def alternative(held: Alternative, option: Mapping[str, Any], why: str) -> Shape:
    """An option with its verdict, dose and reasons."""
    candidate = held.candidate
    return {
        "id": candidate.option_id,
        "name": option["name"],
        "kind": option["kind"],
        "verdict": held.verdict,
        "line": candidate.line,
        "dose": None if held.verdict == "blocked" else dose(held.dose),
        "rules": [j.rule.id for j in held.judgements],
        "unknown_rules": [j.rule.id for j in held.judgements if j.answer.value == "unknown"],
        "reasons": [
            {
                "rule": j.rule.id,
                "severity": j.rule.severity.word,
                "answer": j.answer.value,
                "title": j.rule.texts["title"],
                "because": because(j.finding.because),
            }
            for j in held.judgements
        ],
        "unbuilt_rules": list(held.unbuilt),
        "evidence": {
            "strength": candidate.strength,
            "certainty": candidate.certainty,
            "citations": list(candidate.citations),
        },
        "why": why,
    }


def dose(held: Dose | None) -> Shape | None:
    """A dose box."""
    if held is None:
        return None
    return {
        "text": held.text,
        "amount": number(held.amount),
        "first_amount": number(held.first_amount),
        "unit": held.unit,
        "every_hours": held.every_hours,
        "max_per_day": number(held.max_per_day),
        "max_days": held.max_days,
        "calculation": held.calculation,
    }


def question(held: Question, ask: str) -> Shape:
    """A question and what an answer would settle."""
    return {"fact": held.fact, "ask": ask, "would_settle": list(held.would_settle)}


def not_read(parts: Iterable[NotRead]) -> list[Shape]:
    """What was not understood."""
    return [{"where": part.where, "what": part.what[:60], "why": part.why} for part in parts]


def mme_total(held: MmeTotal) -> Shape:
    """The morphine milligram equivalents of a day, with the arithmetic."""
    return {
        "total": number(held.total),
        "is_minimum": held.is_minimum,
        "not_counted": [{"name": one.name, "reason": one.reason} for one in held.not_counted],
        "edition": held.edition,
        "single_dose": number(held.single_dose),
        "arithmetic": list(held.arithmetic),
    }


def total(reading: Reading) -> int | float | None:
    """The total of a day: 0 when no product holds it, None when one that holds it cannot be read."""
    return number(reading.value)


def totals(held: DayTotals) -> Shape:
    """The amounts of a day beside the morphine milligram equivalents."""
    return {
        "acetaminophen_mg_per_day": total(held.acetaminophen_mg),
        "ibuprofen_mg_per_day": total(held.ibuprofen_mg),
        "naproxen_base_mg_per_day": total(held.naproxen_base_mg),
        "aspirin_mg_per_day": total(held.aspirin_mg),
    }
