"""The contract suite that hosts run: the adapter in memory keeps it, and one that breaks it is caught."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.errors import UnknownNameError
from dentalpain.practice.memory import MemoryPractice
from dentalpain.practice.port import ListedPatient
from dentalpain.testing import check_practice_software

ON = dt.date(2026, 11, 24)
ANN: dict[str, Any] = {"patient": {"id": "17", "name": "Ann Berg", "birth_date": "1955-02-01", "sex": "female"}}
TEN, NINE = dt.time(10), dt.time(9)


class Broken(MemoryPractice):
    """The adapter in memory with one fault."""

    def __init__(self, fault: str) -> None:
        appointments = [ListedPatient("17", "Ann Berg", TEN), ListedPatient("18", "Bo Ruiz", NINE)]
        super().__init__({"17": ANN, "18": ANN, "berg-17": ANN}, appointments)
        self.fault, self.reads = fault, 0

    def find_record(self, patient_ref: str, on: dt.date) -> Any:
        self.reads += 1
        if self.fault == "invents somebody" and patient_ref not in self._documents:
            return {"patient": {}}
        if self.fault == "repeats the reference" and patient_ref not in self._documents:
            raise UnknownNameError(f"Nobody is called {patient_ref}.")
        if self.fault == "says something else each time":
            return {**ANN, "problems": [f"note {self.reads}"]}
        return "a text" if self.fault == "gives a text" else super().find_record(patient_ref, on)

    def patients_on(self, day: dt.date) -> list[ListedPatient]:
        listed = super().patients_on(day)
        if self.fault == "out of order":
            return listed[::-1]
        if self.fault == "names in references":
            return [ListedPatient("berg-17", "Ann Berg", NINE)]
        return [ListedPatient("99", "Cy Ode")] if self.fault == "lists somebody who cannot be opened" else listed

    def file_document(self, patient_ref: str, name: str, data: bytes) -> None:
        if self.fault != "files for nobody":
            super().file_document(patient_ref, name, data)


def test_the_practice_in_memory_keeps_the_contract() -> None:
    practice = MemoryPractice({"17": ANN}, [ListedPatient("17", "Ann Berg", TEN)])
    check_practice_software(practice, "17", "18", ON, files=True)
    assert [name for _, name, _ in practice.filed] == ["handout.pdf", "handout.pdf"]


def test_nothing_is_filed_unless_it_is_asked_for() -> None:
    practice = MemoryPractice({"17": ANN})
    check_practice_software(practice, "17", "18", ON)
    assert practice.filed == []


def test_an_adapter_without_the_fault_passes() -> None:
    check_practice_software(Broken("none"), "17", "4711", ON, files=True)


@pytest.mark.parametrize(
    "fault",
    [
        "invents somebody", "repeats the reference", "says something else each time", "gives a text", "out of order",
        "names in references", "files for nobody",
    ],
)  # fmt: skip
def test_a_broken_adapter_is_caught(fault: str) -> None:
    with pytest.raises(AssertionError):
        check_practice_software(Broken(fault), "17", "4711", ON, files=True)


def test_a_line_of_the_day_that_opens_nobody_is_caught() -> None:
    with pytest.raises(UnknownNameError):
        check_practice_software(Broken("lists somebody who cannot be opened"), "17", "4711", ON)
