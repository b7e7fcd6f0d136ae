"""QuestionnaireResponses among the resources of a record: those to our questionnaires are kept, the newest first."""

from __future__ import annotations

from collections.abc import Collection

from ..clinical.quantities import PartialDate
from . import systems
from .authored import RESPONSE, authored_on
from .bundle import Found
from .elements import Json, mapping, string
from .gathering import Gathering

# What the screening reads of a response; narrative, names and notes stay behind.
KEPT = ("resourceType", "id", "questionnaire", "status", "authored", "item")
REFUTED = "entered-in-error"


def gather_responses(gathering: Gathering, official_forms: Collection[str] = ()) -> None:
    """Keep the responses to questionnaires of ours and to installed official forms, the newest first; the others are listed."""
    ours: list[Found] = []
    for found in gathering.bundle.of_type(RESPONSE):
        named = string(found.resource.get("questionnaire"))
        if systems.instrument_named(named) is None and named.partition("|")[0] not in official_forms:
            gathering.miss(found, RESPONSE, "it answers a questionnaire that is not one of ours")
        elif found.resource.get("status") == REFUTED:
            gathering.miss(found, RESPONSE, "it was entered in error")
        elif not _is_later(gathering, found):
            ours.append(found)
    ours.sort(key=lambda each: string(each.resource.get("authored")), reverse=True)
    gathering.answers.extend(_kept(found.resource) for found in ours)


def _is_later(gathering: Gathering, found: Found) -> bool:
    day = authored_on(found.resource, gathering.on)
    return gathering.is_later(found, None if day is None else PartialDate(day, day))


def _kept(resource: Json) -> Json:
    kept = {name: resource[name] for name in KEPT if name in resource}
    for name in ("source", "author"):
        person = mapping(resource.get(name))
        told = {key: person[key] for key in ("type", "reference") if key in person}
        kept |= {name: told} if told else {}
    return kept
