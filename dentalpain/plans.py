"""What belongs to one option alone, in its public shape: a course of low-dose naltrexone, the maxima of a block."""

from __future__ import annotations

from typing import Any

from .clinical.case import ACUTE
from .clinical.prescribing.doses.local_anesthetic_note import long_acting_maxima
from .clinical.prescribing.naltrexone.naltrexone_plan import Plan, Step, Visit, Wait, plan
from .clinical.prescribing.reviewing import Alternative
from .knowledge.bench import Tools
from .knowledge.naltrexone_course import PRESCRIBERS, load_course, load_evidence
from .shapes import Shape, day, number

NALTREXONE, LONG_ACTING = "low_dose_naltrexone", "long_acting_local_anaesthetic"
LIMITS_OF_A_BLOCK = ("LA-MAX", "LA-BUPI-LT12")


def naltrexone_plan(held: Alternative, indication: str | None, tools: Tools, prescriber: str) -> Shape | None:
    """The plan of an alternative; None for every other option and where the pain is acute or its kind not said.

    A blocked course has no steps, no visits and no start, and says instead what leads on. Raises KeyError for a
    `prescriber` that is none of PRESCRIBERS.
    """
    if held.candidate.option_id != NALTREXONE or indication is None or indication in ACUTE:
        return None
    on = held.case.on
    found = plan(held.case, tools.bench.dose_limits_on(on), tools.bench.limits_on(on))
    texts = load_course()
    offered = held.verdict != "blocked"
    limits = tools.bench.dose_limits_on(on)
    return {
        "start": day(found.start) if offered else None,
        "start_missing": list(found.missing),
        "against": list(found.against),
        "titration": [_step(step) for step in found.steps] if offered else [],
        "visits": [_visit(visit) for visit in found.visits] if offered else [],
        "stop_below_percent": number(limits["ldn_stop_percent"]),
        "washout": _washout(found),
        "surgery": {
            "hold_hours": number(limits["ldn_hold_hours"]),
            "last_dose_before": day(found.last_dose_before_surgery),
        },
        "who_prescribes": texts["who_prescribes"][prescriber],
        "way_forward": [] if offered else _way_forward(held),
        **_texts(texts),
        "evidence": [_evidence(row) for row in load_evidence()],
    }


def procedure_note(held: Alternative, tools: Tools) -> list[Shape] | None:
    """The most of each long-acting anesthetic for this patient; None for every other option and a blocked block."""
    if held.candidate.option_id != LONG_ACTING or held.verdict == "blocked":
        return None
    by_rule = tools.bench.limits_on(held.case.on)
    limits = {name: value for rule in LIMITS_OF_A_BLOCK for name, value in by_rule[rule].items()}
    maxima = long_acting_maxima(held.case, limits)
    return [{"agent": one.agent, "max_mg": number(one.most), "calculation": one.said} for one in maxima]


def _texts(texts: Any) -> Shape:
    told = ("reading", "compounding", "monitoring", "stop_rule", "morning", "baseline", "counselling", "wallet_card")
    return {**{name: texts[name] for name in told}, "surgery_text": texts["surgery"], "washout_text": texts["washout"]}


def _step(step: Step) -> Shape:
    return {"week": step.week, "mg": number(step.amount), "from": day(step.first), "to": day(step.last)}


def _visit(visit: Visit) -> Shape:
    return {"week": visit.week, "on": day(visit.on), "judged": visit.judged}


def _washout(found: Plan) -> Shape:
    return {
        "running": found.washout.answer.value,
        "presumed": found.washout.presumed,
        "opioid_free_from": day(found.opioid_free_from),
        "by_kind": [_wait(wait) for wait in found.waits],
    }


def _wait(wait: Wait) -> Shape:
    return {"kind": wait.kind, "days": wait.days, "over_on": day(wait.over_on)}


def _way_forward(held: Alternative) -> list[Shape]:
    """For each rule that answers yes: what to do instead."""
    return [
        {"rule": j.rule.id, "because": j.rule.texts["title"], "do": j.rule.texts["then"]}
        for j in held.judgements
        if j.answer.value == "yes"
    ]


def _evidence(row: Any) -> Shape:
    return {**row, "citation": row["citation"].split(";")}


__all__ = ["PRESCRIBERS", "naltrexone_plan", "procedure_note"]
