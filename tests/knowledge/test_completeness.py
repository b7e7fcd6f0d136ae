"""The knowledge is whole: every rule has the cases that it needs or says why not, and every id leads somewhere."""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dentalpain.clinical.rules import Rule
from dentalpain.knowledge.bench import OTHER_QUESTIONS
from dentalpain.knowledge.files import FOLDER, read_toml
from dentalpain.knowledge.load import load_knowledge
from dentalpain.knowledge.schemas import Citation, LimitFile, RuleFile
from tests.every import for_every

KNOWLEDGE = load_knowledge()
RULES = {rule.id: rule for rule in KNOWLEDGE.rules.rules}
SOURCES = {key: body for path in FOLDER.glob("*citations.toml") for key, body in read_toml(path).items()}
LISTS = {"problems_reviewed", "medicines_reviewed", "allergies_reviewed"}


def path_of(rule: Rule) -> Path:
    return FOLDER.parent / str(rule.texts["path"])


@cache
def whole_file(rule: Rule) -> dict[str, Any]:
    return read_toml(path_of(rule))


def cases(rule: Rule) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = whole_file(rule)["worked_case"]
    return held


@for_every(RULES)
def test_the_file_has_the_keys_of_a_rule_and_no_other(rule: Rule) -> None:
    assert RuleFile().validate(whole_file(rule)) == {}


@for_every(RULES)
def test_severity_and_scope_are_those_of_the_index(rule: Rule) -> None:
    row = KNOWLEDGE.rule_index[rule.id]
    assert rule.severity.word == row["severity"]
    assert rule.scope == frozenset(row["scope"].split(";"))


@for_every(RULES)
def test_file_and_function_bear_the_same_name(rule: Rule) -> None:
    path = path_of(rule)
    assert rule.function.__name__ == path.stem
    assert rule.function.__module__.rsplit(".", 1)[-1] == path.parent.name


@for_every(RULES)
def test_the_function_says_in_one_sentence_what_it_asks(rule: Rule) -> None:
    said = inspect.getdoc(rule.function) or ""
    assert said.endswith(".")
    assert "\n\n" not in said


@for_every(RULES)
def test_it_has_a_yes_and_a_no(rule: Rule) -> None:
    assert {"yes", "no"} <= {case["answer"] for case in cases(rule)}


@for_every(RULES)
def test_every_limit_has_a_case_at_it_below_it_and_above_it(rule: Rule) -> None:
    shown = {(case.get("limit"), case.get("shows")) for case in cases(rule)}
    missing = {(name, at) for name in rule.limits for at in ("at", "below", "above")} - shown
    assert not missing or whole_file(rule).get("no_boundary")


@for_every(RULES)
def test_a_case_shows_only_limits_that_the_rule_reads(rule: Rule) -> None:
    assert {case["limit"] for case in cases(rule) if case.get("limit")} <= set(rule.limits)


@for_every(RULES)
def test_it_is_unknown_when_nothing_is_recorded_or_says_why_not(rule: Rule) -> None:
    silent = [case["answer"] for case in cases(rule) if case.get("shows") == "nothing recorded"]
    assert silent or whole_file(rule).get("no_unknown")
    assert whole_file(rule).get("no_unknown") or set(silent) == {"unknown"}


@for_every(RULES)
def test_it_has_a_stale_case_or_says_why_not(rule: Rule) -> None:
    assert any(case.get("shows") == "stale" for case in cases(rule)) or whole_file(rule).get("no_stale")


@for_every(RULES)
def test_every_id_in_the_file_leads_somewhere(rule: Rule) -> None:
    assert set(whole_file(rule)["citations"]) <= set(KNOWLEDGE.citations)
    assert set(rule.limits) <= set(KNOWLEDGE.limits)
    stated = {fact for case in cases(rule) for fact in case.get("facts", {})}
    assert stated <= set(KNOWLEDGE.facts)
    assert {case["judged"] for case in cases(rule) if case.get("judged")} <= set(KNOWLEDGE.options)


@for_every(RULES)
def test_every_fact_of_its_cases_can_be_asked_for(rule: Rule) -> None:
    stated = {fact for case in cases(rule) for fact in case.get("facts", {})}
    assert stated <= set(KNOWLEDGE.questions) | set(OTHER_QUESTIONS)


@for_every(RULES)
def test_every_limit_that_it_reads_has_a_value_on_the_day_of_its_cases(rule: Rule) -> None:
    for case in cases(rule):
        assert set(KNOWLEDGE.limits_on(case["on"])[rule.id]) == set(rule.limits)


def test_no_two_rules_bear_one_id() -> None:
    assert len(KNOWLEDGE.rules.by_id) == len(KNOWLEDGE.rules.rules)


@for_every(SOURCES)
def test_every_citation_is_complete(source: dict[str, Any]) -> None:
    assert Citation().validate(source) == {}


@pytest.mark.parametrize("path", sorted((FOLDER / "limits").glob("*.toml")), ids=lambda path: path.stem)
def test_every_limit_has_a_unit_dated_values_and_a_known_source(path: Path) -> None:
    for key, body in read_toml(path).items():
        assert LimitFile().validate(body) == {}, key
        assert {value["citation"] for value in body["value"]} <= set(SOURCES), key


def test_every_question_is_about_a_fact_or_a_list() -> None:
    assert set(KNOWLEDGE.questions) <= set(KNOWLEDGE.facts) | LISTS


def test_every_limit_has_a_value_on_the_first_day_that_can_be_asked_about() -> None:
    from dentalpain.service import FIRST_DAY

    assert not [limit.id for limit in KNOWLEDGE.limits.values() if limit.values[0].from_day > FIRST_DAY]
