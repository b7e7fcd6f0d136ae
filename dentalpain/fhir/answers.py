"""All answers of a screening in the shape of an answers file: those handed in, and those that stand in the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ..clinical.instruments.answers import read_answers
from ..clinical.record import NotRead
from ..clinical.screening.tables import ScreeningKnowledge
from ..errors import AnswersError
from .responses import is_response, read_response

Answers = Mapping[str, Any]
Missed = tuple[NotRead, ...]
IN_RECORD = "answers in the record"
NEWER = "newer answers to it are read"


def all_answers(
    given: Iterable[Answers], in_record: Iterable[Answers], knowledge: ScreeningKnowledge, on: dt.date
) -> tuple[tuple[Answers, ...], Missed]:
    """The answers that were given, then the newest of the record to each other form; and what of them is not read.

    Answers in the record that cannot be used are listed; raises AnswersError for those given as FHIR.
    """
    found: list[Answers] = []
    missed: list[NotRead] = []
    for number, raw in enumerate(given, start=1):
        answers, strange = in_our_shape(raw, knowledge, on, f"answers {number}")
        found.append(answers)
        missed += strange
    answered = {answers.get("instrument") for answers in found if isinstance(answers, Mapping)}
    usable = [read for raw in in_record if (read := _of_record(raw, missed, knowledge, on)) is not None]
    for answers, strange in sorted(usable, key=lambda read: read[0].get("on") or "", reverse=True):
        if answers["instrument"] in answered:
            missed.append(NotRead(IN_RECORD, answers["instrument"], NEWER))
            continue
        answered.add(answers["instrument"])
        found.append(answers)
        missed += strange
    return tuple(found), tuple(missed)


def in_our_shape(raw: Answers, knowledge: ScreeningKnowledge, on: dt.date, where: str) -> tuple[Answers, Missed]:
    """The answers as they are, or those of a QuestionnaireResponse. Raises AnswersError."""
    if not isinstance(raw, Mapping) or not is_response(raw):
        return raw, ()
    read = read_response(raw, knowledge, on, where)
    return read.answers, read.not_read


def _of_record(
    raw: Answers, missed: list[NotRead], knowledge: ScreeningKnowledge, on: dt.date
) -> tuple[Answers, Missed] | None:
    """Answers of the record with what of them is not read; None for those that cannot be used, which are listed."""
    try:
        answers, strange = in_our_shape(raw, knowledge, on, IN_RECORD)
        read_answers(answers, knowledge.instruments, knowledge.red_flag_facts, on, where=IN_RECORD)
    except AnswersError as error:
        missed.append(NotRead(error.where, "answers to a questionnaire", f"{error.what} {error.mend}".strip()))
        return None
    return answers, strange
