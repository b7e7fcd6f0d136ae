"""What the record says about each fact today: resolved once, kept, and never more certain than the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..errors import UnknownNameError
from .findings import NO, Because, Finding, Value, no, unknown, yes
from .quantities import PartialDate, Reading, completed_years
from .record import Record, Span, Standing, Statement
from .staleness import days_that_count

NOT_LISTED = "not_listed"
NOT_UNDERSTOOD = "the problem list has an entry that is not understood"

# How long a review of a list counts, in days.
REVIEW_WINDOW = {"problems": 365, "allergies": 365, "medicines": 90}
LIST_OF_KIND = {"condition": "problems", "procedure": "problems", "allergy": "allergies", "medicine_class": "medicines"}

# An operation is told by its date and kind, which lists of problems rarely hold. It counts as not done only when
# problems and medicines were both reviewed and nothing points to it: a condition, or a class of medicines.
HEART = (("coronary_disease", "mi_recent", "heart_failure"), frozenset({"antiplatelet"}))
STOMACH: tuple[tuple[str, ...], frozenset[str]] = (("obesity", "bariatric_surgery_unspecified"), frozenset())
POINTING_TO_OPERATION = {
    "cabg_recent": HEART,
    "coronary_stent_recent": HEART,
    "bariatric_bypass": STOMACH,
    "bariatric_sleeve": STOMACH,
}


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One row of the table of facts: how a fact is coded, when it goes stale, and what its absence means.

    `absent`: 'unknown', 'no', 'not_childbearing' or 'computed'. `older`: what a positive entry means that is older
    than `stale_after_days`: 'unknown', 'no' (the number is a rule's window) or 'keep'.
    """

    id: str
    kind: str
    unit: str
    value: str
    meaning: str
    classes: frozenset[str]
    ingredients: frozenset[str]
    absent: str
    absent_reason: str
    stale_after_days: int | None
    older: str
    older_sets: str
    obtained: str


class Facts:
    """The facts of one record on its day; each is resolved at the first question and then kept."""

    def __init__(self, record: Record, definitions: Mapping[str, FactDefinition]) -> None:
        self.record, self.definitions, self.on = record, definitions, record.on
        self._statements: dict[str, list[Statement]] = {}
        self._findings: dict[str, Finding] = {}
        self._readings: dict[str, Reading] = {}
        self.not_understood = any(
            not problem.recognised and problem.standing in (Standing.CURRENT, Standing.ASK) for problem in record.problems
        )
        for statement in record.statements:
            self._add(statement)

    def _add(self, statement: Statement) -> None:
        definition = self.definition(statement.fact)
        self._statements.setdefault(statement.fact, []).append(statement)
        if definition.older_sets and statement.value is True and self._past_window(definition, statement):
            history = Statement(definition.older_sets, True, statement.date, statement.source, statement.certain)
            self._statements.setdefault(definition.older_sets, []).append(history)

    def definition(self, fact: str) -> FactDefinition:
        """The definition of a fact; raises UnknownNameError."""
        try:
            return self.definitions[fact]
        except KeyError:
            raise UnknownNameError(f"There is no fact '{fact}'.", mend="See knowledge/facts.csv for the ids.") from None

    def supposing(self, fact: str, value: bool | Decimal | str | PartialDate) -> Facts:
        """The same facts as if somebody had answered one of them today."""
        today = PartialDate(self.on, self.on)
        return Facts(self.record.with_statements(Statement(fact, value, today, "supposed")), self.definitions)

    def stated(self, fact: str) -> list[Statement]:
        """What was said about a fact, the newest first; undated statements last."""
        oldest = dt.date.min
        held = self._statements.get(fact, ())
        return sorted(held, key=lambda s: s.date.last if s.date else oldest, reverse=True)

    # -- yes or no ---------------------------------------------------------------------------------------------

    def finding(self, fact: str) -> Finding:
        """Does the fact hold? Raises UnknownNameError for an id that the table of facts does not hold."""
        found = self._findings.get(fact)
        if found is None:
            found = self._findings[fact] = self._resolve(fact)
        return found

    def _resolve(self, fact: str) -> Finding:
        definition = self.definition(fact)
        open_reasons: list[Because] = []
        past_event: Because | None = None
        denial: Because | None = None
        for statement in self.stated(fact):
            if not isinstance(statement.value, bool):
                continue
            old = self._past_window(definition, statement)
            day = statement.date.last if statement.date else None
            if not statement.certain:
                open_reasons.append(Because(fact, None, statement.source, day))
            elif statement.value and not old:
                return yes(Because(fact, True, statement.source, day))
            elif statement.value and definition.older == "no" and day is not None:
                past_event = past_event or Because(fact, False, statement.source, day)
            elif old:
                open_reasons.append(Because(fact, statement.value, statement.source, day, stale=True))
            else:
                denial = denial or Because(fact, False, statement.source, day)
        if denial is not None:
            return no(denial)
        if open_reasons:
            return unknown(*open_reasons)
        return no(past_event) if past_event is not None else self._absent(definition)

    def _past_window(self, definition: FactDefinition, statement: Statement) -> bool:
        """Whether the statement is older than the fact allows; an undated one is, for a fact that goes stale."""
        days = days_that_count(definition, statement.value is True, self.age)
        if days is None:
            return False
        if statement.date is None:
            return True
        return (self.on - statement.date.last).days > days

    # -- absence -----------------------------------------------------------------------------------------------

    def _absent(self, definition: FactDefinition) -> Finding:
        if definition.absent == "no":
            return no(Because(definition.id, False, f"assumed: {definition.absent_reason}"))
        if definition.absent == "not_childbearing" and self._not_childbearing():
            return no(Because(definition.id, False, f"assumed: {definition.absent_reason}"))
        if definition.id in POINTING_TO_OPERATION and not self._nothing_points_to(definition.id):
            return unknown(Because(definition.id, None))
        name = LIST_OF_KIND.get(definition.kind)
        if name and definition.obtained == "recorded" and definition.absent != "not_childbearing":
            review = self.reviewed(name)
            if review is not None:
                return no(review.for_fact(definition.id))
            if name == "problems" and self.not_understood:
                return unknown(Because(definition.id, None, NOT_UNDERSTOOD))
        return unknown(Because(definition.id, None))

    def _nothing_points_to(self, operation: str) -> bool:
        """Whether problems and medicines were both gone through, and nothing on them points to the operation."""
        if self.reviewed("problems") is None or self.reviewed("medicines") is None:
            return False
        conditions, classes = POINTING_TO_OPERATION[operation]
        takes = any(m.prescription.tags & classes for m in self.record.current())
        return not takes and all(self.finding(fact).answer is NO for fact in conditions)

    def _not_childbearing(self) -> bool:
        """Recorded sex male, or an age under 10 or of 60 and over at both ends of a partial birth date."""
        if self.record.sex == "male":
            return True
        age = self.age()
        return (age.high is not None and age.high < 10) or (age.low is not None and age.low >= 60)

    def reviewed(self, name: str) -> ReviewedList | None:
        """The review of a list ('problems', 'medicines', 'allergies') if it still counts today.

        A problem list with an entry that nobody understands counts only when somebody looked at that entry too.
        """
        review = self.record.reviewed.get(name)
        if name == "problems" and self.not_understood and not (review and review.in_full):
            return None
        if review is None or (self.on - review.date).days > REVIEW_WINDOW[name] or review.date > self.on:
            return None
        return ReviewedList(review.date, review.source)

    # -- numbers -----------------------------------------------------------------------------------------------

    def reading(self, fact: str) -> Reading:
        """The number of a fact, in the unit of the table of facts; raises UnknownNameError."""
        found = self._readings.get(fact)
        if found is None:
            found = self._readings[fact] = self._read_number(fact)
        return found

    def _read_number(self, fact: str) -> Reading:
        definition = self.definition(fact)
        for statement in self.stated(fact):
            if isinstance(statement.value, bool | str | PartialDate) or not statement.certain:
                continue
            value = statement.value
            span = value if isinstance(value, Span) else Span(value, value)
            day = statement.date.last if statement.date else None
            if self._past_window(definition, statement):
                return Reading.nothing(Because(fact, shown(span), statement.source, day, stale=True))
            because = Because(fact, shown(span), statement.source, day)
            return Reading(span.low, span.high, (because,), below_high=span.below_high)
        return Reading.nothing(Because(fact, None))

    def choice(self, fact: str) -> tuple[str | None, Because]:
        """The newest word chosen for a fact ('B', 'weekly_low_dose'), or None when it is unknown or stale."""
        definition = self.definition(fact)
        for statement in self.stated(fact):
            if isinstance(statement.value, str) and statement.certain:
                day = statement.date.last if statement.date else None
                old = self._past_window(definition, statement)
                because = Because(fact, statement.value, statement.source, day, stale=old)
                return (None if old else statement.value), because
        return None, Because(fact, None)

    def day_of(self, fact: str) -> tuple[PartialDate | None, Because]:
        """The newest date given for a fact, or None.

        A telling grows old only where the table says 'unknown'; 'no' is a window on the date itself, read by the rule.
        """
        definition = self.definition(fact)
        for statement in self.stated(fact):
            if isinstance(statement.value, PartialDate) and statement.certain:
                told = statement.date.last if statement.date else None
                old = definition.older == "unknown" and self._past_window(definition, statement)
                because = Because(fact, str(statement.value), statement.source, told, stale=old)
                return (None if old else statement.value), because
        return None, Because(fact, None)

    def age(self) -> Reading:
        """Age in completed years; a birth date known to the year or month gives the youngest and oldest age."""
        found = self._readings.get("age_years")
        if found is None:
            found = self._readings["age_years"] = self._age()
        return found

    def _age(self) -> Reading:
        born = self.record.birth
        if born is None or born.first > self.on:
            return self._read_number("age_years")
        low = completed_years(min(born.last, self.on), self.on)
        high = completed_years(born.first, self.on)
        told = self._read_number("age_years")
        if low < high and told.value is not None and low <= told.value <= high:
            return told
        value = str(low) if low == high else f"{low}-{high}"
        because = Because("age_years", Decimal(low) if low == high else value, "birth date", self.on)
        return Reading(Decimal(low), Decimal(high), (because,))

    def age_in_months(self) -> Reading:
        """Age in completed months; an age stated in years leaves the months of that year open."""
        born, years = self.record.birth, self.age()
        if born is None or born.first > self.on:
            if years.value is None:
                return Reading.nothing(*years.facts)
            return Reading(years.value * 12, years.value * 12 + 11, years.facts)
        low, high = _completed_months(min(born.last, self.on), self.on), _completed_months(born.first, self.on)
        return Reading(Decimal(low), Decimal(high), years.facts)


def _completed_months(born: dt.date, on: dt.date) -> int:
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


@dataclass(frozen=True, slots=True)
class ReviewedList:
    """A list that was gone through, recently enough for its silence to count."""

    date: dt.date
    source: str

    def for_fact(self, fact: str) -> Because:
        """The reason 'not on the reviewed list' for one fact."""
        source = f"list reviewed ({self.source})" if self.source else "list reviewed"
        return Because(fact, NOT_LISTED, source, self.date)


def shown(span: Span) -> Value:
    """A range as a person reads it: 29, '60 or more', 'below 15', '30-59'."""
    if span.low == span.high:
        return span.low
    if span.high is None:
        return f"{span.low} or more"
    if span.low is None:
        return f"below {span.high}" if span.below_high else f"{span.high} or less"
    return f"{span.low}-{span.high}"
