"""The three services: what they are called, on which hook they stand, and what they ask to be sent along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..fhir.elements import Json

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
LISTS = "11450-4,48765-2,10160-0"  # LOINC: problem, allergy and medication list

_PATIENT = "patient={{context.patientId}}"
_FIXED = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": f"Condition?{_PATIENT}",
    "allergies": f"AllergyIntolerance?{_PATIENT}",
    "medicationRequests": f"MedicationRequest?{_PATIENT}",
    "medicationStatements": f"MedicationStatement?{_PATIENT}",
    "medicationDispenses": f"MedicationDispense?{_PATIENT}",
    "procedures": f"Procedure?{_PATIENT}",
    "lists": f"List?{_PATIENT}&code={LISTS}",
    "plans": f"ServiceRequest?{_PATIENT}&status=active",
    "appointments": f"Appointment?{_PATIENT}&status=booked",
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
