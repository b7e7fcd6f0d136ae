"""What each kind of letter says, beyond the sections that all share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ...errors import InputError
from ..content import Block, Box
from ..private import Said
from .assessment import Shape, each_once
from .naltrexone import naltrexone_letter
from .necessity import necessity_letter
from .sections import PAIN_AND_FUNCTION, Section, Sections
from .summary import summary_letter

SUICIDAL = ("RF-12",)  # for physician and clinic alone
VERDICTS = ("offer", "offer_with_care")


@dataclass(frozen=True)
class Composed:
    """A letter before it has a head and a foot: its main message and its sections."""

    main: str
    sections: tuple[Section, ...]


def compose(kind: str, write: Sections, codes: tuple[str, ...]) -> Composed:
    """The letter of this kind; raises InputError where the assessment holds nothing that such a letter is about."""
    if kind == "medical-necessity":
        return Composed(*necessity_letter(write, codes))
    makers: dict[str, Callable[[Sections], tuple[str, tuple[Section, ...]]]] = {
        "referral-orofacial-pain": referral_letter,
        "physician-naltrexone": naltrexone_letter,
        "physician-red-flag": red_flag_letter,
        "physiotherapy": physiotherapy_letter,
        "chart-summary": summary_letter,
    }
    return Composed(*makers[kind](write))


def referral_letter(write: Sections) -> tuple[str, tuple[Section, ...]]:
    """To an orofacial pain clinic: everything that the clinic would ask again."""
    return _main(write), (
        write.about(),
        asks(write, "reason"),
        write.flags(),
        write.diagnoses(),
        _history(write),
        write.examination(),
        write.scores(),
        write.listed("problems"),
        write.medicines(),
        write.listed("allergies"),
        write.section("procedures", [write.paragraph(write.words.word("procedures"))]),
        options_in_view(write, VERDICTS),
        not_for_patient(write),
        write.unknown(),
        write.sources(_citations(write)),
    )


def physiotherapy_letter(write: Sections) -> tuple[str, tuple[Section, ...]]:
    """To a physiotherapist: findings, and the physical treatments that the review lets through."""
    options = options_in_view(write, VERDICTS, "physical")
    if not options.blocks:
        options = write.section("options", [write.paragraph(write.words.word("none_offered"))])
    return _main(write), (
        write.about(),
        asks(write),
        write.flags(leave_out=SUICIDAL),
        write.diagnoses(),
        write.examination(),
        write.scores(PAIN_AND_FUNCTION),
        options,
        write.listed("problems"),
        write.medicines(),
        write.unknown("none"),
        write.sources(_cited_by(write, "physical")),
    )


def red_flag_letter(write: Sections) -> tuple[str, tuple[Section, ...]]:
    """To a physician or an emergency department: what was found, what it rests on, what to do by when."""
    raised, words = write.found.raised(), write.words
    if not raised:
        raise InputError(
            "the screening found no warning sign, so there is nothing to write about.",
            where="letter",
            mend="Settle the open ones first, or write another letter.",
        )
    first, *others = raised
    urgency = write.urgency(first)
    main = words.word(
        "main_more" if others else "main",
        urgency=urgency[:1].upper() + urgency[1:], title=first["title"], count=len(others),
    )  # fmt: skip
    call = words.word("call_now" if first["urgency"] == "emergency_now" else "call")
    return words.said(f"{main} {call}"), (
        write.about(),
        *(_flag(write, flag) for flag in raised),
        write.flags() if write.found.unsettled() else write.section("flags", []),
        asks(write),
        write.diagnoses(),
        write.listed("problems"),
        write.medicines(),
        write.listed("allergies"),
    )


def _flag(write: Sections, flag: Shape) -> Section:
    words = write.words
    known = [one for one in flag["because"] if one["value"] is not None]
    lines = [
        f"{words.word('by_when')}: {write.urgency(flag)}.",
        f"{words.word('do')}: {words.said(flag['action'])}",
        *(words.said(text) for text in flag.get("cautions", ())),
    ]
    unknown = [write.names.fact(one["fact"]) for one in each_once(flag["because"]) if one["value"] is None]
    more = [f"{words.heading('unknown')}: {words.said(', '.join(unknown))}."] if unknown else []
    blocks: list[Block] = [*write.bullets([*lines, *more]), *write.facts_of(known)]
    return Section("found", words.said(f"{words.word('found')}: {flag['title']}"), tuple(blocks))


def _main(write: Sections) -> str:
    name = "main_flag" if write.found.raised() else "main"
    return write.words.word(name, reason=write.reason())


def _history(write: Sections) -> Section:
    """What the patient told, with source and day; how long the pain has lasted and what was tried, or that it is open."""
    lines = history_lines(write)
    return write.section("history", [*write.bullets(lines), *write.facts_of(write.reported())])


def history_lines(write: Sections) -> list[str]:
    """Duration and care tried, from the facts of the assessment; what is not recorded is called so."""
    known, words = write.found.known, write.words
    lines = []
    for fact, asked in (("pain_duration_days", "pain_duration_days"), ("first_line_care_tried", "first_line_care_tried")):
        one = known.get(fact)
        if one is None:
            lines.append(f"{words.said(write.names.fact(asked))}: {words.word('not_recorded')}")
        else:
            told = write.names.value(fact, one["value"])
            lines.append(words.said(f"{write.names.fact(fact)}: {told} ({one['source']}, {words.date(one['date'])})"))
    return [line[:1].upper() + line[1:] for line in lines]


def options_in_view(write: Sections, verdicts: Iterable[str], *kinds: str) -> Section:
    """The options that the review lets through, with strength and certainty; nothing that it holds back."""
    words, lines = write.words, []
    for verdict in verdicts:
        for option in write.found.options(verdict, *kinds):
            values: dict[str, Any] = {
                "name": option["name"],
                "strength": words.of("strength", option["evidence"]["strength"]),
                "certainty": words.of("certainty", option["evidence"]["certainty"]),
            }
            if option["evidence"]["strength"] in ("conditional_against", "strong_against"):
                continue  # a letter asks for nothing that the guideline advises against
            lines.append(words.word("offered" if verdict == "offer" else "offered_care", reasons=reasons(option), **values))
    return write.section("options", write.bullets(map(words.said, lines)))


def not_for_patient(write: Sections) -> Section:
    """What the review blocks, with the rules that say so."""
    words = write.words
    lines = [
        words.word("blocked", name=option["name"], reasons=reasons(option) or words.word("blocked_guideline"))
        for option in write.found.options("blocked")
    ]
    return write.section("blocked", write.bullets(map(words.said, lines)), heading="blocked")


def reasons(option: Shape) -> str:
    """The titles of the rules that answer yes."""
    return " ".join(f"{one['title']}." for one in option["reasons"] if one["answer"] == "yes" and one["severity"] != "info")


def asks(write: Sections, key: str = "plan") -> Section:
    """What the letter asks for."""
    return write.section(key, write.bullets(map(write.words.said, write.words.own["asks"])))


def main_box(text: str) -> Box:
    """The main message in its frame."""
    return Box("main", (), (Said(text, main=True),))


def _citations(write: Sections) -> list[str]:
    flags = (flag for flag in write.found.review["flags"] if flag["answer"] == "yes")
    return [*_cited_by(write), *(citation for flag in flags for citation in flag["citations"])]


def _cited_by(write: Sections, *kinds: str) -> list[str]:
    """The sources of the options that the letter shows."""
    shown = [one for verdict in VERDICTS for one in write.found.options(verdict, *kinds)]
    return [citation for one in shown for citation in one["evidence"]["citations"]]
