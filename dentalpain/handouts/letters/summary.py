"""The chart summary: the note of the chart, and below it what the note stands on."""

from __future__ import annotations

from ..content import Block
from ..grid import Grid
from .sections import Section, Sections

GROUPS = ("offer", "offer_with_care", "ask_first", "blocked")


def summary_letter(write: Sections) -> tuple[str, tuple[Section, ...]]:
    """The paragraph that `chart_note` gives, the findings of the review, the options by verdict, the screening."""
    words, found = write.words, write.found
    return words.word("main", date=words.date(found.on)), (
        write.about(),
        Section("note", words.word("note"), (write.paragraph(words.said(found.note)),)),
        write.flags(),
        write.diagnoses(),
        write.examination(),
        write.scores(),
        write.medicines(),
        write.listed("problems"),
        write.listed("allergies"),
        _dangers(write),
        _options(write),
        write.unknown(),
        write.sources(citation for flag in found.review["flags"] if flag["answer"] == "yes" for citation in flag["citations"]),
    )


def _dangers(write: Sections) -> Section:
    words, flags = write.words, write.found.review["flags"]
    rows = []
    for flag in flags:
        if flag["answer"] == "yes":
            presumed = f" ({words.word('presumed')})" if flag["presumed"] else ""
            said = words.said(f"{flag['title']}{presumed}. {flag['message']}")
            rows.append((flag["rule"], words.own["severity"][flag["severity"]], said))
    open_ = "; ".join(flag["title"] for flag in flags if flag["answer"] == "unknown")
    blocks: list[Block] = [Grid(words.heads("flags"), tuple(rows), (0.24, 0.16, 0.6))] if rows else []
    if not rows:
        blocks.append(write.paragraph(words.word("none")))
    if open_:
        blocks.append(write.paragraph(words.said(words.word("open", titles=open_))))
    facts = [one for flag in flags if flag["answer"] == "yes" for one in flag["because"]]
    return write.section("dangers", [*blocks, *write.facts_of(facts)])


def _options(write: Sections) -> Section:
    words = write.words
    lines = []
    for verdict in GROUPS:
        names = [one["name"] for one in write.found.options(verdict)]
        if names:
            lines.append(words.said(f"{words.word(verdict)}: {'; '.join(names)}."))
    return write.section("options", write.bullets(lines) or [write.paragraph(words.word("no_options"))])
