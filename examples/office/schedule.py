"""The patients of the office, read from the example patients, and today's appointments."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from dentalpain.practice.memory import MemoryPractice
from dentalpain.practice.port import ListedPatient

HERE = Path(__file__).parent
PATIENTS = HERE.parent / "patients"


def open_practice() -> MemoryPractice:
    """The practice software of the office: the example patients and their appointments."""
    documents = {path.stem: _document(path) for path in sorted(PATIENTS.glob("*.json"))}
    by_ref = {_ref(document): document for document in documents.values()}
    return MemoryPractice(by_ref, _appointments(documents))


def _document(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))


def _ref(document: Mapping[str, Any]) -> str:
    return str(document["patient"]["id"])


def _appointments(documents: Mapping[str, Mapping[str, Any]]) -> list[ListedPatient]:
    """A line for each patient; one without an appointment stands at the end, without a time."""
    with (HERE / "appointments.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["patient"]: row for row in csv.DictReader(file)}
    return [_line(document, rows.get(stem)) for stem, document in documents.items()]


def _line(document: Mapping[str, Any], row: Mapping[str, str] | None) -> ListedPatient:
    time = dt.time.fromisoformat(row["time"]) if row else None
    name = str(document["patient"].get("name", "Name not recorded"))
    return ListedPatient(_ref(document), name, time, row["reason"] if row else "Walk-in")
