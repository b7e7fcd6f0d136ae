"""One question of ours as an item of a FHIR R4 Questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..clinical.facts import FactDefinition
from ..clinical.instruments.instrument import Instrument, Item
from ..clinical.stated_fact import BOUNDS
from . import systems
from .elements import Json
from .split_items import asked_parts

# FHIR R4, item types: a question with coded options is a `choice`; a place that may be named with others repeats.
TYPES = {"choice": "choice", "names": "choice", "yes_no": "boolean", "sides": "boolean", "months": "quantity"}
MONTHS_AND_YEARS = (("mo", "months"), ("a", "years"))  # UCUM
UNITS_IN_WORDS = {
    **{"a": "years", "wk": "weeks", "d": "days", "h": "hours", "/min": "per minute"},
    **{"Cel": "°C", "mm[Hg]": "mmHg"},
}
FACT_TYPES = {"number": "decimal", "date": "date"}

Translations = Mapping[str, Mapping[str, str]]


def items_of(instrument: Instrument, *, coded: bool) -> list[Json]:
    """The questions of an instrument in their order; `coded` adds the LOINC codes of the official items."""
    told = {held["key"]: held for held in instrument.texts["item"]}
    codes = _codes(instrument) if coded else {}
    translations: Translations = instrument.texts.get("translations", {})
    said: Mapping[str, Translations] = instrument.texts.get("option_translations", {})
    gates = {item.key: item for item in instrument.items}
    return [
        _in_parts(item, instrument, translations, said, gates)
        if item.parts
        else _item(item, told[item.key], instrument.id, codes, translations, said, gates)
        for item in instrument.items
        if item.asked
    ]


def _in_parts(
    item: Item, instrument: Instrument, translations: Translations, said: Mapping[str, Translations], gates: Mapping[str, Item]
) -> Json:
    """A group with the questions of the official form, under its linkIds."""
    texts = said.get(item.key, {})
    other = {part: _translated(part, {name: {part: text} for name, text in held.items()}) for part, held in texts.items()}
    return {
        "linkId": item.key,
        "text": item.ask,
        **_translated(item.key, translations),
        "type": "group",
        **_enabled(item, instrument.id, gates),
        "item": asked_parts(item, instrument, other),
    }


def _codes(instrument: Instrument) -> Mapping[str, str]:
    texts: Mapping[str, Any] = instrument.texts
    codes: Mapping[str, str] = texts.get("loinc", {}).get("items", {})
    return codes


def _item(
    item: Item,
    told: Mapping[str, Any],
    instrument: str,
    codes: Mapping[str, str],
    translations: Translations,
    said: Mapping[str, Translations],
    gates: Mapping[str, Item],
) -> Json:
    made: Json = {"linkId": item.key}
    if item.key in codes:
        made["code"] = [{"system": systems.LOINC, "code": codes[item.key]}]
    made |= {"text": asked(item, told), **_translated(item.key, translations), "type": _type(item)}
    made |= _enabled(item, instrument, gates)
    if item.kind == "names":
        made["repeats"] = True
    options = list(_options(item, told, instrument))
    if options:
        made["answerOption"] = [_in_other_languages(option, said.get(item.key, {})) for option in options]
    extensions = list(_extensions(item))
    return {"extension": extensions, **made} if extensions else made


def _enabled(item: Item, instrument: str, gates: Mapping[str, Item]) -> Json:
    if not item.skipped_by:
        return {}
    when = [_unless_no(gates[key], instrument) for key in item.skipped_by]
    return {"enableWhen": when, **({"enableBehavior": "all"} if len(when) > 1 else {})}


def asked(item: Item, told: Mapping[str, Any]) -> str:
    """The question, with what the ends of a rating mean where no option says it."""
    ends = told.get("number", {})
    if _is_rated(item) or "low" not in ends:
        return item.ask
    return f"{item.ask} ({item.lowest}: {ends['low']}; {item.highest}: {ends['high']})"


def _is_rated(item: Item) -> bool:
    """A rating that may also be answered in a word needs coded options."""
    return item.kind == "number" and bool(item.words)


def _type(item: Item) -> str:
    return "choice" if _is_rated(item) else TYPES.get(item.kind, "integer")


def _translated(key: str, translations: Translations) -> Json:
    held = [translation(language, texts[key]) for language, texts in translations.items() if key in texts]
    return {"_text": {"extension": held}} if held else {}


def translation(language: str, text: str) -> Json:
    """The extension that carries a text in another language."""
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": text}]
    return {"url": systems.TRANSLATION, "extension": parts}


# -- options -----------------------------------------------------------------------------------------------------------


def _options(item: Item, told: Mapping[str, Any], instrument: str) -> Iterable[Json]:
    system = f"{systems.POINTS}{instrument}"
    if item.kind == "names":
        yield from (_option(system, name, item.labels.get(name, name)) for name in item.names)
        nowhere = _option(system, systems.NONE_OF_THESE, item.labels.get(systems.NONE_OF_THESE, "none of these"))
        yield {"extension": [{"url": systems.OPTION_EXCLUSIVE, "valueBoolean": True}], **nowhere}
        return
    for points, says in (_ratings(item, told) if _is_rated(item) else item.options).items():
        yield _option(system, str(points), says, points)
    for word, worth in item.words.items():
        yield _option(system, word, word, worth if isinstance(worth, int) else None)


def _ratings(item: Item, told: Mapping[str, Any]) -> dict[int, str]:
    """Each whole number of a rating; the ends say what they mean."""
    ends = {item.lowest: told["number"].get("low", ""), item.highest: told["number"].get("high", "")}
    return {n: f"{n} {ends.get(n, '')}".rstrip() for n in range(item.lowest, item.highest + 1)}


def _option(system: str, code: str, display: str, points: int | None = None) -> Json:
    # R4 places the ordinal on the option (contexts of use of ordinalValue).
    worth = {} if points is None else {"extension": [{"url": systems.ORDINAL, "valueDecimal": points}]}
    return {**worth, "valueCoding": {"system": system, "code": code, "display": display}}


def _in_other_languages(option: Json, said: Translations) -> Json:
    """The option with what it says in other languages; `said` is by code, then by language."""
    coding = option["valueCoding"]
    held = [translation(language, text) for language, text in said.get(coding["code"], {}).items()]
    return {**option, "valueCoding": {**coding, "_display": {"extension": held}}} if held else option


def _unless_no(gate: Item, instrument: str) -> Json:
    """Asked unless the question before it was answered with no: a blank there passes nothing over.

    R4, questionnaire-enable-operator: '!=' holds where no answer is equal, so also where there is none.
    """
    condition: Json = {"question": gate.key, "operator": "!="}
    if TYPES.get(gate.kind) == "boolean":
        return {**condition, "answerBoolean": False}
    return {**condition, "answerCoding": {"system": f"{systems.POINTS}{instrument}", "code": "0"}}


def _extensions(item: Item) -> Iterable[Json]:
    if item.kind == "months":
        for code, unit in MONTHS_AND_YEARS:
            yield {"url": systems.UNIT_OPTION, "valueCoding": {"system": systems.UCUM, "code": code, "display": unit}}
    elif _type(item) == "integer":
        yield {"url": systems.LOWEST, "valueInteger": item.lowest}
        yield {"url": systems.HIGHEST, "valueInteger": item.highest}
    elif _type(item) == "choice":
        yield control("check-box" if item.kind == "names" else "radio-button")


def control(code: str) -> Json:
    """How a question is best shown."""
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}
    return {"url": systems.ITEM_CONTROL, "valueCodeableConcept": {"coding": [coding]}}


# -- facts of the red-flag form ----------------------------------------------------------------------------------------


def fact_item(definition: FactDefinition, ask: str) -> Json:
    """The question for one fact: yes or no, a number in its unit, or a day."""
    kind = FACT_TYPES.get(definition.value, "boolean")
    made: Json = {"linkId": definition.id, "text": ask, "type": kind}
    if kind != "decimal":
        return made
    shown = UNITS_IN_WORDS.get(definition.unit, definition.unit)
    unit = {"system": systems.UCUM, "code": definition.unit, "display": shown}
    extensions: list[Json] = [{"url": systems.UNIT, "valueCoding": unit}]
    if definition.id in BOUNDS:
        low, high = BOUNDS[definition.id]
        extensions += [{"url": systems.LOWEST, "valueDecimal": low}, {"url": systems.HIGHEST, "valueDecimal": high}]
    return {"extension": extensions, **made}
