"""Carbamazepine that a carrier takes already: the first day that the medicine list tells."""

from __future__ import annotations

import pytest

from dentalpain.clinical.findings import NO, YES, Answer
from dentalpain.clinical.record import Medicine, Standing

from ..opioid_patients import BENCH, ask, day, order, patient

CARRIER = {"hla_b_1502": "positive", "hla_a_3101": "positive"}
CARBAMAZEPINE = "carbamazepine 200 mg 1 tab bid"


def taken(text: str, since: str, standing: Standing = Standing.CURRENT) -> Medicine:
    return Medicine(BENCH.read(text), standing, day(since) if since else None, None, "medicine list")


# CPIC 2017: a carrier who took it for more than three months without a reaction may go on; 92 days are three months.
@pytest.mark.parametrize(
    ("listed", "answer"),
    [
        (taken(CARBAMAZEPINE, "2026-08-23"), NO),  # 93 days on November 24
        (taken(CARBAMAZEPINE, "2026-08-24"), YES),  # 92 days
        (taken(CARBAMAZEPINE, "2026-08"), YES),  # perhaps since the 31st
        (taken(CARBAMAZEPINE, ""), YES),  # nobody wrote since when
        (taken(CARBAMAZEPINE, "2020-01-01", Standing.PAST), YES),  # begun again, it is new again
        (taken(CARBAMAZEPINE, "2020-01-01", Standing.ASK), YES),  # whether it is still taken is open
        (taken("gabapentin 300 mg 1 cap tid", "2020-01-01"), YES),  # another medicine
    ],
)
@pytest.mark.parametrize("rule", ["CBZ-HLA-POS", "CBZ-HLA-A3101"])
def test_a_carrier_may_go_on_with_what_the_list_shows_for_more_than_three_months(
    rule: str, listed: Medicine, answer: Answer
) -> None:
    found = ask(rule, order("carbamazepine 200 mg 1 tab bid #60", patient(CARRIER, medicines=(listed,))))
    assert found.answer is answer
    assert found.presumed is (answer is YES)


def test_the_day_that_somebody_names_wins_over_the_list() -> None:
    said = {**CARRIER, "antiepileptic_since": day("2026-10-01")}
    record = patient(said, medicines=(taken(CARBAMAZEPINE, "2020-01-01"),))
    assert ask("CBZ-HLA-POS", order("carbamazepine 200 mg 1 tab bid #60", record)).answer is YES
