"""The dentist's answers to questions: a fact id and a word become statements of the record, dated that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from ..errors import AnswersError
from .facts import REVIEW_WINDOW, FactDefinition
from .quantities import PartialDate
from .record import Record, Review, StatedValue, Statement

DENTIST = "dentist"
YES_WORDS = frozenset({"yes", "true", "y"})
NO_WORDS = frozenset({"no", "false", "n"})
UNKNOWN_WORDS = frozenset({"unknown", "null", ""})

MAY_HAVE_NO_DAY = frozenset({"planned_surgery_date"})  # no: none is planned


def answered(
    record: Record, answers: Mapping[str, object], definitions: Mapping[str, FactDefinition], source: str = DENTIST
) -> Record:
    """The record with the answers added; 'problems_reviewed', 'allergies_reviewed' and 'medicines_reviewed' are lists.

    An answer 'unknown' adds nothing. Raises AnswersError for an id or a word that does not fit; it never repeats the word.
    """
    for fact, given in answers.items():
        word = _word(given)
        if word.lower() in UNKNOWN_WORDS:
            continue
        name = fact.removesuffix("_reviewed")
        if fact.endswith("_reviewed") and name in REVIEW_WINDOW:
            if _yes_or_no(fact, word):
                record = replace(record, reviewed={**record.reviewed, name: Review(record.on, source, in_full=True)})
        elif fact == "sex":
            record = replace(record, sex=_chosen(fact, word, ("female", "male", "other")))
        else:
            definition = definitions.get(fact)
            if definition is None:
                raise AnswersError("is not the id of a fact.", where=f"fact {fact[:40]}", mend="See docs/facts.md for the ids.")
            today = PartialDate(record.on, record.on)
            record = record.with_statements(Statement(fact, value_of(definition, word), today, source))
    return record


def _word(given: object) -> str:
    if given is None:
        return ""
    if isinstance(given, bool):
        return "yes" if given else "no"
    return str(given).strip()


def value_of(definition: FactDefinition, word: str) -> StatedValue:
    """The value that a word gives to a fact, in the unit of the table of facts; raises AnswersError."""
    if definition.value == "yes_no":
        return _yes_or_no(definition.id, word)
    if definition.value == "number":
        return _number(definition, word)
    if definition.value == "date":
        return False if definition.id in MAY_HAVE_NO_DAY and word.lower() in NO_WORDS else _day(definition.id, word)
    if definition.value.startswith("choice:"):
        words = tuple(definition.value.removeprefix("choice:").split("|"))
        return _chosen(definition.id, word, words)
    return word


def _yes_or_no(fact: str, word: str) -> bool:
    if word.lower() in YES_WORDS:
        return True
    if word.lower() in NO_WORDS:
        return False
    raise AnswersError("is answered with yes or no.", where=f"fact {fact}", mend="Write yes, no or unknown.")


def _number(definition: FactDefinition, word: str) -> Decimal:
    try:
        number = Decimal(word)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (number < 0 and definition.id != "vertical_overlap_mm") or abs(number) > 10**6:
        unit = f" in {definition.unit}" if definition.unit else ""
        raise AnswersError(f"is a number{unit}.", where=f"fact {definition.id}", mend="Write digits, such as 29 or 0.5.")
    return number


def _day(fact: str, word: str) -> PartialDate:
    try:
        return PartialDate.parse(word)
    except ValueError:
        none = ", or no" if fact in MAY_HAVE_NO_DAY else ""
        mend = f"Write 2026-11-30, 2026-11 or 2026{none}."
        raise AnswersError("is a date.", where=f"fact {fact}", mend=mend) from None


def _chosen(fact: str, word: str, words: tuple[str, ...]) -> str:
    for known in words:
        if word.lower() == known.lower():
            return known
    raise AnswersError("is one of a few words.", where=f"fact {fact}", mend=f"Write one of: {', '.join(words)}.")
