"""What is asked: facts without a value, and values that leave the answer open."""

from __future__ import annotations

from decimal import Decimal

from dentalpain.clinical.findings import Because, any_of, no, unknown, yes
from dentalpain.clinical.prescribing.questions import missing
from dentalpain.clinical.quantities import Reading

BELOW_60 = Reading(None, Decimal(60), (Because("egfr", "below 60", "laboratory"),), below_high=True)


def test_an_egfr_below_60_does_not_tell_whether_it_is_below_30_and_is_asked_for() -> None:
    assert missing(BELOW_60.below(Decimal(30))) == ("egfr",)
    assert missing(any_of(BELOW_60.below(Decimal(30)), no(Because("aki", False)))) == ("egfr",)


def test_an_egfr_below_60_that_decides_is_not_asked_for() -> None:
    assert missing(BELOW_60.below(Decimal(60))) == ()


def test_a_fact_without_a_value_comes_first_and_a_known_number_is_not_asked_for() -> None:
    weight = unknown(Because("weight_kg", None), Because("total_acetaminophen_mg_per_day", "2600 or more"))
    assert missing(any_of(weight, BELOW_60.below(Decimal(30)))) == ("weight_kg", "egfr")
    assert missing(unknown(Because("total_mme_per_day", Decimal(40)))) == ()


def test_what_stands_until_somebody_answers_is_asked_for() -> None:
    assert missing(yes(Because("gestational_age_weeks", None), presumed=True)) == ("gestational_age_weeks",)
