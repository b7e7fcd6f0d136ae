"""What the patient wrote beside what the interview confirmed: the interview counts, and a difference is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..instruments.answers import AnswerSheet
from ..instruments.symptom_questionnaire import reported
from .examination import Findings

SYMPTOM_QUESTIONNAIRE = "dc-tmd-sq"


def with_reports(found: Findings, sheets: Iterable[AnswerSheet]) -> Findings:
    """The findings with what the symptom questionnaire reports; it is shown where the interview is silent."""
    for sheet in sheets:
        if sheet.instrument == SYMPTOM_QUESTIONNAIRE:
            return replace(found, reported=reported(sheet.points))
    return found


def differing(found: Findings) -> tuple[str, ...]:
    """The keys of the history in which the interview says otherwise than the form."""
    return tuple(key for key, word in found.reported.items() if _confirmed(found, key) not in (None, word))


def _confirmed(found: Findings, key: str) -> str | None:
    """What the interview says of a key, in the words of the form; sides, also an unclear one, are a yes."""
    value = getattr(found.history, key)
    if value is None or isinstance(value, str):
        return value
    return "yes" if value else "no"
