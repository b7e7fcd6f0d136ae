"""What a coded or typed entry means: the facts that it states, hints at or denies, and nothing that it does not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from .coded_hints import facts_asked_by, names_a_problem
from .coding import ICD10CM, LOINC, SNOMED, Code, icd_form
from .recognised import UNKNOWN_ENTRY, Hit, Recognised, together
from .typed_lines import SEPARATORS, TypedLines
from .typed_names import TypedNames
from .typed_words import plain_words

__all__ = ["UNKNOWN_ENTRY", "Hit", "Recognised", "Vocabulary", "plain_words"]

# Codes that name a group wider than the fact: they put the question and settle nothing (ICD-10-CM without dots).
TOO_WIDE = frozenset({
    "Z886", "Z884",  # allergy to any analgesic, to any anesthetic
    "D350",  # benign tumor of the adrenal gland: not always phaeochromocytoma
    "Z923", "Y842",  # radiotherapy without its site
    "J4521", "J4531", "J4541", "J4551", "J45901",  # asthma attack that is not status asthmaticus
    "Z9151",  # self-harm at any time of life
    "73211009",  # any diabetes, controlled or not
})  # fmt: skip
CKD_BY_ICD = {
    "N181": "1", "N182": "2", "N1830": "3", "N1831": "3a", "N1832": "3b", "N184": "4", "N185": "5", "N186": "6",
}  # fmt: skip
CKD_BY_SNOMED = {
    "431855005": "1", "431856006": "2", "433144002": "3", "700378005": "3a",
    "700379002": "3b", "431857002": "4", "433146000": "5", "46177005": "6",
}  # fmt: skip
HYPERTENSIVE_CKD_5 = ("I120", "I1311", "I132")  # hypertensive kidney disease, stage 5 or end stage
CHILD_PUGH_BY_SNOMED = {"710065009": "A", "710066005": "B", "710067001": "C"}


class Vocabulary:
    """The codes of the table of facts and the typed names of the table of names."""

    def __init__(self, facts: Iterable[Mapping[str, str]], names: Iterable[Mapping[str, str]]) -> None:
        self.rows = {row["id"]: row for row in facts}
        self._icd: dict[str, list[str]] = {}
        self._exact: dict[tuple[str, str], list[str]] = {}
        for row in self.rows.values():
            self._index_codes(row)
        self._names = TypedNames(names, {fact: row["value"] for fact, row in self.rows.items()})
        self._lines = TypedLines(self._names, {fact: row["older_sets"] for fact, row in self.rows.items()})

    def _index_codes(self, row: Mapping[str, str]) -> None:
        for code in filter(None, row["loinc"].split(";")):
            self._exact.setdefault((LOINC, code), []).append(row["id"])
        if row["obtained"] == "order":
            return  # what the order is for is never read off a problem list
        for code in filter(None, row["icd10cm"].split(";")):
            self._icd.setdefault(icd_form(code), []).append(row["id"])
        for code in filter(None, row["snomed"].split(";")):
            self._exact.setdefault((SNOMED, code), []).append(row["id"])

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
        words = plain_words(text.strip().replace("\n", "; "))
        if where == "problem":
            return self._lines.read(words)
        return self._names.exact(words, where) or self._of_other_list(words, where)

    def _of_other_list(self, words: str, where: str) -> Recognised:
        """An allergy or a medicine. Denied or of the family: nothing. In doubt or of the past: a question."""
        guard = self._names.guard(words)
        if guard is not None:
            if guard.denies:
                return Recognised(known=SEPARATORS.search(words) is None)
            inner = self.of_text(guard.rest, where)
            return inner.in_doubt() if guard.doubt else inner.each(lambda hit: replace(hit, past=True))
        found = self._names.pattern(words, where)
        parts = SEPARATORS.split(words)
        if found is None and len(parts) > 1:
            return together(self.of_text(part, where) for part in parts if part)
        return found or self._names.mentioned(words)

    def denies(self, text: str) -> bool:
        """Whether a text denies what it names, or names a relative."""
        return self._names.denies(plain_words(text))

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
