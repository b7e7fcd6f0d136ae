"""The wording of handouts, one folder of TOML files for each language."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import KnowledgeError, UnknownNameError
from ..paths import knowledge_folder
from .content import Run, Runs
from .text import clean, keep_numbers

GENERAL = ("general", "pictures", "medicines", "avoid", "options")
_TOPIC_KEYS = {
    "id", "status", "written_on", "title", "main", "names", "pictures", "say_back", "call_us", "call_911", "part",
}  # fmt: skip
_PART_KEYS = {"heading", "list", "items"}
_MEDICINE_KEYS = {"name", "purpose", "when", "opioid", "notes"}
_WHEN = {"as_needed", "morning", "noon", "evening", "bedtime"}
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Part:
    """A stretch of a topic: a heading and a list."""

    heading: str
    items: tuple[str, ...]
    steps: bool


@dataclass(frozen=True)
class Topic:
    """What is said on one topic. `names` are the options that the topic names."""

    id: str
    title: str
    main: str
    parts: tuple[Part, ...]
    pictures: tuple[str, ...]
    say_back: tuple[str, ...]
    call_us: tuple[str, ...]
    call_911: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """All that can be said in one language. The tables are those of the files of the same name."""

    language: str
    written_on: datetime.date
    general: Mapping[str, Any]
    pictures: Mapping[str, Any]
    medicines: Mapping[str, Any]
    avoid: Mapping[str, Any]
    options: Mapping[str, Any]
    topics: Mapping[str, Topic]

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
        """The topic of that id; UnknownNameError that lists the topics there are."""
        if name not in self.topics:
            known = ", ".join(sorted(self.topics))
            raise UnknownNameError("there is no handout on this topic yet.", where="topic", mend=f"Choose: {known}.")
        return self.topics[name]

    def date(self, day: datetime.date) -> str:
        """The day as the language writes it."""
        dates = self.general["dates"]
        return fill(dates["form"], {"month": dates["months"][day.month - 1], "day": day.day, "year": day.year})


def languages() -> list[str]:
    """The languages that have wording."""
    return sorted(path.parent.name for path in (knowledge_folder() / "handouts").glob("*/general.toml"))


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
    tables = {name: files.pop(name) for name in GENERAL}
    topics = {name: _topic(name, table, f"{language}/{name}.toml") for name, table in files.items()}
    dates = [table["written_on"] for table in (*tables.values(), *files.values())]
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
    return table


def _topic(name: str, table: Mapping[str, Any], place: str) -> Topic:
    _only(table, _TOPIC_KEYS, place)
    for part in table.get("part", []):
        _only(part, _PART_KEYS, f"{place} [[part]]")
    if table.get("id") != name:
        raise KnowledgeError(f"{place}: its id is not the name of the file.")
    parts = tuple(
        Part(part["heading"], tuple(part["items"]), part.get("list") == "steps") for part in table.get("part", [])
    )
    lists = {key: tuple(table.get(key, ())) for key in ("pictures", "say_back", "call_us", "call_911", "names")}
    return Topic(id=name, title=table["title"], main=table["main"], parts=parts, **lists)


def _check_names(wording: Wording) -> None:
    """Every picture that a topic shows exists; every medicine says what the layout needs."""
    for topic in wording.topics.values():
        for picture in topic.pictures:
            _present(wording.pictures, picture, f"{wording.language}/pictures.toml")
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


def plain_runs(text: str, what: str) -> Runs:
    """Text of a person as one run, cleaned and never read as markup."""
    cleaned = clean(text, what)
    return (Run(cleaned),) if cleaned else ()
