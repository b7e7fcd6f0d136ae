"""The head of the page: who this is, what is recorded and reviewed, and what is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..clinical.facts import REVIEW_WINDOW, shown
from ..clinical.quantities import PartialDate
from ..clinical.reactions import NO_DRUG_ALLERGY
from ..clinical.record import Allergy, Problem, ReactionKind, Record, Review, Span, Standing
from ..fhir.reading import LIST_OF
from ..fhir.unread import REASONS
from . import words
from .words import Words

LISTS = {"problems": "Problems", "medicines": "Medicines", "allergies": "Allergies"}
NUMBERS = {
    "weight_kg": "Weight",
    "egfr": "eGFR",
    "serum_creatinine": "Creatinine",
    "inr": "INR",
    "systolic_bp": "Systolic pressure",
    "diastolic_bp": "Diastolic pressure",
    "platelets": "Platelets",
}
ALWAYS_SHOWN = ("weight_kg", "egfr")
STANDING = {Standing.PAST: "past", Standing.ASK: "to be confirmed"}


def header(record: Record, review: Mapping[str, Any], facts: Mapping[str, Any], names: Words) -> dict[str, Any]:
    """What the head of the page shows."""
    return {
        "name": record.name,
        "age": review["age_years"],
        "sex": record.sex,
        "birth": str(record.birth) if record.birth else None,
        "deceased": record.deceased,
        "lists": [_list(record, facts, key, title) for key, title in LISTS.items()],
        "numbers": _numbers(record, names),
    }


def _list(record: Record, facts: Mapping[str, Any], key: str, title: str) -> dict[str, Any]:
    entries = {"problems": _problems, "medicines": _medicines, "allergies": _allergies}[key](record)
    review = Review(record.on, "dentist") if facts.get(f"{key}_reviewed") is True else record.reviewed.get(key)
    old = review is not None and (record.on - review.date).days > REVIEW_WINDOW[key]
    return {
        "key": key,
        "title": title,
        "entries": entries,
        "none": _none_known(record) if key == "allergies" else None,
        "contradicted": key == "allergies" and any(_is_to_a_medicine(a) for a in record.allergies),
        "unread": _unread(record, [kind for kind, name in LIST_OF.items() if name == key]),
        "reviewed": words.day(review.date) if review else None,
        "counts": review is not None and not old and review.date <= record.on,
        "window": REVIEW_WINDOW[key],
    }


def _unread(record: Record, kinds: list[str]) -> str | None:
    """Why a server did not give these resources, or not all of them; None where it did."""
    reasons = REASONS.values()
    return next((one.why for one in record.not_read if one.what in kinds and one.why in reasons), None)


def _entry(text: str, standing: Standing, more: str = "") -> dict[str, str]:
    return {"text": text, "standing": STANDING.get(standing, ""), "more": more}


def _problems(record: Record) -> list[dict[str, str]]:
    return [_entry(p.text, p.standing, _dated(p)) for p in record.problems if p.standing is not Standing.REFUTED]


def _medicines(record: Record) -> list[dict[str, str]]:
    return [_entry(m.prescription.text, m.standing) for m in record.medicines if m.standing is not Standing.REFUTED]


def _allergies(record: Record) -> list[dict[str, str]]:
    kept = (a for a in record.allergies if a.standing is not Standing.REFUTED)
    return [_entry(a.text, a.standing, ", ".join(a.reactions) or "reaction not recorded") for a in kept]


def _none_known(record: Record) -> str | None:
    """An entry such as NKDA in words, with its day; it speaks of medicines, not of food or latex. None: there is none."""
    said = [s for s in record.statements if s.fact == NO_DRUG_ALLERGY and s.value is True and s.certain]
    if not said:
        return None
    newest = max(said, key=lambda s: s.date.last if s.date else dt.date.min).date
    return f"No known drug allergies, recorded {f'on {_day(newest)}' if newest else 'without a date'}"


def _is_to_a_medicine(allergy: Allergy) -> bool:
    """Whether an entry stands against 'no known drug allergies'."""
    counted = allergy.standing in (Standing.CURRENT, Standing.ASK) and allergy.kind is not ReactionKind.INTOLERANCE
    return counted and bool(allergy.ingredients)


def _dated(problem: Problem) -> str:
    """The day on which it began or was done; a day of writing down is named as such, since it says neither."""
    return "" if problem.date is None else _day(problem.date) if problem.began else f"recorded {_day(problem.date)}"


def _day(date: PartialDate) -> str:
    return words.day(date.last) if date.exact else str(date)


def _numbers(record: Record, names: Words) -> list[dict[str, str]]:
    """The newest of each number that prescribing asks for, with its day; one that is missing says so."""
    found = []
    for fact, label in NUMBERS.items():
        stated = [s for s in record.statements if s.fact == fact and not isinstance(s.value, bool)]
        newest = max(stated, key=lambda s: s.date.last if s.date else dt.date.min, default=None)
        if newest is not None:
            day = _day(newest.date) if newest.date else "no date"
            value = shown(newest.value) if isinstance(newest.value, Span) else newest.value
            found.append({"label": label, "value": names.value(fact, value), "day": day})
        elif fact in ALWAYS_SHOWN:
            value = "could not be read" if _unread(record, ["Observation"]) else "not recorded"
            found.append({"label": label, "value": value, "day": ""})
    return found
