"""What is expected and harmless stays silent, and one prescription does not bury its reader in cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import UNKNOWN, YES
from dentalpain.clinical.prescribing.judging import Bench, prescription_cases
from dentalpain.clinical.prescribing.reviewing import Flag, flags_of
from dentalpain.clinical.rules import Severity
from dentalpain.knowledge.cases import record_of
from dentalpain.knowledge.load import Knowledge

DAY = dt.date(2026, 11, 24)
LISTS = ["problems", "medicines", "allergies"]
IBUPROFEN, NORCO = "ibuprofen 400 mg q6h #12", "Norco 5/325 1 tab q6h prn pain #12"
# Notes that say the same, a few days and no more, and share one card.
SHORT_COURSE = {"NSAID-RAAS-OR-DIUR", "NSAID-AGE65", "NSAID-EGFR60", "NSAID-HTN"}
MOST_CARDS = 3


def flags(bench: Bench, text: str, current: Sequence[str], indication: str | None = None, **facts: Any) -> tuple[Flag, ...]:
    record = record_of({"on": DAY, "reviewed": LISTS, "current": current, "facts": facts}, bench)
    held = Facts(record, bench.definitions)
    cases = prescription_cases(held, (bench.read(text),), indication, bench)
    return flags_of(cases, bench.limits_on(DAY), bench)


def cards(knowledge: Knowledge, found: Sequence[Flag]) -> set[str]:
    """The rules that head a card: yes, moderate or more, not shown inside a sibling's card, short-course notes as one."""
    firing = {f.rule.id for f in found if f.answer is YES and f.rule.severity >= Severity.MODERATE}
    siblings = {rule: set(knowledge.rule_index[rule]["card_merged_into"].split(";")) for rule in firing}
    alone = {rule for rule in firing if not siblings[rule] & firing}
    return {"short course" if rule in SHORT_COURSE else rule for rule in alone}


@pytest.mark.parametrize(("sex", "age"), [("female", 62), ("male", 40)])
def test_ibuprofen_for_a_healthy_adult_with_reviewed_lists_raises_nothing(bench: Bench, sex: str, age: int) -> None:
    found = flags(
        bench, IBUPROFEN, ["metformin 500 mg bid", "atorvastatin 20 mg daily"], "surgical_extraction",
        sex=sex, age_years=age, alcohol_drinks_per_day=0,
    )  # fmt: skip
    weighty = (Severity.CONTRAINDICATED, Severity.MAJOR)
    assert [f.rule.id for f in found if f.answer is YES] == []
    assert [f.rule.id for f in found if f.answer is UNKNOWN and f.rule.severity in weighty] == []


def test_the_same_adult_with_an_old_ulcer_is_not_passed_over(bench: Bench) -> None:
    found = flags(bench, IBUPROFEN, ["metformin 500 mg bid"], sex="male", age_years=40, gi_ulcer_history=True)
    assert "NSAID-GI-HX" in {f.rule.id for f in found if f.answer is YES}


@pytest.mark.parametrize("indication", ["simple_extraction", "surgical_extraction", "toothache_no_care", "chronic_tmd", None])
@pytest.mark.parametrize("current", [[], ["lisinopril 10 mg daily", "atorvastatin 20 mg daily"]])
def test_norco_for_a_median_adult_makes_three_cards_at_most(
    knowledge: Knowledge, bench: Bench, current: list[str], indication: str | None
) -> None:
    found = flags(
        bench, NORCO, current, indication, sex="male", age_years=47, weight_kg=82, alcohol_drinks_per_day=0
    )
    assert len(cards(knowledge, found)) <= MOST_CARDS
    # After an extraction the guideline wants an NSAID with acetaminophen first: the quiet is not for want of rules.
    assert indication != "surgical_extraction" or "ADA-NONOPIOID-FIRST" in cards(knowledge, found)


def test_the_short_course_notes_of_an_nsaid_share_one_card(knowledge: Knowledge, bench: Bench) -> None:
    found = flags(
        bench, IBUPROFEN, ["lisinopril 10 mg daily"], sex="male", age_years=70, alcohol_drinks_per_day=0,
        egfr=50, systolic_bp=165, diastolic_bp=90, hypertension=True,
    )  # fmt: skip
    assert {f.rule.id for f in found if f.answer is YES} >= SHORT_COURSE
    assert cards(knowledge, found) == {"short course"}


def test_a_note_merged_into_a_firing_sibling_makes_no_card_of_its_own(knowledge: Knowledge, bench: Bench) -> None:
    found = flags(bench, "acetaminophen 500 mg 2 tabs q6h #24", [], sex="male", age_years=47, alcohol_drinks_per_day=4)
    firing = {f.rule.id for f in found if f.answer is YES}
    assert {"APAP-ALCOHOL", "APAP-ALCOHOL-OVER2G"} <= firing
    assert "APAP-ALCOHOL" not in cards(knowledge, found)
