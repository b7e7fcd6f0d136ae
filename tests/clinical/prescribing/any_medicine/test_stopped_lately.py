"""Medicines of the past whose effect lasts: MAO inhibitors for two weeks, CYP3A4 inhibitors for three days."""

from __future__ import annotations

import pytest

from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.record import Standing

from ..opioid_patients import ask, day, medicine, order, patient


@pytest.mark.parametrize(
    ("rule", "text", "past", "end", "answer"),
    [
        # Labels of MAO inhibitors: two weeks, the last day held; today is November 24.
        ("TRP-MAOI", "sumatriptan 50 mg 1 tab prn #9", "phenelzine 15 mg 1 tab tid", "2026-11-10", YES),
        ("TRP-MAOI", "sumatriptan 50 mg 1 tab prn #9", "phenelzine 15 mg 1 tab tid", "2026-11-09", NO),
        # Selegiline acts on type B: it matters to carbamazepine, not to sumatriptan.
        ("CBZ-MAOI", "carbamazepine 200 mg 1 tab bid #60", "selegiline 5 mg 1 tab bid", "2026-11-10", YES),
        ("TRP-MAOI", "sumatriptan 50 mg 1 tab prn #9", "selegiline 5 mg 1 tab bid", "2026-11-10", NO),
        # Eletriptan label: 72 hours.
        ("TRP-ELE-3A4", "eletriptan 40 mg 1 tab prn #6", "clarithromycin 500 mg 1 tab bid", "2026-11-21", YES),
        ("TRP-ELE-3A4", "eletriptan 40 mg 1 tab prn #6", "clarithromycin 500 mg 1 tab bid", "2026-11-20", NO),
    ],
)
def test_a_medicine_that_was_stopped_counts_as_long_as_its_effect_lasts(
    rule: str, text: str, past: str, end: str, answer: Answer
) -> None:
    record = patient(medicines=(medicine(past, Standing.PAST, end),))
    assert ask(rule, order(text, record)).answer is answer


def test_an_mao_inhibitor_of_the_past_without_an_end_leaves_it_open_and_asks_for_the_day() -> None:
    record = patient(medicines=(medicine("phenelzine 15 mg 1 tab tid", Standing.PAST),), reviewed=())
    found = ask("TRP-MAOI", order("sumatriptan 50 mg 1 tab prn #9", record))
    assert found.answer is UNKNOWN
    assert "last_maoi_date" in found.missing()


def test_the_day_of_the_last_dose_settles_an_entry_without_an_end() -> None:
    taken = medicine("phenelzine 15 mg 1 tab tid", Standing.PAST)
    record = patient({"last_maoi_date": day("2026-10-01")}, medicines=(taken,), reviewed=())
    assert ask("TRP-MAOI", order("sumatriptan 50 mg 1 tab prn #9", record)).answer is NO


def test_an_inhibitor_stopped_some_day_of_this_month_still_counts() -> None:
    # November runs to the 30th, so that fewer than 14 days may have passed.
    record = patient(medicines=(medicine("phenelzine 15 mg 1 tab tid", Standing.PAST, "2026-11"),))
    assert ask("CBZ-MAOI", order("carbamazepine 200 mg 1 tab bid #60", record)).answer is YES
