"""A screening in its public shape, and what answers and findings add to the facts that a review reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .clinical.facts import Facts
from .clinical.instruments.answers import AnswerSheet, read_answers
from .clinical.record import NotRead, Record
from .clinical.screening.assessing import screen as run_screen
from .clinical.screening.assessing import with_complaint
from .clinical.screening.examination import Findings, read_findings
from .clinical.screening.presenting import as_json
from .fhir.answers import all_answers
from .knowledge.bench import Tools
from .shapes import Shape, not_read


@dataclass(frozen=True, slots=True)
class _Told:
    """The questionnaires and findings as they were read, and the parts of them that were not."""

    sheets: tuple[AnswerSheet, ...]
    findings: Findings | None
    not_read: tuple[NotRead, ...]


def screen(record: Record, answers: Sequence[Mapping[str, Any]], findings: Mapping[str, Any] | None, tools: Tools) -> Shape:
    """The screening in its public shape; raises AnswersError for answers or findings that do not fit their form."""
    told = _read(record, answers, findings, tools)
    result = run_screen(Facts(record, tools.bench.definitions), told.sheets, told.findings, tools.screening)
    shaped = as_json(result, tools.screening)
    days = {sheet.instrument: sheet.on.isoformat() for sheet in told.sheets}
    return {
        **shaped,
        "scores": [{**score, "answered_on": days.get(score["instrument"])} for score in shaped["scores"]],
        "not_read": [*shaped["not_read"], *not_read((*told.not_read, *record.not_read))],
    }


def with_answers(
    record: Record, answers: Sequence[Mapping[str, Any]], findings: Mapping[str, Any] | None, tools: Tools
) -> Record:
    """The record with what answers and findings say of the facts that prescribing rules know; raises AnswersError."""
    if not answers and findings is None and not record.answers:
        return record
    read = _read(record, answers, findings, tools)
    told = with_complaint(
        Facts(record, tools.bench.definitions), read.sheets, read.findings or Findings(record.on), tools.screening
    )
    known = tuple(s for s in told.record.statements if s.fact in tools.bench.definitions)
    return replace(record, statements=known, not_read=(*record.not_read, *read.not_read))


def _read(
    record: Record, answers: Sequence[Mapping[str, Any]], findings: Mapping[str, Any] | None, tools: Tools
) -> _Told:
    held = tools.screening
    natives, missed = all_answers(answers, record.answers, held, record.on)
    sheets = tuple(
        read_answers(native, held.instruments, held.red_flag_facts, record.on, where=f"answers {number}")
        for number, native in enumerate(natives, start=1)
    )
    found = None if findings is None else read_findings(findings, held.red_flag_facts, record.on)
    return _Told(sheets, found, missed)
