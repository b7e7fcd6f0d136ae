"""The two charts of the stub. All people are made up."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
ANN, BO = "pt-17", "pt-42"
DAY = "2026-11-24"
REVIEWED = "2026-11-20"
CODEINE = "Codeine"


def _loinc(code: str, text: str) -> Json:
    return {"coding": [{"system": "http://loinc.org", "code": code}], "text": text}


def _of(kind: str, name: str, /, **members: Any) -> Json:
    return {"resourceType": kind, "id": name, **members}


def _subject(ref: str = ANN) -> Json:
    return {"reference": f"Patient/{ref}"}


def _condition(name: str, text: str) -> Json:
    active = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]}
    return _of("Condition", name, clinicalStatus=active, code={"text": text}, subject=_subject(), recordedDate="2024-03-01")


def _number(name: str, code: str, text: str, value: float, unit: str, day: str, category: str) -> Json:
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    measured = {"status": "final", "code": _loinc(code, text), "effectiveDateTime": day, "valueQuantity": quantity}
    measured["category"] = [{"coding": [{"code": category}]}]
    return _of("Observation", name, subject=_subject(), **measured)


def _list(name: str, code: str, *items: str, ref: str = ANN) -> Json:
    entries = [{"item": {"reference": item}} for item in items]
    members = {"status": "current", "mode": "working", "code": _loinc(code, name), "date": REVIEWED, "entry": entries}
    return _of("List", name, subject=_subject(ref), **members)


def _appointment(name: str, start: str, status: str, ref: str, reason: str) -> Json:
    people = [{"actor": {"reference": "Practitioner/reyes"}}, {"actor": _subject(ref), "status": "accepted"}]
    return _of("Appointment", name, status=status, start=start, participant=people, serviceType=[{"text": reason}])


PATIENTS = [
    _of("Patient", ANN, name=[{"family": "Berg", "given": ["Ann"]}], birthDate="1955-02-01", gender="female"),
    _of("Patient", BO, name=[{"family": "Ruiz", "given": ["Bo"]}], birthDate="1990-07-12", gender="male"),
]
MEDICATION = _of("Medication", "m1", code={"text": "warfarin 5 mg"})

RESOURCES: list[Json] = [
    *PATIENTS,
    _condition("c1", "high blood pressure"),
    _condition("c2", "atrial fibrillation"),
    _condition("c3", "osteoarthritis"),
    _of("AllergyIntolerance", "a1", code={"text": CODEINE}, patient=_subject(), recordedDate="2020-01-01",
        reaction=[{"manifestation": [{"text": "hives"}]}]),
    _of("MedicationRequest", "r1", status="active", intent="order", subject=_subject(), authoredOn="2026-10-30",
        medicationReference={"reference": "Medication/m1"}, dosageInstruction=[{"text": "1 tablet daily"}]),
    _of("MedicationStatement", "s1", status="active", subject=_subject(), dateAsserted="2026-11-01",
        medicationCodeableConcept={"text": "lisinopril 10 mg daily"}),
    _number("o1", "98979-8", "eGFR", 29, "mL/min/{1.73_m2}", "2026-10-02", "laboratory"),
    _number("o2", "29463-7", "Body weight", 70, "kg", "2026-11-01", "vital-signs"),
    _list("problems", "11450-4", "Condition/c1", "Condition/c2", "Condition/c3"),
    _list("allergies", "48765-2", "AllergyIntolerance/a1"),
    _list("medicines", "10160-0", "MedicationRequest/r1", "MedicationStatement/s1"),
    _of("MedicationRequest", "r2", status="active", intent="order", subject=_subject(BO), authoredOn="2026-11-10",
        medicationCodeableConcept={"text": "sertraline 50 mg daily"}),
    _list("medicines-of-bo", "10160-0", "MedicationRequest/r2", ref=BO),
    _appointment("t1", "2026-11-24T15:30:00Z", "booked", ANN, "Extraction"),
    _appointment("t2", "2026-11-24T14:00:00Z", "arrived", BO, "Checkup"),
    _appointment("t3", "2026-11-24T16:00:00Z", "cancelled", BO, "Filling"),
    _appointment("t4", "2026-11-25T14:00:00Z", "booked", BO, "Filling"),
]  # fmt: skip


def is_of(resource: Json, ref: str) -> bool:
    """Whether a resource is of a patient."""
    people = [resource.get("subject"), resource.get("patient"), *(each["actor"] for each in resource.get("participant", ()))]
    return _subject(ref) in people

# Types of resource that the server searches also where no chart holds one.
ELSE_OFFERED = {"QuestionnaireResponse", "MedicationStatement", "MedicationDispense", "ServiceRequest", "Procedure", "Appointment"}
