"""An official Questionnaire laid beside one of our instruments: which question is which, and whether all of it fits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..clinical.instruments.instrument import Instrument, Item
from ..errors import RecordError
from . import systems
from .asked_items import AskedForm, AskedItem, AskedOption, read_questionnaire
from .elements import Json, extension, number, objects, string, strings
from .official_parts import Found, LinkIds, at, link_of, part_words

# The published versions differ in their order (PHQ-4), or the form has no running numbers: never by position.
NOT_BY_POSITION = ("phq-4", "dc-tmd-sq", "fm-2016", "pain-drawing")
# Nine questions may be the PHQ-9 without its last one, or the PHQ-8 with it: then the last is no item 9.
SHORTER_NOT_BY_POSITION = ("phq-9",)
OWN_WORDING = "not the validated wording"
NUMBERS = ("integer", "decimal", "quantity")
TYPES: Mapping[str, tuple[str, ...]] = {
    "choice": ("choice", "open-choice"),
    "number": (*NUMBERS, "choice"),
    "months": NUMBERS,
    "yes_no": ("boolean", "choice"),
    "sides": ("boolean", "choice"),
    "names": ("choice", "open-choice"),
}
MAP = "Say which question is which in a file for --map: an object with our keys and the linkIds of the form."
OFFICIAL = "Use the official form as its publisher gives it out."
NOWHERE = frozenset({systems.NONE_OF_THESE, "none", "none of these", "none of the above"})


def recognised(resource: Json, instruments: Mapping[str, Instrument]) -> str | None:
    """The instrument that a Questionnaire names by its address, by what it derives from, or by its LOINC panel."""
    for name in (string(resource.get("url")), *strings(resource.get("derivedFrom"))):
        found = systems.instrument_named(name) or systems.instrument_served(name)
        if found in instruments:
            return found
    codes = {string(c.get("code")) for c in objects(resource.get("code")) if c.get("system") == systems.LOINC}
    panels = {_loinc(each).get("panel"): name for name, each in instruments.items()}
    return next((panels[code] for code in sorted(codes) if code in panels), None)


def fitted(resource: Json, instrument: Instrument, link_ids: LinkIds | None = None) -> dict[str, Any]:
    """The words of an official form by the keys of our items, with its licence, version and source.

    `link_ids`: for each of our keys the linkId of the form, where neither its linkIds nor its codes nor its order say so;
    or an object with the linkId of each part, where the form asks our item as several questions.
    A question that no score reads may be missing from the form: it is not asked then.
    Raises RecordError that names the place and the mend for a form that does not fit, or does not say what it is.
    """
    form = read_questionnaire(resource)
    _refuse_nameless(form)
    found = _keyed(form, instrument, link_ids, resource)
    answers = tuple(_loinc(instrument).get("answers", ()))
    title = form.title or str(instrument.texts["title"])
    return {
        "instrument": instrument.id,
        "title": title,
        "url": form.url,
        "version": form.version,
        "publisher": form.publisher,
        "copyright": form.copyright,
        "language": form.language or "en",
        "items": {
            item.key: _words(item, held, resource, answers)
            if isinstance(held, AskedItem)
            else part_words(item, held, resource, title)
            for item in instrument.items
            if (held := found.get(item.key)) is not None
        },
    }


def _refuse_nameless(form: AskedForm) -> None:
    """An official form says under which licence it stands, which version it is, and who publishes it."""
    wanted = {"/copyright": form.copyright, "/version": form.version, "/url": form.url or form.publisher}
    for where, said in wanted.items():
        if not said.strip():
            what = {"/copyright": "licence", "/version": "version", "/url": "source"}[where]
            raise RecordError(f"The form does not state its {what}.", where=where, mend=OFFICIAL)
    if OWN_WORDING in form.copyright:
        raise RecordError("This is our own wording, written out.", where="/copyright", mend=OFFICIAL)


def _loinc(instrument: Instrument) -> Mapping[str, Any]:
    held: Mapping[str, Any] = instrument.texts.get("loinc", {})
    return held


# -- which question is which -------------------------------------------------------------------------------------------


def _keyed(
    form: AskedForm, instrument: Instrument, link_ids: LinkIds | None, resource: Json
) -> Mapping[str, Found]:
    total = _loinc(instrument).get("total")
    asked = [each for each in form.items if total is None or (systems.LOINC, total) not in each.codes]
    by_link = {each.link_id: each for each in asked}
    if link_ids is not None:
        return _mapped(by_link, instrument, link_ids)
    ours = by_link if _holds(by_link, instrument) else {}
    found = ours or _by_code(asked, instrument) or _by_ranges(asked, instrument, resource) or _by_position(asked, instrument)
    _refuse_other_codes(found, instrument)
    return found


def _scored(instrument: Instrument) -> list[str]:
    return [item.key for item in instrument.items if item.scored]


def _holds(keys: Collection[str], instrument: Instrument) -> bool:
    """Every item that a score reads is there, and nothing that is no item of ours."""
    return set(_scored(instrument)) <= set(keys) <= {item.key for item in instrument.items}


def _mapped(by_link: Mapping[str, AskedItem], instrument: Instrument, link_ids: LinkIds) -> Mapping[str, Found]:
    items = [item for item in instrument.items if item.scored or item.key in link_ids]
    found = {item.key: link_of(item, link_ids.get(item.key), by_link) for item in items}
    used = [one.link_id for held in found.values() for one in ((held,) if isinstance(held, AskedItem) else held.values())]
    strange = [f"/{key}" for key in link_ids if key not in found]
    strange += [by_link[link].where for link in by_link if used.count(link) != 1]
    if strange:
        raise RecordError("This has no item of ours, or stands for two.", where=strange[0], mend=MAP)
    return found


def _by_code(asked: Sequence[AskedItem], instrument: Instrument) -> dict[str, AskedItem]:
    """By the LOINC codes of the items, where each of ours is there once and nothing else is."""
    codes: Mapping[str, str] = _loinc(instrument).get("items", {})
    keys = {code: key for key, code in codes.items()}
    found = {keys[code]: each for each in asked if (code := _code(each)) in keys}
    return found if len(found) == len(asked) and _holds(found, instrument) else {}


def _code(asked: AskedItem) -> str:
    return next((code for system, code in asked.codes if system == systems.LOINC), "")


def _by_ranges(asked: Sequence[AskedItem], instrument: Instrument, resource: Json) -> dict[str, AskedItem]:
    """Ratings in their order without those that no score reads, where the ranges that each states leave no other place.

    So the original GCPS of six months is told, which has no item 1 and numbers the others one lower.
    """
    ours = [item for item in instrument.items if item.scored]
    wanted: list[tuple[Decimal | int | None, ...]] = [(item.lowest, item.highest) for item in ours]
    stated: list[tuple[Decimal | int | None, ...]] = [_range(at(resource, each.where)) for each in asked]
    if len(ours) == len(instrument.items) or len(set(wanted)) < 2 or stated != wanted:
        return {}
    return {item.key: each for item, each in zip(ours, asked, strict=True)}


def _range(item: Json) -> tuple[Decimal | int | None, ...]:
    held = (extension(item, url) for url in (systems.LOWEST, systems.HIGHEST))
    return tuple(number(each.get("valueInteger", each.get("valueDecimal"))) for each in held)


def _by_position(asked: Sequence[AskedItem], instrument: Instrument) -> dict[str, AskedItem]:
    keys = _keys_in_order(len(asked), instrument)
    links = {each.link_id for each in asked}
    if links & set(keys):  # its linkIds are ours in part: what is missing or extra can be named
        lacking = [key for key in keys if key not in links]
        extra = [each.where for each in asked if each.link_id not in keys]
        if lacking:
            raise RecordError(f"The form has no question '{lacking[0]}'.", where="/item", mend=f"{OFFICIAL} {MAP}")
        raise RecordError("This question is no item of the instrument.", where=extra[0], mend=f"{OFFICIAL} {MAP}")
    if len(asked) != len(keys):
        what = f"The form asks {len(asked)} questions, and {instrument.id} has {len(keys)}."
        raise RecordError(what, where="/item", mend=f"{OFFICIAL} {MAP}")
    if instrument.id in NOT_BY_POSITION:
        what = "The order of the questions does not say which is which: published versions differ."
        raise RecordError(what, where="/item", mend=MAP)
    return dict(zip(keys, asked, strict=True))


def _keys_in_order(asked: int, instrument: Instrument) -> list[str]:
    """Our keys in their order; those that a score reads alone where that is how many the form asks, all at its end."""
    keys, scored = [item.key for item in instrument.items], _scored(instrument)
    at_the_end = keys[: len(scored)] == scored and instrument.id not in SHORTER_NOT_BY_POSITION
    return scored if at_the_end and asked == len(scored) else keys


def _refuse_other_codes(found: Mapping[str, AskedItem], instrument: Instrument) -> None:
    codes: Mapping[str, str] = _loinc(instrument).get("items", {})
    for key, asked in found.items():
        if _code(asked) in set(codes.values()) - {codes.get(key)}:
            what = f"Its LOINC code belongs to another item than our item {key}."
            raise RecordError(what, where=f"{asked.where}/code", mend=MAP)


# -- what an item says -------------------------------------------------------------------------------------------------


def _words(item: Item, asked: AskedItem, resource: Json, answers: Sequence[str]) -> dict[str, Any]:
    if not asked.text.strip():
        raise RecordError("The question has no text.", where=f"{asked.where}/text", mend=OFFICIAL)
    if asked.kind not in TYPES[item.kind]:
        what = f"Our item {item.key} cannot be answered with the type of this question."
        raise RecordError(what, where=f"{asked.where}/type", mend=f"One of {', '.join(TYPES[item.kind])} fits. {MAP}")
    if item.kind == "number" and asked.kind in NUMBERS:
        _refuse_other_range(item, asked, resource)
    options = _options(item, asked, answers)
    return {
        "ask": asked.text.strip(),
        "link_id": asked.link_id,
        "loinc": _code(asked),
        "options": {points: option.says for points, option in options.items() if option.says},
        "codes": {f"{option.system}|{option.code}": points for points, option in options.items()},
        "translations": asked.translations,
        "option_translations": {points: option.translations for points, option in options.items() if option.translations},
    }


def _refuse_other_range(item: Item, asked: AskedItem, resource: Json) -> None:
    for theirs, ours in zip(_range(at(resource, asked.where)), (item.lowest, item.highest), strict=True):
        if theirs is not None and theirs != ours:
            what = f"Our item {item.key} goes from {item.lowest} to {item.highest}, and this question does not."
            raise RecordError(what, where=f"{asked.where}/extension", mend=OFFICIAL)


def _options(item: Item, asked: AskedItem, answers: Sequence[str]) -> dict[str, AskedOption]:
    """The official options by the points, or by the word, that each stands for; none for yes, no, places and months."""
    where = f"{asked.where}/answerOption"
    if asked.kind not in ("choice", "open-choice"):
        return {}
    if item.kind == "names":
        return _places(item, asked, where)
    held = [option for option in asked.options if _word(option, item) is None]
    points = _points(held, answers, _allowed(item))
    if sorted(points) != sorted(_allowed(item)):
        ours = ", ".join(map(str, _allowed(item)))
        raise RecordError(
            f"The options do not count what our item {item.key} counts: {ours}.",
            where=where,
            mend="Give each option its points as ordinalValue, as the scoring manual has them, or leave them all out.",
        )
    if item.kind in ("yes_no", "sides"):
        return {}
    said = {str(worth): option for worth, option in zip(points, held, strict=True)}
    return said | {word: option for option in asked.options if (word := _word(option, item)) is not None}


def _allowed(item: Item) -> list[int]:
    if item.kind == "number":
        return list(range(item.lowest, item.highest + 1))
    return [0, 1] if item.kind in ("yes_no", "sides") else list(item.options)


def _word(option: AskedOption, item: Item) -> str | None:
    said = {option.code.casefold(), option.says.casefold()}
    return next((word for word in item.words if word.casefold() in said), None)


def _points(options: Sequence[AskedOption], answers: Sequence[str], allowed: Sequence[int]) -> list[int]:
    """What each option counts; by its place among the LOINC answers, whose stored scores are not to be relied on.

    Where no option says anything the order counts; where only some do, nothing is guessed.
    """
    if options and all(option.code in answers for option in options):
        return [answers.index(option.code) for option in options]
    said = [_worth(option) for option in options]
    if all(worth is None for worth in said):
        return list(allowed) if len(said) == len(allowed) else []
    return [worth for worth in said if worth is not None]


def _worth(option: AskedOption) -> int | None:
    if option.points is not None:
        return int(option.points) if option.points == option.points.to_integral_value() else -1
    yes_no = {"no": 0, "yes": 1}.get(option.says.casefold())
    return int(option.code) if option.code.isascii() and option.code.isdigit() else yes_no


def _places(item: Item, asked: AskedItem, where: str) -> dict[str, AskedOption]:
    """The official options by our places, which they name by their code or their text; and the one for none of them."""
    ours = {name.casefold(): name for name in item.names} | dict.fromkeys(NOWHERE, systems.NONE_OF_THESE)
    held: dict[str, AskedOption] = {}
    for option in asked.options:
        name = ours.get(option.code.casefold()) or ours.get(option.says.casefold())
        if name is None:
            what = f"The option '{option.says[:60]}' is no place of our item {item.key}."
            raise RecordError(what, where=where, mend="Give each place of ours as an option, by its name, and no other.")
        held[name] = option
    lacking = [name for name in item.names if name not in held]
    if lacking:
        mend = "Give each place of ours as an option, by its name."
        raise RecordError(f"The place '{lacking[0]}' is not among the options.", where=where, mend=mend)
    return held
