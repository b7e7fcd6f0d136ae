"""The questionnaires on the page of a visit: which are shown and why, and what was answered in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from ..clinical.instruments.instrument import PERIOD, Instrument, Item
from ..clinical.instruments.language import languages_of, spoken_in
from .patient_words import NAMES

SCREENER, SHORT_SCREENER = "tmd-pain-screener", "tmd-pain-screener-short"
SHORT = "screener-short"  # ticked: only the three questions of the short form were asked
SHOWN = "form-shown"  # a form that is not on the page keeps the answers that it had
LANGUAGE = "form-language"  # the language in which the staff reads out what an official form has in it
MANY_SIGNS = re.compile(r"RF-\d\d(, RF-\d\d){3,}")

Instruments = Mapping[str, Instrument]
Sheet = dict[str, Any]


def field(instrument: str, key: str) -> str:
    """The name of the field of an item."""
    return f"screener-{key}" if instrument in (SCREENER, SHORT_SCREENER) else f"{instrument}.{key}"


# -- what was answered -------------------------------------------------------------------------------------------------


def read(
    form: MultiDict[str, str], instruments: Instruments, before: Iterable[Sheet], on: dt.date, errors: dict[str, str]
) -> list[Sheet]:
    """The answers after this form; a blank item is null, and a form without any answer is not handed in.

    Answers that did not change, and those of forms that were not on the page, stay as they were given and by whom.
    """
    held = {sheet["instrument"]: sheet for sheet in before}
    short = form.get(SHORT) is not None
    shown = {SHORT_SCREENER if short else SCREENER, *form.getlist(SHOWN)}
    left = {SCREENER if short else SHORT_SCREENER}
    sheets = []
    for name, instrument in instruments.items():
        kept = held.get(name)
        if name in shown:
            kept = _answered(instrument, form, kept, on, errors)
        if kept is not None and name not in left:
            sheets.append(kept)
    return sheets + [sheet for name, sheet in held.items() if name not in instruments]


def answered_by_patient(
    instrument: Instrument, form: MultiDict[str, str], on: dt.date, errors: dict[str, str]
) -> Sheet | None:
    """The patient's own answers to one questionnaire; None where all of it was left blank."""
    return _answered(instrument, form, None, on, errors, "patient")


def merged(before: Iterable[Sheet], more: Iterable[Sheet]) -> list[Sheet]:
    """The sheets with newer ones in the place of their own kind; of the two screeners the newer one stands."""
    new = {sheet["instrument"]: sheet for sheet in more}
    gone = {*new, *({SCREENER, SHORT_SCREENER} if {SCREENER, SHORT_SCREENER} & new.keys() else ())}
    return [*(sheet for sheet in before if sheet["instrument"] not in gone), *new.values()]


def _answered(
    instrument: Instrument,
    form: MultiDict[str, str],
    before: Sheet | None,
    on: dt.date,
    errors: dict[str, str],
    answered_by: str = "staff",
) -> Sheet | None:
    items = {item.key: _value(item, field(instrument.id, item.key), form, errors) for item in instrument.items}
    if all(value is None for value in items.values()):
        return None
    new = {"instrument": instrument.id, "answered_by": answered_by, "on": on.isoformat(), "items": items}
    return before if before is not None and _fields(before, instrument) == _fields(new, instrument) else new


def _value(item: Item, name: str, form: MultiDict[str, str], errors: dict[str, str]) -> Any:
    if item.kind == "names":
        places = [place for place in form.getlist(name) if place in item.names]
        return places if places or form.get(f"{name}-asked") else None
    if item.kind == "months":
        return _period(item, name, form, errors)
    text = form.get(name, "").strip()
    if text in item.words:
        return text
    allowed = item.options if item.kind == "choice" else range(2)
    if item.kind == "number":
        return _whole(item, name, text, errors)
    return int(text) if re.fullmatch("[0-9]{1,2}", text) and int(text) in allowed else None


def _whole(item: Item, name: str, text: str, errors: dict[str, str]) -> int | None:
    if not text:
        return None
    if re.fullmatch("[0-9]{1,4}", text) and item.lowest <= int(text) <= item.highest:
        return int(text)
    errors[name] = f"Write a whole number from {item.lowest} to {item.highest}."
    return None


def _period(item: Item, name: str, form: MultiDict[str, str], errors: dict[str, str]) -> dict[str, Any] | None:
    """Years and months, either of which may be left out."""
    found: dict[str, Any] = {}
    for part, highest in zip(PERIOD, (item.highest // 12, item.highest), strict=True):
        text = form.get(f"{name}-{part}", "").strip()
        if not re.fullmatch(r"([0-9]{1,4}([.][0-9]{1,2})?)?", text) or (text and Decimal(text) > highest):
            errors[f"{name}-{part}"] = f"Write the {part} as a number up to {highest}."
        elif text:
            found[part] = Decimal(text)
    return found or None


def fields_of(sheets: Iterable[Sheet], instruments: Instruments) -> dict[str, str]:
    """The form fields that show these answers."""
    fields: dict[str, str] = {}
    for sheet in sheets:
        if sheet["instrument"] in instruments:
            fields |= _fields(sheet, instruments[sheet["instrument"]])
        if sheet["instrument"] == SHORT_SCREENER:
            fields[SHORT] = "1"
    return fields


def _fields(sheet: Sheet, instrument: Instrument) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in instrument.items:
        value = sheet["items"].get(item.key)
        if value is not None:
            found |= _shown(item, field(instrument.id, item.key), value)
    return found


def _shown(item: Item, name: str, value: Any) -> dict[str, str]:
    if item.kind == "names":
        return {f"{name}-asked": "1", **{f"{name}={place}": "1" for place in value}}
    if item.kind == "months":
        parts = value if isinstance(value, Mapping) else {"months": value}
        return {f"{name}-{part}": format(Decimal(str(held)), "f") for part, held in parts.items() if held is not None}
    if item.kind in ("yes_no", "sides"):
        return {name: "1" if value else "0"}  # sides were told in an interview: here it is the yes that shows
    return {name: str(value)}


# -- what is shown -----------------------------------------------------------------------------------------------------


def shown(
    screen: Mapping[str, Any], fields: Mapping[str, str], opened: str, instruments: Instruments, language: str = ""
) -> dict[str, Any]:
    """The forms on the page: those that are due, answered or opened; the others are named and opened by a click.

    `language`: asked for in this language where the installed official form has all of its questions in it.
    """
    due = [name for step in screen["next"] for name in step.get("forms", ())]
    scores = {score["instrument"]: score for score in screen["scores"]}
    forms = []
    for name, instrument in instruments.items():
        if name in (SCREENER, SHORT_SCREENER):
            continue
        names = tuple(field(name, item.key) for item in instrument.items)
        touched = any(key.startswith(names) for key, value in fields.items() if value)
        wanted = name == opened or touched or name in due or name in scores
        state = {"due": name in due, "opened": name == opened, "wanted": wanted}
        forms.append(_form(spoken_in(instrument, language) or instrument, scores.get(name), **state))
    here = [form for form in forms if form["wanted"]]
    screener = spoken_in(instruments[SCREENER], language) or instruments[SCREENER]
    return {
        "here": here,
        "others": [form for form in forms if not form["wanted"]],
        "language": language,
        "screener": screener,
        "screener_in": _form(screener, None),
    }


def _languages(instrument: Instrument) -> dict[str, str]:
    """The languages of the official form by their tag; none where there is nothing to choose."""
    held = languages_of(instrument)
    return {tag: NAMES.get(tag, tag) for tag in held} if len(held) > 1 else {}


def is_official(instrument: Instrument) -> bool:
    """Whether the official form is installed; else the questions are in our own words."""
    return "not the validated wording" not in str(instrument.texts["wording"])


def _form(instrument: Instrument, score: Mapping[str, Any] | None, **state: bool) -> dict[str, Any]:
    texts: Mapping[str, Any] = instrument.texts
    official = is_official(instrument)
    return {
        "id": instrument.id,
        "title": texts["title"],
        "window": texts["window"],
        "wording": texts["wording"] if official else "Asked in our own words: not the validated wording.",
        "language": texts.get("spoken", texts.get("language", "en")),
        "languages": _languages(instrument),
        "score": score,
        **state,
        "questions": nested(instrument),
        "scale": _scale(instrument.items),
    }


def _scale(items: Iterable[Item]) -> Mapping[int, str]:
    """The options that most items share, to be said once above them; none where each has its own words."""
    counted: dict[tuple[tuple[int, str], ...], int] = {}
    for item in items:
        if item.kind == "choice":
            counted[tuple(item.options.items())] = counted.get(tuple(item.options.items()), 0) + 1
    most = max(counted, key=lambda each: counted[each], default=())
    return dict(most) if counted.get(most, 0) > 2 and len(most) > 2 else {}


def nested(instrument: Instrument) -> list[dict[str, Any]]:
    """Each question with what the ends of its rating mean, and with those that a no to it passes over."""
    texts: Mapping[str, Any] = instrument.texts
    told = {held["key"]: held.get("number", {}) for held in texts["item"]}
    top: list[dict[str, Any]] = []
    held: dict[str, dict[str, Any]] = {}
    for item in filter(lambda each: each.asked, instrument.items):
        ends = {item.lowest: told[item.key].get("low", ""), item.highest: told[item.key].get("high", "")}
        node: dict[str, Any] = {"item": item, "ends": ends, "after": []}
        held[item.key] = node
        (held[item.skipped_by[-1]]["after"] if item.skipped_by else top).append(node)
    return top


def steps(screen: Mapping[str, Any], instruments: Instruments) -> list[dict[str, Any]]:
    """What to do next, with each questionnaire called by its title."""
    names = re.compile("|".join(re.escape(name) for name in sorted(instruments, key=len, reverse=True)))

    def titled(text: str) -> str:
        return names.sub(lambda found: str(instruments[found[0]].texts["title"]), text)

    return [
        {"do": titled(step["do"]), "why": titled(_counted(step["why"])), "forms": step.get("forms", ())}
        for step in screen["next"]
    ]


def _counted(text: str) -> str:
    """Many warning signs in a row as their number: each of them stands under its own heading on the page."""
    return MANY_SIGNS.sub(lambda found: f"{found[0].count('RF-')} groups, named under Warning signs", text)
