"""A referral as a document Bundle: the Dental Referral Note of HL7's Dental Data Exchange guide, version 1.0.0 (R4).

Sources: the guide's profiles dental-referral-note, dental-bundle and dental-condition, and the C-CDA on FHIR profiles
Referral-Note and US-Realm-Header that they build on. What is not known is left out or carries a reason for it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from .referral_entries import coded, entries, named_patient, organization, software

Shape = Mapping[str, Any]
Json = dict[str, Any]

GUIDE = "http://hl7.org/fhir/us/dental-data-exchange/StructureDefinition"
LOINC = "http://loinc.org"
DENTISTRY_REFERRAL_NOTE = "57134-9"
SPACE = uuid.UUID("5f0d6b0a-6f0e-5d8e-9a55-3c1f2f6c7f11")  # ours alone: the same content gives the same ids
# The sections of a letter, with their LOINC codes. Required by dental-referral-note: assessment, history, plan,
# procedures; by C-CDA on FHIR: allergies, medicines, problems, reason. The others are optional there.
SECTIONS = {
    "reason": "42349-1",
    "history": "10164-2",
    "findings": "8704-9",
    "diagnoses": "51848-0",
    "scores": "47420-5",
    "problems": "11450-4",
    "medicines": "10160-0",
    "allergies": "48765-2",
    "procedures": "47519-4",
    "options": "18776-5",
}
SPOKEN_WITH = {"diagnoses": ("flags", "unknown"), "options": ("blocked",)}
EMPTY = {"none": "nilknown", "unknown": "notasked", "not held": "unavailable"}


def referral_note(
    review: Shape,
    screen: Shape,
    chart: Shape,
    office: Shape,
    title: str,
    texts: Mapping[str, tuple[str, str]],
    scores: Mapping[str, str],
) -> Json:
    """The Bundle. `texts` are heading and XHTML of each section by key; `scores` the LOINC code of each score, or ''.

    It is preliminary and its request a draft: nobody has signed it. The ids follow from the content.
    """
    seed = hashlib.sha256(json.dumps([review, screen, chart, dict(texts)], default=str, sort_keys=True).encode()).hexdigest()

    def address(name: str) -> str:
        return f"urn:uuid:{uuid.uuid5(SPACE, f'{seed} {name}')}"

    known = entries(review, screen, chart, scores, address)
    asked = _request(review, known, address)
    base = {
        address("patient"): named_patient(chart, office),
        address("office"): organization(office),
        address("software"): software(),
        address("request"): asked,
    }
    resources = {where: one for key, group in known.items() if key != "empty" for where, one in group.items()}
    note = _composition(review, title, texts, known, address)
    return {
        "resourceType": "Bundle",
        "meta": {"profile": [f"{GUIDE}/dental-bundle"]},
        "identifier": {"system": "urn:ietf:rfc:3986", "value": address("document")},
        "type": "document",
        "timestamp": f"{review['on']}T00:00:00Z",
        "entry": [
            {"fullUrl": where, "resource": {"resourceType": one["resourceType"], "id": where.rpartition(":")[2], **one}}
            for where, one in {address("note"): note, **base, **resources}.items()
        ],
    }


def _composition(review: Shape, title: str, texts: Mapping[str, tuple[str, str]], known: Any, address: Any) -> Json:
    return {
        "resourceType": "Composition",
        "meta": {"profile": [f"{GUIDE}/dental-referral-note"]},
        "language": "en-US",
        "text": {"status": "additional", "div": narrative(texts["cautions"][1])},
        "identifier": {"system": "urn:ietf:rfc:3986", "value": address("note")},
        "status": "preliminary",
        "type": coded(LOINC, DENTISTRY_REFERRAL_NOTE, "Dentistry Referral note"),
        "subject": {"reference": address("patient")},
        "date": str(review["on"]),
        "author": [{"reference": address("software")}],
        "title": title,
        "custodian": {"reference": address("office")},
        "section": [_section(key, code, texts, known, address) for key, code in SECTIONS.items()],
    }


def narrative(said: str) -> str:
    """XHTML in the frame that FHIR wants around it."""
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{said}</div>'


def _section(key: str, code: str, texts: Mapping[str, tuple[str, str]], known: Any, address: Any) -> Json:
    """A section with its narrative; the texts that the letter holds apart are told where they belong."""
    heading, said = texts.get(key, (key.capitalize(), "<p>Not recorded in this assessment.</p>"))
    for other in SPOKEN_WITH.get(key, ()):
        if other in texts:
            said += f"<p><b>{texts[other][0]}</b></p>{texts[other][1]}"
    section: Json = {
        "title": heading,
        "code": coded(LOINC, code),
        "text": {"status": "additional", "div": narrative(said)},
    }
    held = [address("request")] if key in ("reason", "options") else list(known.get(key, {}))
    if held:
        section["entry"] = [{"reference": where} for where in held]
    elif (why := known["empty"].get(key)) is not None:
        section["emptyReason"] = coded("http://terminology.hl7.org/CodeSystem/list-empty-reason", EMPTY[why])
    return section


def _request(review: Shape, known: Any, address: Any) -> Json:
    """What is asked for. The guide's request carries no code that we could verify: it is told in words."""
    asked: Json = {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "code": {"text": "Examination and treatment by an orofacial pain clinic"},
        "subject": {"reference": address("patient")},
        "authoredOn": str(review["on"]),
        "requester": {"reference": address("office")},
    }
    reasons = [{"reference": where} for where in known["diagnoses"]]
    return asked | ({"reasonReference": reasons} if reasons else {})
