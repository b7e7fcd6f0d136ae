"""Open Dental as the practice software of a host."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from ...errors import PracticeError, UnknownNameError
from ..port import Document, ListedPatient
from . import cells, queries, resources
from .hot_folder import HotFolder

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

    from .database import Reader

LARGEST_KEY = 2**63 - 1  # of a bigint column

LISTS: tuple[tuple[str, Callable[[cells.Row, dt.date], Iterator[resources.Json]]], ...] = (
    (queries.PROBLEMS, resources.problems),
    (queries.ALLERGIES, lambda row, on: iter((resources.allergy(row, on),))),
    (queries.MEDICINES, lambda row, on: iter((resources.medicine(row, on),))),
    (queries.PRESCRIPTIONS, lambda row, on: iter((resources.prescription(row, on),))),
    (queries.PROCEDURES, lambda row, on: iter((resources.procedure(row, on),))),
)


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
        documents: HotFolder | None = None,
    ) -> None:
        from .database import Database

        self._database = Database(url_or_engine, timeout_seconds)
        self._clinic, self._documents = clinic, documents

    def find_record(self, patient_ref: str, on: dt.date) -> Document:
        """The chart as a FHIR Bundle. Raises UnknownNameError for nobody, PracticeError for no answer."""
        number = _number(patient_ref)
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
        """Put a PDF where the Imaging module finds it. Raises UnknownNameError, and PracticeError where that is off."""
        with self._database.reading() as reader:
            row = _one(reader, queries.IMAGE_FOLDER, _number(patient_ref))
        if self._documents is None:
            raise PracticeError(
                "Filing in the chart is off. Pass documents=HotFolder(…) to OpenDental to switch it on."
            )
        self._documents.put(cells.words(row["ImageFolder"]), name, data)

    def close(self) -> None:
        """Give the database connections back."""
        self._database.close()


def _list(reader: Reader, statement: str, number: int, on: dt.date) -> Any:
    """The rows of a list, one more than are used where there are too many."""
    day = _span(on) if ":day" in statement else {}
    return reader.rows(statement, patient=number, most=queries.MOST_ROWS + 1, **day)


def _span(day: dt.date) -> dict[str, dt.date]:
    return {"day": day, "next_day": day + dt.timedelta(days=1)}


def _number(patient_ref: str) -> int:
    """The PatNum; a reference of another form is nobody's."""
    plain = patient_ref.isascii() and patient_ref.isdigit() and len(patient_ref) <= 19 and patient_ref[0] != "0"
    if not plain or int(patient_ref) > LARGEST_KEY:
        raise _nobody()
    return int(patient_ref)


def _one(reader: Reader, statement: str, number: int) -> cells.Row:
    rows = reader.rows(statement, patient=number)
    if not rows:
        raise _nobody()
    return rows[0]


def _nobody() -> UnknownNameError:
    return UnknownNameError(
        "Open Dental has no such patient, or the chart is archived, merged or deleted.",
        mend="Open the patient from the list.",
    )
