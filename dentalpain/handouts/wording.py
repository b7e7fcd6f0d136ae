"""The wording of handouts, one folder of TOML files for each language."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import KnowledgeError, UnknownNameError
from ..paths import knowledge_folder
from .content import Run, Runs
from .fonts import ready
from .numbers import check_numbers
from .text import keep_numbers

GENERAL = ("general", "pictures", "medicines", "avoid", "options", "exercises", "medicine_sheets")
MEDICINE = "medicine:"  # a topic about one medicine alone, by its option
_TOPIC_KEYS = {
    "id", "status", "reviewer", "written_on", "look_at", "title", "main", "names", "pictures", "exercises", "known", "say_back",
    "call_us", "call_911", "part", "words", "measure",
}  # fmt: skip
_LISTS = ("pictures", "exercises", "known", "look_at", "say_back", "call_us", "call_911", "names")
_PART_KEYS = {"heading", "list", "items", "block", "alone"}
_MEDICINE_KEYS = {"name", "purpose", "when", "opioid", "notes", "called"}
_WHEN = {"as_needed", "morning", "noon", "evening", "bedtime"}
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Part:
    """A stretch of a topic: a heading and a list; `block` names what is made for this patient and stands below it.

    `alone`: background that is printed only where the topic is the first on the page.
    """

    heading: str
    items: tuple[str, ...]
    steps: bool = False
    block: str = ""
    alone: bool = False


@dataclass(frozen=True)
class Topic:
    """What is said on one topic. `names` are the options that the topic names.

    `exercises` are moves of `exercises.toml`; `known` is what is known and what is not; `look_at` is what a clinician
    must look at before signing, and is not printed; `words` and `measures` are for what is made for this patient.
    """

    id: str
    title: str
    main: str
    parts: tuple[Part, ...]
    pictures: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    look_at: tuple[str, ...] = ()
    say_back: tuple[str, ...] = ()
    call_us: tuple[str, ...] = ()
    call_911: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def word(self, name: str, /, **values: object) -> str:
        """One of the words of this topic, filled in; KnowledgeError if it is missing."""
        return keep_numbers(fill(str(_present(self.words, name, f"{self.id}.toml [words]")), values))


@dataclass(frozen=True)
class Wording:
    """All that can be said in one language. The tables are those of the files of the same name; a file may be missing."""

    language: str
    written_on: datetime.date
    general: Mapping[str, Any]
    pictures: Mapping[str, Any]
    medicines: Mapping[str, Any]
    avoid: Mapping[str, Any]
    options: Mapping[str, Any]
    topics: Mapping[str, Topic]
    exercises: Mapping[str, Any]
    medicine_sheets: Mapping[str, Any]

    def word(self, name: str) -> str:
        """One of the words of `general.toml`; KnowledgeError if the language lacks it."""
        return str(_present(self.general["words"], name, f"{self.language}/general.toml [words]"))

    def heading(self, name: str) -> str:
        """One of the headings of `general.toml`."""
        return str(_present(self.general["headings"], name, f"{self.language}/general.toml [headings]"))

    def spelled(self, text: str) -> str:
        """Text of a person with the signs that the fonts lack written as words."""
        for sign, word in self.general["signs"].items():
            text = re.sub(rf"(?<=\S){sign}", f" {sign}", re.sub(rf"{sign}(?=\S)", f"{sign} ", text)).replace(sign, word)
        return text

    def topic(self, name: str) -> Topic:
        """The topic of that id, or of `medicine:OPTION`; UnknownNameError that lists the topics there are."""
        if name.startswith(MEDICINE):
            return medicine_topic(name.removeprefix(MEDICINE), self)
        if name not in self.topics:
            raise self.no_topic("no handout on this topic")
        return self.topics[name]

    def no_topic(self, what: str) -> UnknownNameError:
        """The error for a topic that this language lacks; it lists those that it has."""
        known = ", ".join(sorted(self.topics))
        return UnknownNameError(f"there is {what} in the language {self.language} yet.", where="topic", mend=f"Choose: {known}.")

    def called(self, option: str) -> set[str]:
        """The names of a medicine in this language beside those that are known everywhere, in lower case."""
        held = self.medicines.get(option, {})
        return {name.lower() for name in (held.get("name", ""), *held.get("called", ())) if name}

    def date(self, day: datetime.date) -> str:
        """The day as the language writes it."""
        dates = self.general["dates"]
        return fill(dates["form"], {"month": dates["months"][day.month - 1], "day": day.day, "year": day.year})


class Table(dict[str, Any]):
    """A file of wording. What a language lacks is an error that names it, never a silence."""

    def __init__(self, held: Mapping[str, Any], place: str) -> None:
        super().__init__(held)
        self.place = place

    def __missing__(self, name: str) -> Any:
        raise KnowledgeError(f"{self.place}: {name} is missing.")


def languages() -> list[str]:
    """The languages that have wording."""
    return sorted(path.parent.name for path in (knowledge_folder() / "handouts").glob("*/general.toml"))


def language_names() -> dict[str, str]:
    """Each language that can be printed here by its tag, with its own name for itself."""
    folder = knowledge_folder() / "handouts"
    return {language: _named(folder / language / "general.toml") for language in languages() if ready(language)}


@cache
def _named(path: Path) -> str:
    return str(_present(_read(path), "name", f"{path.parent.name}/{path.name}"))


@cache
def load(language: str) -> Wording:
    """The wording of a language, checked.

    Raises UnknownNameError for a language without wording, KnowledgeError that names the file and what is wrong in it.
    """
    if language not in languages():
        raise UnknownNameError(
            "there are no handouts in this language.", where="language", mend=f"Choose: {', '.join(languages())}."
        )
    folder = knowledge_folder() / "handouts" / language
    files = {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}
    tables = {name: Table(files.pop(name, {}), f"{language}/{name}.toml") for name in GENERAL}
    topics = {name: _topic(name, table, f"{language}/{name}.toml") for name, table in files.items()}
    dates = [table["written_on"] for table in (*tables.values(), *files.values()) if table]
    wording = Wording(language=language, written_on=max(dates), topics=topics, **tables)
    _check_names(wording)
    return wording


def _read(path: Path) -> dict[str, Any]:
    place = f"{path.parent.name}/{path.name}"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{place}: not valid TOML: {error}.") from error
    if table.get("status") != "draft" or not isinstance(table.get("written_on"), datetime.date):
        raise KnowledgeError(f'{place}: it needs status = "draft" and the day it was written_on.')
    if table.get("reviewer"):
        raise KnowledgeError(f"{place}: reviewer stays empty: who signs a wording stands in the practice's store.")
    return table


def _topic(name: str, table: Mapping[str, Any], place: str) -> Topic:
    _only(table, _TOPIC_KEYS, place)
    for part in table.get("part", []):
        _only(part, _PART_KEYS, f"{place} [[part]]")
    if table.get("id") != name:
        raise KnowledgeError(f"{place}: its id is not the name of the file.")
    parts = tuple(
        Part(
            part["heading"],
            tuple(part["items"]),
            part.get("list") == "steps",
            part.get("block", ""),
            part.get("alone", False),
        )
        for part in table.get("part", [])
    )
    lists: dict[str, Any] = {key: tuple(table.get(key, ())) for key in _LISTS}
    own = {"words": table.get("words", {}), "measures": table.get("measure", {})}
    return Topic(id=name, title=table["title"], main=table["main"], parts=parts, **lists, **own)


def medicine_topic(option: str, wording: Wording) -> Topic:
    """The page on one medicine alone, from the sheet of its family.

    Raises UnknownNameError for a medicine without a sheet.
    """
    if not wording.medicine_sheets:
        raise wording.no_topic("no page on a medicine")
    families = wording.medicine_sheets["family"].values()
    sheet = next((family for family in families if option in family["options"]), None)
    if sheet is None or option not in wording.medicines:
        raise UnknownNameError(
            "there is no page on this medicine yet.", where="topic", mend="Write medicine: and the id of its option."
        )
    words = wording.medicine_sheets["words"]
    name = {"name": wording.medicines[option]["name"]}
    keep = (*words["keep_items"], words["ask_first"])
    told = {"what": sheet["what"], "tell_us": sheet.get("tell_us"), "expect": sheet.get("expect"), "keep": keep}
    parts = tuple(Part(fill(words[key], name), tuple(items)) for key, items in told.items() if items)
    return Topic(
        id=f"{MEDICINE}{option}",
        title=fill(words["title"], name),
        main=fill(words["main"], name),
        parts=parts,
        pictures=("pill-bottle",),
        known=tuple(sheet.get("known", words["known"])),
        say_back=tuple(words["say_back"]),
        call_us=(*sheet.get("call_us", ()), *words["call_us"]),
        call_911=tuple(sheet.get("call_911", words["call_911"])),
        names=(option,),
    )


def _check_names(wording: Wording) -> None:
    """Every picture that a topic shows exists; every medicine and every unit says what the layout needs."""
    check_numbers(wording.general, f"{wording.language}/general.toml")
    for topic in wording.topics.values():
        for picture in topic.pictures:
            _present(wording.pictures, picture, f"{wording.language}/pictures.toml")
        for move in topic.exercises:
            _present(wording.exercises.get("move", {}), move, f"{wording.language}/exercises.toml [move]")
            _present(wording.pictures, move, f"{wording.language}/pictures.toml")
    for name, table in wording.medicines.items():
        if isinstance(table, Mapping):
            place = f"{wording.language}/medicines.toml [{name}]"
            _only(table, _MEDICINE_KEYS, place)
            if table.get("when") not in _WHEN:
                raise KnowledgeError(f"{place}: when is not one of {', '.join(sorted(_WHEN))}.")


def _only(table: Mapping[str, Any], keys: set[str], place: str) -> None:
    unknown = sorted(set(table) - keys)
    if unknown:
        raise KnowledgeError(f"{place}: unknown keys: {', '.join(unknown)}.")


def _present(table: Mapping[str, Any], name: str, place: str) -> Any:
    if name not in table:
        raise KnowledgeError(f"{place}: {name} is missing.")
    return table[name]


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with its {places} filled in; KnowledgeError for a place that has no value."""

    def value(found: re.Match[str]) -> str:
        if found.group(1) not in values:
            raise KnowledgeError(f"the wording asks for {{{found.group(1)}}}, which is not known here.")
        return str(values[found.group(1)])

    return _PLACE.sub(value, text)


def runs(text: str, values: Mapping[str, object] | None = None) -> Runs:
    """Wording as runs: **bold** marks key words, {places} are filled in, numbers stay with their unit."""
    found: list[Run] = []
    for number, piece in enumerate(_BOLD.split(text)):
        shown = keep_numbers(fill(piece, values or {}))
        if shown:
            found.append(Run(shown, bold=number % 2 == 1))
    return tuple(found)
