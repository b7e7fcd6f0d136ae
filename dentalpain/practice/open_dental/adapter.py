"""Open Dental as the practice software of a host."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from ...errors import PracticeError
from ..port import Document, ListedPatient
from . import cells, queries, resources
from .cells import Row
from .hot_folder import HotFolder
from .patient_number import nobody, patient_number
from .rights import too_wide

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

    from .api_documents import ApiDocuments
    from .database import Reader

LISTS: tuple[tuple[str, Callable[[Row, dt.date], Iterator[resources.Json]]], ...] = (
    (queries.PROBLEMS, resources.problems),
    (queries.ALLERGIES, lambda row, on: iter((resources.allergy(row, on),))),
    (queries.MEDICINES, lambda row, on: iter((resources.medicine(row, on),))),
    (queries.PRESCRIPTIONS, lambda row, on: iter((resources.prescription(row, on),))),
    (queries.PROCEDURES, lambda row, on: iter((resources.procedure(row, on),))),
)

# A patient and a day that no office has.
NOBODY: Row = {
    "patient": 0,
    "most": 1,
    "clinic": 0,
    "day": dt.date(1, 1, 2),
    "next_day": dt.date(1, 1, 3),
}


class OpenDental:
    """Reads the charts of one Open Dental database and changes nothing in it; patients are named by PatNum.

    `timeout_seconds` stops a statement that would hold up the office. `clinic` is the ClinicNum whose appointments
    `patients_on` lists, 0 for all. `documents` takes handouts for the chart; without it filing is off.
    The account of the address should be the one that `grants.sql` makes. Raises PracticeError.
    """

    def __init__(
        self,
        url_or_engine: str | URL | Engine,
        *,
        timeout_seconds: int = 5,
        clinic: int = 0,
        documents: HotFolder | ApiDocuments | None = None,
    ) -> None:
        from .database import Database

        self._database = Database(url_or_engine, timeout_seconds)
        self._clinic, self._documents = clinic, documents

    def find_record(self, patient_ref: str, on: dt.date) -> Document:
        """The chart as a FHIR Bundle. Raises UnknownNameError for nobody, PracticeError for no answer."""
        number = patient_number(patient_ref)
        with self._database.reading() as reader:
            row = _one(reader, queries.PATIENT, number)
            found = [resources.patient(row), *resources.urgent_note(row, on)]
            lists = [list(_list(reader, statement, number, on)) for statement, _ in LISTS]
        for rows, (statement, read) in zip(lists, LISTS, strict=True):
            held = rows[: queries.MOST_ROWS]
            chosen = resources.without_older_looks(held, on) if statement is queries.PRESCRIPTIONS else held
            found.extend(chain.from_iterable(read(one, on) for one in chosen))
        return resources.bundle(found, whole=all(len(rows) <= queries.MOST_ROWS for rows in lists))

    def patients_on(self, day: dt.date) -> list[ListedPatient]:
        """Who has an appointment on a day, with the codes of its procedures. Raises PracticeError."""
        with self._database.reading() as reader:
            rows = reader.rows(queries.APPOINTMENTS, **_span(day), clinic=self._clinic)
            codes: dict[int, list[str]] = {}
            for one in reader.rows(queries.APPOINTMENT_CODES, **_span(day)):
                codes.setdefault(one["AptNum"], []).append(cells.words(one["ProcCode"]))
        return [
            ListedPatient(
                ref=str(row["PatNum"]),
                name=", ".join(filter(None, (cells.words(row["LName"]), cells.words(row["FName"])))),
                time=row["AptDateTime"].time(),
                reason=", ".join(codes.get(row["AptNum"], ())),
            )
            for row in rows
        ]

    def file_document(self, patient_ref: str, name: str, data: bytes) -> None:
        """Put a PDF into the Imaging module. Raises UnknownNameError, and PracticeError where that is off."""
        number = patient_number(patient_ref)
        with self._database.reading() as reader:
            row = _one(reader, queries.IMAGE_FOLDER, number)
        if self._documents is None:
            raise PracticeError(
                "Filing in the chart is off. Pass documents=HotFolder(…) or ApiDocuments(…) to OpenDental to switch it on."
            )
        if isinstance(self._documents, HotFolder):
            self._documents.put(cells.words(row["ImageFolder"]), name, data)
        else:
            self._documents.upload(number, name, data)

    def check(self) -> str:
        """Try each statement on nobody, and what the account may do; a sentence where all is well.

        Raises PracticeError, also for an account that may do more than `grants.sql` of this package allows.
        """
        with self._database.reading() as reader:
            for statement in queries.ALL:
                reader.rows(statement, **{name: value for name, value in NOBODY.items() if f":{name}" in statement})
            wide = too_wide(str(next(iter(row.values()))) for row in reader.rows("SHOW GRANTS"))
        if wide:
            raise PracticeError(f"The database user of Open Dental {wide}. Make one with grants.sql of dentalpain.")
        filing = f"; {self._documents.check()}" if self._documents else "; filing is off"
        return f"the database answers, and its user may read what is needed alone{filing}"

    def close(self) -> None:
        """Give the database connections back."""
        self._database.close()


def _list(reader: Reader, statement: str, number: int, on: dt.date) -> Any:
    """The rows of a list, one more than are used where there are too many."""
    day = _span(on) if ":day" in statement else {}
    return reader.rows(statement, patient=number, most=queries.MOST_ROWS + 1, **day)


def _span(day: dt.date) -> dict[str, dt.date]:
    return {"day": day, "next_day": day + dt.timedelta(days=1)}


def _one(reader: Reader, statement: str, number: int) -> Row:
    rows = reader.rows(statement, patient=number)
    if not rows:
        raise nobody()
    return rows[0]
