"""An office that hands questionnaires to its patients: real knowledge, a store in memory, and a clock that can be moved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from dentalpain import DentalPain
from dentalpain.clinical.instruments.instrument import Instrument, Item
from dentalpain.knowledge.load import load_knowledge
from dentalpain.practice.memory import MemoryPractice
from dentalpain.practice.port import ListedPatient
from dentalpain.service import Service
from dentalpain.signals import screen_completed
from dentalpain.storage import MemoryStore
from dentalpain.testing import Access, FixedClock
from dentalpain.web.questionnaires import field

START = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
CHART = {"patient": {"id": "p1", "name": "Ada Lovelace", "birth_date": "1980-02-01", "sex": "female"}}
ADDRESS = re.compile(r"/pain/p/([A-Za-z0-9_.-]+)")


class Office:
    """A host with one patient of the day, the person at its screen, and a device in the patient's hands."""

    def __init__(self, packs: Path | None = None, **config: Any) -> None:
        self.clock, self.store, self.access = FixedClock(START), MemoryStore(), Access()
        self.service = Service(load_knowledge(packs), self.store)
        self.app = Flask("an_office")
        self.app.config.update(
            SECRET_KEY="for tests", TESTING=True, DENTALPAIN_OFFICE={"name": "Maple Street Dental"}, **config
        )
        self.access.allow()
        DentalPain().init_app(
            self.app,
            authorize=self.access.authorize,
            current_user=self.access.current_user,
            practice=MemoryPractice({"p1": CHART, "p2": CHART}, [ListedPatient("p1", "Ada Lovelace")]),
            service=self.service,
            clock=self.clock,
        )
        self.staff, self.device = self.app.test_client(), self.app.test_client()
        self.told: list[dict[str, Any]] = []
        screen_completed.connect(self._hear, self.app, weak=False)

    def _hear(self, app: Flask, **told: Any) -> None:
        self.told.append(told)

    def send(self, path: str, **data: Any) -> Any:
        """A form of the staff, with the hidden token of our pages."""
        with self.staff.session_transaction() as session:
            session["_dentalpain_form"] = "token"
        return self.staff.post(path, data={"csrf_token": "token", **data})

    def hand(self, *instruments: str, patient: str = "p1", **more: Any) -> str:
        """The address of a form that was handed to the patient."""
        made = self.send("/pain/forms", patient=patient, instrument=list(instruments), make="1", **more)
        found = ADDRESS.search(made.get_data(as_text=True))
        assert made.status_code == 200 and found, made.get_data(as_text=True)
        return found[0]

    def visit(self, patient: str = "p1") -> str:
        """The address of a new visit of the patient."""
        return str(self.send("/pain/visits", patient=patient).headers["Location"]).split("#")[0]

    def page(self, path: str = "/pain/") -> str:
        return self.staff.get(path).get_data(as_text=True)

    @property
    def form_id(self) -> str:
        """The id of the last form."""
        return self.store.forms("p1")[-1].id


def filled(instrument: Instrument, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a browser sends for these answers."""
    fields: dict[str, Any] = {}
    for item in instrument.items:
        name, value = field(instrument.id, item.key), values.get(item.key)
        if isinstance(value, Mapping):
            fields |= {f"{name}-{part}": str(number) for part, number in value.items()}
        elif value is not None:
            fields[name] = value if isinstance(value, list) else str(value)
    return fields


def some_answer(item: Item) -> Any:
    """An answer that the item takes."""
    kinds = {"names": list(item.names[:2]), "number": item.highest, "months": {"years": 2, "months": 3}}
    return kinds.get(item.kind, max(item.options) if item.options else 1)
