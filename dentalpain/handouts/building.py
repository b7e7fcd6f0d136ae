"""From a review and a screening to a handout that is fit for this patient."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ..errors import KnowledgeError, UnknownNameError
from .avoiding import avoid_sentences, blocked, blocked_names, naming
from .choosing import OPIOIDS, check_given, choose_topics, found_sentences, medicines_of_topics
from .content import (
    Block,
    Box,
    Bullets,
    Document,
    Heading,
    MedicineRow,
    MedicineTable,
    Office,
    Paragraph,
    Picture,
    Pictures,
    Run,
    Runs,
    Steps,
    TableWords,
    Ticks,
    block_texts,
)
from .course import Taken, read_course
from .dosing import directions, needs_counting
from .moves import Move, Moves
from .office import read_next_visit, read_office
from .strengths import Pill, pills_of
from .text import clean, keep_numbers
from .topic_blocks import NALTREXONE, Making, plan_of, topic_block
from .wording import Part, Topic, Wording, fill, load, runs

MOST_MOVES = 3  # beside other topics or treatments: one sheet, printed on both sides, is kept and read
MOST_PICTURES = 3
MOST_TICKS = 4
LAST = ("wallet_card",)  # what is cut off stands at the end


def build_handout(
    review: Mapping[str, Any],
    screen: Mapping[str, Any] | None,
    *,
    office: Mapping[str, Any],
    give: Sequence[str] = (),
    topics: Sequence[str] | None = None,
    also: Sequence[str] = (),
    without: Sequence[str] = (),
    released: Sequence[str] = (),
    course: Sequence[Mapping[str, Any]] = (),
    language: str = "en",
    signed: bool,
    on: datetime.date,
    prepared_for: str = "",
) -> Document:
    """The handout of one visit.

    `review` and `screen` are results of the service; `give` are the ids of the options handed out; `topics` are just
    those to explain, or None for those that the visit calls for; `released` are the diagnoses that the patient may
    read. Unless the practice has `signed` the wording, every page is a preview.

    Raises UnknownNameError for a name that is not there; InputError for an option that the review blocked or for two
    that must not be taken together; WordingError for text that cannot be printed.
    """
    wording = load(language)
    given = tuple(dict.fromkeys([*give, *medicines_of_topics([*(topics or ()), *also])]))
    check_given(given, review["alternatives"], wording)
    chosen = choose_topics(review, given, topics, released, wording, also=also, without=without)
    pills = pills_of(review.get("prescriptions", ()))
    values = read_course(course)
    visit = _Visit(wording, review["alternatives"], given, tuple(chosen), _office(office, wording), on, pills, values)
    main, *others = visit.blocks(found_sentences(screen, released, wording))
    document = Document(
        title=visit.topics[0].title if visit.topics else wording.word("title"),
        language=language,
        on=on,
        office=visit.office,
        blocks=(main, *_next_visit(office, wording), *others),
        page_of=wording.word("page_of"),
        dated=wording.date(on),
        version=fill(wording.word("version"), {"version": wording.written_on.isoformat(), "date": wording.date(on)}),
        prepared_for=_prepared_for(prepared_for, wording),
        watermark=None if signed else wording.word("watermark"),
    )
    _refuse_blocked(document, visit)
    return document


def _refuse_blocked(document: Document, visit: _Visit) -> None:
    """The last guard: no wording may slip the name of a blocked medicine into the document."""
    shown = "\n".join(text for block in document.blocks for text in block_texts(block))
    if visit.stopped.search(shown):
        raise KnowledgeError("the wording of a handout names a medicine that the review blocked.")


def _office(office: Mapping[str, Any], wording: Wording) -> Office:
    """The office in the words of the language."""
    read = read_office(office)
    return replace(
        read,
        name=wording.spelled(read.name),
        lines=tuple(map(wording.spelled, read.lines)),
        logo_alt=fill(wording.word("logo_alt"), {"office": wording.spelled(read.name)}),
        url_alt=fill(wording.word("url_alt"), {"url": read.url}),
    )


def _prepared_for(name: str, wording: Wording) -> str:
    shown = wording.spelled(clean(name, "patient's name"))
    return fill(wording.word("prepared_for"), {"name": shown}) if shown else ""


def _next_visit(office: Mapping[str, Any], wording: Wording) -> list[Block]:
    when = wording.spelled(read_next_visit(office))
    shown = fill(wording.word("next_visit"), {"next_visit": when})
    return [Paragraph((Run(shown, bold=True),), personal=True)] if when else []


@dataclass(frozen=True)
class _Visit:
    """What is known when the blocks are written."""

    wording: Wording
    alternatives: Sequence[Mapping[str, Any]]
    given: tuple[str, ...]
    topics: tuple[Topic, ...]
    office: Office
    on: datetime.date
    pills: Mapping[str, Pill]
    course: tuple[Taken, ...]

    @cached_property
    def stopped(self) -> re.Pattern[str]:
        """Finds the name of any medicine that the review blocked."""
        own = (self.wording.called(option["id"]) for option in blocked(self.alternatives))
        return naming(blocked_names(self.alternatives).union(*own))

    def allowed(self, lines: Iterable[str]) -> list[str]:
        """The lines that name no blocked medicine, each once."""
        return [line for line in dict.fromkeys(lines) if not self.stopped.search(line)]

    def blocks(self, found: Sequence[str]) -> list[Block | Box]:
        main = self.topics[0].main if self.topics else self.wording.word("main")
        first, *others = self._parts() or [[]]
        return [
            Box("main", (), (Paragraph(runs(main)),)),
            *self._list("found", found),
            *first,
            *self._list("do", self._care()),
            *self._medicines(),
            *self._avoid(),
            *(block for part in others for block in part),
            *self._exercises(),
            *self._list("known", self._known()),
            *self._calls(),
            *self._say_back(),
            *(block for topic in self.topics for part in topic.parts if part.block in LAST for block in self._part(part, topic)),
        ]

    def _list(self, heading: str, lines: Sequence[str]) -> list[Block]:
        if not lines:
            return []
        return [Heading(self.wording.heading(heading)), Bullets(_items(lines))]

    def _parts(self) -> list[list[Block]]:
        """The parts of the first topic, its pictures after its first part; of other topics what to do, without pictures."""
        parts: list[list[Block]] = []
        for number, topic in enumerate(self.topics):
            for part in topic.parts:
                background = part.alone and (number or (topic.exercises and len(self.topics) > 1))
                if part.block not in LAST and not background:
                    parts.append(self._part(part, topic))
                    parts[-1] += self._pictures(topic.pictures[:MOST_PICTURES]) if len(parts) == 1 else []
        return parts

    def _known(self) -> list[str]:
        """What is known and what is not: of the first topic, and of every topic about a medicine."""
        told = [topic for number, topic in enumerate(self.topics) if not number or topic.names or topic.id == OPIOIDS]
        return self.allowed(line for topic in told for line in topic.known)

    def _part(self, part: Part, topic: Topic) -> list[Block]:
        lines = self.allowed(part.items)
        blocks: list[Block] = [(Steps if part.steps else Bullets)(_items(lines))] if lines else []
        if part.block:
            making = Making(self.wording, plan_of(self.alternatives), self.office, self.course)
            blocks += topic_block(part.block, topic, making)
        return [Heading(part.heading), *blocks] if blocks else []

    def _pictures(self, names: Sequence[str]) -> list[Block]:
        drawn = (self._picture(name) for name in names)
        pictures = tuple(one for one in drawn if not self.stopped.search(f"{one.caption} {one.alt}"))
        return [Pictures(pictures)] if pictures else []

    def _picture(self, name: str, caption: str = "") -> Picture:
        table = self.wording.pictures[name]
        return Picture(name, keep_numbers(caption or table["caption"]), keep_numbers(table["alt"]))

    def _exercises(self) -> list[Block]:
        """The moves of the first topic that has any: a few that are done beat many that are read."""
        names = next((topic.exercises for topic in self.topics if topic.exercises), ())
        if not names:
            return []
        if len(self.topics) > 1 or self.given:
            names = names[:MOST_MOVES]
        table = self.wording.exercises
        moves = [(self._picture(name, table["move"][name]["name"]), table["move"][name]["steps"]) for name in names]
        block = Moves(tuple(Move(picture, Steps(_items(steps))) for picture, steps in moves))
        return [Heading(table["heading"]), Paragraph(runs(table["how"])), block]

    def _care(self) -> list[str]:
        """A line for each option that is not a medicine and goes on at home or at later visits."""
        options = self.wording.options
        lines = []
        for option in self._given("procedure", "physical", "behavioural", "referral"):
            if option in options["line"]:
                lines.append(options["line"][option])
            elif option not in options["silent"]["options"]:
                raise _no_wording(option)
        return lines

    def _given(self, *kinds: str) -> list[str]:
        """The ids that are given, of these kinds, in the order of the review."""
        return [option["id"] for option in self.alternatives if option["id"] in self.given and option["kind"] in kinds]

    def _medicines(self) -> list[Block]:
        names = self._given("medicine")
        if not names:
            return []
        doses = {option["id"]: option["dose"] for option in self.alternatives}
        table = self.wording.general["table"]
        rows = tuple(self._row(name, doses[name]) for name in names)
        below = [pair["text"] for pair in self.wording.medicines["together"] if set(pair["options"]) <= set(names)]
        if any(needs_counting(doses[name], self.pills.get(name)) for name in names):
            below.append(self.wording.word("ask_pills"))
        return [
            Heading(self.wording.heading("medicines")),
            MedicineTable(TableWords(**table), rows),
            *([Paragraph(runs(" ".join(below)))] if (below := self.allowed(below)) else []),
        ]

    def _row(self, name: str, dose: Mapping[str, Any] | None) -> MedicineRow:
        if name not in self.wording.medicines:
            raise _no_wording(name)
        about = self.wording.medicines[name]
        times, how, extra = directions(dose, about["when"], self.wording, on=self.on, pill=self.pills.get(name))
        if name == NALTREXONE and plan_of(self.alternatives):
            extra = (self.wording.word("dose_goes_up"), *extra)
        notes = tuple(keep_numbers(note) for note in (*extra, *self.allowed(about["notes"])))
        return MedicineRow(about["name"], about["purpose"], times, how, notes)

    def _avoid(self) -> list[Box]:
        lines = avoid_sentences(self.alternatives, self.given, self.wording)
        if not lines and not self._given("medicine"):
            return []
        title = (Run(self.wording.heading("avoid")),)
        return [Box("avoid", title, (Bullets(_items([*lines, self.wording.avoid["ask_first"]])),))]

    def _calls(self) -> list[Box]:
        calls = self.wording.general["calls"]
        us = self.allowed(line for topic in self.topics for line in topic.call_us) or calls["call_us"]
        emergency = self.allowed(line for topic in self.topics for line in topic.call_911) or calls["call_911"]
        return [
            Box("call_us", self._call_us_title(), (Bullets(_items(us)),)),
            Box("call_911", (Run(keep_numbers(self.wording.heading("call_911"))),), (Bullets(_items(emergency)),)),
        ]

    def _call_us_title(self) -> Runs:
        if not self.office.phone:
            return (Run(self.wording.heading("call_us_no_phone")),)
        before, _, after = self.wording.heading("call_us").partition("{phone}")
        return tuple(run for run in (Run(before), self.office.phone_run(), Run(after)) if run.text)

    def _say_back(self) -> list[Block]:
        asked = [line for topic in self.topics for line in topic.say_back]
        if self._given("medicine"):
            asked = [*self.wording.general["calls"]["say_back"], *asked]
        lines = self.allowed(asked)[:MOST_TICKS]
        return [Heading(self.wording.heading("say_back")), Ticks(_items(lines))] if lines else []


def _items(lines: Iterable[str]) -> tuple[Runs, ...]:
    return tuple(runs(line) for line in lines)


def _no_wording(option: str) -> UnknownNameError:
    return UnknownNameError(
        f"there is no wording for the option {option} yet.", where="give", mend="Leave it out, or explain it in person."
    )
