"""CDS Hooks requests written as implementation guides and record systems write them; every person in them is made up.

Each carries the word MARK wherever a client names the patient, or puts a narrative, an address or a token: no answer may
repeat it. (Who ordered stands in what a card suggests, so that the suggestion can be signed.)
"""

from __future__ import annotations

import copy
from typing import Any

from .cds import CdsHost
from .cds_schemas import RESPONSE, check

Json = dict[str, Any]
MARK = "Zanzibar"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"
EHR = f"https://ehr.example/{MARK}/fhir"
ME = {"reference": "Patient/p1", "display": f"Ann {MARK}"}
NARRATIVE = {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{MARK}</div>'}

ACTIVE = {"clinicalStatus": {"coding": [{"code": "active"}]}, "verificationStatus": {"coding": [{"code": "confirmed"}]}}

# The names of RxNorm's clinical drugs (SCD) with their codes.
IBUPROFEN = ("197805", "ibuprofen 400 MG Oral Tablet")
NAPROXEN = ("198014", "naproxen 500 MG Oral Tablet")
NORCO = ("857002", "acetaminophen 325 MG / HYDROcodone bitartrate 5 MG Oral Tablet")
OXYCODONE = ("1049611", "oxycodone hydrochloride 15 MG Oral Tablet")
OXYCODONE_ER = ("1049502", "12 HR oxycodone hydrochloride 10 MG Extended Release Oral Tablet")
CODEINE = ("993781", "acetaminophen 300 MG / codeine phosphate 30 MG Oral Tablet")
ACETAMINOPHEN = ("198440", "acetaminophen 500 MG Oral Tablet")
ALPRAZOLAM = ("308048", "alprazolam 0.5 MG Oral Tablet")
DIAZEPAM = ("197591", "diazepam 5 MG Oral Tablet")
WARFARIN = ("855332", "warfarin sodium 5 MG Oral Tablet")
NALTREXONE = ("1483744", "naltrexone hydrochloride 50 MG Oral Tablet")
SERTRALINE = ("312941", "sertraline 50 MG Oral Tablet")


def concept(drug: tuple[str, str], *, display: bool = True, text: str | None = None) -> Json:
    """A clinical drug as a CodeableConcept."""
    coding = {"system": RXNORM, "code": drug[0], **({"display": drug[1]} if display else {})}
    return {"coding": [coding], **({"text": text} if text else {})}


def every_hours(hours: int, tablets: float = 1, unit: str = "TAB") -> Json:
    """Directions in structure alone, as order entry writes them."""
    quantity = {"value": tablets, "unit": unit, "code": unit}
    quantity["system"] = "http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm"
    ordered = {"type": {"coding": [{"code": "ordered"}]}, "doseQuantity": quantity}
    repeat = {"frequency": 1, "period": hours, "periodUnit": "h"}
    return {"sequence": 1, "asNeededBoolean": True, "timing": {"repeat": repeat}, "doseAndRate": [ordered]}


def request(drug: tuple[str, str] | None, hours: int = 6, tablets: float = 1, name: str = "mr1", **more: Any) -> Json:
    """A draft MedicationRequest of a supply of three days."""
    supply = {"quantity": {"value": 12, "unit": "TAB"}, "expectedSupplyDuration": {"value": 3, "unit": "days", "code": "d"}}
    made: Json = {
        "resourceType": "MedicationRequest", "id": name, "meta": {"lastUpdated": "2026-11-24T09:00:00Z"}, "text": NARRATIVE,
        "status": "draft", "intent": "order", "subject": ME, "encounter": {"reference": "Encounter/e1"},
        "requester": {"reference": "Practitioner/d", "display": "Dr. Dana Reyes"}, "authoredOn": "2026-11-24",
        "dosageInstruction": [every_hours(hours, tablets)], "dispenseRequest": {"numberOfRepeatsAllowed": 0, **supply},
    }  # fmt: skip
    if drug is not None:
        made["medicationCodeableConcept"] = concept(drug)
    return {**made, **more}


def patient(birth: str = "1980-05-06", **more: Any) -> Json:
    """The patient, with all that a US Core patient carries."""
    held = {"resourceType": "Patient", "id": "p1", "text": NARRATIVE, "birthDate": birth, "gender": "male", "active": True}
    held["name"] = [{"use": "official", "family": MARK, "given": ["Ann"]}]
    held["identifier"] = [{"system": "urn:oid:1.2.36.146", "value": f"{MARK}-7"}]
    held["telecom"] = [{"system": "email", "value": f"ann@{MARK}.example"}]
    held["address"] = [{"line": [f"7 {MARK} Street"], "state": "OH"}]
    return {**held, **more}


def reviewed(code: str, *items: str, **more: Any) -> Json:
    """A List that somebody went through: with these entries, else with the reason why it is empty."""
    titles = {"11450-4": "Problem list", "48765-2": "Allergies", "10160-0": "Medicines"}
    held: Json = {"resourceType": "List", "id": f"l{code}", "status": "current", "mode": "working", "subject": ME}
    held |= {"date": "2026-11-20T10:00:00Z", "title": titles[code], "code": {"coding": [{"system": LOINC, "code": code}]}}
    if items:
        held["entry"] = [{"item": {"reference": each}} for each in items]
    else:
        system = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
        held["emptyReason"] = {"coding": [{"system": system, "code": "nilknown", "display": "Nil Known"}]}
    return {**held, **more}


THREE_LISTS = [reviewed("11450-4"), reviewed("48765-2"), reviewed("10160-0")]


def found(*resources: Json, base: str = "", **more: Any) -> Json:
    """A searchset as servers answer; `base` gives the entries their fullUrl."""
    entries = []
    for each in resources:
        url = {"fullUrl": f"{base}/{each['resourceType']}/{each.get('id', 'x')}"} if base else {}
        entries.append({**url, "resource": each, "search": {"mode": "match"}})
    link = [{"relation": "self", "url": f"{EHR}/Condition?patient=p1"}]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "link": link, "entry": entries, **more}


def healthy(**more: Any) -> Json:
    """The prefetch of an adult whose lists were gone through and found empty, one search for each member."""
    empty = {name: found() for name in ("conditions", "allergies", "medicationRequests", "medicationStatements", "procedures")}
    return {"patient": patient(), "lists": found(*THREE_LISTS), **empty, **more}


def statement(drug: tuple[str, str], name: str = "ms1", **more: Any) -> Json:
    """A medicine that the patient takes."""
    held = {"resourceType": "MedicationStatement", "id": name, "status": "active", "subject": ME, "dateAsserted": "2026-11-20"}
    return {**held, "medicationCodeableConcept": concept(drug), **more}


def medication(drug: tuple[str, str], name: str = "med1", **more: Any) -> Json:
    """A product on its own."""
    return {"resourceType": "Medication", "id": name, "code": concept(drug), "status": "active", **more}


def by_reference(reference: str, *contained: Json, **more: Any) -> Json:
    """A draft whose product is named by reference."""
    held = {"medicationReference": {"reference": reference}, **({"contained": list(contained)} if contained else {})}
    return request(None, **held, **more)


def asked(hook: str, *orders: Any, prefetch: Any = None, **more: Any) -> Json:
    """A request; members of `context` under `context`, members of the request itself in `more`."""
    context: Json = {"userId": "PractitionerRole/123", "patientId": "p1", "encounterId": "e1", **more.pop("context", {})}
    if hook != "patient-view":
        entries = [each if "resource" in each else {"resource": each} for each in orders]
        context.setdefault("draftOrders", {"resourceType": "Bundle", "type": "collection", "entry": entries})
    body = {"hook": hook, "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": context, **more}
    return copy.deepcopy(body if prefetch is None else {**body, "prefetch": prefetch})


def observation(code: str, value: float, unit: str) -> Json:
    held = {"resourceType": "Observation", "id": "o1", "status": "final", "subject": ME, "effectiveDateTime": "2026-11-01"}
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    return {**held, "code": {"coding": [{"system": LOINC, "code": code}]}, "valueQuantity": quantity}


def condition(code: str, display: str) -> Json:
    coded = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code, "display": display}]}
    return {"resourceType": "Condition", "id": "c1", "subject": ME, "recordedDate": "2020-01-01", "code": coded, **ACTIVE}


def allergy(substance: Json, reaction: str) -> Json:
    held = {"resourceType": "AllergyIntolerance", "id": "a1", "patient": ME, "code": substance, **ACTIVE}
    return {**held, "reaction": [{"manifestation": [{"text": reaction}]}]}


def said(host: CdsHost, body: Json) -> list[tuple[str, str]]:
    """Rule and indicator of each card of an answer that is in form and repeats nobody."""
    response = host.post(body, body["hook"])
    text = response.get_data(as_text=True)
    assert response.status_code == 200, text
    answer = response.get_json()
    check(answer, RESPONSE)
    assert MARK not in text
    return [(card["source"]["topic"]["code"], card["indicator"]) for card in answer["cards"]]
