"""The review of a prescription in its public shape: what was asked, what was found, and what was not checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .clinical.case import INDICATIONS
from .clinical.facts import Facts
from .clinical.findings import YES
from .clinical.prescribing.doses.dosing import why_no_dose
from .clinical.prescribing.prescription import Prescription
from .clinical.prescribing.questions import OpenPoint, Question, rank
from .clinical.prescribing.reviewing import Alternative, ReviewResult
from .clinical.prescribing.reviewing import review as run_review
from .clinical.prescribing.unclear_orders import UnclearOrder, lacking, unclear_orders
from .clinical.record import NotRead, Record
from .clinical.rules import Severity
from .errors import UnknownNameError
from .knowledge.bench import ORDER_QUESTIONS, Tools, candidates, unbuilt
from .plans import naltrexone_plan, procedure_note
from .shapes import Shape, alternative, flag, mme_total, not_read, number, prescription, question, totals
from .signing import Signatures

NO_DOSE = {
    "none_held": "No dose is held here: it is that of the label, or of the specialist who prescribes it.",
    "for_adults": "No dose is given here: those that are held are for adults.",
    "heart_and_vessels": "No dose is given here: with disease of the heart or the arteries it is not the NSAID to choose.",
    "unsettled": "No dose is given here: the facts that it needs are unknown or unsettled.",
}
MOST_QUOTED = 60  # characters of a text of somebody else


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dentist wants reviewed."""

    prescribe: tuple[str, ...] = ()
    indication: str | None = None
    consider: tuple[str, ...] = ()
    naltrexone_prescriber: str = "not_said"
    legacy_mme: bool = False  # the total by the 2016 factors as well, named as such


def review(record: Record, asked: Asked, tools: Tools, signatures: Signatures) -> Shape:
    """The review in its public shape; raises UnknownNameError for an indication or option that does not exist."""
    indication = _indication(asked.indication or record.indication)
    typed = tuple(p for text in asked.prescribe for p in tools.read_all(text))
    proposed = typed if asked.prescribe else record.proposed
    facts = Facts(record, tools.bench.definitions)
    knowledge = tools.knowledge
    child = facts.age().below(knowledge.limit("opioid_child_age", facts.on))  # where ADA 2023 ends and ADA 2024 begins
    options = candidates(knowledge, indication, asked.consider, under_12=child.answer is YES)
    result = run_review(facts, proposed, indication, options, tools.bench, unbuilt(knowledge))
    return {
        "indication": indication,
        "age_years": number(facts.age().value),
        "weight_kg": number(facts.reading("weight_kg").value),
        "prescriptions": _prescriptions(result, tools),
        "mme_per_day": mme_total(tools.mme_total(result.proposed, result.current)),
        **_legacy(result, asked, tools),
        **totals(result.totals),
        "flags": [flag(held, signatures.status(held.rule.id)) for held in result.flags],
        "questions": _questions(result, tools),
        "alternatives": [_alternative(a, result, asked, tools) for a in result.alternatives],
        "not_checked": _not_checked(result, tools),
        "not_read": not_read((*record.not_read, *_drafts_left_aside(record, asked))),
    }


def _legacy(result: ReviewResult, asked: Asked, tools: Tools) -> Shape:
    """The total by the superseded factors, only where somebody asks for it."""
    if not asked.legacy_mme:
        return {}
    return {"mme_per_day_legacy": mme_total(tools.mme_total_of_2016(result.proposed, result.current))}


def _indication(named: str | None) -> str | None:
    if named is not None and named not in INDICATIONS:
        raise UnknownNameError("There is no such indication.", mend=f"Write one of: {', '.join(INDICATIONS)}.")
    return named


def _drafts_left_aside(record: Record, asked: Asked) -> list[NotRead]:
    """With a typed prescription the drafts of the record are not reviewed, and are said not to be."""
    if not asked.prescribe:
        return []
    why = "A prescription was typed, so this draft was not reviewed."
    return [NotRead(draft.place, draft.text[:60], why) for draft in record.proposed]


def _prescriptions(result: ReviewResult, tools: Tools) -> list[Shape]:
    held = [(p, False) for p in result.proposed] + [(p, True) for p in result.current]
    return [_prescription(p, current, result, tools) for p, current in held]


def _prescription(held: Prescription, current: bool, result: ReviewResult, tools: Tools) -> Shape:
    counted = tools.mme_of(held)
    return prescription(held, current=current, mme=counted.mme_per_day, not_counted=counted.not_counted)


# -- questions -------------------------------------------------------------------------------------------------


def _questions(result: ReviewResult, tools: Tools) -> list[Shape]:
    """The most decisive question first; what the prescription is for comes before all others."""
    ranked = rank(open_points(result, tools), result.facts)
    unclear = {one.question.fact: one for one in unclear_orders(result)}
    asked = [(q, tools.ask(q.fact)) for q in ranked if q.fact not in {"indication", *unclear} and tools.can_ask(q.fact)]
    asked += [(one.question, _ask_of(one, tools)) for one in unclear.values()]
    asked.sort(key=lambda held: -held[0].weight)
    if result.indication is None:
        settles = tuple(rule for q in ranked if q.fact == "indication" for rule in q.would_settle)
        asked.insert(0, (Question("indication", settles, 0), tools.ask("indication")))
    return [question(q, ask) for q, ask in asked]


def _ask_of(unclear: UnclearOrder, tools: Tools) -> str:
    """The question about the texts that are not understood, with what is open in each."""
    frame = ORDER_QUESTIONS[unclear.question.fact]
    texts = [f"“{_short(p.text)}” ({', '.join(_short(part) for part in _open_parts(p, tools))})" for p in unclear.about]
    return frame.format(texts="; ".join(texts))


def _open_parts(held: Prescription, tools: Tools) -> Sequence[str]:
    suggested = [name for part in held.unread for name in part.suggestions]
    return [" or ".join(suggested) + "?"] if suggested and not held.recognised else lacking(held)


def _short(text: str) -> str:
    return text if len(text) <= MOST_QUOTED else f"{text[: MOST_QUOTED - 1]}…"


def open_points(result: ReviewResult, tools: Tools) -> list[OpenPoint]:
    """Every rule that could not be decided or stands on a presumption, for the prescriptions and for the options.

    An option that is blocked for certain asks nothing; one that is blocked by presumption alone still does.
    """
    limits = tools.bench.limits_on(result.facts.on)
    points = [
        OpenPoint(f.rule, case, f.rule.function(case, limits[f.rule.id]), limits[f.rule.id])
        for f in result.flags
        for case in f.cases[:1]
        if f.answer.value == "unknown" or f.finding.presumed
    ]
    for held in result.alternatives:
        if _blocked_for_certain(held):
            continue
        points += [
            OpenPoint(j.rule, held.case, j.finding, limits[j.rule.id], held.candidate.option_id)
            for j in held.judgements
            if j.answer.value == "unknown" or j.finding.presumed
        ]
    return points


def _blocked_for_certain(held: Alternative) -> bool:
    contraindicated = [j for j in held.judgements if j.answer.value == "yes" and j.rule.severity is Severity.CONTRAINDICATED]
    return held.candidate.strength == "strong_against" or any(not j.finding.presumed for j in contraindicated)


# -- words -----------------------------------------------------------------------------------------------------


def _alternative(held: Alternative, result: ReviewResult, asked: Asked, tools: Tools) -> Shape:
    """An option with what belongs to it alone: the course of low-dose naltrexone, the maxima of a long-acting block."""
    shaped = alternative(held, tools.option_texts(held.candidate.option_id), _why(held, tools))
    shaped["plan"] = naltrexone_plan(held, result.indication, tools, asked.naltrexone_prescriber)
    shaped["procedure_note"] = procedure_note(held, tools)
    return shaped


def _why(held: Alternative, tools: Tools) -> str:
    """Why this option, why not, or what is missing; the dose that could not be settled is said."""
    option = tools.option_texts(held.candidate.option_id)
    parts = [option["why"]]
    if held.candidate.basis:
        parts.append(held.candidate.basis)
    parts += [f"{j.rule.texts['title']}." for j in held.judgements if j.answer.value == "yes"][:3]
    if held.verdict == "ask_first":
        open_titles = [str(j.rule.texts["if_unknown"]) for j in held.judgements if j.answer.value == "unknown"]
        parts += list(dict.fromkeys(open_titles))[:2]
        if held.unbuilt:
            parts.append(f"{len(held.unbuilt)} of its rules are not built yet: check its label.")
    if held.dose is None and option["kind"] == "medicine" and held.verdict != "blocked":
        facts = held.case.facts
        parts.append(NO_DOSE[why_no_dose(held.candidate.option_id, facts, tools.bench.dose_limits_on(facts.on))])
    return " ".join(parts)


def _not_checked(result: ReviewResult, tools: Tools) -> list[str]:
    """The rule families that are not built yet and would concern this review, and other things left undone."""
    tags = frozenset().union(*(p.tags for p in (*result.proposed, *result.current)), {"any_medicine"})
    tags |= frozenset().union(*(a.case.judged.tags for a in result.alternatives)) if result.alternatives else frozenset()
    families: dict[str, list[str]] = {}
    every = ("contraindicated", "major", "moderate", "info")
    for rule, scope in unbuilt(tools.knowledge, every).items():
        if scope & tags:
            families.setdefault(rule.split("-", 1)[0], []).append(rule)
    lines = [f"{family}: {len(rules)} rules are not built yet ({', '.join(rules)})." for family, rules in families.items()]
    for held in result.alternatives:
        few = tools.option_texts(held.candidate.option_id).get("few_rules", "")
        if few and held.verdict != "blocked":
            lines.append(f"{held.candidate.option_id}: {few}")
    return lines


# -- replay ----------------------------------------------------------------------------------------------------


# Its id, who has signed what since, what the office has said of itself, and which flags are muted at this moment.
NO_ADVICE = ("assessment", "knowledge", "status", "who_prescribes", "muted")


def advice(result: Mapping[str, Any]) -> Any:
    """A result without what does not belong to the advice."""
    if isinstance(result, Mapping):
        return {k: advice(v) for k, v in result.items() if k not in NO_ADVICE}
    return [advice(v) for v in result] if isinstance(result, list) else result


def differing_rules(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The ids of rules and options whose answer or verdict is not the same any more."""
    before, after = _answers(then), _answers(now)
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _answers(result: Mapping[str, Any]) -> dict[str, Any]:
    whole = [result, *(part for part in result.values() if isinstance(part, Mapping))]
    held: dict[str, Any] = {}
    for part in whole:
        held |= {f["rule"]: (f["answer"], f["severity"]) for f in part.get("flags", ())}
        held |= {a["id"]: (a["verdict"], a["dose"]) for a in part.get("alternatives", ())}
        held |= {f["rule"]: (f["answer"], f["urgency"]) for f in part.get("red_flags", ())}
        held |= {f"{d['id']} {d['side']}": d["status"] for d in part.get("diagnoses", ())}
    return held

