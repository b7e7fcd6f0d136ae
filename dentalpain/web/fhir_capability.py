"""The CapabilityStatement: which resources and searches are answered under /fhir/."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .. import __version__

READ_AND_SEARCH = [{"code": "read"}, {"code": "search-type"}]
BY_IDENTIFIER = {"name": "identifier", "type": "token", "documentation": "The id of the assessment; needed, unless _id is given."}
BY_ID = {"name": "_id", "type": "token"}
BY_URL = {"name": "url", "type": "uri"}
SCORE = {
    "name": "score",
    "definition": "urn:dentalpain:operation:score",
    "documentation": "POST a QuestionnaireResponse to one of the Questionnaires here; the answer is a Bundle of Observations.",
}


def statement(today: dt.date, address: str) -> dict[str, Any]:
    """What a program may ask for, and that nothing is written."""
    assessed = [_resource(kind, BY_IDENTIFIER, BY_ID) for kind in ("Observation", "Condition")]
    response = {**_resource("QuestionnaireResponse", BY_IDENTIFIER, BY_ID), "operation": [SCORE]}
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": today.isoformat(),
        "kind": "instance",
        "software": {"name": "dentalpain", "version": __version__},
        "implementation": {"description": "Orofacial pain questionnaires and what was found with them", "url": address},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "security": {"description": "The host's own sign-in and permissions; each look is kept in its audit trail."},
                "resource": [_resource("Questionnaire", BY_URL, BY_ID), response, *assessed],
            }
        ],
    }


def _resource(kind: str, *parameters: dict[str, str]) -> dict[str, Any]:
    return {"type": kind, "interaction": READ_AND_SEARCH, "searchParam": list(parameters)}
