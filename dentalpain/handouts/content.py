"""What a handout says, as plain data. The PDF and the HTML page are two views of it."""

from __future__ import annotations

import datetime
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import WordingError

LINK_SCHEMES = ("https:", "tel:", "mailto:")
BETWEEN = " \N{MIDDLE DOT} "
NOTHING = "\N{EN DASH}"  # a cell that says: nothing at this time
BoxKind = Literal["main", "call_us", "call_911", "avoid"]


@dataclass(frozen=True)
class Run:
    """A stretch of text, perhaps bold, perhaps a link. Raises WordingError for any other kind of link."""

    text: str
    bold: bool = False
    link: str | None = None

    def __post_init__(self) -> None:
        if self.link is not None and not self.link.lower().startswith(LINK_SCHEMES):
            raise WordingError(
                "a link is not one that a handout may hold.", mend=f"Start it with one of {', '.join(LINK_SCHEMES)}."
            )


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the document is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `personal` says that it is about this patient alone, so that nothing of it is kept in memory."""

    runs: Runs
    personal: bool = False


@dataclass(frozen=True)
class Bullets:
    """Things to do or know, in no order."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Steps:
    """Things to do one after the other."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Ticks:
    """What the patient says back in their own words, each with a box to tick."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing by its name in `drawings`, with a caption that names the action and a text alternative."""

    name: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Pictures:
    """Drawings that stand side by side where there is room."""

    items: tuple[Picture, ...]


@dataclass(frozen=True)
class Times:
    """How much to take at each time of day; empty: nothing."""

    morning: str = ""
    noon: str = ""
    evening: str = ""
    bedtime: str = ""

    def cells(self) -> tuple[str, str, str, str]:
        return self.morning, self.noon, self.evening, self.bedtime


@dataclass(frozen=True)
class MedicineRow:
    """One medicine. Either `times` or `how` says how to take it; both are text for the patient."""

    name: str
    purpose: str
    times: Times | None = None
    how: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableWords:
    """The words of a medicine table in the language of the document."""

    caption: str
    medicine: str
    how: str
    morning: str
    noon: str
    evening: str
    bedtime: str

    def periods(self) -> tuple[str, str, str, str]:
        return self.morning, self.noon, self.evening, self.bedtime


@dataclass(frozen=True)
class MedicineTable:
    """The medicines with their times of day (Universal Medication Schedule)."""

    words: TableWords
    rows: tuple[MedicineRow, ...]

    def by_time_of_day(self) -> bool:
        """Whether any medicine has fixed times of day."""
        return any(row.times is not None for row in self.rows)


class Own(ABC):
    """A block that some documents alone bring along: it knows its texts, its HTML, and how it is printed."""

    @abstractmethod
    def texts(self) -> Iterator[str]:
        """Every piece of text, in reading order; empty cells are left out."""

    @abstractmethod
    def html(self) -> str:
        """The block in HTML, with every text escaped."""

    @abstractmethod
    def flowables(self, writer: Any, parent: Any, width: float) -> list[Any]:
        """The block for print, `width` points wide, with its elements added to the tree below `parent`."""


Block = Heading | Paragraph | Bullets | Steps | Ticks | Picture | Pictures | MedicineTable | Own


@dataclass(frozen=True)
class Box:
    """A frame that stands out. Each kind has a sign of its own beside its words; an empty title is left out."""

    kind: BoxKind
    title: Runs
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Logo:
    """A picture as a PNG that holds nothing but the picture; its size in pixels."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Office:
    """Who hands it out: name, telephone, further lines (address, hours), address on the web, logo.

    The two texts stand for the logo and for the square code of the address.
    """

    name: str
    phone: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""
    logo: Logo | None = None
    logo_alt: str = ""
    url_alt: str = ""

    def phone_run(self) -> Run:
        """The telephone number, as a link if it can be dialled."""
        number = re.sub(r"[^\d+]", "", self.phone)
        return Run(self.phone, link=f"tel:{number}" if len(number) > 2 else None)

    def contact(self) -> tuple[Runs, ...]:
        """How to reach the office: on one line, or on several that stand beside a logo or a square code."""
        reach = [self.phone_run()] if self.phone else []
        reach += [Run(self.url.removeprefix("https://").rstrip("/"), link=self.url)] if self.url else []
        lines = [Run(line) for line in self.lines]
        if self.logo or self.url:
            return tuple(map(_joined, filter(None, [reach, *([line] for line in lines)])))
        return (_joined([*reach, *lines]),) if reach or lines else ()


def _joined(parts: list[Run]) -> Runs:
    return tuple(run for part in parts for run in (Run(BETWEEN), part))[1:]


@dataclass(frozen=True)
class Document:
    """A handout.

    `on` is the day that it carries; `dated` is that day in words. `prepared_for` is printed and never written into the
    file's properties. `page_of` holds {page} and {pages}; `version` stands at the foot of every page and `watermark`
    across it.
    """

    title: str
    language: str
    on: datetime.date
    office: Office
    blocks: tuple[Block | Box, ...]
    page_of: str
    dated: str = ""
    version: str = ""
    prepared_for: str = ""
    watermark: str | None = None

    def under_title(self) -> str:
        """For whom and when, on one line."""
        return BETWEEN.join(text for text in (self.prepared_for, self.dated) if text)


def plain(runs: Runs) -> str:
    """The text of the runs."""
    return "".join(run.text for run in runs)


def texts(document: Document) -> Iterator[str]:
    """Every piece of text in the body of the document, in reading order."""
    office = document.office
    logo, code = office.logo_alt if office.logo else "", office.url_alt if office.url else ""
    head = (logo, office.name, *map(plain, office.contact()), code, document.title, document.under_title())
    yield from (text for text in head if text)
    for block in document.blocks:
        yield from block_texts(block)


def block_texts(block: Block | Box) -> Iterator[str]:
    """The text of one block, in reading order; a list's labels and empty cells are left out."""
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(runs=runs):
            yield plain(runs)
        case Bullets(items=items) | Steps(items=items) | Ticks(items=items):
            yield from map(plain, items)
        case Picture():
            yield from (block.alt, block.caption)
        case Pictures(items=pictures):
            for picture in pictures:
                yield from block_texts(picture)
        case MedicineTable():
            yield from _table_texts(block)
        case Own():
            yield from block.texts()
        case Box(title=title, blocks=blocks):
            yield from filter(None, [plain(title)])
            for inner in blocks:
                yield from block_texts(inner)


def _table_texts(table: MedicineTable) -> Iterator[str]:
    by_time = table.by_time_of_day()
    yield table.words.medicine
    yield from table.words.periods() if by_time else (table.words.how,)
    for row in table.rows:
        yield from (row.name, row.purpose)
        yield from (cell or NOTHING for cell in row.times.cells()) if row.times else (row.how,)
        yield from row.notes


def as_blocks(table: MedicineTable) -> tuple[Block, ...]:
    """The table as one heading and list for each medicine, for print so large that columns would not fit."""
    blocks: list[Block] = []
    for row in table.rows:
        name_and_times = zip(table.words.periods(), row.times.cells() if row.times else (), strict=False)
        taken = tuple(Run(f"{period}: {cell}") for period, cell in name_and_times if cell)
        items: tuple[Run, ...] = (*taken, *map(Run, filter(None, (row.how, *row.notes))))
        blocks += [Heading(row.name, level=3), Paragraph((Run(row.purpose),)), Bullets(tuple((run,) for run in items))]
    return tuple(blocks)
