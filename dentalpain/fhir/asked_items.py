"""Reading a FHIR R4 Questionnaire, ours or anybody's: what it asks, with which options, and in which languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ..errors import RecordError
from . import systems
from .elements import Json, extension, mapping, number, objects, string

DISPLAYED = ("display", "group")


@dataclass(frozen=True, slots=True)
class AskedOption:
    """One answer that can be chosen: its code (or its bare text), what it says, and what it counts."""

    system: str
    code: str
    says: str
    points: Decimal | None
    translations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One question of a Questionnaire: `where` is the JSON pointer of its item, `codes` are (system, code)."""

    link_id: str
    text: str
    kind: str
    where: str
    options: tuple[AskedOption, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    repeats: bool = False
    translations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A Questionnaire: who it is, what it may be used for, and its questions, groups resolved into their members."""

    url: str
    version: str
    title: str
    language: str
    copyright: str
    publisher: str
    items: tuple[AskedItem, ...]


def read_questionnaire(resource: Json) -> AskedForm:
    """What a Questionnaire asks; displays and groups ask nothing themselves.

    Raises RecordError for another resource, for items without a linkId, and for a linkId that stands there twice.
    """
    if resource.get("resourceType") != "Questionnaire":
        raise RecordError("This is no Questionnaire.", where="/resourceType", mend="Give a FHIR R4 Questionnaire.")
    items: dict[str, AskedItem] = {}
    for each in _asked(resource, ""):
        if not each.link_id:
            raise RecordError("An item has no linkId.", where=each.where, mend="Give each item a linkId.")
        if each.link_id in items:
            raise RecordError("A linkId stands here for the second time.", where=each.where, mend="Use each one once.")
        items[each.link_id] = each
    named = {name: string(resource.get(name)) for name in ("url", "version", "title", "language", "copyright", "publisher")}
    return AskedForm(**named, items=tuple(items.values()))


def _asked(holder: Json, where: str) -> Iterator[AskedItem]:
    contained = {string(held.get("id")): held for held in objects(holder.get("contained"))}
    yield from _below(holder, where, contained)


def _below(holder: Json, where: str, contained: dict[str, Json]) -> Iterator[AskedItem]:
    for index, item in enumerate(objects(holder.get("item"))):
        here = f"{where}/item/{index}"
        if string(item.get("type")) not in DISPLAYED:
            yield AskedItem(
                link_id=string(item.get("linkId")),
                text=string(item.get("text")),
                kind=string(item.get("type")),
                where=here,
                options=tuple(_options(item, contained)),
                codes=tuple((string(c.get("system")), string(c.get("code"))) for c in objects(item.get("code"))),
                repeats=item.get("repeats") is True,
                translations=translations(mapping(item.get("_text"))),
            )
        yield from _below(item, here, contained)


def _options(item: Json, contained: dict[str, Json]) -> Iterator[AskedOption]:
    """The options of an item, or the members of a ValueSet that the Questionnaire brings along."""
    for option in objects(item.get("answerOption")):
        coding = mapping(option.get("valueCoding"))
        bare = option.get("valueString", option.get("valueInteger", ""))
        worth = points(option) if points(option) is not None else points(coding)
        said = translations(mapping(coding.get("_display")))
        yield AskedOption(
            string(coding.get("system")),
            string(coding.get("code")) or str(bare),
            string(coding.get("display")) or str(bare),
            worth if worth is not None else number(option.get("valueInteger")),
            said,
        )
    named = string(item.get("answerValueSet"))
    if named.startswith("#"):
        yield from _members(contained.get(named[1:], {}))


def _members(value_set: Json) -> Iterator[AskedOption]:
    for held in objects(mapping(value_set.get("expansion")).get("contains")):
        yield AskedOption(string(held.get("system")), string(held.get("code")), string(held.get("display")), points(held))
    for part in objects(mapping(value_set.get("compose")).get("include")):
        for held in objects(part.get("concept")):
            yield AskedOption(
                string(part.get("system")), string(held.get("code")), string(held.get("display")), points(held)
            )


def points(holder: Json) -> Decimal | None:
    """What an option or a coding counts, by its ordinalValue or itemWeight."""
    for url in (systems.ORDINAL, systems.ITEM_WEIGHT):
        found = exact(extension(holder, url).get("valueDecimal"))
        if found is not None:
            return found
    return None


def exact(value: object) -> Decimal | None:
    """A number as `elements.number` reads it, and also one that another JSON reader has made a float of."""
    return number(Decimal(str(value)) if isinstance(value, float) else value)


def translations(element: Json) -> dict[str, str]:
    """The texts of an element in other languages, by the translation extension."""
    found: dict[str, str] = {}
    for held in objects(element.get("extension")):
        if held.get("url") == systems.TRANSLATION:
            parts = {string(part.get("url")): part for part in objects(held.get("extension"))}
            language = string(mapping(parts.get("lang")).get("valueCode"))
            text = string(mapping(parts.get("content")).get("valueString"))
            if language and text:
                found[language] = text
    return found
