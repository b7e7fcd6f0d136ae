"""Red flags under every mixture of answers: an open question may raise a flag, and never lowers a raised one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, YES
from dentalpain.clinical.record import Medicine, Review, Standing
from dentalpain.clinical.screening.assessing import limits_for
from dentalpain.clinical.screening.red_flags.urgency import Levels
from dentalpain.clinical.screening.tables import ALL_RED_FLAGS
from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.load import load_knowledge

from .samples import TODAY, answers_of, facts_of, knowledge, red_flag, screened

# A known explanation takes these back: a block of today, an injury (RF-04, RF-05), a date or a no about it (RF-09).
EXCEPTIONS = ("RF-04", "RF-05", "RF-09")
LIMITS = knowledge().limits_on(TODAY)


def asked(rule: str, values: Mapping[str, object]) -> Levels:
    flag = knowledge().red_flags[rule]
    return flag.function(facts_of({"age_years": 61, **values}), limits_for(LIMITS, flag.limits))


def yes_no_facts(rule: str) -> list[str]:
    """The yes-or-no facts that a flag asks for when nothing is known, each level on its own."""
    levels = asked(rule, {})
    held = {because.fact for finding in levels.levels.values() for because in finding.explain()}
    return sorted(f for f in held if knowledge().red_flag_facts[f].value == "yes_no")


EVERY = [rule for rule in ALL_RED_FLAGS if rule not in EXCEPTIONS]


@pytest.mark.parametrize("rule", EVERY)
@settings(max_examples=40, deadline=None)
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


@pytest.mark.parametrize("rule", ALL_RED_FLAGS)
@settings(max_examples=40, deadline=None)
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


def with_medicines(values: Mapping[str, object], *medicines: Medicine, reviewed: bool = False) -> Facts:
    facts = facts_of({"age_years": 61, **values})
    reviews = {"medicines": Review(TODAY, "office")} if reviewed else {}
    return Facts(replace(facts.record, medicines=medicines, reviewed=reviews), facts.definitions)


def medicine(text: str, standing: Standing = Standing.CURRENT) -> Medicine:
    return replace(tools(load_knowledge()).bench.medicine(text, TODAY), standing=standing)


def asked_of(rule: str, facts: Facts) -> Levels:
    flag = knowledge().red_flags[rule]
    return flag.function(facts, limits_for(LIMITS, flag.limits))


@pytest.mark.parametrize("standing", [Standing.CURRENT, Standing.PAST])
def test_a_bone_drug_on_the_list_counts_also_after_it_was_stopped(standing: Standing) -> None:
    levels = asked_of("RF-08", with_medicines({"exposed_jaw_bone": True}, medicine("alendronate 70 mg", standing)))
    assert levels.urgency is not None and levels.urgency.value == "within_2_weeks"


def test_a_reviewed_list_without_a_bone_drug_does_not_rule_out_one_of_years_ago() -> None:
    levels = asked_of("RF-08", with_medicines({"exposed_jaw_bone": True}, reviewed=True))
    assert "antiresorptive" in levels.missing()
    assert "romosozumab" not in levels.missing()  # that is asked of the present alone
    assert "antiangiogenic" not in levels.missing()  # a list of the last 90 days that names none means no


@pytest.mark.parametrize("standing", [Standing.CURRENT, Standing.PAST])
def test_bare_bone_after_bevacizumab_is_referred_also_when_it_was_stopped(standing: Standing) -> None:
    # RF-08: current or past antiangiogenic drug and exposed bone, whatever the weeks: within two weeks.
    levels = asked_of(
        "RF-08", with_medicines({"exposed_jaw_bone": True}, medicine("bevacizumab", standing), reviewed=True)
    )
    assert levels.urgency is not None and levels.urgency.value == "within_2_weeks"


def test_warfarin_on_the_list_makes_headache_after_a_fall_an_emergency() -> None:
    fall = {"headache_present": True, "head_injury_recent": True}
    levels = asked_of("RF-07", with_medicines(fall, medicine("warfarin 5 mg")))
    assert levels.urgency is not None and levels.urgency.value == "emergency_now"
    stopped = asked_of("RF-07", with_medicines(fall, medicine("warfarin 5 mg", Standing.PAST), reviewed=True))
    assert stopped.urgency is None


def test_a_stated_bone_drug_counts_beside_a_list_that_does_not_hold_it() -> None:
    told = with_medicines({"exposed_jaw_bone": True, "antiresorptive": True}, medicine("lisinopril 10 mg"))
    assert asked_of("RF-08", told).urgency is not None


@pytest.mark.parametrize(("weeks", "radiated", "said"), [(9, False, True), (8, False, False), (9, True, False)])
def test_the_definition_of_osteonecrosis_needs_more_than_eight_weeks_and_no_radiation(
    weeks: int, radiated: bool, said: bool
) -> None:
    values = {"exposed_jaw_bone": True, "antiresorptive": True, "exposed_jaw_bone_weeks": weeks}
    levels = asked("RF-08", {**values, "jaw_metastasis": False, "jaw_radiotherapy_history": radiated})
    assert levels.advice == (("definition_met",) if said else ())


@pytest.mark.parametrize(("injury", "advice"), [(True, ("after_injury",)), (False, ()), (None, ())])
def test_a_jaw_stuck_open_after_an_injury_is_imaged_first(injury: bool | None, advice: tuple[str, ...]) -> None:
    values: dict[str, object] = {"jaw_locked_open_now": True}
    if injury is not None:
        values["jaw_injury_2_weeks"] = injury
    assert asked("RF-10", values).advice == advice


def test_one_point_at_item_nine_raises_the_flag_though_the_form_has_no_score() -> None:
    result = screened(None, answers_of("phq-9", {"9": 1}))
    flag = red_flag(result, "RF-12")
    assert result["scores"][0]["status"] == "not_scorable"
    assert flag is not None and (flag["answer"], flag["urgency"]) == ("yes", "same_day")
    assert flag["because"][0]["source"] == "phq-9, item 9"
    assert result["next"][0]["do"] == flag["action"]


@pytest.mark.parametrize("value", [0, None])
def test_a_zero_or_a_blank_at_item_nine_clears_nobody(value: int | None) -> None:
    flag = red_flag(screened(None, answers_of("phq-9", {**{str(n): 0 for n in range(1, 9)}, "9": value})), "RF-12")
    assert flag is not None and (flag["answer"], flag["urgency"]) == ("unknown", None)
    assert "suicidality" in flag["missing"]


def test_a_no_of_the_clinician_does_not_take_back_item_nine() -> None:
    denied = {"complaint": {"suicidality": False, "suicide_plan_or_intent": False}}
    flag = red_flag(screened(denied, answers_of("phq-9", {"9": 2})), "RF-12")
    assert flag is not None and flag["urgency"] == "same_day"


def test_points_at_item_nine_of_another_form_mean_something_else() -> None:
    assert (red_flag(screened(None, answers_of("jfls-20", {"9": 3})), "RF-12") or {})["answer"] == "unknown"


@pytest.mark.parametrize(("told", "raised"), [("2026-11-03", True), ("2026-11-04", False)])
def test_weeks_of_pregnancy_go_on_after_they_were_told(told: str, raised: bool) -> None:
    """17 weeks told three weeks ago are 20 today; told 20 days ago they are 19."""
    weeks = {"value": 17, "date": dt.date.fromisoformat(told)}
    pressure = {"pregnant": True, "systolic_bp": 162, "diastolic_bp": 90, "gestational_age_weeks": weeks}
    urgency = asked("RF-19", pressure).urgency
    assert (urgency is not None and urgency.value == "emergency_now") is raised
