"""What stands at the head of everything not read: whose record it is, how old, and whether that person lives."""

from __future__ import annotations

import pytest

from dentalpain.clinical.cautions import cautions
from dentalpain.clinical.coding import ICD10CM, SNOMED, Code, icd10cm_of
from dentalpain.clinical.quantities import PartialDate

BIRTH = PartialDate.parse("1955-03-02")
AGE_OPEN, DEATH = "the age is unknown, and every rule that reads it is open", "this patient has died"


@pytest.mark.parametrize(
    ("birth", "deceased", "said"),
    [(BIRTH, False, []), (None, False, [AGE_OPEN]), (BIRTH, True, [DEATH]), (None, True, [AGE_OPEN, DEATH])],
)
def test_a_missing_birth_date_and_a_death_are_said(birth: PartialDate | None, deceased: bool, said: list[str]) -> None:
    found = list(cautions(patient=True, birth=birth, deceased=deceased, where="/entry/0/resource"))
    assert len(found) == len(said) and all(part in one.why for part, one in zip(said, found, strict=True))
    assert {one.where for one in found} <= {"/entry/0/resource"}


def test_a_record_of_nobody_says_that_and_nothing_that_would_need_a_patient() -> None:
    (said,) = cautions(patient=False, birth=None, deceased=True)
    assert said.where == "/patient" and "names no patient: age and sex are unknown" in said.why


def test_the_codes_of_a_diagnosis_are_written_with_their_dot_and_those_of_other_systems_left_out() -> None:
    held = (Code(ICD10CM, "m7911"), Code(SNOMED, "49436004"), Code(ICD10CM, "I10"), Code(ICD10CM, "M26.62"))
    assert icd10cm_of(held) == ("M79.11", "I10", "M26.62")
