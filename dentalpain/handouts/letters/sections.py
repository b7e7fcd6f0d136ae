"""The sections that several kinds of letter share: patient, diagnoses, warning signs, medicines, what is not known."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ..content import Block, Box
from ..grid import Grid
from ..notes import Notes
from ..private import Points, Said
from ..wording import fill
from .assessment import NALTREXONE, Assessment, Shape, each_once
from .words import LetterWords

PAIN_AND_FUNCTION = frozenset({
    "tmd-pain-screener", "tmd-pain-screener-short", "dc-tmd-sq", "gcps-1-month", "gcps-6-month", "peg", "jfls-8",
    "jfls-20", "obc", "pain-drawing",
})  # fmt: skip
MOST = 6  # questions shown of a kind; the number of the others is said
FACT_SHARES = (0.25, 0.34, 0.19, 0.22)  # a date stays on one line, "24 de nov de 2026" too
EXAMINED = "examination"


@dataclass(frozen=True)
class Section:
    """A stretch of a letter. `key` names it for other formats."""

    key: str
    heading: str
    blocks: tuple[Block | Box, ...]


class Sections:
    """Writes sections from one assessment in the words of one kind of letter."""

    def __init__(self, found: Assessment, words: LetterWords) -> None:
        self.found, self.words, self.names = found, words, found.names

    # -- small pieces ------------------------------------------------------------------------------------------

    def paragraph(self, text: str) -> Said:
        """A paragraph about this patient; nothing of it is kept in memory."""
        return Said(text)

    def bullets(self, lines: Iterable[str]) -> list[Block]:
        """A list, or nothing."""
        items = tuple(line for line in lines if line)
        return [Points(items)] if items else []

    def section(self, key: str, blocks: Iterable[Block | Box], heading: str = "") -> Section:
        """A section with the heading of its key."""
        return Section(key, self.words.heading(heading or key), tuple(blocks))

    def cut(self, lines: Sequence[str]) -> list[str]:
        """The first lines, and how many there are beside them."""
        over = len(lines) - MOST
        return [*lines[:MOST], self.words.word("more", count=over)] if over > 0 else list(lines)

    def titled(self, one: Shape) -> str:
        """A diagnosis with its side."""
        side = "" if one["side"] == "patient" else f", {self.words.of('side', one['side'])}"
        return _readable(one["id"]) + side

    def reason(self) -> str:
        """What the patient is sent for, in words: the diagnoses that are met, else what the pain was named."""
        met = [_readable(one["id"]) for one in self.found.diagnoses("met")]
        named = self.names.indication(self.found.review["indication"])
        said = [*([named[:1].lower() + named[1:] if named[1:2].islower() else named] if named else []), *met]
        return self.words.said(", ".join(dict.fromkeys(said)) or self.words.word("pain"))

    # -- sections ----------------------------------------------------------------------------------------------

    def about(self) -> Section:
        """Who the letter is about; what is not recorded says so."""
        patient, words = self.found.chart.get("patient", {}), self.words
        age = self.found.review["age_years"]
        nothing = words.word("not_recorded")
        text = words.word(
            "about",
            name=words.said(patient.get("name") or nothing),
            born=words.date(patient["birth_date"]) if patient.get("birth_date") else nothing,
            age=nothing if age is None else words.word("years", age=age),
            sex=words.one_word(patient.get("sex") or nothing),
        )
        dated = words.word("day_of_review", date=words.date(self.found.on))
        return self.section("about", [self.paragraph(text), self.paragraph(dated)])

    def diagnoses(self) -> Section:
        """The diagnoses that are met with their codes, and those that could not be decided."""
        words, met, lines = self.words, self.found.diagnoses("met"), []
        for one in met:
            parts = [f"{self.titled(one)}: {words.of('standing', 'met')}."]
            if one["icd10cm"]:
                parts.append(f"ICD-10-CM {', '.join(one['icd10cm'])}.")
            if one["provisional"]:
                parts.append(f"{words.word('provisional')}.")
            if one["sensitivity"] is not None and one["specificity"] is not None:
                parts.append(words.word("accuracy", sensitivity=one["sensitivity"], specificity=one["specificity"]))
            lines.append(words.said(" ".join(map(_capital, parts))))
        blocks = self.bullets(lines) or [self.paragraph(words.word("no_diagnosis"))]
        return self.section("diagnoses", blocks)

    def undecided(self) -> list[str]:
        """The diagnoses that could not be decided, with what is missing."""
        sides: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for one in self.found.diagnoses("not_determinable"):
            sides.setdefault((one["id"], tuple(one["missing"])), []).append(one["side"])
        lines = []
        for (name, missing), held in sides.items():
            where = ", ".join(self.words.of("side", side) for side in held if side != "patient")
            lacking = ", ".join(self.names.fact(fact) for fact in missing)
            title = _readable(name) + (f" ({where})" if where else "")
            lines.append(_capital(f"{title}: {self.words.word('undecided', missing=lacking)}"))
        return [self.words.said(line) for line in lines]

    def flags(self, leave_out: Sequence[str] = ()) -> Section:
        """The warning signs that were found and those that are open; never that there is none at all.

        `leave_out`: rules whose subject is no business of who gets the letter.
        """
        words = self.words
        raised = [flag for flag in self.found.raised() if flag["rule"] not in leave_out]
        open_ = [flag for flag in self.found.unsettled() if flag["rule"] not in leave_out]
        lines = [
            words.word("signs_found", title=flag["title"], urgency=self.urgency(flag), action=flag["action"])
            for flag in raised
        ]
        titles = "; ".join(flag["title"] for flag in open_)
        text = words.word("signs_open", titles=titles) if open_ else words.word("no_flag_open")
        first = self.bullets(map(words.said, lines)) or [self.paragraph(words.word("no_flag_found"))]
        return self.section("flags", [*first, self.paragraph(words.said(text))])

    def urgency(self, flag: Shape) -> str:
        """How urgent a warning sign is, with the day."""
        text = self.words.of("urgency", flag["urgency"] or "not_settled")
        fortnight = self.found.on + timedelta(days=14)  # within_2_weeks, counted from the day of the assessment
        return fill(text, {"today": self.words.date(self.found.on), "fortnight": self.words.date(fortnight)})

    def examination(self) -> Section:
        """The opening, and every finding that a criterion read, with its side, source and date."""
        words, mm = self.words, self.found.screen.get("corrected_opening_mm")
        opening = words.word("opening", mm=mm) if mm is not None else words.word("opening_open")
        return self.section("findings", [self.paragraph(opening), *self.facts_of(self.examined())])

    def examined(self) -> list[Shape]:
        """The findings of the examination that a criterion read."""
        return [one for one in self._criteria_facts() if str(one.get("source") or "").startswith(EXAMINED)]

    def reported(self) -> list[Shape]:
        """What the patient told, as a criterion read it."""
        return [one for one in self._criteria_facts() if not str(one.get("source") or "").startswith(EXAMINED)]

    def _criteria_facts(self) -> list[Shape]:
        held = (
            one
            for diagnosis in (*self.found.diagnoses("met"), *self.found.diagnoses("not_met"))
            for criterion in diagnosis["criteria"]
            for one in criterion["because"]
            if one["value"] is not None
        )
        return each_once(held)

    def scores(self, about: Container[str] | None = None) -> Section:
        """Every questionnaire that was handed in, or those of `about`; a blank is named, never counted as 0."""
        rows = [self._score(one) for one in self.found.screen["scores"] if about is None or one["instrument"] in about]
        grid: list[Block] = [Grid(self.words.heads("scores"), tuple(rows), (0.26, 0.2, 0.54))] if rows else []
        return self.section("scores", grid)

    def _score(self, one: Shape) -> tuple[str, str, str]:
        words = self.words
        if one["score"] is not None:
            result = words.word("score", score=one["score"])
        elif one["partial_sum"] is not None:
            result = words.word("partial", sum=one["partial_sum"])
        else:
            result = words.word("score_blank")
        said = [result, one["band"] or ""]
        if one["positive"] is not None:
            said.append(words.word("score_positive" if one["positive"] else "score_negative"))
        missing = [words.word("missing_items", items=", ".join(one["missing"]))] if one["missing"] else []
        notes = " ".join([*(f"{_capital(text)}." for text in missing), *one["cautions"]])
        title = words.said(self.names.instrument(one["instrument"]))
        return title, words.said(", ".join(filter(None, said))), words.said(notes)

    def listed(self, key: str) -> Section:
        """Problems or allergies of the record, as they were written there."""
        rows = [self._entry(key, one) for one in self.found.chart.get(key, ())]
        return self.section(key, [*self.bullets(rows), self.paragraph(self._gone_through(key, bool(rows)))])

    def _entry(self, key: str, one: Shape) -> str:
        words = self.words
        day = one.get("onset") or one.get("recorded")
        said = [words.said(one["text"])]
        more = [one.get("status") or "", *one.get("reactions", ()), words.date(day), one.get("source") or ""]
        return f"{said[0]} ({words.said(', '.join(filter(None, map(str, more))))})"

    def _gone_through(self, key: str, any_: bool) -> str:
        """Whether somebody went through a list: an empty list that nobody went through is not a no."""
        day, words = self.found.reviewed_on(key), self.words
        if day is None:
            return words.word("list_open" if any_ else "nothing_listed")
        return words.word("list_reviewed" if any_ else "nothing_listed_reviewed", date=words.date(day))

    def medicines(self) -> Section:
        """What the patient takes, what was proposed, the opioids in all, and whether the list was gone through."""
        words, review = self.words, self.found.review
        current = [words.said(one["text"]) for one in review["prescriptions"] if one["current"]]
        proposed = [words.said(one["text"]) for one in review["prescriptions"] if not one["current"]]
        blocks = self.bullets(current)
        blocks.append(self.paragraph(self._gone_through("medicines", bool(current))))
        if proposed:
            blocks.append(self.paragraph(words.word("proposed", texts="; ".join(proposed))))
        blocks.append(self.paragraph(self._opioids()))
        return self.section("medicines", blocks)

    def _opioids(self) -> str:
        mme, words = self.found.review["mme_per_day"], self.words
        if mme["total"] is None:
            return words.word("mme_unknown")
        if not mme["total"] and not mme["is_minimum"]:
            return words.word("mme_none")
        least = words.word("least") if mme["is_minimum"] else ""
        return words.said(words.word("mme", least=least, total=mme["total"], arithmetic="; ".join(mme["arithmetic"])))

    def unknown(self, about: str = "") -> Section:
        """What no diagnosis could be decided on, the questions of the review that nobody has answered, what was not read.

        `about`: only questions that would settle a rule or an option whose id begins so; "none" for none.
        """
        words, naltrexone = self.words, _only_naltrexone
        shown = (
            one
            for one in self.found.review["questions"]
            if any(rule.startswith(about) for rule in one["would_settle"]) and not (self.found.acute and naltrexone(one))
        )
        asked = [words.said(one["ask"]) for one in shown]
        unread = [
            words.said(words.word("unread", what=one["what"], why=one["why"]))
            for one in (*self.found.review["not_read"], *self.found.screen["not_read"])
        ]
        undecided = [] if about == "LDN-" else self.cut(self.undecided())
        lines = [*undecided, *self.cut(asked), *self.cut(list(dict.fromkeys(unread)))]
        return self.section("unknown", self.bullets(lines))

    def facts_of(self, facts: Iterable[Shape]) -> list[Block]:
        """A table of facts with value, source and date."""
        rows: dict[tuple[str, str, str], dict[str, list[str]]] = {}
        for one in each_once(facts):
            source, _, where = str(one.get("source") or self.words.word("not_recorded")).partition(": ")
            if source.startswith("assumed"):
                source, where = f"{source}: {where}", ""
            old = f" ({self.words.word('stale')})" if one.get("stale") else ""
            row = rows.setdefault((one["fact"], self.words.one_word(source), self.words.short_date(one.get("date")) + old), {})
            row.setdefault(self._value(one), []).extend([where] if where else [])
        texts = tuple(self._fact(*key, values) for key, values in rows.items())
        texts = tuple(tuple(cell.replace("tmj", "TMJ") for cell in row) for row in texts)
        return [Grid(self.words.heads("facts"), texts, FACT_SHARES)] if texts else []

    def _value(self, one: Shape) -> str:
        if one["value"] is None:
            return self.words.word("not_known")
        text = self.words.one_word(self.names.value(one["fact"], one["value"]))
        return self.words.word("not_in", places=text.removeprefix("without ")) if text.startswith("without ") else text

    def _fact(self, fact: str, source: str, day: str, values: dict[str, list[str]]) -> tuple[str, ...]:
        """One row for a fact: its values, each with the places where it was found."""
        said = "; ".join(f"{value} ({', '.join(places)})" if places else value for value, places in values.items())
        return tuple(map(self.words.said, (_capital(self.names.fact(fact)), said, source, day)))

    def sources(self, citations: Iterable[str]) -> Section:
        """Title, publisher, year and address of each published source."""
        lines = []
        for citation in dict.fromkeys(citations):
            held: Any = self.names.citation(citation)
            where = held.get("url") or (f"doi:{held['doi']}" if held.get("doi") else "")
            parts = [held["title"], held.get("publisher"), held.get("year"), where]
            lines.append(self.words.said(". ".join(str(part) for part in parts if part)))
        return self.section("sources", [Notes(tuple(lines))] if lines else [])


def _readable(identifier: str) -> str:
    return identifier.replace("-", " ").replace("tmd", "TMD")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _only_naltrexone(question: Shape) -> bool:
    return all(rule.startswith("LDN-") or rule == NALTREXONE for rule in question["would_settle"])
