"""DC/TMD pain diagnoses: the sentences that a dentist could dispute, and the mirror of left and right."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalpain.clinical.screening.examination import LOCATIONS, SITES

from .samples import HISTORY, answers_of, diagnosis, examined, screened, spot, statuses

MUSCLE = ("myalgia", "local-myalgia", "myofascial-pain", "myofascial-pain-with-referral")
BOTH_JOINTS = ["right tmj", "left tmj"]


def test_answers_of_the_patient_alone_never_yield_a_diagnosis() -> None:
    full = answers_of("tmd-pain-screener", {"1": 2, "2": 1, "3A": 1, "3B": 1, "3C": 1, "3D": 1})
    assert set(statuses(screened(None, full)).values()) == {"not_determinable"}


def test_a_two_second_hold_gives_myalgia_and_asks_for_five_seconds_before_any_subtype() -> None:
    result = screened({"history": HISTORY, "examination": examined(spot(hold_seconds=2))})
    assert diagnosis(result, "myalgia")["status"] == "met"
    for subtype in ("local-myalgia", "myofascial-pain", "myofascial-pain-with-referral"):
        assert diagnosis(result, subtype)["status"] == "not_determinable"
        assert diagnosis(result, subtype)["missing"] == ["hold_seconds"]


def test_familiar_pain_on_opening_alone_gives_myalgia_without_a_subtype() -> None:
    raw = examined(spot(familiar_pain=False), opening_familiar_pain=["right masseter"])
    found = statuses(screened({"history": HISTORY, "examination": raw}))
    assert [found[name] for name in ("myalgia", "local-myalgia", "myofascial-pain")] == ["met", "not_met", "not_met"]


def test_pain_of_the_masseter_on_moving_the_jaw_sideways_is_no_myalgia() -> None:
    raw = examined(spot(familiar_pain=False), excursion_familiar_pain=["right masseter"])
    assert statuses(screened({"history": HISTORY, "examination": raw}))["myalgia"] == "not_met"


def test_pain_of_the_joint_on_moving_the_jaw_sideways_is_arthralgia_of_that_side_alone() -> None:
    raw = examined(pain_location_confirmed=["right tmj"], excursion_familiar_pain=["right tmj"])
    found = statuses(screened({"history": HISTORY, "examination": raw}))
    assert (found["right arthralgia"], found["left arthralgia"]) == ("met", "not_met")


def test_tenderness_that_is_not_the_familiar_pain_counts_for_nothing() -> None:
    raw = examined(spot(pain=True, familiar_pain=False))
    assert statuses(screened({"history": HISTORY, "examination": raw}))["myalgia"] == "not_met"


def test_familiar_pain_in_a_place_that_was_not_confirmed_counts_for_nothing() -> None:
    raw = examined(spot("left masseter"), spot(familiar_pain=False))
    assert statuses(screened({"history": HISTORY, "examination": raw}))["myalgia"] == "not_met"


def test_pain_whose_familiarity_nobody_asked_for_leaves_myalgia_open_and_names_it() -> None:
    raw = examined({"site": "right masseter", "pain": True, "hold_seconds": 5})
    found = diagnosis(screened({"history": HISTORY, "examination": raw}), "myalgia")
    assert found["status"] == "not_determinable"


def test_a_painless_place_needs_no_answer_about_familiarity_or_spread() -> None:
    raw = examined({"site": "right masseter", "pain": False})
    assert statuses(screened({"history": HISTORY, "examination": raw}))["local-myalgia"] == "not_met"


def test_a_zone_and_the_whole_muscle_both_stand_for_their_site() -> None:
    for more in ({"zone": "origin"}, {}):
        raw = examined(spot(**more))
        assert statuses(screened({"history": HISTORY, "examination": raw}))["local-myalgia"] == "met"


def test_supplemental_muscles_do_not_satisfy_myalgia() -> None:
    raw = examined(spot("right temporalis tendon"), pain_location_confirmed=["right other masticatory"])
    assert statuses(screened({"history": HISTORY, "examination": raw}))["myalgia"] == "not_met"


def test_an_examination_that_was_not_performed_makes_every_finding_unknown_whatever_else_is_written() -> None:
    result = screened({"history": HISTORY, "examination": examined(spot(), performed=False)})
    assert set(statuses(result).values()) == {"not_determinable"}


def test_the_unanswered_check_box_leaves_the_diagnosis_open_and_is_named() -> None:
    raw = examined(spot(), other_pain_diagnosis_explains_better=None)
    myalgia = diagnosis(screened({"history": HISTORY, "examination": raw}), "myalgia")
    assert (myalgia["status"], myalgia["missing"]) == ("not_determinable", ["other_pain_diagnosis_explains_better"])


def test_a_ticked_check_box_ends_every_pain_diagnosis() -> None:
    raw = examined(spot(), other_pain_diagnosis_explains_better=True)
    found = statuses(screened({"history": HISTORY, "examination": raw}))
    assert {found[name] for name in (*MUSCLE, "right arthralgia", "left arthralgia")} == {"not_met"}
    assert found["headache-attributed-to-tmd"] == "not_met"  # no painful TMD is left


def test_the_trace_names_each_letter_with_its_answer_and_where_the_fact_comes_from() -> None:
    result = screened({"history": HISTORY, "examination": examined(spot(zone="body"))})
    criteria = diagnosis(result, "local-myalgia")["criteria"]
    assert [line["letter"] for line in criteria] == ["A", "B", "C", "D", "E", "F"]
    assert {line["answer"] for line in criteria} == {"yes"}
    assert criteria[0]["because"] == [
        {
            "fact": "pain_last_30_days",
            "value": "comes and goes",
            "source": "interview",
            "date": "2026-11-24",
            "stale": False,
        }
    ]
    assert {"familiar_pain", "hold_seconds"} <= {because["fact"] for because in criteria[4]["because"]}
    held = [because for because in criteria[4]["because"] if because["fact"] == "hold_seconds"]
    assert [because["source"] for because in held] == ["examination: right masseter, body"]


def test_myalgia_carries_the_specificity_of_the_paper_and_not_that_of_the_later_table() -> None:
    result = screened({"history": HISTORY, "examination": examined(spot())})
    assert (diagnosis(result, "myalgia")["sensitivity"], diagnosis(result, "myalgia")["specificity"]) == (0.9, 0.99)
    assert diagnosis(result, "myalgia")["provisional"] is False


def test_a_subtype_whose_accuracy_was_never_established_is_provisional() -> None:
    local = diagnosis(screened({"history": HISTORY, "examination": examined(spot())}), "local-myalgia")
    assert (local["sensitivity"], local["specificity"], local["provisional"]) == (None, None, True)


def test_myalgia_and_its_subtype_share_one_muscle_code() -> None:
    assert screened({"history": HISTORY, "examination": examined(spot())})["icd10cm"] == ["M79.11"]


@pytest.mark.parametrize(
    ("joints", "codes"), [(["right tmj"], ["M26.621"]), (["left tmj"], ["M26.622"]), (BOTH_JOINTS, ["M26.623"])]
)
def test_arthralgia_of_both_joints_is_one_bilateral_code(joints: list[str], codes: list[str]) -> None:
    raw = examined(pain_location_confirmed=joints, opening_familiar_pain=joints)
    assert screened({"history": HISTORY, "examination": raw})["icd10cm"] == codes


def test_each_joint_keeps_the_code_of_its_own_side() -> None:
    raw = examined(pain_location_confirmed=BOTH_JOINTS, opening_familiar_pain=BOTH_JOINTS)
    result = screened({"history": HISTORY, "examination": raw})
    assert diagnosis(result, "arthralgia", "right")["icd10cm"] == ["M26.621"]
    assert diagnosis(result, "arthralgia", "left")["icd10cm"] == ["M26.622"]
    assert diagnosis(result, "myalgia")["icd10cm"] == []


@pytest.mark.parametrize(("born", "said"), [("2008-11-25", True), ("2008-11-24", False), (None, True)])
def test_adult_criteria_say_so_under_18_and_where_the_age_is_unknown(born: str | None, said: bool) -> None:
    result = screened({"history": HISTORY, "examination": examined(spot())}, born=born)
    assert bool(diagnosis(result, "myalgia")["cautions"]) is said


def test_an_open_bite_lowers_the_corrected_opening() -> None:
    raw = {"max_assisted_interincisal_mm": 37, "vertical_overlap_mm": -2}
    assert screened({"examination": raw})["corrected_opening_mm"] == 35


def test_overlap_raises_the_corrected_opening_and_without_it_nothing_is_said() -> None:
    assert (
        screened({"examination": {"max_assisted_interincisal_mm": 37, "vertical_overlap_mm": 3.5}})[
            "corrected_opening_mm"
        ]
        == 40.5
    )
    assert screened({"examination": {"max_assisted_interincisal_mm": 37}})["corrected_opening_mm"] is None


OTHER = {"right": "left", "left": "right"}
ANSWER = st.sampled_from([True, False, None])


def mirrored(value: Any) -> Any:
    """The same findings with left and right exchanged."""
    if isinstance(value, dict):
        return {mirrored(key): mirrored(held) for key, held in value.items()}
    if isinstance(value, list):
        return [mirrored(held) for held in value]
    side, _, rest = value.partition(" ") if isinstance(value, str) else ("", "", "")
    return " ".join(filter(None, (OTHER[side], rest))) if side in OTHER else value


def lists(names: tuple[str, ...]) -> st.SearchStrategy[list[str] | None]:
    return st.none() | st.lists(st.sampled_from(names), unique=True)


@st.composite
def spots(draw: st.DrawFn) -> dict[str, object]:
    pain = draw(st.sampled_from([True, None]))
    keys = ("familiar_pain", "spreads_within_muscle", "refers_beyond_muscle")
    held = draw(st.sampled_from([None, 2, 5]))
    return {"site": draw(st.sampled_from(SITES)), "pain": pain, "hold_seconds": held, **{k: draw(ANSWER) for k in keys}}


EXAMINATIONS = st.fixed_dictionaries(
    {
        "pain_location_confirmed": lists(LOCATIONS),
        "opening_familiar_pain": lists(LOCATIONS),
        "excursion_familiar_pain": lists(LOCATIONS),
        "palpation": st.none() | st.lists(spots(), max_size=6),
        "other_pain_diagnosis_explains_better": ANSWER,
    }
)


@settings(max_examples=80, deadline=None)
@given(EXAMINATIONS)
def test_exchanging_left_and_right_exchanges_the_joints_and_leaves_the_patient(raw: dict[str, Any]) -> None:
    here = statuses(screened({"history": HISTORY, "examination": raw}))
    there = statuses(screened({"history": HISTORY, "examination": mirrored(raw)}))
    assert there == {mirrored(name): status for name, status in here.items()}


@settings(max_examples=80, deadline=None)
@given(EXAMINATIONS)
def test_myalgia_is_met_whenever_a_subtype_is_and_never_are_two_subtypes(raw: dict[str, Any]) -> None:
    found = statuses(screened({"history": HISTORY, "examination": raw}))
    subtypes = [found[name] for name in ("local-myalgia", "myofascial-pain", "myofascial-pain-with-referral")]
    assert subtypes.count("met") <= (found["myalgia"] == "met")


UNKNOWNS = ("pain_location_confirmed", "opening_familiar_pain", "excursion_familiar_pain")


@settings(max_examples=80, deadline=None)
@given(EXAMINATIONS, st.sampled_from(UNKNOWNS), st.lists(st.sampled_from(LOCATIONS), unique=True))
def test_answering_an_unknown_list_never_contradicts_what_was_met(
    raw: dict[str, Any], key: str, now: list[str]
) -> None:
    before = statuses(screened({"history": HISTORY, "examination": {**raw, key: None}}))
    after = statuses(screened({"history": HISTORY, "examination": {**raw, key: now}}))
    assert all(after[name] == status for name, status in before.items() if status != "not_determinable")
