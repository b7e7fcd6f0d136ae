"""The resources behind a referral note: patient, office, software, diagnoses, problems, medicines, allergies, scores."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from .. import __version__

Shape = Mapping[str, Any]
Json = dict[str, Any]
Address = Callable[[str], str]

CONDITION = "http://terminology.hl7.org/CodeSystem/condition-"
ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-"
DENTAL = "http://hl7.org/fhir/us/dental-data-exchange/CodeSystem/dental-category"
DENTAL_CONDITION = "http://hl7.org/fhir/us/dental-data-exchange/StructureDefinition/dental-condition"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
# Clinical and verification status for the four standings of an entry in the record.
STANDING = {"active": ("active", ""), "past": ("inactive", ""), "in doubt": ("active", "unconfirmed"), "refuted": ("", "refuted")}


def coded(system: str, code: str, display: str = "") -> Json:
    """A CodeableConcept of one code."""
    coding = {"system": system, "code": code}
    return {"coding": [coding | ({"display": display} if display else {})]}


def entries(review: Shape, screen: Shape, chart: Shape, scores: Shape, address: Address) -> dict[str, Any]:
    """The resources by section and address; `empty` says why a section holds none: 'none', 'unknown' or 'not held'."""
    patient = {"reference": address("patient")}
    met = [one for one in screen["diagnoses"] if one["status"] == "met"]
    current = [one for one in review["prescriptions"] if one["current"]]
    found = {
        "diagnoses": {address(f"{one['id']} {one['side']}"): _diagnosis(one, patient, screen) for one in met},
        "problems": _numbered("problem", [_problem(one, patient) for one in chart.get("problems", ())], address),
        "medicines": _numbered("medicine", [_medicine(one, patient, review) for one in current], address),
        "allergies": _numbered("allergy", [_allergy(one, patient) for one in chart.get("allergies", ())], address),
        "scores": _scores(screen, scores, patient, address),
    }
    return {**found, "empty": {**_empty(chart), "procedures": "not held"}}


def _numbered(name: str, resources: list[Json], address: Address) -> dict[str, Json]:
    return {address(f"{name} {number}"): one for number, one in enumerate(resources, start=1)}


def _empty(chart: Shape) -> dict[str, str]:
    """Why a list is empty: gone through and nothing on it, or nobody has noted asking."""
    reviewed = chart.get("reviewed_on", {})
    return {name: "none" if name in reviewed else "unknown" for name in ("problems", "medicines", "allergies")}


def named_patient(chart: Shape, office: Shape) -> Json:
    """The patient; a name that is not recorded says that it is unknown."""
    held = chart.get("patient", {})
    unknown = {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}
    patient: Json = {
        "resourceType": "Patient",
        "name": [{"text": held["name"]} if held.get("name") else unknown],
        "gender": held["sex"] if held.get("sex") in ("male", "female", "other") else "unknown",
    }
    if held.get("id"):
        patient["identifier"] = [{"system": _namespace(office), "value": str(held["id"])}]
    if held.get("birth_date"):
        patient["birthDate"] = str(held["birth_date"])
    return patient


def _namespace(office: Shape) -> str:
    """Where the office's numbers are unique: its address on the web, else a name made from its own."""
    url = str(office.get("url") or "")
    return url or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, str(office['name']))}"


def organization(office: Shape) -> Json:
    """The office."""
    held: Json = {"resourceType": "Organization", "active": True, "name": str(office["name"])}
    if office.get("phone"):
        held["telecom"] = [{"system": "phone", "value": str(office["phone"]), "use": "work"}]
    return held


def software() -> Json:
    """Who put the note together: no clinician has signed it, so none stands as its author."""
    return {
        "resourceType": "Device",
        "deviceName": [{"name": "dentalpain", "type": "manufacturer-name"}],
        "version": [{"value": __version__}],
    }


def _diagnosis(one: Shape, patient: Json, screen: Shape) -> Json:
    """A diagnosis whose criteria are met; provisional ones say so."""
    text = str(one["id"]).replace("-", " ").replace("tmd", "TMD")
    codes = [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code} for code in one["icd10cm"]]
    condition: Json = {
        "resourceType": "Condition",
        "meta": {"profile": [DENTAL_CONDITION]},
        "clinicalStatus": coded(f"{CONDITION}clinical", "active"),
        "verificationStatus": coded(f"{CONDITION}ver-status", "provisional" if one["provisional"] else "confirmed"),
        "category": [coded(DENTAL, "dental", "Dental"), coded(f"{CONDITION}category", "encounter-diagnosis")],
        "code": {"text": text} | ({"coding": codes} if codes else {}),
        "subject": patient,
        "recordedDate": str(screen["on"]),
    }
    if one["side"] != "patient":
        condition["bodySite"] = [{"text": f"{one['side']} side of the jaw"}]
    return condition


def _problem(one: Shape, patient: Json) -> Json:
    """A problem of the record, in the words that stand there."""
    condition: Json = {
        "resourceType": "Condition",
        "category": [coded(f"{CONDITION}category", "problem-list-item")],
        "code": {"text": str(one["text"])},
        "subject": patient,
    }
    clinical, verified = STANDING[one["status"]]
    if clinical:
        condition["clinicalStatus"] = coded(f"{CONDITION}clinical", clinical)
    if verified:
        condition["verificationStatus"] = coded(f"{CONDITION}ver-status", verified)
    if one.get("onset"):
        condition["onsetDateTime"] = str(one["onset"])
    elif one.get("recorded"):
        condition["recordedDate"] = str(one["recorded"])
    return condition


def _medicine(one: Shape, patient: Json, review: Shape) -> Json:
    """A medicine that counts as taken, in the words that stand there; its ingredient is coded where there is just one."""
    concept: Json = {"text": str(one["text"])}
    if len(one["ingredients"]) == 1 and one["ingredients"][0]["rxcui"]:
        rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
        concept["coding"] = [{"system": rxnorm, "code": str(one["ingredients"][0]["rxcui"])}]
    return {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": concept,
        "subject": patient,
        "dateAsserted": str(review["on"]),
    }


def _allergy(one: Shape, patient: Json) -> Json:
    """An allergy of the record, in the words that stand there."""
    clinical, verified = STANDING[one["status"]]
    allergy: Json = {
        "resourceType": "AllergyIntolerance",
        "verificationStatus": coded(f"{ALLERGY}verification", verified or "unconfirmed"),
        "code": {"text": str(one["text"])},
        "patient": patient,
    }
    if clinical:
        allergy["clinicalStatus"] = coded(f"{ALLERGY}clinical", clinical)
    if one.get("reactions"):
        allergy["reaction"] = [{"manifestation": [{"text": str(text)} for text in one["reactions"]]}]
    return allergy


def _scores(screen: Shape, codes: Shape, patient: Json, address: Address) -> dict[str, Json]:
    """A score that was reached; one that could not be scored says so and carries no number."""
    held = {}
    for one in screen["scores"]:
        code = codes.get(one["instrument"])
        concept: Json = {"text": f"{one['instrument']} score"}
        observation: Json = {
            "resourceType": "Observation",
            "status": "preliminary",
            "category": [coded("http://terminology.hl7.org/CodeSystem/observation-category", "survey")],
            "code": concept | (coded("http://loinc.org", str(code)) if code else {}),
            "subject": patient,
            "effectiveDateTime": str(screen["on"]),
        }
        if one["score"] is None:
            reason = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
            observation["dataAbsentReason"] = coded(reason, "unknown")
        else:
            observation["valueQuantity"] = {"value": one["score"]}
        held[address(f"score {one['instrument']}")] = observation
    return held
