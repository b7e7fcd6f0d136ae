"""A search that failed, as an entry of a Bundle: what it was for stays unknown, and the other lists stand."""

from __future__ import annotations

from dataclasses import dataclass

from .elements import Json, mapping, objects, string

SYSTEM = "urn:dentalpain:not-read"

REASONS = {
    "late": "the FHIR server did not answer in time",
    "unreachable": "the FHIR server could not be reached",
    "busy": "the FHIR server was too busy",
    "refused": "this sign-in may not read it",
    "unsupported": "the FHIR server does not answer this question",
    "absent": "the FHIR server does not offer this type of resource",
    "fault": "the FHIR server reported a fault",
    "unreadable": "the answer of the FHIR server could not be used",
    "large": "the answer of the FHIR server was too large",
    "cut": "there was more than was read",
    "withheld": "a list of the FHIR server names more of it than came",
    "elsewhere": "the FHIR server pointed to another server",
}

# A server that offers no such type may hold all medicines as requests (US Core asks for no more).
SPARED = frozenset({("MedicationStatement", "absent"), ("MedicationDispense", "absent")})


@dataclass(frozen=True, slots=True)
class Unread:
    """A type of resource that did not come, why, and whether its list can then not be proven by a review."""

    kind: str
    why: str
    voids: bool


def unread_entry(kind: str, reason: str) -> Json:
    """The entry that stands for resources of a type which could not be read, or not all of them."""
    coding = [{"system": SYSTEM, "code": kind}, {"system": SYSTEM, "code": reason}]
    issue = {"severity": "error", "code": "incomplete", "details": {"coding": coding}}
    return {"resource": {"resourceType": "OperationOutcome", "issue": [issue]}, "search": {"mode": "outcome"}}


def failed_search(resource: Json) -> Unread | None:
    """What such an entry says; None for any other outcome."""
    if resource.get("resourceType") != "OperationOutcome":
        return None
    for issue in objects(resource.get("issue")):
        coded = objects(mapping(issue.get("details")).get("coding"))
        codes = [string(each.get("code")) for each in coded if each.get("system") == SYSTEM]
        if len(codes) == 2 and codes[0].isalpha() and codes[1] in REASONS:
            return Unread(codes[0], REASONS[codes[1]], (codes[0], codes[1]) not in SPARED)
    return None
