"""Answers in our own shape written as a FHIR R4 QuestionnaireResponse; what is blank is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..clinical.facts import FactDefinition
from ..clinical.instruments.answers import RED_FLAGS_FORM, SIDES, UNCLEAR, months_in
from ..clinical.instruments.instrument import Instrument, Item
from ..clinical.screening.tables import ScreeningKnowledge
from . import systems
from .elements import Json
from .response_values import whole
from .split_items import written_parts

SOURCES = {"patient": {"type": "Patient", "display": "the patient"}, "staff": {"type": "Practitioner", "display": "staff"}}


def write_response(answers: Mapping[str, Any], knowledge: ScreeningKnowledge, version: str, on: str) -> Json:
    """The response for one questionnaire; `on` is its day where the answers name none. Raises nothing for checked answers."""
    name = answers["instrument"]
    if name == RED_FLAGS_FORM:
        items = list(_facts(answers["items"], knowledge))
    else:
        items = list(_items(answers["items"], knowledge.instruments[name]))
    source = SOURCES.get(answers.get("answered_by") or "")
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": systems.canonical(name, version),
        "status": "completed",
        "authored": answers.get("on") or on,
        **({"source": dict(source)} if source else {}),
        **({"item": items} if items else {}),
    }


def _items(held: Mapping[str, Any], instrument: Instrument) -> Iterator[Json]:
    for item in instrument.items:
        value = held.get(item.key)
        if value is not None and item.asked:
            name = "item" if item.parts else "answer"
            answers = written_parts(value, item, instrument) if item.parts else _answers(value, item, instrument.id)
            if answers:
                yield {"linkId": item.key, "text": item.ask, name: answers}


def _answers(value: Any, item: Item, instrument: str) -> list[Json]:
    if isinstance(value, list):
        named = value or [systems.NONE_OF_THESE]
        if item.kind == "sides" and not value:
            return [{"valueBoolean": False}]
        return [_coding(instrument, word, word) for word in named]
    if item.kind in ("yes_no", "sides"):
        return [{"valueBoolean": bool(value)}]
    if item.kind == "months":
        return _months(value)
    if item.kind == "number" and not item.words:
        return [{"valueInteger": int(value)}]
    says = value if isinstance(value, str) else item.options.get(int(value), str(value))
    worth = item.words.get(value) if isinstance(value, str) else int(value)
    return [_coding(instrument, str(value), says, worth if isinstance(worth, int) else None)]


def _coding(instrument: str, code: str, display: str, points: int | None = None) -> Json:
    worth = {} if points is None else {"extension": [{"url": systems.ORDINAL, "valueDecimal": points}]}
    # The sides that an interviewer adds are no options of the form.
    system = {} if code in (*SIDES, UNCLEAR) else {"system": f"{systems.POINTS}{instrument}"}
    return {"valueCoding": {**worth, **system, "code": code, "display": display}}


def _months(value: Any) -> list[Json]:
    months = months_in(value.get("years"), value.get("months")) if isinstance(value, Mapping) else value
    if months is None:
        return []
    return [{"valueQuantity": {"value": whole(Decimal(months)), "unit": "months", "system": systems.UCUM, "code": "mo"}}]


def _facts(held: Mapping[str, Any], knowledge: ScreeningKnowledge) -> Iterator[Json]:
    for key, definition in knowledge.red_flag_facts.items():
        value = held.get(key)
        if value is not None:
            text = knowledge.questions.get(key, definition.meaning)
            yield {"linkId": key, "text": text, "answer": [_fact(value, definition)]}


def _fact(value: Any, definition: FactDefinition) -> Json:
    if definition.value == "number":
        return {"valueDecimal": value}
    return {"valueDate": value} if definition.value == "date" else {"valueBoolean": bool(value)}
