"""What the dentist typed and ticked, as the arguments of the service, and back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from werkzeug.datastructures import MultiDict

from . import findings_form, questionnaires
from .questionnaires import Instruments
from .words import INDICATIONS, Words

MAX_MEDICINES = 12
NOT_KNOWN = "unknown"  # asked, and nobody could say: the fact stays unknown

Fields = Mapping[str, str]
Arguments = dict[str, Any]


def empty_arguments() -> Arguments:
    """The arguments of a visit on which nothing was asked yet."""
    return {
        "answers": [],
        "findings": None,
        "facts": {},
        "prescribe": [],
        "indication": None,
        "consider": [],
        "state": None,
        "decided_in": [],
        "legacy_mme": False,
    }


def read(
    form: MultiDict[str, str],
    before: Mapping[str, Any],
    on: dt.date,
    words: Words,
    longest: int,
    instruments: Instruments,
) -> tuple[Arguments, dict[str, str]]:
    """The arguments after this form, and the errors by field.

    `before` are the arguments of the visit so far: answers to questions stay, as do questionnaires that were not on the
    page; the rest is replaced by the form.
    """
    errors: dict[str, str] = {}
    arguments = {**empty_arguments(), **before}
    arguments["answers"] = questionnaires.read(form, instruments, arguments["answers"] or (), on, errors)
    arguments["findings"] = findings_form.read(form, errors)
    arguments["prescribe"] = _prescriptions(form, longest, errors)
    arguments["indication"] = form.get("indication") if form.get("indication") in INDICATIONS else None
    arguments["legacy_mme"] = bool(form.get("legacy-mme"))
    _answer_questions(form, arguments, on, words, errors)
    return arguments, errors


def fields_of(arguments: Mapping[str, Any], instruments: Instruments) -> dict[str, str]:
    """The form fields that show these arguments."""
    fields = findings_form.fields_of(arguments.get("findings"))
    fields["prescribe"] = "\n".join(arguments.get("prescribe") or ())
    fields["legacy-mme"] = "1" if arguments.get("legacy_mme") else ""
    fields["indication"] = arguments.get("indication") or ""
    return fields | questionnaires.fields_of(arguments.get("answers") or (), instruments)


def _prescriptions(form: MultiDict[str, str], longest: int, errors: dict[str, str]) -> list[str]:
    """One prescription a line; empty lines fall away."""
    text = form.get("prescribe", "")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(text) > longest:
        errors["prescribe"] = f"The prescription is longer than {longest} characters. Write one medicine a line."
        return []
    if len(lines) > MAX_MEDICINES:
        errors["prescribe"] = f"Review {MAX_MEDICINES} medicines at a time at the most."
    return lines[:MAX_MEDICINES]


def _answer_questions(
    form: MultiDict[str, str], arguments: Arguments, on: dt.date, words: Words, errors: dict[str, str]
) -> None:
    facts = dict(arguments["facts"])
    given = dict(_checklist(form)) | dict(_typed(form))
    fact, _, word = form.get("answer", "").partition("=")
    if fact:
        given[fact] = word
    for fact, text in given.items():
        if text == "clear":
            facts.pop(fact, None)
        elif text:
            value = NOT_KNOWN if text == NOT_KNOWN else _value(fact, text, on, words, errors)
            if value is not None:
                facts[fact] = value
    arguments["facts"] = facts


def _checklist(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """The warning signs by red flag: what is ticked is yes; the rest is no only where somebody says all were asked."""
    ticked, asked = set(form.getlist("sign")), set(form.getlist("signs-asked"))
    shown = [(flag, fact) for flag, _, fact in (entry.partition("=") for entry in form.getlist("sign-shown"))]
    return [(fact, "no") for flag, fact in shown if flag in asked and fact not in ticked] + [
        (fact, "yes") for _, fact in shown if fact in ticked
    ]


def _typed(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Answers that are typed or chosen, not clicked."""
    return [(key.removeprefix("fact-"), text.strip()) for key, text in form.items() if key.startswith("fact-")]


def _value(fact: str, text: str, on: dt.date, words: Words, errors: dict[str, str]) -> Any:
    """The value of an answer by the kind of its fact; a value that does not fit is an error beside the field."""
    kind = words.kind(fact)
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(text)
    if kind == "number":
        found = number(text)
        if found is None:
            errors[f"fact-{fact}"] = "Write a number, such as 45 or 1.2."
        return found
    if kind == "date":
        return _day(fact, text, on, errors)
    if kind == "choice":
        return text if text in words.choices(fact) else None
    return text[:200]


def _day(fact: str, text: str, on: dt.date, errors: dict[str, str]) -> str | None:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        errors[f"fact-{fact}"] = f"Write a date as year-month-day, such as {on.isoformat()}."
        return None


def number(text: str) -> Decimal | None:
    """A plain decimal number, or None."""
    try:
        return Decimal(text) if re.fullmatch(r"-?[0-9]{1,6}([.][0-9]{1,4})?", text) else None
    except InvalidOperation:
        return None
