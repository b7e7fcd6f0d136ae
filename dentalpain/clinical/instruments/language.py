"""A questionnaire in the languages of its official form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .instrument import Instrument, Item


def languages_of(instrument: Instrument) -> tuple[str, ...]:
    """The languages in which a questionnaire can be asked whole: its own first, then those of its official form."""
    own = str(instrument.texts.get("language", "en"))
    texts: Mapping[str, Any] = instrument.texts
    held = texts.get("translations", {})
    return (own, *(language for language in held if language != own and spoken_in(instrument, language) is not None))


def spoken_in(instrument: Instrument, language: str) -> Instrument | None:
    """The questionnaire in a language of its official form; None where one question or option is not in it.

    What stands around the questions (title, window) stays in the language of the form.
    """
    if language == instrument.texts.get("language", "en"):
        return instrument
    texts: Mapping[str, Any] = instrument.texts
    asked, said = texts.get("translations", {}).get(language, {}), texts.get("option_translations", {})
    items = [_spoken(item, asked.get(item.key), said.get(item.key, {}), language) for item in instrument.items]
    whole = [item for item in items if item is not None]
    return (
        replace(instrument, items=tuple(whole), texts={**texts, "spoken": language})
        if len(whole) == len(items)
        else None
    )


def _spoken(item: Item, ask: str | None, said: Mapping[str, Mapping[str, str]], language: str) -> Item | None:
    """The item in a language; sides and words are our own, and so are the places that the official form does not name."""
    if not item.asked:
        return item
    options = {points: text for points in item.options if (text := said.get(str(points), {}).get(language))}
    labels = {part: text for part in item.labels if (text := said.get(part, {}).get(language))}
    whole = ask is not None and len(options) == len(item.options) and not item.words
    whole = whole and len(labels) == len(item.labels) and set(item.names) <= set(labels)
    return replace(item, ask=ask or "", options=options, labels=labels) if whole else None
