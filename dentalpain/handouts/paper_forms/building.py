"""From a questionnaire to its blank paper form: the same items, numbers and answers, in the words of the knowledge."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from ...clinical.instruments.instrument import PERIOD, Instrument, Item
from ...errors import KnowledgeError
from ...paths import knowledge_folder
from ..content import Block, Box, Document, Paragraph, Run
from ..lines import Lines
from ..notes import Notes
from ..office import read_office
from ..wording import fill, load
from .body import BodyPicture
from .question import Question

NUMBERED = re.compile(r"\d+[A-Z]?")
ITEMS = "en"  # the language of the questions, unless a pack of the practice says another
LONGEST_SCALE = 11  # answers that stand as boxes; a wider range is a line to write on


def build_form(
    instrument: Instrument, *, office: Mapping[str, Any], on: dt.date, points: bool = False, language: str = "en"
) -> Document:
    """The blank form. With `points` each answer shows what it counts, for staff.

    Raises KnowledgeError for wording that is not there, WordingError for an office that cannot be printed.
    """
    wording, words = load(language), _words(language)
    texts: Any = instrument.texts
    own = "not the validated wording" in str(texts["wording"])
    lead = [words["patient" if texts["answered_by"] == "patient" else "staff"], fill(words["window"], {"window": texts["window"]})]
    places = instrument.items[0].kind == "names"
    blocks: list[Block | Box] = [
        Paragraph((Run(words["own_wording"] if own else str(texts["wording"]), bold=own),)),
        *([Paragraph((Run(words["other_language"], bold=True),))] if texts.get("language", ITEMS) != language else []),
        Paragraph((Run(" ".join(lead)),)),
        *([] if places and len(instrument.items) == 1 else [Paragraph((Run(words["how"]),))]),
        Lines(tuple(words["lines"])),
    ]
    told = {item.key: held.get("number", {}) for item, held in zip(instrument.items, texts["item"], strict=True)}
    for place, item in enumerate((each for each in instrument.items if each.asked), start=1):
        blocks += _item(item, place, words, points, told[item.key])
    blocks.append(Notes(_foot(instrument, words)))
    return Document(
        title=str(texts["title"]),
        language=language,
        on=on,
        office=read_office(office),
        blocks=tuple(blocks),
        page_of=wording.word("page_of"),
        version=_version(instrument, words),
    )


def _version(instrument: Instrument, words: Mapping[str, Any]) -> str:
    review: Any = instrument.texts["review"]
    return fill(words["version"], {"id": instrument.id, "version": review["written_on"].isoformat()})


def _foot(instrument: Instrument, words: Mapping[str, Any]) -> tuple[str, ...]:
    licence: Any = instrument.texts["licence"]
    values = {name: licence[name] for name in ("holder", "status", "note")}
    return fill(words["licence"], values), fill(words["numbers"], {"id": instrument.id})


def _item(item: Item, place: int, words: Mapping[str, Any], points: bool, ends: Mapping[str, Any]) -> list[Block]:
    own = NUMBERED.fullmatch(item.key)
    number = item.key if own else str(place)
    hints: tuple[str, ...] = (fill(words["skip"], {"items": f" {words['or']} ".join(item.skipped_by)}),) if item.skipped_by else ()
    hints += () if own or not points else (fill(words["key"], {"key": item.key}),)
    more = tuple(str(word) for word in item.words)
    if item.kind == "names":
        return _places(item, number, words, hints)
    if item.kind in ("yes_no", "sides"):
        return [Question(number, item.ask, hints, (words["yes"], words["no"]), more=more)]
    if item.kind == "written":
        return [Question(number, item.ask, hints, lines=(words["answer"],))]
    if item.kind == "months":
        fields = tuple(item.labels[part] for part in PERIOD if part in item.labels)
        return [Question(number, item.ask, hints, lines=fields or tuple(words["months"]))]
    if item.kind == "number":
        return [_number(item, number, words, (*hints, *_ends(ends, words)), more)]
    boxes = tuple(_says(says, count, words, points) for count, says in item.options.items())
    return [Question(number, item.ask, hints, boxes, more=more)]


def _says(says: str, count: int, words: Mapping[str, Any], points: bool) -> str:
    return fill(words["points"], {"says": says, "points": count}) if points else says


def _ends(number: Mapping[str, Any], words: Mapping[str, Any]) -> tuple[str, ...]:
    """What the two ends of a scale mean."""
    return (fill(words["scale"], number),) if "low" in number else ()


def _number(item: Item, number: str, words: Mapping[str, Any], hints: tuple[str, ...], more: tuple[str, ...]) -> Question:
    if item.highest - item.lowest < LONGEST_SCALE:
        scale = tuple(str(value) for value in range(item.lowest, item.highest + 1))
        return Question(number, item.ask, hints, scale, "scale", more)
    line = fill(words["number"], {"lowest": item.lowest, "highest": item.highest})
    return Question(number, item.ask, hints, more=more, lines=(line,))


def _places(item: Item, number: str, words: Mapping[str, Any], hints: tuple[str, ...]) -> list[Block]:
    """The picture, and below it a box for each place; one for none, so that an empty list is told from a blank one."""
    labels = tuple(words[name] for name in ("front", "back", "left_side", "right_side", "mouth"))
    boxes = tuple(f"{place}. {item.labels.get(name, name)}" for place, name in enumerate(item.names, start=1))
    picture = BodyPicture(item.names, words["drawing"], labels)
    return [picture, Question(number, item.ask, (*hints, words["how_names"]), boxes, "places", (words["nothing"],))]


def red_flag_words(language: str) -> Mapping[str, Any]:
    """The head and foot of the form of warning signs, which no file of the instruments holds."""
    table = _file(language)
    return {**table["red_flags"], "written_on": table["written_on"]}


def _words(language: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = _file(language)["words"]
    return words


@cache
def _file(language: str) -> Mapping[str, Any]:
    path = knowledge_folder() / "handouts" / language / "forms" / "words.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError("forms/words.toml: it cannot be read as TOML.") from error
