"""Official questionnaires as publishers give them out, written by hand for the tests."""

from __future__ import annotations

from typing import Any

LOINC = "http://loinc.org"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
PHQ_9 = ("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8", "69722-7")
ANSWERS = (("LA6568-5", "Nunca"), ("LA6569-3", "Varios"), ("LA6570-1", "Más"), ("LA6571-9", "Casi"))
PUBLISHED = {"url": "http://publisher.example/Questionnaire/form", "version": "2.1", "publisher": "The publisher"}
FREE = "Reproduce, translate, display and distribute it without asking."


def translated(text: str, language: str = "es") -> dict[str, Any]:
    """The element beside a text that holds it in another language."""
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": text}]
    return {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": parts}]}


def option(code: str, says: str, points: object = None, system: str = LOINC) -> dict[str, Any]:
    """An answer that can be chosen, with its points where it states them."""
    worth = {} if points is None else {"extension": [{"url": ORDINAL, "valueDecimal": points}]}
    return {**worth, "valueCoding": {"system": system, "code": code, "display": says, "_display": translated(f"{says} (es)")}}


def asked(link_id: str, text: str, kind: str = "choice", **more: Any) -> dict[str, Any]:
    """One question."""
    return {"linkId": link_id, "text": text, "type": kind, **more}


def form(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A questionnaire with its licence, version and source."""
    head = {"resourceType": "Questionnaire", "title": "The official form", "status": "active", "language": "en"}
    return {**head, **PUBLISHED, "copyright": FREE, "item": list(items), **more}


def phq_9(**more: Any) -> dict[str, Any]:
    """The PHQ-9 by LOINC codes, with its calculated total, in a group."""
    options = [option(code, says) for code, says in ANSWERS]
    items = [
        asked(
            f"/{code}",
            f"Official question {number}",
            code=[{"system": LOINC, "code": code}],
            answerOption=options,
            _text=translated(f"Pregunta {number}"),
        )
        for number, code in enumerate(PHQ_9, start=1)
    ]
    total = asked("/44261-6", "Total", "decimal", code=[{"system": LOINC, "code": "44261-6"}])
    panel = [{"system": LOINC, "code": "44249-1"}]
    return form(asked("g", "Two weeks", "group", item=items), total, code=panel, **more)


def ratings(count: int, kind: str = "integer", **more: Any) -> dict[str, Any]:
    """A form of ratings under linkIds of its own."""
    return form(*(asked(f"q{n}", f"Rating {n}", kind) for n in range(1, count + 1)), **more)


def yes_or_no(count: int) -> dict[str, Any]:
    """A form of yes-or-no questions under linkIds of its own."""
    options = [option("no", "No"), option("yes", "Yes")]
    return form(*(asked(f"q{n}", f"Question {n}", answerOption=options) for n in range(1, count + 1)))
