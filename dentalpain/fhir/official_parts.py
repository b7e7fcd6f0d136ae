"""An item of ours that an official form asks as several questions: years and months, or a yes or no for each place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..clinical.instruments.instrument import PERIOD, Item
from ..errors import RecordError
from .asked_items import AskedItem, translations
from .elements import Json, mapping, objects, string

Parts = Mapping[str, AskedItem]
Found = AskedItem | Parts
LinkIds = Mapping[str, str | Mapping[str, str]]
NUMBERS = ("integer", "decimal", "quantity")
PART_TYPES = {"months": NUMBERS, "names": ("boolean", "choice")}
YES_AND_NO = ({"yes", "no"}, {"y", "n"}, {"1", "0"}, {"la33-6", "la32-8"}, {"373066001", "373067005"})
EACH = "Write the linkId of each part of our item {key} into the file for --map: {parts}."


def parts_of(item: Item) -> tuple[str, ...]:
    """What an item can be put together from: its years and months, or its places; nothing for any other item."""
    return PERIOD if item.kind == "months" else item.names


def link_of(item: Item, said: str | Mapping[str, str] | None, by_link: Mapping[str, AskedItem]) -> Found:
    """The question of the form for an item, or the question for each of its parts.

    Raises RecordError that names the item, or its part, without a question, and a part that the item does not have.
    """
    if isinstance(said, Mapping):
        return _several(item, said, by_link)
    if said is None or said not in by_link:
        mend = f"Write the linkId of our item {item.key} into the file for --map."
        raise RecordError(f"No question of the form stands for our item {item.key}.", where=f"/{item.key}", mend=mend)
    return by_link[said]


def _several(item: Item, said: Mapping[str, str], by_link: Mapping[str, AskedItem]) -> Parts:
    parts = parts_of(item)
    if not parts:
        what = f"Our item {item.key} is one question and cannot be put together from several."
        raise RecordError(what, where=f"/{item.key}", mend="Write one linkId for it.")
    mend = EACH.format(key=item.key, parts=", ".join(parts))
    strange = next((part for part in said if part not in parts), None)
    if strange is not None:
        raise RecordError(f"Our item {item.key} has no part '{strange[:60]}'.", where=f"/{item.key}/{strange}", mend=mend)
    for part in parts:
        if said.get(part) not in by_link:
            what = f"No question of the form stands for '{part}' of our item {item.key}."
            raise RecordError(what, where=f"/{item.key}/{part}", mend=mend)
    return {part: by_link[said[part]] for part in parts}


def part_words(item: Item, found: Parts, resource: Json, title: str) -> dict[str, Any]:
    """The words of an item that is asked in parts: the text of their group, else the title, and what each part says."""
    for part, asked in found.items():
        _refuse_other(item, part, asked)
    heading, in_other_languages = _heading(found, resource)
    return {
        "ask": heading or title,
        "link_id": "",
        "loinc": "",
        "parts": {part: asked.link_id for part, asked in found.items()},
        "options": {part: asked.text.strip() for part, asked in found.items()},
        "codes": {},
        "translations": in_other_languages,
        "option_translations": {part: asked.translations for part, asked in found.items() if asked.translations},
    }


def _refuse_other(item: Item, part: str, asked: AskedItem) -> None:
    if not asked.text.strip():
        mend = "Use the official form as its publisher gives it out."
        raise RecordError("The question has no text.", where=f"{asked.where}/text", mend=mend)
    fitting = PART_TYPES[item.kind]
    if asked.kind not in fitting:
        what = f"'{part}' of our item {item.key} cannot be answered with the type of this question."
        raise RecordError(what, where=f"{asked.where}/type", mend=f"One of {', '.join(fitting)} fits.")
    if asked.kind == "choice" and {option.code.casefold() for option in asked.options} not in YES_AND_NO:
        what = f"'{part}' of our item {item.key} is a yes or a no, and the options of this question are others."
        mend = "The codes of the options are yes and no, Y and N, or 1 and 0."
        raise RecordError(what, where=f"{asked.where}/answerOption", mend=mend)


def _heading(found: Parts, resource: Json) -> tuple[str, dict[str, str]]:
    """The text of the group that holds these questions and no others, else the title of the form."""
    places = [asked.where for asked in found.values()]
    above = {where.rpartition("/item/")[0] for where in places}
    if len(above) == 1 and (where := above.pop()):
        group = at(resource, where)
        alone = len(objects(group.get("item"))) == len(places)
        if alone and group.get("type") == "group" and string(group.get("text")).strip():
            return string(group.get("text")).strip(), translations(mapping(group.get("_text")))
    return string(resource.get("title")).strip(), translations(mapping(resource.get("_title")))


def at(resource: Json, where: str) -> Json:
    """The item of a Questionnaire at a pointer such as /item/3/item/0."""
    held = resource
    for index in where.removeprefix("/item/").split("/item/"):
        held = mapping(objects(held.get("item"))[int(index)])
    return held
