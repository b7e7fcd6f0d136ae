"""A clinical rule: the question, how urgent a yes is, and the numbers it reads. Its texts are knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

from .case import Case, Limits, RuleFunction
from .findings import NO, UNKNOWN, YES, Answer, Because, Finding, unknown


class Severity(IntEnum):
    """How much a yes weighs; the names are public."""

    INFO = 1
    MODERATE = 2
    MAJOR = 3
    CONTRAINDICATED = 4

    @property
    def word(self) -> str:
        """The public name."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """The severity of a public name; raises KeyError."""
        return cls[word.upper()]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `scope` decides whether it is asked, `function` answers, `limits` are the numbers it may read."""

    id: str
    scope: frozenset[str]
    severity: Severity
    function: RuleFunction
    limits: tuple[str, ...] = ()
    texts: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)

    def covers(self, tags: frozenset[str]) -> bool:
        """Whether the scope names what is judged."""
        return not self.scope.isdisjoint(tags)


class Judgement:
    """A rule asked of one case."""

    __slots__ = ("finding", "rule")

    def __init__(self, rule: Rule, finding: Finding) -> None:
        self.rule, self.finding = rule, finding

    @property
    def answer(self) -> Answer:
        """The answer of the finding."""
        return self.finding.answer


class RuleBook:
    """All rules, found by what they are about."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.by_id = {rule.id: rule for rule in self.rules}
        self._covering: dict[frozenset[str], tuple[Rule, ...]] = {}

    def covering(self, tags: frozenset[str]) -> tuple[Rule, ...]:
        """The rules whose scope names one of the tags, the most severe first."""
        found = self._covering.get(tags)
        if found is None:
            chosen = [rule for rule in self.rules if rule.covers(tags)]
            found = self._covering[tags] = tuple(sorted(chosen, key=lambda rule: -rule.severity))
        return found

    def ask(self, case: Case, limits: Mapping[str, Limits]) -> list[Judgement]:
        """Every rule in scope that does not answer no; `limits` holds, for each rule id, the numbers of the day."""
        covering = self.covering(case.judged.tags)
        if case.judged.unread:
            open_question = unknown(Because("unrecognised_medicine", None, "prescription", case.on))
            return [Judgement(rule, open_question) for rule in covering]
        asked = (Judgement(rule, rule.function(case, limits[rule.id])) for rule in covering)
        return [judgement for judgement in asked if judgement.answer is not NO]

    @cached_property
    def scopes(self) -> frozenset[str]:
        """Every scope that a rule names: what a medicine that nobody can read may be."""
        return frozenset(tag for rule in self.rules for tag in rule.scope)


def verdict(judgements: Iterable[Judgement], strength: str, unbuilt_contraindications: bool) -> str:
    """offer, offer_with_care, ask_first or blocked: the first line of the contract that holds.

    `unbuilt_contraindications`: contraindicated rules for this option are not built yet, so that it cannot be offered.
    """
    held = tuple(judgements)
    yes_severities = {j.rule.severity for j in held if j.answer is YES}
    unknown_severities = {j.rule.severity for j in held if j.answer is UNKNOWN}
    if Severity.CONTRAINDICATED in yes_severities or strength == "strong_against":
        return "blocked"
    if unknown_severities & {Severity.CONTRAINDICATED, Severity.MAJOR} or unbuilt_contraindications:
        return "ask_first"
    if yes_severities & {Severity.MAJOR, Severity.MODERATE} or strength == "conditional_against":
        return "offer_with_care"
    return "offer"
