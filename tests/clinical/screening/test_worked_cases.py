"""The worked cases of the knowledge files, and what every file must hold."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.screening.assessing import limits_for, screen
from dentalpain.clinical.screening.differential.condition import judged
from dentalpain.clinical.screening.presenting import STATUS
from dentalpain.clinical.screening.told import Told
from dentalpain.knowledge.files import FOLDER, read_toml
from dentalpain.knowledge.load import load_knowledge
from dentalpain.knowledge.screening_schemas import (
    ConditionFile,
    DiagnosisFile,
    InstrumentCase,
    InstrumentFile,
    RedFlagFile,
)
from dentalpain.knowledge.screening_tables import worked_cases

from .samples import TODAY, answers_of, facts_of, findings_of, knowledge

SCHEMAS = {
    "instruments": InstrumentFile,
    "diagnoses": DiagnosisFile,
    "red_flags": RedFlagFile,
    "differential": ConditionFile,
}
# No pain lasts longer than 24 hours a day.
NOTHING_ABOVE = {"whole_day_hours"}
FILES = [(kind, path) for kind in SCHEMAS for path in sorted((FOLDER / kind).glob("*/*.toml"))]


def named(kind: str) -> Any:
    """The worked cases of a kind, each with a name that says what it is about."""
    return [pytest.param(name, case, id=f"{name}: {case['story']}") for name, case in worked_cases(kind)]


@pytest.mark.parametrize(("name", "case"), named("instruments"))
def test_a_questionnaire_scores_its_worked_case(name: str, case: dict[str, Any]) -> None:
    sheet = answers_of(name, case["items"])
    scored = screen(facts_of({}), [sheet], None, knowledge()).scores[0].score
    assert scored.status == case["status"], case["working"]
    assert scored.partial_sum == (Decimal(case["partial_sum"]) if "partial_sum" in case else None), case["working"]
    if "score" in case:
        assert scored.score == Decimal(case["score"]), case["working"]
    elif case["status"] == "not_scorable":
        assert (scored.score, scored.band) == (None, None), case["working"]
    if "band" in case:
        assert scored.band == case["band"], case["working"]
    for name_of, value in case.get("subscales", {}).items():
        assert scored.subscales[name_of] == Decimal(value), (name_of, case["working"])
    assert scored.positive is case.get("positive"), case["working"]
    assert list(scored.missing) == case.get("missing", []), case["working"]


@pytest.mark.parametrize(("name", "case"), named("diagnoses"))
def test_a_diagnosis_answers_its_worked_case(name: str, case: dict[str, Any]) -> None:
    found = findings_of({"history": case["history"], "examination": case["examination"]})
    result = screen(facts_of({}), [], found, knowledge())
    diagnosed = next(d for d in result.diagnoses if (d.diagnosis.id, d.side) == (name, case["side"]))
    assert STATUS[diagnosed.answer] == case["status"], case["working"]
    if "missing" in case:
        assert list(diagnosed.missing()) == case["missing"], case["working"]


@pytest.mark.parametrize(("name", "case"), named("red_flags"))
def test_a_red_flag_answers_its_worked_case(name: str, case: dict[str, Any]) -> None:
    flag = knowledge().red_flags[name]
    levels = flag.function(
        facts_of(case["facts"], case.get("born"), case["on"]),
        limits_for(knowledge().limits_on(case["on"]), flag.limits),
    )
    assert levels.answer.value == case["answer"], case["working"]
    assert (levels.urgency.value if levels.urgency else None) == case.get("urgency"), case["working"]
    if "missing" in case:
        assert list(levels.missing()) == case["missing"], case["working"]


FORMS = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['story']}")
    for kind, path in FILES
    if kind == "differential"
    for case in read_toml(path)["worked_case"]
]


@pytest.mark.parametrize(("name", "case"), FORMS)
def test_a_condition_is_met_considered_or_neither_as_its_worked_case_says(name: str, case: dict[str, Any]) -> None:
    told = Told(findings_of({"complaint": case["complaint"]}))
    condition = next(one for one in knowledge().conditions if one.name == name)
    held = judged(condition, condition.function(told, limits_for(knowledge().limits_on(TODAY), condition.limits)))
    assert (held.status if held else "none") == case["status"], case["working"]
    if held and "missing" in case:
        assert list(held.missing) == case["missing"], case["working"]


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_every_file_keeps_its_shape_and_names_known_sources_and_limits(kind: str, path: Any) -> None:
    whole = read_toml(path)
    assert SCHEMAS[kind]().validate(whole) == {}
    sources = set(load_knowledge().citations)
    assert set(whole["citations"]) <= sources
    limits = read_toml(FOLDER / "limits" / "screening.toml")
    assert set(whole["limits"]) <= set(limits)


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_every_file_has_a_case_at_below_and_above_each_limit_it_reads(kind: str, path: Any) -> None:
    whole, shown = read_toml(path), defaultdict(set)
    for case in whole["worked_case"]:
        shown[case.get("limit", "")].add(case.get("shows", ""))
    for limit in whole["limits"]:
        assert {"at", "below", "above"} - ({"above"} if limit in NOTHING_ABOVE else set()) <= shown[limit], limit


@pytest.mark.parametrize("kind", ["diagnoses", "red_flags"])
def test_every_file_has_a_yes_a_no_and_an_unknown(kind: str) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for name, case in worked_cases(kind):
        seen[name].add(case["status" if kind == "diagnoses" else "answer"])
    assert all(len(answers) == 3 for answers in seen.values()), seen


def test_every_red_flag_has_a_case_in_which_nothing_and_one_in_which_too_old_a_thing_is_recorded() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for name, case in worked_cases("red_flags"):
        seen[name].add(case.get("shows", ""))
    assert all({"nothing recorded", "stale"} <= shows for shows in seen.values()), seen


def test_every_urgency_that_a_red_flag_has_words_for_is_reached_by_a_case() -> None:
    reached: dict[str, set[str]] = defaultdict(set)
    for name, case in worked_cases("red_flags"):
        reached[name].add(case.get("urgency", ""))
    assert all(set(flag.then) == reached[name] - {""} for name, flag in knowledge().red_flags.items())


def test_every_fact_that_a_red_flag_can_miss_has_its_question() -> None:
    nothing = facts_of({})
    limits = knowledge().limits_on(nothing.on)
    for flag in knowledge().red_flags.values():
        for fact in flag.function(nothing, limits_for(limits, flag.limits)).missing():
            assert knowledge().questions[fact].endswith("?"), fact


def test_every_limit_of_screening_names_a_known_source() -> None:
    sources = set(load_knowledge().citations)
    for body in read_toml(FOLDER / "limits" / "screening.toml").values():
        assert {value["citation"] for value in body["value"]} <= sources


def test_an_instrument_says_that_its_wording_is_not_the_validated_one_until_an_official_form_is_installed() -> None:
    for instrument in knowledge().instruments.values():
        assert instrument.texts["wording"] == "not the validated wording"
        assert any("not the validated wording" in caution for caution in instrument.cautions)


@pytest.mark.parametrize("value", [1.5, {"years": 2}, [1, 2], None])
def test_an_answer_of_a_worked_case_is_points_a_word_or_a_list_of_words(value: object) -> None:
    case = {"story": "A story.", "on": TODAY, "working": "1 < 2.", "status": "complete", "items": {"1": value}}
    assert "items" in InstrumentCase().validate(case)
