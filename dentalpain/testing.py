"""What a host can run in its own tests: checks that an adapter keeps to what dentalpain relies on.

They need no test framework: each raises AssertionError with a sentence that says what to mend.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from .clinical.record import Record
from .errors import UnknownNameError
from .knowledge.bench import tools
from .knowledge.load import load_knowledge
from .practice.files import read_document
from .practice.port import ListedPatient, PracticeSoftware

# References that no practice software gives out: each must be answered as nobody's, and none may reach a query.
STRANGE = ("", " ", "0", "-1", "1 OR 1=1", "'; DROP TABLE patient; --", "../../1", "١٢", "9" * 40, "a" * 300)
PDF = b"%PDF-1.7\n%%EOF\n"

__all__ = ["check_filing", "check_find_record", "check_patients_on", "check_practice_software", "check_strangers"]


def check_practice_software(
    adapter: PracticeSoftware, known_ref: str, unknown_ref: str, day: dt.date, *, files: bool = False
) -> None:
    """The whole contract of `PracticeSoftware`, over a patient who exists and a reference that nobody has.

    `files` True: a small PDF is put into the chart of `known_ref`. Without it nothing is written.
    """
    check_find_record(adapter, known_ref, day)
    check_strangers(adapter, unknown_ref, day)
    check_patients_on(adapter, day)
    if files:
        check_filing(adapter, known_ref, unknown_ref)


def check_find_record(adapter: PracticeSoftware, known_ref: str, day: dt.date) -> None:
    """The record of a patient can be read for the day, says the same twice, and is not touched by reading."""
    first, second = (_record(adapter, known_ref, day) for _ in range(2))
    assert first.on == day, "A Record given by find_record stands on the day that was asked for."
    assert first == second, "find_record gives the same record when it is asked twice."


def check_strangers(adapter: PracticeSoftware, unknown_ref: str, day: dt.date) -> None:
    """A reference that nobody has raises UnknownNameError, whatever it looks like, and is not repeated."""
    for ref in (unknown_ref, *STRANGE):
        try:
            adapter.find_record(ref, day)
        except UnknownNameError as error:
            repeated = len(ref.strip()) > 2 and ref.strip() in str(error)
            assert not repeated, "The message of UnknownNameError does not repeat the reference."
        else:
            raise AssertionError("find_record raises UnknownNameError for a reference that nobody has.")


def check_patients_on(adapter: PracticeSoftware, day: dt.date) -> None:
    """The list of a day is in order, and each line opens a patient by a reference that is not their name."""
    listed = adapter.patients_on(day)
    assert all(isinstance(one, ListedPatient) for one in listed), "patients_on gives a list of ListedPatient."
    times = [(one.time is None, one.time or dt.time.min) for one in listed]
    assert times == sorted(times), "patients_on is in the order of the appointments; those without a time come last."
    for one in listed:
        assert one.name.strip(), "Each line of patients_on has a name for the screen."
        words = [word for word in one.name.replace(",", " ").casefold().split() if len(word) > 2]
        named = any(word in one.ref.casefold() for word in words)
        assert not named, "A reference is opaque: it does not hold the name."
        _record(adapter, one.ref, day)


def check_filing(adapter: PracticeSoftware, known_ref: str, unknown_ref: str) -> None:
    """A PDF can be filed twice under one name, and never for somebody who does not exist."""
    for _ in range(2):
        adapter.file_document(known_ref, "handout.pdf", PDF)
    try:
        adapter.file_document(unknown_ref, "handout.pdf", PDF)
    except UnknownNameError:
        return
    raise AssertionError("file_document raises UnknownNameError for a reference that nobody has.")


def _record(adapter: PracticeSoftware, ref: str, day: dt.date) -> Record:
    found: Any = adapter.find_record(ref, day)
    if isinstance(found, Record):
        return found
    assert isinstance(found, Mapping), (
        "find_record gives a FHIR Bundle or a native record as a dictionary, or a Record."
    )
    held = tools(load_knowledge())
    return read_document(found, on=day, vocabulary=held.vocabulary, names=held.names)
