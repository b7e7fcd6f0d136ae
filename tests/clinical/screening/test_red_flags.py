"""Red flags under every mixture of answers: an open question may raise a flag, and never lowers a raised one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, YES
from dentalpain.clinical.record import Review
from dentalpain.clinical.screening.assessing import limits_for
from dentalpain.clinical.screening.red_flags.urgency import Levels

from .samples import TODAY, facts_of, knowledge

LIMITS = knowledge().limits_on(TODAY)


def asked(rule: str, values: Mapping[str, object]) -> Levels:
    flag = knowledge().red_flags[rule]
    return flag.function(facts_of({"age_years": 61, **values}), limits_for(LIMITS, flag.limits))


def yes_no_facts(rule: str) -> list[str]:
    """The yes-or-no facts that a flag asks for when nothing is known, each level on its own."""
    levels = asked(rule, {})
    held = {because.fact for finding in levels.levels.values() for because in finding.explain()}
    return sorted(f for f in held if knowledge().red_flag_facts[f].value == "yes_no")


@pytest.mark.parametrize("rule", ["RF-01", "RF-02", "RF-03"])
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_answering_an_open_question_never_lowers_a_raised_flag(rule: str, data: st.DataObject) -> None:
    names = yes_no_facts(rule)
    answers = data.draw(st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in names}))
    known = {name: value for name, value in answers.items() if value is not None}
    before, now = asked(rule, known), data.draw(st.sampled_from(names))
    if now in known or before.answer is not YES:
        return
    for value in (True, False):
        after = asked(rule, {**known, now: value})
        assert after.answer is YES and after.rank <= before.rank


@pytest.mark.parametrize("rule", ["RF-01", "RF-02", "RF-03", "RF-04", "RF-05"])
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_flag_that_is_answered_no_with_questions_open_stays_no(rule: str, data: st.DataObject) -> None:
    names = yes_no_facts(rule)
    answers = data.draw(st.fixed_dictionaries({name: st.sampled_from([False, None, True]) for name in names}))
    known = {name: value for name, value in answers.items() if value is not None}
    if asked(rule, known).answer is NO:
        now = data.draw(st.sampled_from(names))
        assert now in known or asked(rule, {**known, now: True}).answer is NO


def test_a_new_visual_symptom_is_never_lowered_because_the_rest_is_unknown() -> None:
    for weak in ("headache_new", "girdle_morning_stiffness", "systemic_symptoms", "weight_loss"):
        levels = asked("RF-01", {"visual_loss_or_diplopia": True, weak: True})
        assert levels.urgency is not None and levels.urgency.value == "emergency_now"


@pytest.mark.parametrize(
    ("fact", "rule"),
    [("airway_signs", "RF-03"), ("eye_signs", "RF-03"), ("exertional_pattern_changed", "RF-02")],
)
def test_one_emergency_sign_is_enough_with_everything_else_unknown(fact: str, rule: str) -> None:
    levels = asked(rule, {fact: True})
    assert levels.urgency is not None and levels.urgency.value == "emergency_now"
    assert levels.missing() == ()


def test_a_reviewed_problem_list_does_not_rule_out_diabetes_which_no_entry_of_it_is_recognised_as() -> None:
    facts = facts_of({"jaw_pain_ongoing_now": True, "palpitations": True, "age_years": 30})
    reviewed = replace(facts.record, reviewed={"problems": Review(TODAY, "office")})
    flag = knowledge().red_flags["RF-02"]
    levels = flag.function(Facts(reviewed, facts.definitions), limits_for(LIMITS, flag.limits))
    assert "diabetes" in levels.missing()
    assert "coronary_disease" not in levels.missing()
