"""Methotrexate beside an NSAID: the list tells a small weekly dose by its directions, and what was said wins."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.record import Standing, StatedValue

from ..opioid_patients import ask, medicine, order, patient

IBUPROFEN = "ibuprofen 400 mg q6h #12"
WEEKLY = "methotrexate 2.5 mg 6 tablets once a week"  # 6 × 2.5 = 15 mg a week


def answers(*listed: str, standing: Standing = Standing.CURRENT, **said: StatedValue) -> tuple[Answer, Answer, Answer]:
    """What the rules of high doses, of a weekly dose with weak kidneys, and of a weekly dose answer."""
    taken = tuple(medicine(text, standing) for text in listed)
    record = patient({"egfr": Decimal(90), **said}, medicines=taken)
    high, weak, weekly = (ask(f"NSAID-MTX-{name}", order(IBUPROFEN, record)).answer for name in ("HIGH", "LOW-CKD", "LOW"))
    return high, weak, weekly


def test_six_tablets_once_a_week_are_a_small_weekly_dose() -> None:
    assert answers(WEEKLY) == (NO, NO, YES)
    assert answers(WEEKLY, egfr=Decimal(59)) == (NO, YES, NO)


@pytest.mark.parametrize(
    "directions",
    [
        "methotrexate 2.5 mg daily",  # a weekly medicine written for every day may be an error
        "methotrexate 2.5 mg 12 tablets once a week",  # 30 mg: sources draw the line from 25 to 30
        "methotrexate 2.5 mg",  # no directions
        "methotrexate once weekly",  # no strength
    ],
)
def test_any_other_directions_are_asked_about(directions: str) -> None:
    assert answers(directions) == (UNKNOWN, NO, UNKNOWN)


def test_a_second_product_taken_daily_leaves_it_open() -> None:
    assert answers(WEEKLY, "methotrexate 2.5 mg daily") == (UNKNOWN, NO, UNKNOWN)


def test_a_medicine_that_may_have_ended_leaves_it_open() -> None:
    assert answers(WEEKLY, standing=Standing.ASK) == (UNKNOWN, NO, UNKNOWN)


def test_what_somebody_said_wins_over_the_directions() -> None:
    assert answers(WEEKLY, methotrexate_regimen="high_dose") == (YES, NO, NO)
    assert answers("methotrexate 2.5 mg daily", methotrexate_regimen="weekly_low_dose") == (NO, NO, YES)
