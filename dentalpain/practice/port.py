"""What dentalpain asks of the practice software that it sits in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ..clinical.record import Record

# A FHIR R4 Bundle or a native record, as JSON holds it.
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListedPatient:
    """One line of the day's list: an opaque reference, a name for the screen, and what the visit is for."""

    ref: str
    name: str
    time: dt.time | None = None
    reason: str = ""


class PracticeSoftware(Protocol):
    """Read-only, except for `file_document`, which is used only where the host switches it on."""

    def find_record(self, patient_ref: str, on: dt.date) -> Record | Document:
        """What the office knows of a patient: a FHIR Bundle or native record, or a Record already read for the day.

        Raises UnknownNameError if there is no such patient.
        """

    def patients_on(self, day: dt.date) -> list[ListedPatient]:
        """The patients who are expected on a day, in the order of their appointments."""

    def file_document(self, patient_ref: str, name: str, data: bytes) -> None:
        """Put a document into the patient's chart. Raises UnknownNameError if there is no such patient."""
