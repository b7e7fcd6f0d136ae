"""What holds for any complaint: no answer takes back what another settled, and nothing is met while nobody said anything."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dentalpain.clinical.findings import UNKNOWN
from dentalpain.clinical.instruments.body_wide import SITES
from dentalpain.clinical.screening.assessing import limits_for
from dentalpain.clinical.screening.central_pain import nociplastic
from dentalpain.clinical.screening.complaint import NOCIPLASTIC
from dentalpain.clinical.screening.criteria import Criterion
from dentalpain.clinical.screening.differential.condition import CRITERIA_MET, Condition, joined, judged
from dentalpain.clinical.screening.examination import Findings
from dentalpain.clinical.screening.told import UNITS, Told
from dentalpain.knowledge.screening_tables import worked_cases

from .samples import TODAY, answers_of, knowledge, screened
from .test_diagnoses import mirrored
from .test_joints import everything_joint

Complaint = Mapping[str, bool | Decimal | None]
CONDITIONS = knowledge().conditions
LIMITS = knowledge().limits_on(TODAY)
# How long an attack lasts is one question in three units: whoever has told it in one has answered the others.
ONE_QUESTION = frozenset(UNITS)


def held(complaint: Complaint) -> Findings:
    return Findings(TODAY, differential={key: value for key, value in complaint.items() if value is not None})


def letters(condition: Condition, complaint: Complaint) -> tuple[Criterion, ...]:
    return condition.function(Told(held(complaint)), limits_for(LIMITS, condition.limits))


def asked_by(condition: Condition) -> list[str]:
    """Every key that a condition asks for when nobody said anything."""
    return sorted({because.fact for letter in letters(condition, {}) for because in letter.finding.explain()})


NUMBERS = {
    **dict.fromkeys(("attack_seconds_max", "attack_minutes_max", "attack_hours_max"), (0, 1, 2, 15, 30, 120, 600)),
    **dict.fromkeys(("attacks_total", "attacks_per_day", "hours_per_day", "cold_lingers_seconds"), (0, 2, 5, 6, 24)),
    **dict.fromkeys(("duration_months", "nerve_injury_to_onset_months", "zoster_months_ago"), (0, 2, 3, 4, 6)),
}


def answer(key: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([Decimal(n) for n in NUMBERS[key]]) if key in NUMBERS else st.booleans()


def told(keys: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({key: st.none() | answer(key) for key in keys})


NAMED = [pytest.param(one, id=f"{one.id} {one.name}") for one in CONDITIONS]


@pytest.mark.parametrize("condition", NAMED)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_criterion_that_is_settled_stays_so_whatever_is_answered_next(condition: Condition, data: st.DataObject) -> None:
    keys = asked_by(condition)
    now = data.draw(st.sampled_from(keys))
    unasked = ONE_QUESTION if now in ONE_QUESTION else (now,)
    complaint = {**data.draw(told(keys)), **{key: None for key in unasked if key in keys}}
    before, after = letters(condition, complaint), letters(condition, {**complaint, now: data.draw(answer(now))})
    for earlier, later in zip(before, after, strict=True):
        assert earlier.finding.answer is UNKNOWN or later.finding.answer is earlier.finding.answer


@pytest.mark.parametrize("condition", NAMED)
def test_no_criterion_is_met_or_denied_while_nobody_said_anything(condition: Condition) -> None:
    assert {letter.finding.answer for letter in letters(condition, {})} == {UNKNOWN}
    assert all(letter.finding.missing() for letter in letters(condition, {}))


# Every complaint of the worked cases in which a condition is met, worked out by hand.
WORKED: list[dict[str, Any]] = [case["complaint"] for _, case in worked_cases("differential") if case["status"] == "criteria_met"]
EVERY_YES_NO = sorted({key for one in CONDITIONS for key in asked_by(one)} - {*NUMBERS})


def met(complaint: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The codes of each condition that is met."""
    exact = {key: value if isinstance(value, bool) else Decimal(str(value)) for key, value in complaint.items()}
    found = joined(one for each in CONDITIONS if (one := judged(each, letters(each, exact))) is not None)
    return {one.id: one.codes for one in found if one.status == CRITERIA_MET}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WORKED), st.sampled_from(EVERY_YES_NO), st.booleans())
def test_a_condition_that_is_met_stays_met_when_one_more_question_is_answered(
    complaint: dict[str, Any], now: str, value: bool
) -> None:
    assume(now not in complaint)
    before, after = met(complaint), met({**complaint, now: value})
    assert before and set(before) <= set(after)
    assert all(set(before[name]) <= set(after[name]) for name in before)  # another form adds its code and takes none


@pytest.mark.parametrize("complaint", WORKED)
def test_a_condition_rests_on_what_was_said_and_on_nothing_else(complaint: dict[str, Any]) -> None:
    # Taking away one answer at a time: what is met afterwards was met before, so no silence counts as an answer.
    for key in complaint:
        assert set(met({name: value for name, value in complaint.items() if name != key})) <= set(met(complaint))


# -- left and right --------------------------------------------------------------------------------------------


def mirrored_code(code: str) -> str:
    """M26.60- to M26.65- end with 1 for the right and 2 for the left; 3 (both), 9 and the other codes have no side to exchange."""
    sided = code.startswith("M26.6") and len(code) == 7
    return code[:-1] + {"1": "2", "2": "1"}.get(code[-1], code[-1]) if sided else code


@settings(max_examples=80, deadline=None)
@given(everything_joint(), st.sampled_from(WORKED))
def test_exchanging_left_and_right_exchanges_the_codes_and_leaves_the_other_pains(
    findings: dict[str, Any], complaint: dict[str, Any]
) -> None:
    here, there = (screened({**raw, "complaint": complaint}) for raw in (findings, mirrored(findings)))
    for key in ("icd10cm", "icd10cm_optional"):
        assert sorted(there[key]) == sorted(map(mirrored_code, here[key]))
    for key in ("differential", "central_pain", "red_flags", "icd10cm_conflicts", "corrected_opening_mm"):
        assert there[key] == here[key]


# -- central pain ----------------------------------------------------------------------------------------------

LEVELS = {"no": {"no"}, "probable": {"probable"}, "possible": {"possible", "probable"}}
GRADED = sorted({"duration_months", *NOCIPLASTIC})


@settings(max_examples=200, deadline=None)
@given(told(GRADED), st.data())
def test_the_grading_moves_only_from_open_to_settled_and_from_possible_to_probable(
    complaint: dict[str, Any], data: st.DataObject
) -> None:
    open_keys = [key for key, value in complaint.items() if value is None]
    assume(open_keys)
    now = data.draw(st.sampled_from(open_keys))
    before, missing = nociplastic(held(complaint), LIMITS)
    after, _ = nociplastic(held({**complaint, now: data.draw(answer(now))}), LIMITS)
    assert after in LEVELS.get(before, {"no", "possible", "probable", "not_determinable"})
    assert before != "not_determinable" or missing


def test_nothing_known_is_neither_graded_nor_denied() -> None:
    view = screened({"complaint": {}})["central_pain"]
    assert (view["nociplastic"], view["widespread"], view["fm_2016"], view["csi_band"]) == ("not_determinable", None, None, None)


SEVERITY = {"fatigue": 3, "unrefreshed": 3, "cognitive": 3, "headaches": 1, "abdominal": 1, "depression": 1}


@st.composite
def fibromyalgia(draw: st.DrawFn) -> dict[str, Any]:
    items = {key: draw(st.none() | st.integers(0, highest)) for key, highest in SEVERITY.items()}
    sites = draw(st.none() | st.lists(st.sampled_from(sorted(SITES)), unique=True))
    return {**items, "sites": sites, "months_at_similar_level": draw(st.none() | st.integers(0, 6))}


def swapped(site: str) -> str:
    side, _, rest = site.partition(" ")
    return f"{({'left': 'right', 'right': 'left'}).get(side, side)} {rest}".strip()


@settings(max_examples=100, deadline=None)
@given(fibromyalgia())
def test_exchanging_left_and_right_of_the_body_changes_nothing_of_the_view(items: dict[str, Any]) -> None:
    mirrored = {**items, "sites": items["sites"] and [swapped(site) for site in items["sites"]]}
    views = [screened(None, answers_of("fm-2016", form)) for form in (items, mirrored)]
    assert views[0]["central_pain"] == views[1]["central_pain"] and views[0]["scores"] == views[1]["scores"]


@settings(max_examples=100, deadline=None)
@given(fibromyalgia(), st.data())
def test_a_blank_of_the_fibromyalgia_form_that_is_filled_takes_back_no_answer(items: dict[str, Any], data: st.DataObject) -> None:
    blanks = [key for key, value in items.items() if value is None]
    assume(blanks)
    now = data.draw(st.sampled_from(blanks))
    sites = st.lists(st.sampled_from(sorted(SITES)), unique=True)
    value = data.draw(sites if now == "sites" else st.integers(0, SEVERITY.get(now, 6)))
    before, after = (screened(None, answers_of("fm-2016", form))["central_pain"] for form in (items, {**items, now: value}))
    for key in ("fm_2016", "widespread"):
        assert before[key] is None or before[key] == after[key]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(sorted(SITES)), unique=True), fibromyalgia())
def test_a_second_form_never_takes_back_widespread_pain(areas: list[str], items: dict[str, Any]) -> None:
    # The exception: a no of one form may turn into a yes, since people leave body pain out of a drawing of the face.
    drawing = answers_of("pain-drawing", {"areas": areas})
    alone = screened(None, drawing)["central_pain"]["widespread"]
    both = screened(None, drawing, answers_of("fm-2016", items))["central_pain"]["widespread"]
    assert both is True or alone is False
