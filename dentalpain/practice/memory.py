"""Practice software that is held in memory: for tests, examples and demonstrations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from ..errors import UnknownNameError
from .port import Document, ListedPatient


class MemoryPractice:
    """Patients by reference, each as the document of a record, and a list of appointments that holds for every day."""

    def __init__(self, documents: Mapping[str, Document], appointments: Iterable[ListedPatient] = ()) -> None:
        self._documents, self._appointments = dict(documents), tuple(appointments)
        self.filed: list[tuple[str, str, bytes]] = []

    def find_record(self, patient_ref: str, on: dt.date) -> Document:
        """The document of a patient, read for the day by whoever asks. Raises UnknownNameError."""
        return self._document(patient_ref)

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
