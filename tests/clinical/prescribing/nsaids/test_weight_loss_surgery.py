"""Weight-loss surgery of a kind that nobody named: a bypass is presumed, the stricter reading, until it is known."""

from __future__ import annotations

import pytest

from dentalpain.clinical.findings import NO, UNKNOWN, YES
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Record, StatedValue, Statement

from ..opioid_patients import TODAY, ask, order, patient

DAY = PartialDate(TODAY, TODAY)


def operated(certain: bool = True, **said: StatedValue) -> Record:
    return patient(said).with_statements(Statement("bariatric_surgery_unspecified", True, DAY, "problem list", certain))


@pytest.mark.parametrize("certain", [True, False])  # coded Z98.84, or "bariatric surgery" as the office typed it
def test_a_bypass_is_presumed_and_asked_about(certain: bool) -> None:
    found = ask("NSAID-BARIATRIC", order("ibuprofen 400 mg q6h #12", operated(certain)))
    assert (found.answer, found.presumed) == (YES, True)
    assert [(reason.fact, reason.value) for reason in found.because] == [("bariatric_bypass", None)]


def test_once_the_operation_is_known_nothing_is_presumed() -> None:
    asked = [order("ibuprofen 400 mg q6h #12", operated(**{fact: said})) for fact, said in (
        ("bariatric_bypass", False), ("bariatric_sleeve", True), ("bariatric_bypass", True)
    )]  # fmt: skip
    found = [ask("NSAID-BARIATRIC", case) for case in asked]
    # A sleeve is no bypass, yet nobody denied a bypass: it is open, and no longer presumed.
    assert [(one.answer, one.presumed) for one in found] == [(NO, False), (UNKNOWN, False), (YES, False)]
