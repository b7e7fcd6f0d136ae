"""A small Bundle, built up by each test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.recognising import Vocabulary
from dentalpain.clinical.record import Record
from dentalpain.fhir.reading import read_bundle
from dentalpain.knowledge.drug_tables import load_drug_names
from dentalpain.knowledge.files import FOLDER, read_rows
from dentalpain.knowledge.load import load_knowledge

ON = dt.date(2026, 11, 30)
Json = dict[str, Any]
PATIENT: Json = {"resourceType": "Patient", "id": "p1", "birthDate": "1970-05-06", "gender": "female"}

_VOCABULARY = Vocabulary(load_knowledge().fact_rows, read_rows(FOLDER / "condition_names.csv"))


def bundle(*resources: Json, kind: str = "collection", patient: Json | None = PATIENT, **more: Any) -> Json:
    held = [*([patient] if patient else []), *resources]
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": r} for r in held], **more}


def read(data: Json, on: dt.date = ON, patient: str | None = None) -> Record:
    return read_bundle(data, on=on, vocabulary=_VOCABULARY, names=load_drug_names(), patient=patient)


def facts(record: Record) -> Facts:
    return Facts(record, load_knowledge().facts)


def answer(record: Record, fact: str) -> str:
    """The answer of a fact on the day of the record."""
    return facts(record).finding(fact).answer.value


def concept(text: str = "", system: str = "", code: str = "") -> Json:
    made: Json = {"text": text} if text else {}
    if code:
        made["coding"] = [{"system": system, "code": code}]
    return made


def of_patient(kind: str, **elements: Any) -> Json:
    name = "patient" if kind == "AllergyIntolerance" else "subject"
    return {"resourceType": kind, name: {"reference": "Patient/p1"}, **elements}


@pytest.fixture
def reads() -> Callable[..., Record]:
    """Read a collection of these resources of one patient."""
    return lambda *resources, **more: read(bundle(*resources, **more))
