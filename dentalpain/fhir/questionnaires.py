"""Our questionnaires as FHIR R4 Questionnaires, made from the knowledge that scores them; linkIds are the items' keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..clinical.instruments.answers import RED_FLAGS_FORM
from ..clinical.instruments.instrument import Instrument
from ..clinical.screening.tables import ALL_INSTRUMENTS, ScreeningKnowledge
from ..errors import UnknownNameError
from . import systems
from .elements import Json
from .questionnaire_items import fact_item, items_of

OWN_WORDING = "not the validated wording"
NOTICE = "The questions are in our own words: not the validated wording."
PUBLISHER = "dentalpain"
# The linkIds of what is only shown; no item of a questionnaire has such a key.
ABOUT, WINDOW = "about-the-wording", "about-the-time"
RED_FLAGS_TITLE = "Warning signs"
RED_FLAGS_README = "A form of our own about signs that should not wait."
RED_FLAGS_PURPOSE = "For staff to ask: red flags are decided first, and a question that is left out is not assessed, never a no."


def names(knowledge: ScreeningKnowledge) -> tuple[str, ...]:
    """The questionnaires that are built, in the order of the contract."""
    return tuple(name for name in ALL_INSTRUMENTS if name == RED_FLAGS_FORM or name in knowledge.instruments)


def questionnaire(name: str, knowledge: ScreeningKnowledge, version: str) -> Json:
    """One questionnaire, by its public id; `version` is that of the knowledge. Raises UnknownNameError."""
    if name == RED_FLAGS_FORM:
        return _red_flags(knowledge, version)
    if name not in knowledge.instruments:
        known = ", ".join(names(knowledge))
        raise UnknownNameError("There is no questionnaire of this name.", mend=f"The names are {known}.")
    return _of(knowledge.instruments[name], version)


def _of(instrument: Instrument, version: str) -> Json:
    texts: Mapping[str, Any] = instrument.texts
    own = texts["wording"] == OWN_WORDING
    shown = [_shown(WINDOW, f"Think of: {texts['window']}.")]
    if own:
        shown.insert(0, _shown(ABOUT, NOTICE))
    panel = texts.get("loinc", {}).get("panel")
    return {
        **_head(instrument.id, version, texts["title"], texts.get("language", "en")),
        "date": texts["review"]["written_on"].isoformat(),
        "description": NOTICE if own else texts["wording"],
        # For staff: a form that is shown to patients prints the description, and not its purpose.
        "purpose": f"{texts['readme']} {texts['missing']}",
        "copyright": _copyright(texts["licence"], own),
        **({"code": [{"system": systems.LOINC, "code": panel}]} if panel else {}),
        "item": [*shown, *items_of(instrument, coded=not own)],
    }


def _head(name: str, version: str, title: str, language: str = "en") -> Json:
    return {
        "resourceType": "Questionnaire",
        "id": name,
        "language": language,
        "url": systems.canonical(name),
        "version": version,
        "name": "".join(part.capitalize() for part in f"dentalpain-{name}".split("-")),
        "title": title,
        "status": "draft",
        "subjectType": ["Patient"],
        "publisher": PUBLISHER,
    }


def _shown(link_id: str, text: str) -> Json:
    return {"linkId": link_id, "text": text, "type": "display"}


def _copyright(licence: Mapping[str, str], own: bool) -> str:
    held = f"The official form: {licence['status']}, held by {licence['holder']}. {licence['note']}"
    return f"{NOTICE} {held}" if own else held


def _red_flags(knowledge: ScreeningKnowledge, version: str) -> Json:
    facts = knowledge.red_flag_facts
    questions = [fact_item(held, knowledge.questions.get(key, held.meaning)) for key, held in facts.items()]
    return {
        **_head(RED_FLAGS_FORM, version, RED_FLAGS_TITLE),
        "description": RED_FLAGS_README,
        "purpose": RED_FLAGS_PURPOSE,
        "copyright": "Our own form; no validated form of it exists.",
        "item": questions,
    }
