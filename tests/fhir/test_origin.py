"""A Bundle that an adapter made of another system's lists: its sources, and its entries that say 'none' in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dentalpain.clinical.record import Record, Review
from dentalpain.fhir.reading import read_bundle
from dentalpain.service import Service

ON = dt.date(2026, 11, 24)
TOOLS = Service().tools
ACTIVE = {"coding": [{"code": "active"}]}
Json = dict[str, Any]


def read(*resources: Json, origin: str = "") -> Record:
    tag = {"meta": {"tag": [{"system": "urn:dentalpain:origin", "display": origin}]}} if origin else {}
    patient = {"resourceType": "Patient", "id": "17", "birthDate": "1955-02-01"}
    entries = [{"resource": resource} for resource in (patient, *resources)]
    data = {"resourceType": "Bundle", "type": "collection", "entry": entries, **tag}
    return read_bundle(data, on=ON, vocabulary=TOOLS.vocabulary, names=TOOLS.names)


def taken(text: str, status: str = "active", day: str = "2026-11-20") -> Json:
    name = {"text": text}
    return {"resourceType": "MedicationStatement", "status": status, "medicationCodeableConcept": name, "dateAsserted": day}


def ill(text: str) -> Json:
    return {"resourceType": "Condition", "clinicalStatus": ACTIVE, "code": {"text": text}, "recordedDate": "2026-11-20"}


def test_sources_name_the_system_that_the_bundle_was_made_from() -> None:
    record = read(ill("asthma"), ill("None"), taken("warfarin 5 mg daily"), origin="Open Dental")
    assert {one.source for one in record.statements} == {"Open Dental, problem list"}
    assert [held.source for held in record.problems] == ["Open Dental, problem list"]
    assert [held.source for held in record.medicines] == ["Open Dental, medicine list"]
    assert record.reviewed == {"problems": Review(dt.date(2026, 11, 20), "Open Dental, problem list")}


def test_without_such_a_tag_the_source_is_the_resource() -> None:
    assert read(taken("warfarin 5 mg daily")).medicines[0].source == "FHIR MedicationStatement"


def test_no_meds_in_words_says_that_the_list_was_gone_through_on_its_day() -> None:
    record = read(taken("No meds"))
    assert record.medicines == () and record.reviewed["medicines"].date == dt.date(2026, 11, 20)


def test_no_meds_that_is_stopped_or_doubted_says_nothing() -> None:
    for status in ("stopped", "unknown"):
        record = read(taken("No meds", status))
        assert record.medicines == () and record.reviewed == {}
