"""From an assessment to a letter: head, main message, sections, cautions and a line to sign."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...errors import InputError
from ..choosing import check_given
from ..content import Block, Box, Bullets, Document, Heading, Run
from ..lines import Lines
from ..office import read_office
from ..wording import fill
from .assessment import Assessment
from .kinds import Composed, compose, main_box
from .sections import Section, Sections
from .words import KNOWLEDGE, LetterWords, load_letter

CODE = re.compile(r"[A-Z]?\d{4,5}[A-Z]?")  # a number of a code set, and no description with it
MOST_CODES = 40


@dataclass(frozen=True)
class Letter:
    """A letter for print, and its sections by key for other formats."""

    document: Document
    main: str
    cautions: Box
    sections: tuple[Section, ...]


def build_letter(
    kind: str, found: Assessment, *, office: Mapping[str, Any], language: str = "en", signed: bool
) -> Letter:
    """The letter of one kind from one assessment.

    Unless the practice has `signed` the wording, every page is a preview. Raises UnknownNameError for a kind, a
    language or a given option that is not there; InputError for an option that the review blocked, and where the
    assessment holds nothing that such a letter is about; WordingError for text that cannot be printed.
    """
    words = load_letter(kind, language)
    check_given(found.give, found.review["alternatives"], words.wording)
    write = Sections(found, words)
    composed = compose(kind, write, read_codes(office))
    sections = tuple(one for one in composed.sections if one.blocks)
    read = read_office(office)
    document = Document(
        title=words.word("title"),
        language=language,
        on=found.on,
        office=replace(
            read,
            name=words.wording.spelled(read.name),
            lines=tuple(map(words.wording.spelled, read.lines)),
            logo_alt=fill(words.wording.word("logo_alt"), {"office": words.wording.spelled(read.name)}),
            url_alt=fill(words.wording.word("url_alt"), {"url": read.url}),
        ),
        blocks=tuple(_blocks(write, composed, sections, signed)),
        page_of=words.wording.word("page_of"),
        dated=words.date(found.on),
        version=_version(words, found),
        watermark=None if signed else words.wording.word("watermark"),
    )
    return Letter(document, composed.main, _cautions(write, signed), sections)


def _version(words: LetterWords, found: Assessment) -> str:
    values = {"version": words.own["written_on"].isoformat(), "date": words.date(found.on)}
    return fill(words.wording.word("version"), values)


def read_codes(office: Mapping[str, Any]) -> tuple[str, ...]:
    """The procedure code numbers of the office's list; raises InputError for anything that is more than a number."""
    codes: Sequence[Any] = office.get("procedure_codes") or ()
    good = isinstance(codes, list | tuple) and len(codes) <= MOST_CODES
    if not good or not all(isinstance(code, str) and CODE.fullmatch(code) for code in codes):
        raise InputError(
            "a procedure code is not a code number.",
            where="office.procedure_codes",
            mend="Write a list of numbers such as D0000, without descriptions.",
        )
    return tuple(codes)


def _blocks(write: Sections, composed: Composed, sections: tuple[Section, ...], signed: bool) -> list[Block | Box]:
    words = write.words
    blocks: list[Block | Box] = []
    if "to" in words.own:
        blocks.append(write.paragraph(f"{words.shared['words']['to']}: {words.own['to']}"))
    blocks.append(main_box(composed.main))
    for section in sections:
        blocks += [Heading(section.heading)] if section.heading else []
        blocks += section.blocks
    return [*blocks, _cautions(write, signed), *_signature(words)]


def _cautions(write: Sections, signed: bool) -> Box:
    """Who made this, which of it nobody signed, and that software decides nothing."""
    words, knowledge = write.words, write.found.review["knowledge"]
    unsigned = knowledge["unsigned"]
    lines = [
        words.word("unsigned", count=unsigned) if unsigned else words.word("signed"),
        *([] if signed else [words.word("wording_draft")]),
        *([words.word("questionnaire_wording")] if _in_own_words(write) else []),
        *([words.word("own_language")] if words.wording.language != KNOWLEDGE else []),
        words.word("support"),
        words.word("knowledge", version=knowledge["version"], digest=knowledge["digest"][:12]),
    ]
    items = tuple((Run(words.said(line)),) for line in lines)
    return Box("avoid", (Run(words.heading("cautions")),), (Bullets(items),))


def _in_own_words(write: Sections) -> bool:
    """Whether a questionnaire was asked in our own wording; an official form that the practice installed is not."""
    return any("not the validated wording" in text for one in write.found.screen["scores"] for text in one["cautions"])


def _signature(words: LetterWords) -> list[Block]:
    return [Heading(words.heading("signature")), Lines(tuple(words.shared["words"]["signature"]))]
