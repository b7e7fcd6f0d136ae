"""The one question that matters: which unknown fact would settle most, tried by answering it both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..case import Case, Limits
from ..facts import REVIEW_WINDOW, FactDefinition, Facts
from ..findings import UNKNOWN, Finding
from ..medicines import MedicineList
from ..quantities import PartialDate
from ..record import Review
from ..rules import Rule, Severity

WEIGHT = {Severity.CONTRAINDICATED: 8, Severity.MAJOR: 4, Severity.MODERATE: 2, Severity.INFO: 1}
LISTS = {f"{name}_reviewed": name for name in REVIEW_WINDOW}
LONG_AGO = dt.timedelta(days=400)  # beyond every washout and window of the table of facts but the longest

UNREAD = ("unrecognised_medicine",)
# How a medicine is taken is asked once it may be told whether it is: a proposed name that nobody can read comes first.
ASKED_OF = {"methotrexate_regimen": "methotrexate", "inr": "anticoagulant"}

Answerable = bool | Decimal | str | PartialDate


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A rule that could not be decided, or stands on a presumption: in which case, and for which option if any."""

    rule: Rule
    case: Case
    finding: Finding
    limits: Limits
    option: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking for, and the ids of rules and options that an answer would settle."""

    fact: str
    would_settle: tuple[str, ...]
    weight: int


def rank(points: Sequence[OpenPoint], facts: Facts) -> tuple[Question, ...]:
    """Every fact that the open points miss, the most decisive first; ties in the order of first need."""
    trials = _Trials(facts)
    concerned: dict[str, list[OpenPoint]] = {}
    for point in points:
        for fact in _asked_for(point):
            concerned.setdefault(fact, []).append(point)
    lists = {word: list(points) for word, name in LISTS.items() if facts.reviewed(name) is None}
    wanted = [trials.question(fact, held) for fact, held in concerned.items()]
    reviews = [question for word, held in lists.items() if (question := trials.question(word, held)).would_settle]
    return tuple(sorted((*wanted, *reviews), key=lambda question: -question.weight))


def _asked_for(point: OpenPoint) -> Iterator[str]:
    """The facts that a point misses, but no detail of a medicine that only an unread name of the proposal may be."""
    unread = point.case.medicines.unrecognised
    proposed = bool(unread) and all(taken.proposed for taken in unread)
    for fact in missing(point.finding):
        of = ASKED_OF.get(fact)
        if of is None or not proposed or missing(point.case.has(of)) != UNREAD:
            yield fact


def missing(finding: Finding) -> tuple[str, ...]:
    """The facts without a usable value that an unknown or presumed finding rests on, ranges that leave it open too."""
    unusable = (because for because in finding.because if because.value is None or because.stale)
    ranges = (because for leaf in _undecided(finding) for because in leaf.because if isinstance(because.value, str))
    return tuple(dict.fromkeys(because.fact for because in (*unusable, *ranges)))


def _undecided(finding: Finding) -> Iterator[Finding]:
    """The comparisons that are open although every value is there: '< 60' does not tell whether it is below 30."""
    if finding.answer is not UNKNOWN:
        return
    for part in finding.parts:
        yield from _undecided(part)
    if not finding.parts and not any(because.value is None or because.stale for because in finding.because):
        yield finding


def is_open(finding: Finding) -> bool:
    """Whether somebody still has to be asked: undecided, or decided by presumption alone."""
    return finding.answer is UNKNOWN or finding.presumed


class _Trials:
    """The facts as if each question had been answered; every supposition is resolved once and shared by all rules."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._supposed: dict[tuple[str, Answerable], Facts] = {}
        self._lists: dict[tuple[int, int], MedicineList] = {}

    def question(self, fact: str, points: Sequence[OpenPoint]) -> Question:
        settled: dict[str, None] = {}
        weight = 0
        for point in points:
            trials = [self._ask(point, fact, value) for value in self._values(fact, point)]
            decided = sum(not is_open(finding) for finding in trials)
            if decided:
                weight += WEIGHT[point.rule.severity] * decided // len(trials)
                settled |= dict.fromkeys(filter(None, (point.rule.id, point.option)))
        return Question(fact, tuple(settled), weight)

    def _ask(self, point: OpenPoint, fact: str, value: Answerable) -> Finding:
        facts = self._suppose(fact, value)
        case = point.case
        medicines = self._list(case.medicines, facts)
        supposed = Case(
            facts, medicines, case.judged, case.indication, case.totals, case.proposed_beside, case.state_limits
        )
        return point.rule.function(supposed, point.limits)

    def _suppose(self, fact: str, value: Answerable) -> Facts:
        held = self._supposed.get((fact, value))
        if held is None:
            held = _list_reviewed(self.facts, LISTS[fact]) if fact in LISTS else self.facts.supposing(fact, value)
            self._supposed[fact, value] = held
        return held

    def _list(self, medicines: MedicineList, facts: Facts) -> MedicineList:
        reviewed = facts.reviewed("medicines")
        if (reviewed is None) == (medicines.reviewed is None):
            return medicines
        key = (id(medicines), id(facts))
        if key not in self._lists:
            self._lists[key] = MedicineList(medicines.taken, reviewed)
        return self._lists[key]

    def _values(self, fact: str, point: OpenPoint) -> Sequence[Answerable]:
        if fact in LISTS:
            return (True,)
        definition = self.facts.definitions.get(fact)
        return () if definition is None else answers_to_try(definition, point.limits, self.facts.on)


def answers_to_try(definition: FactDefinition, limits: Limits, day: dt.date) -> Sequence[Answerable]:
    """Yes and no; a number on each side of the limits; each word of a choice; today and long ago."""
    if definition.value == "number":
        ends = sorted(limits.values()) or [Decimal(0)]
        return (max(ends[0] - 1, Decimal(0)), ends[-1] + 1)
    if definition.value.startswith("choice:"):
        return definition.value.removeprefix("choice:").split("|")
    if definition.value == "date":
        return (PartialDate(day, day), PartialDate(day - LONG_AGO, day - LONG_AGO))
    return (True, False)


def _list_reviewed(facts: Facts, name: str) -> Facts:
    reviewed = {**facts.record.reviewed, name: Review(facts.on, "supposed", in_full=True)}
    return Facts(replace(facts.record, reviewed=reviewed), facts.definitions)
