"""A host with CDS Hooks, and the requests that the tests send to it: every patient and order is made up."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
from typing import Any

from flask import Flask

from dentalpain import DentalPain
from dentalpain.knowledge.load import load_knowledge
from dentalpain.practice.memory import MemoryPractice
from dentalpain.service import Service
from dentalpain.storage import MemoryStore

from .cds_schemas import RESPONSE, check
from .samples import Person

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
Json = dict[str, Any]
ME = {"reference": "Patient/p1"}
SURGERY = [{"text": "surgical extraction"}]
_numbers = itertools.count()


class CdsHost:
    """A host whose services are open unless its settings say otherwise."""

    def __init__(self, *, config: Json | None = None, cds_prefix: str | None = "", **more: Any) -> None:
        self.app = Flask("a_host")
        settings = {"DENTALPAIN_CDS_OPEN": True} if config is None else config
        self.app.config.update(SECRET_KEY="for tests", TESTING=True, **settings)
        self.store = MemoryStore()
        self.service = Service(load_knowledge(), self.store)
        given = {
            "authorize": lambda actor, action, ref: True,
            "current_user": Person,
            "practice": MemoryPractice({}),
            "service": self.service,
            "clock": lambda: NOW,
        }
        DentalPain().init_app(self.app, cds_prefix=cds_prefix, **{**given, **more})
        self.client = self.app.test_client()

    def post(self, body: Any, hook: str = "order-sign", **headers: str) -> Any:
        """Send a request to the service of a hook."""
        path = f"/cds-services/dentalpain-{hook}"
        if isinstance(body, bytes):
            return self.client.post(path, data=body, content_type="application/json", headers=headers or None)
        return self.client.post(path, json=body, headers=headers or None)

    def cards(self, body: Json, hook: str = "order-sign") -> list[Json]:
        """The cards of an answer that conforms to the specification."""
        response = self.post(body, hook)
        assert response.status_code == 200, response.get_data(as_text=True)
        answer = response.get_json()
        check(answer, RESPONSE)
        return list(answer["cards"])

    def audit(self) -> list[Any]:
        """What stands in the trail."""
        return [linked.entry for linked in self.store.trail()]


def topics(cards: list[Json]) -> list[str]:
    return [card["source"]["topic"]["code"] for card in cards]


def patient(birth: str = "1980-05-06", gender: str = "male") -> Json:
    return {"resourceType": "Patient", "id": "p1", "birthDate": birth, "gender": gender}


def reviewed(code: str, *entries: str) -> Json:
    """A list that somebody went through, empty or with these entries."""
    held: Json = {"resourceType": "List", "status": "current", "mode": "working", "date": "2026-11-01", "subject": ME}
    held["code"] = {"coding": [{"system": "http://loinc.org", "code": code}]}
    if entries:
        return {**held, "entry": [{"item": {"reference": each}} for each in entries]}
    return {**held, "emptyReason": {"coding": [{"code": "nilknown"}]}}


def searchset(*resources: Json, **more: Any) -> Json:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources], **more}


LISTS = searchset(reviewed("11450-4"), reviewed("48765-2"), reviewed("10160-0"))


def order(text: str, sig: str = "", name: str = "d1", **more: Any) -> Json:
    held = {"resourceType": "MedicationRequest", "id": name, "status": "draft", "intent": "order", "subject": ME}
    return {**held, "medicationCodeableConcept": {"text": text}, "dosageInstruction": [{"text": sig}], **more}


def taking(text: str) -> Json:
    held = {"resourceType": "MedicationStatement", "status": "active", "subject": ME}
    return {**held, "medicationCodeableConcept": {"text": text}, "effectivePeriod": {"start": "2026-11-01"}}


def asked(*orders: Json, prefetch: Any = None, hook: str = "order-sign", **context: Any) -> Json:
    """A request; without `prefetch` the record is of a healthy man of 46 whose lists were reviewed."""
    held: Json = {"userId": "Practitioner/d", "patientId": "p1"}
    if hook != "patient-view":
        held["draftOrders"] = {"resourceType": "Bundle", "entry": [{"resource": each} for each in orders]}
    body: Json = {"hook": hook, "hookInstance": f"instance {next(_numbers)}", "context": {**held, **context}}
    body["prefetch"] = {"patient": patient(), "lists": LISTS} if prefetch is None else prefetch
    return copy.deepcopy(body)


def of_record(*resources: Json, birth: str = "1980-05-06", gender: str = "male") -> Json:
    """A prefetch with the reviewed lists and these resources."""
    return {"patient": patient(birth, gender), "lists": LISTS, "more": searchset(*resources)}
