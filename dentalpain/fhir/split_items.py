"""An item that the installed official form asks as several questions: asked so, written so, and put together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..clinical.instruments.instrument import PERIOD, Instrument, Item
from ..clinical.record import NotRead
from .asked_items import exact
from .elements import Json, mapping, string
from .response_values import Answered, whole, yes_or_no

UNITS = {"years": ("a", "years", "year"), "months": ("mo", "months", "month")}  # UCUM, and the bare words


def link_ids(item: Item, instrument: Instrument) -> Mapping[str, str]:
    """The linkId of each part in our own Questionnaire: that of the official form, unless it is the key of an item."""
    keys = {each.key for each in instrument.items}
    return {part: f"{item.key}.{part}" if link in keys else link for part, link in item.parts.items()}


def asked_parts(item: Item, instrument: Instrument, said: Mapping[str, Json]) -> list[Json]:
    """The questions of an item in parts; `said` is the element with the other languages of each."""
    links = link_ids(item, instrument)
    kind = "boolean" if item.kind == "names" else "decimal"
    return [{"linkId": links[part], "text": item.labels[part], **said.get(part, {}), "type": kind} for part in item.parts]


def written_parts(value: Any, item: Item, instrument: Instrument) -> list[Json]:
    """The answers of an item in parts; a part that was left blank is left out."""
    links = link_ids(item, instrument)
    if item.kind == "names":
        held = {part: {"valueBoolean": part in value} for part in item.parts}
    else:
        given = value if isinstance(value, Mapping) else dict(zip(PERIOD, divmod(value, 12), strict=True))
        held = {part: {"valueDecimal": number} for part, number in given.items() if number is not None}
    return [{"linkId": links[part], "text": item.labels[part], "answer": [answer]} for part, answer in held.items()]


def renamed(instrument: Instrument | None, official: bool) -> dict[str, str]:
    """By the linkId of a part what it is called here, "key.part"; `official`: the response is to the official form itself."""
    found: dict[str, str] = {}
    for item in instrument.items if instrument is not None else ():
        links = item.parts if official else link_ids(item, instrument)  # type: ignore[arg-type]
        found |= {link: f"{item.key}.{part}" for part, link in links.items()}
    return found


def put_together(held: dict[str, Answered], instrument: Instrument) -> Iterator[tuple[str, Any, NotRead | None]]:
    """For each item of which a part was answered its key, its value, and what is not read of it; the parts leave `held`.

    Years alone are whole years, and months alone are months. A place that was left blank leaves the whole item blank, as
    nobody knows how many places hurt. Raises AnswersError for an item that is answered whole and in parts.
    """
    for item in instrument.items:
        parts = {part: held.pop(f"{item.key}.{part}") for part in item.parts if f"{item.key}.{part}" in held}
        if not parts:
            continue
        if item.key in held:
            raise held[item.key].wrong("The item is answered for the second time.", "Send it whole, or in parts.")
        if item.kind == "months":
            yield item.key, {part: _amount(answered, part) for part, answered in parts.items()}, None
        else:
            yield item.key, *_places(parts, item)


def _places(parts: Mapping[str, Answered], item: Item) -> tuple[list[str] | None, NotRead | None]:
    said = {part: yes_or_no(answered) for part, answered in parts.items()}
    blank = [part for part in item.parts if said.get(part) is None]
    if not blank:
        return [part for part, yes in said.items() if yes], None
    why = f"left blank were {', '.join(blank)}: nobody knows how many places hurt, so that none is counted"
    return None, NotRead(next(iter(parts.values())).where, f"item {item.key}", why)


def _amount(answered: Answered, part: str) -> Any:
    answer = answered.one() or {}
    quantity = mapping(answer.get("valueQuantity"))
    unit = string(quantity.get("code")) or string(quantity.get("unit"))
    amount = exact(quantity.get("value", answer.get("valueInteger", answer.get("valueDecimal"))))
    if amount is None or "comparator" in quantity or unit not in ("", *UNITS[part]):
        raise answered.wrong(f"This is no number of {part}.", f"Answer with the number of {part}, or leave it blank.")
    return whole(amount)

