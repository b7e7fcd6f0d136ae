"""The maximum of a long-acting anesthetic, worked out before the syringe is loaded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dentalpain.clinical.prescribing.doses.local_anesthetic_note import AgentMaximum, long_acting_maxima
from dentalpain.clinical.record import StatedValue

from ..opioid_patients import BENCH, TODAY, option, patient

D = Decimal
LIMITS = {**BENCH.limits_on(TODAY)["LA-MAX"], **BENCH.limits_on(TODAY)["LA-BUPI-LT12"]}


def most(**facts: StatedValue) -> dict[str, Decimal | None]:
    return {one.agent: one.most for one in maxima(**facts)}


def maxima(**facts: StatedValue) -> tuple[AgentMaximum, ...]:
    return long_acting_maxima(option("long_acting_local_anaesthetic", patient(facts), "simple_extraction"), LIMITS)


@pytest.mark.parametrize(
    ("weight", "bupivacaine", "articaine"),
    [
        (60, 78, 420),  # 1.3 × 60 = 78; 7 × 60 = 420
        (69, D("89.7"), 483),  # 1.3 × 69 = 89.7; 7 × 69 = 483
        (70, 90, 490),  # 1.3 × 70 = 91, held to 90; 7 × 70 = 490
        (72, 90, 500),  # 7 × 72 = 504, held to 500
    ],
)
def test_the_maximum_goes_by_weight_up_to_the_cap(weight: int, bupivacaine: Decimal, articaine: Decimal) -> None:
    assert most(age_years=D(40), weight_kg=D(weight)) == {"bupivacaine": bupivacaine, "articaine": articaine}


@pytest.mark.parametrize(
    ("age", "allowed"), [(3, set()), (4, {"articaine"}), (11, {"articaine"}), (12, {"articaine", "bupivacaine"})]
)
def test_bupivacaine_waits_for_12_years_and_articaine_for_4(age: int, allowed: set[str]) -> None:
    found = most(age_years=D(age), weight_kg=D(30))
    assert {agent for agent, milligrams in found.items() if milligrams is not None} == allowed


def test_without_age_or_weight_only_the_rule_is_said() -> None:
    for facts in ({"age_years": D(40)}, {"weight_kg": D(60)}):
        for one in maxima(**facts):
            assert one.most is None and "not known" in one.said
