"""What a screening found, as FHIR R4: responses, scores as Observations, and what is met as Conditions."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..clinical.screening.tables import ALL_DIAGNOSES, ScreeningKnowledge
from . import systems
from .elements import Json
from .response_writing import write_response
from .result_conditions import differential_conditions, met_conditions
from .result_observations import flag_observation, score_observation

RESPONSE, OBSERVATION, CONDITION = KINDS = systems.RESULT_KINDS
LENGTH_OF_ID = 22  # of an assessment in the store
NAMESPACE = uuid.UUID("6b1f4f0e-53a4-5d0f-9c55-0d6a1f0b7c3e")  # of ours, for uuids that are the same for the same answers


@dataclass(frozen=True, slots=True)
class Assessed:
    """One screening in its public shape, its answers in ours, and whom they are about.

    `assessment` is the id in the store; '' where nothing is kept, and then `seed` makes the uuids.
    """

    screen: Mapping[str, Any]
    answers: Sequence[Mapping[str, Any]]
    knowledge: ScreeningKnowledge
    version: str
    subject: Json
    assessment: str = ""
    seed: str = ""

    @property
    def on(self) -> str:
        """The day that was judged."""
        return str(self.screen["on"])

    def reference(self, kind: str, name: str) -> str:
        """How one resource of this screening names another."""
        if self.assessment:
            return f"{kind}/{resource_id(self.assessment, name)}"
        return f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{self.seed}/{kind}/{name}')}"


def resource_id(assessment: str, name: str) -> str:
    """The id of a resource: FHIR ids know no underscore, and ids of the store no full stop."""
    return f"{assessment.replace('_', '.')}.{name}"


def assessment_of(resource: str) -> str | None:
    """The assessment that a resource id belongs to; None for an id that is not of ours."""
    if len(resource) <= LENGTH_OF_ID + 1 or resource[LENGTH_OF_ID] != ".":
        return None
    return resource[:LENGTH_OF_ID].replace(".", "_")


def resources(assessed: Assessed) -> list[Json]:
    """Every resource with its place in `fullUrl`, as entries of a Bundle: responses, Observations, Conditions."""
    entries = [*_responses(assessed), *_observations(assessed), *_conditions(assessed)]
    return [_entry(assessed, kind, name, resource) for kind, name, resource in entries]


def _responses(assessed: Assessed) -> Iterator[tuple[str, str, Json]]:
    for answers in assessed.answers:
        made = write_response(answers, assessed.knowledge, assessed.version, assessed.on)
        yield RESPONSE, answers["instrument"], {**made, "subject": assessed.subject}


def _observations(assessed: Assessed) -> Iterator[tuple[str, str, Json]]:
    answered = {answers["instrument"] for answers in assessed.answers}
    for score in assessed.screen.get("scores", ()):
        name = score["instrument"]
        source = [assessed.reference(RESPONSE, name)] if name in answered else []
        made = score_observation(score, assessed.knowledge.instruments[name], assessed.on, source)
        yield OBSERVATION, name, {**made, "subject": assessed.subject}
    for flag in assessed.screen.get("red_flags", ()):
        if flag["answer"] == "yes":
            yield OBSERVATION, flag["rule"], {**flag_observation(flag, assessed.on), "subject": assessed.subject}


def _conditions(assessed: Assessed) -> Iterator[tuple[str, str, Json]]:
    answered = [answers["instrument"] for answers in assessed.answers]
    evidence = [assessed.reference(RESPONSE, name) for name in answered if name == "dc-tmd-sq"]
    for made in met_conditions(assessed.screen, assessed.knowledge, evidence):
        number = ALL_DIAGNOSES.index(made.diagnosis) + 1
        yield CONDITION, f"dx{number:02}-{made.side}", {**made.resource, "subject": assessed.subject}
    for name, resource in differential_conditions(assessed.screen):
        yield CONDITION, name, {**resource, "subject": assessed.subject}


def _entry(assessed: Assessed, kind: str, name: str, resource: Json) -> Json:
    """QuestionnaireResponse has one identifier, the others have a list of them."""
    named: Json = {}
    if assessed.assessment:
        identifier = {"system": systems.ASSESSMENT, "value": assessed.assessment}
        named = {
            "id": resource_id(assessed.assessment, name),
            "identifier": identifier if kind == RESPONSE else [identifier],
        }
    head = {"resourceType": kind, **named}
    return {"fullUrl": assessed.reference(kind, name), "resource": {**head, **resource}}
