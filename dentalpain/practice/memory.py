"""Practice software that is held in memory: for tests, examples and demonstrations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..clinical.record import Record
from ..errors import UnknownNameError
from .port import ListedPatient

Document = Mapping[str, Any]
ReadRecord = Callable[[Document, dt.date], Record]


class MemoryPractice:
    """Patients by reference, each as the document of a record, and a list of appointments that holds for every day.

    `read` turns a document into a Record on a day; it is called at each look, so that the record is always read for
    the day that is asked about.
    """

    def __init__(
        self, documents: Mapping[str, Document], read: ReadRecord, appointments: Iterable[ListedPatient] = ()
    ) -> None:
        self._documents, self._read, self._appointments = dict(documents), read, tuple(appointments)
        self.filed: list[tuple[str, str, bytes]] = []

    def find_record(self, patient_ref: str, on: dt.date) -> Record:
        """The record of a patient as it stood on a day. Raises UnknownNameError."""
        return self._read(self._document(patient_ref), on)

    def patients_on(self, day: dt.date) -> list[ListedPatient]:
        """The patients who are expected on a day, in the order of their appointments."""
        return sorted(self._appointments, key=lambda listed: (listed.time is None, listed.time or dt.time.min))

    def file_document(self, patient_ref: str, name: str, data: bytes) -> None:
        """Keep the document in `filed`. Raises UnknownNameError."""
        self._document(patient_ref)
        self.filed.append((patient_ref, name, data))

    def _document(self, patient_ref: str) -> Document:
        try:
            return self._documents[patient_ref]
        except KeyError:
            raise UnknownNameError(
                "The practice software has no patient with this reference.", mend="Open the patient from the list."
            ) from None
