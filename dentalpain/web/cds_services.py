"""The three services: what they are called, on which hook they stand, and what they ask to be sent along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..fhir.elements import Json
from ..fhir.searches import SEARCHES

HOOKS = {
    "dentalpain-patient-view": "patient-view",
    "dentalpain-order-select": "order-select",
    "dentalpain-order-sign": "order-sign",
}
WORDS = {
    "patient-view": (
        "Medicines for pain: what a dentist should know",
        "Looks at the opioids and other pain medicines that the patient takes, and says what is hazardous about them.",
    ),
    "order-select": (
        "Pain prescription: check while choosing",
        "Reviews the selected medicines against the record and offers what is safer and works as well.",
    ),
    "order-sign": (
        "Pain prescription: check before signing",
        "Reviews the medicines to be signed against the record: doses, interactions, hazards, and safer alternatives.",
    ),
}
NEEDS = "Works with what is sent; what is not sent counts as unknown, never as absent."
BLOOD_PRESSURE_PANEL = "85354-9"

_PATIENT = "patient={{context.patientId}}"
_NAMES = {
    "conditions": "Condition",
    "allergies": "AllergyIntolerance",
    "medicationRequests": "MedicationRequest",
    "medicationStatements": "MedicationStatement",
    "medicationDispenses": "MedicationDispense",
    "procedures": "Procedure",
    "lists": "List",
    "plans": "ServiceRequest",
    "appointments": "Appointment",
}
_FIXED = {"patient": "Patient/{{context.patientId}}"} | {
    name: "&".join(filter(None, (f"{kind}?{_PATIENT}", SEARCHES[kind]))) for name, kind in _NAMES.items()
}


def templates(knowledge: Any) -> Mapping[str, str]:
    """The prefetch templates; of the observations only those that a fact is read from."""
    codes = {code for row in knowledge.fact_rows for code in row["loinc"].split(";") if code}
    wanted = ",".join(sorted({code.strip() for code in codes} | {BLOOD_PRESSURE_PANEL}))
    return {**_FIXED, "observations": f"Observation?{_PATIENT}&code={wanted}&_sort=-date"}


def described(knowledge: Any) -> list[Json]:
    """The services as discovery answers."""
    wanted = dict(templates(knowledge))
    return [
        {
            "hook": hook,
            "title": WORDS[hook][0],
            "description": WORDS[hook][1],
            "id": name,
            "usageRequirements": NEEDS,
            "prefetch": wanted,
        }
        for name, hook in HOOKS.items()
    ]


def method_of(path: str) -> str | None:
    """The method of a path under /cds-services ('' is the discovery); None where there is no such path."""
    if path == "":
        return "GET"
    return "POST" if path.removesuffix("/feedback") in HOOKS else None
