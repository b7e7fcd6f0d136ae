"""What a host can use in its own tests: fakes, and checks that an adapter keeps to what dentalpain relies on.

The checks need no test framework: each raises AssertionError with a sentence that says what to mend. With pytest,
subclass `PracticeContract`; the fixtures of the plugin `dentalpain` (see docs/hosts.md) are made of what stands here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .clinical.record import Record
from .errors import UnknownNameError
from .knowledge.bench import tools
from .knowledge.load import load_knowledge
from .practice.files import read_document
from .practice.memory import MemoryPractice
from .practice.port import ListedPatient, PracticeSoftware
from .storage.memory_store import MemoryStore

# References that no practice software gives out: each must be answered as nobody's, and none may reach a query.
STRANGE = ("", " ", "0", "-1", "1 OR 1=1", "'; DROP TABLE patient; --", "../../1", "١٢", "9" * 40, "a" * 300)
PDF = b"%PDF-1.7\n%%EOF\n"

__all__ = [
    "Access",
    "FixedClock",
    "ListedPatient",
    "MemoryPractice",
    "MemoryStore",
    "Person",
    "PracticeContract",
    "check_filing",
    "check_find_record",
    "check_patients_on",
    "check_practice_software",
    "check_strangers",
]


# -- fakes -----------------------------------------------------------------------------------------------------------


@dataclass
class Person:
    """Somebody who is signed in."""

    id: str = "user-7"
    name: str = "Dr. Test"


class Access:
    """Who is signed in and what is granted, to be changed between requests: nobody and nothing but what a test says.

    Hand `access.current_user` and `access.authorize` to `init_app`; `asked` lists each (actor id, action, reference).
    """

    def __init__(self) -> None:
        self.person: Person | None = None
        self.asked: list[tuple[str, str, str | None]] = []
        self._granted: Callable[[str, str | None], bool] = lambda action, patient_ref: False

    def allow(self, *actions: str, patient_ref: str | None = None) -> None:
        """Grant these actions, or all; for one patient, or for all. Somebody is signed in from now on."""
        self.person = self.person or Person()
        self._granted = lambda action, ref: (
            (not actions or action in actions) and (patient_ref is None or ref in (None, patient_ref))
        )

    def deny(self) -> None:
        """Grant nothing any more; who is signed in stays so."""
        self._granted = lambda action, patient_ref: False

    def current_user(self) -> Person | None:
        """The person at the screen, or None."""
        return self.person

    def authorize(self, actor: Person, action: str, patient_ref: str | None) -> bool:
        """Whether this was granted."""
        self.asked.append((actor.id, action, patient_ref))
        return self._granted(action, patient_ref)


class FixedClock:
    """A clock that stands until it is moved. Raises ValueError for a time without a zone."""

    def __init__(self, now: dt.datetime) -> None:
        self.move_to(now)

    def move_to(self, now: dt.datetime) -> None:
        """It is this time from now on."""
        if now.tzinfo is None:
            raise ValueError("Give the clock a time with its zone, such as datetime(2026, 11, 24, 9, 30, tzinfo=UTC).")
        self._now = now

    def __call__(self) -> dt.datetime:
        return self._now


# -- the contract of a practice software -----------------------------------------------------------------------------


class PracticeContract:
    """The contract of `PracticeSoftware` as tests for pytest: subclass it, and give a fixture `adapter`.

    `files` True: a small PDF is put into the chart of `known_ref`. Without it nothing is written.
    """

    known_ref: str
    unknown_ref: str
    day: dt.date
    files = False

    def test_the_record_of_a_patient_can_be_read_for_the_day(self, adapter: Any) -> None:
        check_find_record(adapter, self.known_ref, self.day)

    def test_a_reference_that_nobody_has_is_refused_and_not_repeated(self, adapter: Any) -> None:
        check_strangers(adapter, self.unknown_ref, self.day)

    def test_the_list_of_a_day_is_in_order_and_opens_each_patient(self, adapter: Any) -> None:
        check_patients_on(adapter, self.day)

    def test_a_document_is_filed_for_nobody_but_a_patient(self, adapter: Any) -> None:
        if self.files:
            check_filing(adapter, self.known_ref, self.unknown_ref)


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
