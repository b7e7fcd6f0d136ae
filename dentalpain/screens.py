"""A screening in its public shape, and what answers and findings add to the facts that a review reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .clinical.facts import Facts
from .clinical.instruments.answers import AnswerSheet, read_answers
from .clinical.record import Record
from .clinical.screening.assessing import screen as run_screen
from .clinical.screening.assessing import with_complaint
from .clinical.screening.examination import Findings, read_findings
from .clinical.screening.presenting import as_json
from .knowledge.bench import Tools
from .shapes import Shape, not_read


def screen(record: Record, answers: Sequence[Mapping[str, Any]], findings: Mapping[str, Any] | None, tools: Tools) -> Shape:
    """The screening in its public shape; raises AnswersError for answers or findings that do not fit their form."""
    sheets, found = _read(record, answers, findings, tools)
    result = run_screen(Facts(record, tools.bench.definitions), sheets, found, tools.screening)
    shaped = as_json(result, tools.screening)
    return {**shaped, "not_read": [*shaped["not_read"], *not_read(record.not_read)]}


def with_answers(
    record: Record, answers: Sequence[Mapping[str, Any]], findings: Mapping[str, Any] | None, tools: Tools
) -> Record:
    """The record with what answers and findings say of the facts that prescribing rules know; raises AnswersError."""
    if not answers and findings is None:
        return record
    sheets, found = _read(record, answers, findings, tools)
    told = with_complaint(Facts(record, tools.bench.definitions), sheets, found or Findings(record.on), tools.screening)
    known = tuple(s for s in told.record.statements if s.fact in tools.bench.definitions)
    return replace(record, statements=known)


def _read(
    record: Record, answers: Sequence[Mapping[str, Any]], findings: Mapping[str, Any] | None, tools: Tools
) -> tuple[tuple[AnswerSheet, ...], Findings | None]:
    held = tools.screening
    sheets = tuple(
        read_answers(raw, held.instruments, held.red_flag_facts, record.on, where=f"answers {number}")
        for number, raw in enumerate(answers, start=1)
    )
    found = None if findings is None else read_findings(findings, held.red_flag_facts, record.on)
    return sheets, found
