"""What a coded or typed entry means: the facts that it states, hints at or denies, and nothing that it does not say.

Order for typed text: the exact name; then denial, family, history and doubt; then the other patterns; then names that
stand inside a longer text, which only prompt the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from .coded_hints import facts_asked_by, names_a_problem
from .coding import ICD10CM, LOINC, SNOMED, Code, icd_form
from .measuring import days_in_text
from .quantities import PartialDate
from .record import StatedValue

# Codes that name a group wider than the fact: they put the question and settle nothing (ICD-10-CM without dots).
TOO_WIDE = frozenset({
    "Z886", "Z884",  # allergy to any analgesic, to any anesthetic
    "D350",  # benign tumor of the adrenal gland: not always phaeochromocytoma
    "Z923", "Y842",  # radiotherapy without its site
    "J4521", "J4531", "J4541", "J4551", "J45901",  # asthma attack that is not status asthmaticus
    "Z9151",  # self-harm at any time of life
    "73211009",  # any diabetes, controlled or not
})  # fmt: skip
# A word such as "peptic ulcer" does not tell past from present: both are asked about.
PERHAPS_NOW = {"gi_ulcer_history": "gi_ulcer_active"}
CKD_BY_ICD = {
    "N181": "1", "N182": "2", "N1830": "3", "N1831": "3a", "N1832": "3b", "N184": "4", "N185": "5", "N186": "6",
}  # fmt: skip
CKD_BY_SNOMED = {
    "431855005": "1", "431856006": "2", "433144002": "3", "700378005": "3a",
    "700379002": "3b", "431857002": "4", "433146000": "5", "46177005": "6",
}  # fmt: skip
HYPERTENSIVE_CKD_5 = ("I120", "I1311", "I132")  # hypertensive kidney disease, stage 5 or end stage
CHILD_PUGH_BY_SNOMED = {"710065009": "A", "710066005": "B", "710067001": "C"}

SEMANTIC_TAG = re.compile(r"\s*\((disorder|finding|situation|procedure|morphologic abnormality|event|substance)\)$")
QUALIFIERS = re.compile(r"^(chronic|essential|known|stable|mild|moderate|severe)\s+")
KIND_WORD = re.compile(r"\s+(disease|disorder|syndrome|nos|unspecified)$")
LIST_NAME = re.compile(r"\s*\((allergy|medicine|problem) list\)$")
SEPARATORS = re.compile(r"\s*[;,&+]\s*|\s+and\s+|\s+with\s+")
NO_MENTION = re.compile(r"\b(screening|risk|prevention|prophylaxis|vaccin\w*|education|counsel\w*|test|monitoring)\b")
DRINKS = re.compile(r"(\d+)\s*(?:drinks?|beers?|glasses?)\b", re.I)
DUE_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """One fact that an entry bears on; `certain` False: it only prompts the question, `of_day`: until it has a day."""

    fact: str
    certain: bool = True
    value: StatedValue = True
    past: bool = False
    of_day: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an entry was recognised as. `known` without hits: an entry that no rule reads.

    `list_is_empty`: the entry says that the list was gone through and holds nothing.
    """

    hits: tuple[Hit, ...] = ()
    known: bool = False
    list_is_empty: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts, without repetition."""
        return tuple(dict.fromkeys(hit.fact for hit in self.hits))


UNKNOWN_ENTRY = Recognised()


@dataclass(frozen=True, slots=True)
class Name:
    """One row of the table of names."""

    facts: tuple[str, ...]
    positive: bool
    where: str
    action: str


class Vocabulary:
    """The codes of the table of facts and the typed names of the table of names."""

    def __init__(self, facts: Iterable[Mapping[str, str]], names: Iterable[Mapping[str, str]]) -> None:
        self.rows = {row["id"]: row for row in facts}
        self._icd: dict[str, list[str]] = {}
        self._exact: dict[tuple[str, str], list[str]] = {}
        for row in self.rows.values():
            self._index_codes(row)
        self._names: dict[str, list[Name]] = {}
        self._guards: list[tuple[re.Pattern[str], Name]] = []
        self._patterns: list[tuple[re.Pattern[str], Name]] = []
        for row in names:
            self._index_name(row)
        self._inside = re.compile(self._names_inside())

    def _index_codes(self, row: Mapping[str, str]) -> None:
        for code in filter(None, row["loinc"].split(";")):
            self._exact.setdefault((LOINC, code), []).append(row["id"])
        if row["obtained"] == "order":
            return  # what the order is for is never read off a problem list
        for code in filter(None, row["icd10cm"].split(";")):
            self._icd.setdefault(icd_form(code), []).append(row["id"])
        for code in filter(None, row["snomed"].split(";")):
            self._exact.setdefault((SNOMED, code), []).append(row["id"])

    def _index_name(self, row: Mapping[str, str]) -> None:
        facts = tuple(f for f in row["fact_id"].split(";") if f != "none")
        name = Name(facts, row["polarity"] != "no", row["where"], row["action"])
        written = row["name_or_pattern"]
        if not written.startswith("re:"):
            self._names.setdefault(LIST_NAME.sub("", plain_words(written)), []).append(name)
            return
        (self._patterns if facts else self._guards).append((re.compile(written[3:], re.I), name))

    def _names_inside(self) -> str:
        """Names that are worth a question wherever they stand: long enough not to be met by chance."""
        telling = (word for word, rows in self._names.items() if any(_tells_of_a_problem(row) for row in rows))
        longest_first = sorted((word for word in telling if len(word) >= 6), key=len, reverse=True)
        return r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"

    # -- codes ---------------------------------------------------------------------------------------------------

    def facts_of(self, code: Code) -> tuple[str, ...]:
        """The facts that a code belongs to: ICD-10-CM by prefix less the exclusions, the others exactly."""
        if code.system != ICD10CM:
            return tuple(self._exact.get((code.system, code.code), ()))
        plain = icd_form(code.code)
        found = [fact for end in range(3, len(plain) + 1) for fact in self._icd.get(plain[:end], ())]
        return tuple(dict.fromkeys(fact for fact in found if not self._excluded(fact, plain)))

    def _excluded(self, fact: str, plain: str) -> bool:
        left_out = filter(None, self.rows[fact]["icd10cm_exclude"].split(";"))
        return any(plain.startswith(icd_form(code)) for code in left_out)

    def of_code(self, code: Code) -> Recognised:
        """What a coded entry of a list means."""
        hits = [hit for fact in self.facts_of(code) if (hit := self._coded(fact, code)) is not None]
        return Recognised(tuple(hits), known=bool(hits))

    def _coded(self, fact: str, code: Code) -> Hit | None:
        plain = icd_form(code.code)
        if fact == "ckd_stage":
            stage = CKD_BY_ICD.get(plain) or CKD_BY_SNOMED.get(code.code)
            return Hit(fact, value=stage or ("5" if plain.startswith(HYPERTENSIVE_CKD_5) else "3"))
        if fact == "child_pugh_class":
            grade = CHILD_PUGH_BY_SNOMED.get(code.code)
            return Hit(fact, value=grade) if grade else None
        if fact == "gestational_age_weeks":
            weeks = plain[3:5]  # Z3A.24: 24 weeks on the day of coding; Z3A.00, .01 and .49 name no week
            return Hit(fact, value=Decimal(7 * int(weeks))) if weeks.isdigit() and 8 <= int(weeks) <= 42 else None
        return Hit(fact, certain=self._settles(fact) and plain not in TOO_WIDE)

    def _settles(self, fact: str) -> bool:
        """Whether an entry of a list can answer the fact; what is asked or examined today it can only prompt."""
        row = self.rows[fact]
        return row["kind"] in ("condition", "procedure", "medicine_class", "allergy") or row["obtained"] == "recorded"

    # -- typed text ----------------------------------------------------------------------------------------------

    def of_text(self, text: str, where: str) -> Recognised:
        """What a typed entry means in a list: `where` is 'problem', 'allergy' or 'med'."""
        words = plain_words(text)
        exact = self._exactly(words, where)
        if exact is not None:
            return self._meaning(exact, text, where)
        for pattern, guard in self._guards:
            match = pattern.search(words)
            if match:
                return self._guarded(guard, match, where)
        for pattern, name in self._patterns:
            if pattern.search(words):
                return self._meaning(name, text, where)
        parts = SEPARATORS.split(words)
        return self._together(parts, where) if len(parts) > 1 else self._mentioned(words)

    def _exactly(self, words: str, where: str) -> Name | None:
        accepted = (where, "any", "form") if where == "problem" else (where, "any")
        for form in spellings(words):
            for place in accepted:
                for name in self._names.get(form, ()):
                    if name.where == place:
                        return name
        return None

    def _meaning(self, name: Name, text: str, where: str) -> Recognised:
        if name.action == "none":
            return Recognised(known=True)
        if name.action == "clear" and not name.facts:
            return Recognised(known=True, list_is_empty=where in ("problem", "med"))
        if name.action in ("ask", "ask day"):
            facts = dict.fromkeys(each for fact in name.facts for each in (fact, PERHAPS_NOW.get(fact, fact)))
            return Recognised(tuple(Hit(fact, False, of_day=name.action == "ask day") for fact in facts), known=True)
        hits = (self._stated(fact, name.positive, text) for fact in name.facts)
        return Recognised(tuple(hit for hit in hits if hit is not None), known=True)

    def _stated(self, fact: str, positive: bool, text: str) -> Hit | None:
        kind = self.rows[fact]["value"]
        if kind == "yes_no":
            return Hit(fact, value=positive)
        value = number_in(fact, text) if positive else Decimal(0)
        return None if value is None else Hit(fact, value=value)

    def _guarded(self, guard: Name, match: re.Match[str], where: str) -> Recognised:
        """Denied or of the family: nothing. Of the past, or in doubt: what the rest says, as past or as a question."""
        words = match.string
        if guard.action != "ask":
            # "No diabetes, asthma": nobody can tell how far the denial reaches, so the entry is listed as not read.
            return Recognised(known=SEPARATORS.search(words) is None)
        inner = self.of_text(words[: match.start()] + words[match.end() :], where)
        if "?" in match[0]:
            return replace(inner, hits=tuple(replace(hit, certain=False, of_day=False) for hit in inner.hits))
        kept = (h for h in inner.hits if h.certain or h.fact not in PERHAPS_NOW.values())  # "history of": it is not now
        return replace(inner, hits=tuple(replace(hit, past=True) for hit in kept))

    def denies(self, text: str) -> bool:
        """Whether a text denies what it names, or names a relative."""
        words = plain_words(text)
        return any(guard.action != "ask" and pattern.search(words) for pattern, guard in self._guards)

    def _together(self, parts: Iterable[str], where: str) -> Recognised:
        found = [self.of_text(part, where) for part in parts if part]
        return Recognised(tuple(hit for each in found for hit in each.hits), known=all(each.known for each in found))

    def _mentioned(self, words: str) -> Recognised:
        if NO_MENTION.search(words):
            return UNKNOWN_ENTRY
        rows = [row for word in self._inside.findall(words) for row in self._names[word]]
        facts = dict.fromkeys(fact for row in rows if _tells_of_a_problem(row) for fact in row.facts)
        return Recognised(tuple(Hit(fact, certain=False) for fact in facts))

    # -- both ----------------------------------------------------------------------------------------------------

    def of_entry(self, codes: Iterable[Code], text: str, where: str) -> Recognised:
        """What an entry with codes and text means; the text counts where no code belongs to a fact."""
        codes = tuple(codes)
        coded = [self.of_code(code) for code in codes]
        if any(each.known for each in coded):
            hits = dict.fromkeys(hit for each in coded for hit in each.hits)
            return Recognised(tuple(hits), known=True)
        typed = self.of_text(text, where) if text.strip() else UNKNOWN_ENTRY
        return typed if typed.known or where != "problem" else _with_codes(typed, codes)


def _with_codes(typed: Recognised, codes: Iterable[Code]) -> Recognised:
    """An entry whose words no table knows, understood all the same where an ICD-10-CM code names the problem."""
    plain = [icd_form(code.code) for code in codes if code.system == ICD10CM]
    hints = (Hit(fact, certain=False) for each in plain for fact in facts_asked_by(each))
    return replace(typed, hits=(*typed.hits, *hints), known=any(map(names_a_problem, plain)))


def _tells_of_a_problem(name: Name) -> bool:
    return bool(name.facts) and name.where == "any" and name.positive and "unrecognised_medicine" not in name.facts


def plain_words(text: str) -> str:
    """A typed entry in the form in which names are compared: lower case, single blanks, no semantic tag."""
    words = " ".join(text.replace("’", "'").split()).casefold().rstrip(" .")
    return SEMANTIC_TAG.sub("", words)


def spellings(words: str) -> Iterable[str]:
    """The entry itself, then without a leading qualifier, then without a closing 'disease' or 'disorder'."""
    bare = QUALIFIERS.sub("", words)
    return dict.fromkeys((words, bare, KIND_WORD.sub("", words), KIND_WORD.sub("", bare)))


def number_in(fact: str, text: str) -> StatedValue | None:
    """The number that a typed entry gives for a fact; None when it gives none that can be read."""
    if fact == "ckd_stage":
        stage = re.search(r"\b([1-5][ab]?)\b", text, re.I)
        return stage[1].lower() if stage else None
    if fact == "gestational_age_weeks":
        days = days_in_text(text)
        return due_date_in(text) if days is None else Decimal(days)
    amount = DRINKS.search(text)
    return Decimal(amount[1]) if amount else None


def due_date_in(text: str) -> PartialDate | None:
    """A due date written month/day/year; None without a year, or for a day that does not exist."""
    found = DUE_DATE.search(text)
    if found is None:
        return None
    year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
    try:
        return PartialDate.parse(f"{year}-{int(found[1]):02}-{int(found[2]):02}")
    except ValueError:
        return None
