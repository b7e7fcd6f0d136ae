"""The words of the questionnaires: our own, or those of an official form that the practice has installed.

Forms, results and the exported Questionnaires all read the instruments that come out of here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..clinical.instruments.instrument import PERIOD, Instrument, Item
from ..errors import SettingsError
from .packs import AGAIN, Pack

NOWHERE = "none"  # the option of a list of places that says: asked, and nowhere
OWN_WORDING = "not the validated wording"


def worded(instrument: Instrument, packs: Mapping[str, Pack]) -> Instrument:
    """The instrument in the words of its official form where one is installed, else as it is.

    Keys, points and scoring stay. Raises SettingsError where the pack no longer fits the items of the instrument.
    """
    pack = packs.get(instrument.id)
    if pack is None:
        return instrument
    _refuse_misfit(instrument, pack)
    return replace(
        instrument,
        items=tuple(_item(item, pack["items"].get(item.key)) for item in instrument.items),
        cautions=tuple(caution for caution in instrument.cautions if OWN_WORDING not in caution),
        texts=_texts(instrument, pack),
    )


def _refuse_misfit(instrument: Instrument, pack: Pack) -> None:
    keys = {item.key for item in instrument.items}
    strange = (set(pack["items"]) - keys) | ({item.key for item in instrument.items if item.scored} - set(pack["items"]))
    strange |= {i.key for i in instrument.items if i.key in pack["items"] and not _fits(i, pack["items"][i.key])}
    if strange:
        raise SettingsError(f"{instrument.id}.json, /items/{min(strange)}: it does not fit our items. {AGAIN}")


def _fits(item: Item, held: Mapping[str, Any]) -> bool:
    """An official option says something about points, places or fields that the item has, and its parts are all of them."""
    points = range(item.lowest, item.highest + 1) if item.kind == "number" else item.options
    parts = set(PERIOD if item.kind == "months" else item.names)
    said = {str(each) for each in points} | set(item.words) | parts | ({NOWHERE} if item.names else set())
    return set(held["options"]) <= said and (set(held["parts"]) == parts if held["parts"] else bool(held["link_id"]))


def _item(item: Item, held: Mapping[str, Any] | None) -> Item:
    if held is None:
        return replace(item, asked=False)
    said, parts = held["options"], (PERIOD if item.kind == "months" else (*item.names, NOWHERE))
    return replace(
        item,
        ask=held["ask"],
        options={p: said.get(str(p), ours) for p, ours in item.options.items()},
        parts=held["parts"],
        labels={part: said[part] for part in parts if part in said},
    )


def _texts(instrument: Instrument, pack: Pack) -> Mapping[str, object]:
    """The texts of the file with the official ones in their place, as the export of the Questionnaire reads them."""
    ours: dict[str, Any] = dict(instrument.texts)
    items: Mapping[str, Mapping[str, Any]] = pack["items"]
    codes = {key: held["loinc"] for key, held in items.items() if held["loinc"]}
    loinc = ours.get("loinc", {})
    source = pack["url"] or pack["publisher"]
    return ours | {
        "title": pack["title"],
        "wording": f"The official wording: {pack['title']}, version {pack['version']}, from {source}.",
        "language": pack["language"],
        "url": pack["url"],
        "licence": {**ours["licence"], "note": pack["copyright"]},
        "item": [_told(told, items[told["key"]]) if told["key"] in items else told for told in ours["item"]],
        "loinc": {**loinc, "items": {**loinc.get("items", {}), **codes}},
        "link_ids": {held["link_id"]: key for key, held in items.items() if held["link_id"]},
        "option_codes": {key: held["codes"] for key, held in items.items() if held["codes"]},
        "translations": _translations(items),
        "option_translations": {
            key: held["option_translations"] for key, held in items.items() if held["option_translations"]
        },
    }


def _told(ours: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """An item of the file in the official words; what the ends of a rating mean stands in the question itself."""
    told = {**ours, "ask": held["ask"]}
    if "number" in told:
        told["number"] = {name: told["number"][name] for name in ("lowest", "highest")}
        ends = {name: held["options"].get(str(told["number"][f"{name}est"])) for name in ("low", "high")}
        told["number"] |= {name: says for name, says in ends.items() if says}
    return told


def _translations(items: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """For each language the questions that the official form has in it, by their key."""
    found: dict[str, dict[str, str]] = {}
    for key, held in items.items():
        for language, text in held["translations"].items():
            found.setdefault(language, {})[key] = text
    return found
