"""From a recognised entry to statements: which facts, for which day, and how sure, given where the entry stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .measuring import gestation, gestation_from_due_date
from .quantities import PartialDate
from .recognising import Hit, Recognised, Vocabulary
from .record import Standing, Statement

# What happened on a day and counts from that day: only the onset dates it, the day of writing it down does not.
EVENTS = frozenset({
    "mi_recent", "stroke_recent", "coronary_stent_recent", "cabg_recent", "head_injury_recent", "tonsillectomy_recent",
    "postpartum_6_weeks", "aki", "heart_failure_decompensated",
})  # fmt: skip
# States that pass within days: a day in the text dates them, and 'ileus 2015' is over.
PASSING = frozenset({"gi_obstruction", "acute_severe_asthma", "respiratory_depression_now"})
# What a word that tells no day was, if it happened lately.
HAPPENED = {"mi_history": "mi_recent"}
# A tick "resolved" or "in remission" does not end these.
LASTING = frozenset({
    "opioid_use_disorder", "substance_use_disorder_other", "alcohol_use_disorder", "cirrhosis", "heart_failure",
    "organ_transplant", "cancer", "coronary_disease", "bariatric_bypass", "bariatric_sleeve",
    "bariatric_surgery_unspecified", "aerd", "sickle_cell_disease", "g6pd_deficiency", "multiple_sclerosis",
})  # fmt: skip
# Of now until so many days after: what is older is history, and nobody needs to ask about it.
WINDOWS = frozenset({"gi_bleed_active"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Where and when an entry of a list stands: `onset` is when it began, `recorded` when somebody wrote it down."""

    standing: Standing
    onset: PartialDate | None
    recorded: PartialDate | None
    source: str

    @property
    def latest(self) -> PartialDate | None:
        """The last day of which the entry speaks."""
        known = [day for day in (self.onset, self.recorded) if day is not None]
        return max(known, key=lambda day: day.last) if known else None


def statements_of(vocabulary: Vocabulary, recognised: Recognised, entry: Entry, on: dt.date) -> tuple[Statement, ...]:
    """What the record may state because of one entry; empty when it says nothing that a rule could read."""
    hits = (*recognised.hits, *_of_the_day(recognised, entry))
    return tuple(stated for hit in hits for stated in _of_hit(vocabulary, hit, entry, on))


def _of_the_day(recognised: Recognised, entry: Entry) -> Iterator[Hit]:
    """'MI' whose entry says when it began: what it was on that day, as if the day stood behind the words."""
    if entry.onset is None or entry.standing is not Standing.CURRENT:
        return
    for hit in recognised.hits:
        if hit.of_day and hit.day is None and not hit.past and hit.fact in HAPPENED:
            yield Hit(HAPPENED[hit.fact], certain=False, of_day=True)


def _of_hit(vocabulary: Vocabulary, hit: Hit, entry: Entry, on: dt.date) -> Iterator[Statement]:
    onset = _onset(hit, entry, on)
    dated_by_text = hit.fact in PASSING and hit.day is not None
    date = onset if hit.fact in EVENTS or dated_by_text else entry.latest
    if hit.of_day and onset is not None:
        hit = replace(hit, certain=not _on_both_sides(vocabulary, hit.fact, onset, on))
    if entry.standing is Standing.REFUTED:
        if hit.certain and hit.value is True:
            yield Statement(hit.fact, False, date, entry.source)
        return
    if entry.standing is Standing.ASK or not hit.certain:
        yield from _hint(vocabulary, hit, date, entry, on)
        return
    if hit.past or entry.standing is Standing.PAST:
        yield from _of_the_past(vocabulary, hit, date, entry)
        return
    of_weeks = hit.fact == "gestational_age_weeks"
    stated = _gestation(hit, entry, on) if of_weeks else _plainly(vocabulary, hit, date, entry)
    if stated is not None:
        yield stated


def _onset(hit: Hit, entry: Entry, on: dt.date) -> PartialDate | None:
    """When it began: the later of the day of the entry and the day in its text."""
    typed = None if hit.day is None else hit.day.told_on(entry.recorded, on)
    known = [day for day in (entry.onset, typed) if day is not None]
    return max(known, key=lambda day: day.last) if known else None


def _on_both_sides(vocabulary: Vocabulary, fact: str, day: PartialDate, on: dt.date) -> bool:
    """Whether the days on which it may have been lie on both sides of what the fact still counts."""
    window = vocabulary.rows[fact]["stale_after_days"]
    return bool(window) and (on - day.last).days <= int(window) < (on - day.first).days


def _hint(
    vocabulary: Vocabulary, hit: Hit, date: PartialDate | None, entry: Entry, on: dt.date
) -> Iterator[Statement]:
    """A question about the fact; of a resolved entry about what it leaves behind, if that is a fact."""
    fact = hit.fact
    if entry.standing is Standing.PAST and not _outlasts(fact):
        fact = vocabulary.rows[fact]["older_sets"]
    if fact in WINDOWS and hit.day is not None:
        date = _onset(hit, entry, on) or date  # a bleeding of 2010 is not of now
    if fact and hit.value is True and not _too_old_to_ask(vocabulary, fact, date, on):
        yield Statement(fact, True, date, entry.source, certain=False)


def _plainly(vocabulary: Vocabulary, hit: Hit, date: PartialDate | None, entry: Entry) -> Statement | None:
    """The fact as stated; a fact that is a date takes the day of the entry."""
    if vocabulary.rows[hit.fact]["value"] == "date":
        return None if date is None else Statement(hit.fact, date, date, entry.source)
    return Statement(hit.fact, hit.value, date, entry.source)


def _gestation(hit: Hit, entry: Entry, on: dt.date) -> Statement | None:
    if isinstance(hit.value, PartialDate):
        return gestation_from_due_date(hit.value, on, entry.source)
    if not isinstance(hit.value, Decimal) or entry.latest is None:
        return None
    return gestation(int(hit.value), entry.latest, on, entry.source)


def _of_the_past(vocabulary: Vocabulary, hit: Hit, date: PartialDate | None, entry: Entry) -> Iterator[Statement]:
    """An entry of the past: what counts for life stays, what has a history fact becomes it; typed history is asked."""
    if hit.value is not True:
        return
    row = vocabulary.rows[hit.fact]
    if _outlasts(hit.fact):
        yield Statement(hit.fact, True, date, entry.source)
    elif row["older_sets"]:
        yield Statement(row["older_sets"], True, date, entry.source)
    elif entry.standing is not Standing.PAST:
        yield Statement(hit.fact, True, date, entry.source, certain=False)


def _outlasts(fact: str) -> bool:
    """Whether an entry that is called resolved still bears on the fact."""
    return fact in EVENTS or fact in LASTING or fact.endswith("_history")


def _too_old_to_ask(vocabulary: Vocabulary, fact: str, date: PartialDate | None, on: dt.date) -> bool:
    """Whether a hint is older than the fact allows: an asthma attack of years ago prompts nothing about today."""
    window = vocabulary.rows[fact]["stale_after_days"]
    return bool(window) and date is not None and (on - date.last).days > int(window)
