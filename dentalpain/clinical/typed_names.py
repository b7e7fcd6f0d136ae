"""The table of typed names: exact names, denials and doubts, patterns, and events that a day makes certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .recognised import UNKNOWN_ENTRY, Hit, Recognised, together
from .typed_words import number_in, plain_words, spellings

# A word such as "peptic ulcer" does not tell past from present: both are asked about.
PERHAPS_NOW = {"gi_ulcer_history": "gi_ulcer_active"}
# Two stages of kidney disease are none: the filtration rate is asked.
WITHOUT_A_NUMBER = {"ckd_stage": "renal_disease_unspecified"}
LIST_NAME = re.compile(r"\s*\((allergy|medicine|problem) list\)$")
NO_MENTION = re.compile(r"\b(screening|risk|prevention|prophylaxis|vaccin\w*|education|counsel\w*|test|monitoring)\b")
# "Rule out" is an order to look: the table calls it not confirmed. "Ruled out" is its end.
DOUBT = re.compile(r"\?|\br/o\b|\brule out\b")


@dataclass(frozen=True, slots=True)
class Name:
    """One row of the table of names."""

    facts: tuple[str, ...]
    positive: bool
    where: str
    action: str

    @property
    def tells_of_a_problem(self) -> bool:
        """Whether it is worth a question wherever it stands."""
        return bool(self.facts) and self.where == "any" and self.positive and "unrecognised_medicine" not in self.facts

    @property
    def denies(self) -> bool:
        """Of a pattern without facts: whether what it stands with is denied, or of the family."""
        return self.action not in ("ask", "doubt")


@dataclass(frozen=True, slots=True)
class Guard:
    """A denial, a relative, a doubt or a history in a text: its row, where it stands, and the text without it."""

    name: Name
    match: re.Match[str]

    @property
    def doubt(self) -> bool:
        """Whether it leaves open what it stands with."""
        return self.name.action == "doubt" or DOUBT.search(self.match[0]) is not None

    @property
    def denies(self) -> bool:
        """Whether it denies, or names a relative."""
        return self.name.denies and not self.doubt

    @property
    def family(self) -> bool:
        """Whether it names a relative."""
        return self.name.action == "none"

    @property
    def rest(self) -> str:
        """The text without it."""
        return self.match.string[: self.match.start()] + " " + self.match.string[self.match.end() :]


class TypedNames:
    """The table of names, ready to be asked for one text at a time."""

    def __init__(self, rows: Iterable[Mapping[str, str]], kinds: Mapping[str, str]) -> None:
        self._kinds = kinds  # of each fact: how its value is written
        self._names: dict[str, list[Name]] = {}
        self._guards: list[tuple[re.Pattern[str], Name]] = []
        self._patterns: list[tuple[re.Pattern[str], Name]] = []
        self._events: list[tuple[re.Pattern[str], Name]] = []
        for row in rows:
            self._index(row)
        self._inside = re.compile(self._names_inside())

    def _index(self, row: Mapping[str, str]) -> None:
        facts = tuple(f for f in row["fact_id"].split(";") if f != "none")
        name = Name(facts, row["polarity"] != "no", row["where"], row["action"])
        written = row["name_or_pattern"]
        if not written.startswith("re:"):
            self._names.setdefault(LIST_NAME.sub("", plain_words(written)), []).append(name)
            return
        rows = (
            self._events
            if name.action == "event"
            else self._patterns
            if facts or name.action == "known"
            else self._guards
        )
        rows.append((re.compile(written[3:], re.I), name))

    def _names_inside(self) -> str:
        """Names that are worth a question wherever they stand: long enough not to be met by chance."""
        telling = (word for word, rows in self._names.items() if any(row.tells_of_a_problem for row in rows))
        longest_first = sorted((word for word in telling if len(word) >= 6), key=len, reverse=True)
        return r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"

    def exact(self, words: str, where: str) -> Recognised | None:
        """What the rows of exactly these words say; None where no row has them."""
        accepted = (where, "any", "form") if where == "problem" else (where, "any")
        for form in spellings(words):
            for place in accepted:
                rows = [name for name in self._names.get(form, ()) if name.where == place]
                if rows:
                    return self._meaning(rows, words, where)
        return None

    def pattern(self, words: str, where: str, *, of_all: bool = False) -> Recognised | None:
        """What the first pattern that is found says; None where none is. `of_all`: only those that begin at the head."""
        for pattern, name in self._patterns:
            whole = pattern.pattern.startswith("^") and name.facts
            if (whole or not of_all) and pattern.search(words):
                return self._meaning([name], words, where)
        return None

    def events(self, forms: Iterable[str]) -> tuple[str, ...]:
        """The facts of what happened on a day, for the first of the forms that names an event."""
        for form in forms:
            facts = [fact for pattern, name in self._events if pattern.fullmatch(form) for fact in name.facts]
            if facts:
                return tuple(dict.fromkeys(facts))
        return ()

    def guard(self, words: str) -> Guard | None:
        """The first denial, relative, doubt or history in the words."""
        for pattern, name in self._guards:
            match = pattern.search(words)
            if match:
                return Guard(name, match)
        return None

    def denies(self, words: str) -> bool:
        """Whether the words deny what they name, or name a relative."""
        return any(name.denies and pattern.search(words) for pattern, name in self._guards)

    def mentioned(self, words: str) -> Recognised:
        """Names that stand inside a longer text: they prompt the question, and the text stays not understood."""
        if NO_MENTION.search(words):
            return UNKNOWN_ENTRY
        rows = [row for word in self._inside.findall(words) for row in self._names[word]]
        facts = dict.fromkeys(fact for row in rows if row.tells_of_a_problem for fact in row.facts)
        return Recognised(tuple(Hit(fact, certain=False) for fact in facts))

    def _meaning(self, rows: list[Name], text: str, where: str) -> Recognised:
        found = [self._of_row(name, text, where) for name in rows]
        return found[0] if len(found) == 1 else together(found)

    def _of_row(self, name: Name, text: str, where: str) -> Recognised:
        if name.action in ("none", "known"):
            return Recognised(known=True)
        if name.action == "clear" and not name.facts:
            return Recognised(known=True, list_is_empty=where in ("problem", "med"))
        if name.action in ("ask", "ask day"):
            facts = dict.fromkeys(each for fact in name.facts for each in (fact, PERHAPS_NOW.get(fact, fact)))
            return Recognised(tuple(Hit(fact, False, of_day=name.action == "ask day") for fact in facts), known=True)
        hits = (self._stated(fact, name.positive, text) for fact in name.facts)
        return Recognised(tuple(hit for hit in hits if hit is not None), known=True)

    def _stated(self, fact: str, positive: bool, text: str) -> Hit | None:
        if self._kinds[fact] == "yes_no":
            return Hit(fact, value=positive)
        value = number_in(fact, text) if positive else Decimal(0)
        if value is not None:
            return Hit(fact, value=value)
        instead = WITHOUT_A_NUMBER.get(fact)
        return Hit(instead, certain=False) if instead else None
