"""A FHIR QuestionnaireResponse read into the shape of an answers file: linkIds are keys, and what is blank stays blank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..clinical.instruments.answers import RED_FLAGS_FORM
from ..clinical.record import NotRead
from ..clinical.screening.tables import ScreeningKnowledge
from ..errors import AnswersError
from . import systems
from .authored import RESPONSE, authored_on
from .elements import Json, mapping, objects, short, string
from .questionnaires import ABOUT, WINDOW, names
from .response_values import Answered, value_of_fact, value_of_item
from .split_items import put_together, renamed

# A response that is still being filled in, or was broken off, is scored by what it holds: a blank is never 0.
READ_STATUSES = ("completed", "amended", "in-progress", "stopped")
STAFF = ("Practitioner", "PractitionerRole")
NOT_ASKED = "the questionnaire asks nothing under this linkId"


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """Answers in the shape of an answers file, and the answers under linkIds that the questionnaire does not have."""

    answers: Json
    not_read: tuple[NotRead, ...]


def is_response(raw: Mapping[str, Any]) -> bool:
    """Whether answers came as FHIR and not in our own shape. Raises nothing."""
    return "resourceType" in raw


def read_response(
    raw: Mapping[str, Any], knowledge: ScreeningKnowledge, on: dt.date, where: str = "answers"
) -> ReadResponse:
    """Read a QuestionnaireResponse to one of our questionnaires on the day `on`; `where` is how errors call it.

    Raises AnswersError for another resource or questionnaire, a response that was entered in error, an item that is
    answered twice, and an answer that means nothing to its item.
    """
    data = dict(raw)
    _check(data, where)
    instrument = instrument_of(data, knowledge, where)
    known = knowledge.red_flag_facts if instrument == RED_FLAGS_FORM else _keys(instrument, knowledge)
    held = _answered(data, _official(data, instrument, knowledge), where)
    form = knowledge.instruments.get(instrument)
    joined = list(put_together(held, form)) if form is not None else []
    strange = [_strange(answered, link_id) for link_id, answered in held.items() if link_id not in known]
    found = {key: _value(key, held[key], instrument, knowledge) for key in known if key in held}
    found |= {key: value for key, value, _ in joined}
    return ReadResponse(
        {
            "instrument": instrument,
            "answered_by": _answered_by(data),
            "on": _authored(data, on, where),
            "items": found,
        },
        (*strange, *(unread for _, _, unread in joined if unread is not None)),
    )


def instrument_of(data: Json, knowledge: ScreeningKnowledge, where: str) -> str:
    """The instrument that a response answers, by our canonical name, an address of a host, or its installed official form."""
    named = string(data.get("questionnaire"))
    found = systems.instrument_named(named) or systems.instrument_served(named)
    if found not in names(knowledge):
        bare = named.partition("|")[0]
        found = next((key for key, held in knowledge.instruments.items() if bare and held.texts.get("url") == bare), None)
    if found not in names(knowledge) or found is None:
        first = systems.canonical("phq-4")
        raise AnswersError(
            "This response names no questionnaire that is built here.",
            where=f"{where}/questionnaire",
            mend=f"Name one, such as {first}; built are {', '.join(names(knowledge))}.",
        )
    return found


def _check(data: Json, where: str) -> None:
    if data.get("resourceType") != RESPONSE:
        raise AnswersError(f"This is no {RESPONSE}.", where=f"{where}/resourceType", mend=f"Send a {RESPONSE} of FHIR R4.")
    if data.get("modifierExtension") or data.get("implicitRules"):
        raise AnswersError(
            "An extension that may change the meaning is not known here.", where=where, mend="Send the answers without it."
        )
    if data.get("status") not in READ_STATUSES:
        raise AnswersError(
            "A response of this status is not read.",
            where=f"{where}/status",
            mend=f"The status is one of {', '.join(READ_STATUSES)}.",
        )


def _keys(instrument: str, knowledge: ScreeningKnowledge) -> tuple[str, ...]:
    return tuple(item.key for item in knowledge.instruments[instrument].items)


def _value(key: str, answered: Answered, instrument: str, knowledge: ScreeningKnowledge) -> Any:
    if instrument == RED_FLAGS_FORM:
        return value_of_fact(answered, knowledge.red_flag_facts[key])
    form = knowledge.instruments[instrument]
    return value_of_item(answered, next(item for item in form.items if item.key == key), form)


def _official(data: Json, instrument: str, knowledge: ScreeningKnowledge) -> Mapping[str, str]:
    """Our keys by the linkIds of the official form, where one is installed.

    The form may number its items otherwise than we do: in a response to our own Questionnaire our keys stand first.
    """
    form = knowledge.instruments.get(instrument)
    texts: Mapping[str, Any] = form.texts if form is not None else {}
    found: Mapping[str, str] = texts.get("link_ids", {})
    if texts.get("url") == string(data.get("questionnaire")).partition("|")[0]:
        return {**found, **renamed(form, official=True)}
    ours = {item.key for item in form.items} if form is not None else set()
    return {**{link_id: key for link_id, key in found.items() if link_id not in ours}, **renamed(form, official=False)}


def _answered(data: Json, official: Mapping[str, str], where: str) -> dict[str, Answered]:
    """The answers by our keys, wherever they are nested. Raises AnswersError for an item that is answered twice."""
    found: dict[str, Answered] = {}
    for item, place in _items(data, where):
        answered = Answered(objects(item.get("answer")), place)
        link_id = string(item.get("linkId"))
        link_id = official.get(link_id, link_id)
        if not answered.held or link_id in (ABOUT, WINDOW):
            continue
        if link_id in found:
            raise answered.wrong("The item is answered for the second time.", "Send each linkId once.")
        found[link_id] = answered
    return found


def _items(holder: Json, where: str) -> Iterator[tuple[Json, str]]:
    for index, item in enumerate(objects(holder.get("item"))):
        here = f"{where}/item/{index}"
        yield item, here
        yield from _items(item, here)
        for number, answer in enumerate(objects(item.get("answer"))):
            yield from _items(answer, f"{here}/answer/{number}")


def _strange(answered: Answered, link_id: str) -> NotRead:
    return NotRead(answered.where, short(f"linkId {link_id}" if link_id else "an answer without a linkId"), NOT_ASKED)


def _answered_by(data: Json) -> str | None:
    """The patient or the staff, by who gave the answers, else by who wrote them down; None where neither is named."""
    for name in ("source", "author"):
        named = mapping(data.get(name))
        kind = string(named.get("type")) or string(named.get("reference")).rpartition("/")[0].rpartition("/")[2]
        if kind == "Patient":
            return "patient"
        if kind in STAFF:
            return "staff"
    return None


def _authored(data: Json, on: dt.date, where: str) -> str | None:
    if "authored" not in data:
        return None
    found = authored_on(data, on)
    if found is None:
        raise AnswersError(
            "The day of the answers cannot be read.", where=f"{where}/authored", mend="Write a day such as 2026-11-30."
        )
    return found.isoformat()
