"""The adapter: three methods, each a few reads. What Chairside does not know is left out, and so stays unknown."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from dentalpain.errors import PracticeError, UnknownNameError
from dentalpain.practice.port import ListedPatient

TABLES = """
CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL, born TEXT, sex TEXT, lists_checked TEXT);
CREATE TABLE entry (person TEXT NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL, since TEXT);
CREATE TABLE booking (person TEXT NOT NULL, day TEXT NOT NULL, time TEXT, reason TEXT NOT NULL DEFAULT '');
CREATE TABLE document (person TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL);
"""
LISTS = {"problem": "problems", "medicine": "medicines", "allergy": "allergies"}


class Chairside:
    """Practice software in an SQLite file; see `dentalpain.practice.port.PracticeSoftware`."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def find_record(self, patient_ref: str, on: dt.date) -> dict[str, Any]:
        """A native record. Raises UnknownNameError, and PracticeError when the database does not answer."""
        with self._open() as database:
            person = self._person(database, patient_ref)
            entries = database.execute("SELECT kind, words, since FROM entry WHERE person = ?", [person["id"]]).fetchall()
        known = {"id": person["id"], "name": person["name"], "birth_date": person["born"], "sex": person["sex"]}
        record: dict[str, Any] = {"patient": {key: value for key, value in known.items() if value}}
        for kind, name in LISTS.items():
            record[name] = [_entry(row) for row in entries if row["kind"] == kind]
        # An empty list says "none" only when somebody went through it: without a day it stays unknown.
        if person["lists_checked"]:
            record["reviewed_on"] = dict.fromkeys(LISTS.values(), person["lists_checked"])
        return record

    def patients_on(self, day: dt.date) -> list[ListedPatient]:
        """The bookings of a day, in their order."""
        asked = (
            "SELECT person, name, time, reason FROM booking JOIN person ON person.id = booking.person"
            " WHERE day = ? ORDER BY time IS NULL, time"
        )
        with self._open() as database:
            rows = database.execute(asked, [day.isoformat()]).fetchall()
        return [ListedPatient(row["person"], row["name"], _time(row["time"]), row["reason"]) for row in rows]

    def file_document(self, patient_ref: str, name: str, data: bytes) -> None:
        """Put a document into the chart; called only with DENTALPAIN_FILE_DOCUMENTS = True."""
        with self._open() as database, database:
            person = self._person(database, patient_ref)
            database.execute("INSERT INTO document VALUES (?, ?, ?)", [person["id"], name, data])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(f"{self._database.resolve().as_uri()}?mode=rw", uri=True)) as database:
                database.row_factory = sqlite3.Row
                yield database
        except sqlite3.Error:  # its message may quote a value, so it goes no further
            raise PracticeError("Chairside does not answer. Check that its database can be reached.") from None

    def _person(self, database: sqlite3.Connection, patient_ref: str) -> Any:
        found = database.execute("SELECT * FROM person WHERE id = ?", [patient_ref]).fetchone()
        if found is None:
            raise UnknownNameError("Chairside has no patient with this number.", mend="Open the patient from the list.")
        return found


def _entry(row: sqlite3.Row) -> Any:
    dated = row["kind"] == "problem" and row["since"]
    return {"text": row["words"], "onset": row["since"]} if dated else row["words"]


def _time(written: str | None) -> dt.time | None:
    return dt.time.fromisoformat(written) if written else None


def make_database(path: Path, day: dt.date) -> None:
    """A Chairside database with two invented patients who are booked for a day."""
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(TABLES)
        checked = (day - dt.timedelta(days=3)).isoformat()
        people = [("C-7", "Hollis Wren", "1961-04-12", "male", checked), ("C-8", "Imke Sander", None, None, None)]
        database.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?)", people)
        entries = [
            ("C-7", "problem", "stomach ulcer", "2024"),
            ("C-7", "medicine", "warfarin 5 mg daily", None),
            ("C-8", "medicine", "lisinopril 10 mg daily", None),
        ]
        database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
        bookings = [("C-8", day.isoformat(), None, ""), ("C-7", day.isoformat(), "09:15", "Toothache")]
        database.executemany("INSERT INTO booking VALUES (?, ?, ?, ?)", bookings)
