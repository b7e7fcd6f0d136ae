"""What a topic makes for one patient: the dose calendar, the pause before surgery, the card, the diary, the course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ..errors import KnowledgeError
from .card import Card
from .content import Block, Bullets, Office, Paragraph, Run
from .course import Taken, course_blocks
from .lines import Lines
from .numbers import measure
from .plain_table import PlainTable
from .wording import Topic, Wording, load, runs

ENGLISH = "en"
NALTREXONE = "low_dose_naltrexone"
Plan = Mapping[str, Any]


@dataclass(frozen=True)
class Making:
    """What the blocks are made from: the words, the plan of the course of naltrexone if there is one, and the values."""

    wording: Wording
    plan: Plan | None
    office: Office
    course: Sequence[Taken] = ()


def topic_block(name: str, topic: Topic, making: Making) -> list[Block]:
    """The blocks of that name; raises KnowledgeError for a name that no topic may use."""
    if name not in _MAKERS:
        raise KnowledgeError(f"{topic.id}.toml: block is not one of {', '.join(_MAKERS)}.")
    return _MAKERS[name](topic, making)


def plan_of(alternatives: Sequence[Mapping[str, Any]]) -> Plan | None:
    """The plan of a course of low-dose naltrexone, where the review let one through."""
    found = next((one for one in alternatives if one["id"] == NALTREXONE and one["verdict"] != "blocked"), {})
    plan: Plan | None = found.get("plan")
    return plan if plan and plan["titration"] else None


def _calendar(topic: Topic, making: Making) -> list[Block]:
    plan = making.plan
    if plan is None:
        return [Paragraph(runs(topic.word("no_plan")))]
    steps = [(one["week"], 0, _when(one, topic, making), topic.word("take", amount=_mg(one, making))) for one in plan["titration"]]
    visits = [(one["week"], 1, _visit_day(one, topic, making), _visit(one, topic)) for one in plan["visits"]]
    rows = tuple((when, what) for _, _, when, what in sorted([*steps, *visits]))
    first = [] if plan["start"] else [Paragraph(runs(topic.word("no_start")))]
    judged = next((one["week"] for one in plan["visits"] if one["judged"]), None)
    rule = topic.word("stop_rule", week=judged, percent=plan["stop_below_percent"]) if judged else ""
    heads = (topic.word("calendar_when"), topic.word("calendar_what"))
    return [*first, PlainTable(heads, rows, (0.6, 0.4)), *([Paragraph(runs(rule))] if rule else [])]


def _mg(step: Mapping[str, Any], making: Making) -> str:
    return measure(Decimal(str(step["mg"])), "mg", making.wording)


def _when(step: Mapping[str, Any], topic: Topic, making: Making) -> str:
    """From which day to which; the weeks alone where the first day is not known."""
    if step["from"] is None:
        return topic.word("week_from", week=step["week"] + 1)
    first = _date(step["from"], making)
    return topic.word("from_to", first=first, last=_date(step["to"], making)) if step["to"] else topic.word("from_on", first=first)


def _visit_day(visit: Mapping[str, Any], topic: Topic, making: Making) -> str:
    return _date(visit["on"], making) if visit["on"] else topic.word("after_week", week=visit["week"])


def _visit(visit: Mapping[str, Any], topic: Topic) -> str:
    return topic.word("visit_judged" if visit["judged"] else "visit")


def _date(day: str, making: Making) -> str:
    return making.wording.date(dt.date.fromisoformat(day))


def _surgery(topic: Topic, making: Making) -> list[Block]:
    """How long before surgery it is held, and the last evening where the day of surgery is known."""
    if making.plan is None:
        return []
    surgery = making.plan["surgery"]
    lines = [topic.word("hold", hours=surgery["hold_hours"])]
    if surgery["last_dose_before"]:
        lines.append(topic.word("last_dose", day=_date(surgery["last_dose_before"], making)))
    return [Bullets(tuple(runs(line) for line in lines))]


def _wallet_card(topic: Topic, making: Making) -> list[Block]:
    """The card in the language of the handout, and in English: who reads it in an emergency room may know no other."""
    own = _card(topic, making.office)
    if making.wording.language == ENGLISH:
        return [own]
    english = _card(load(ENGLISH).topic(topic.id), making.office)
    return [own, Paragraph(runs(topic.word("card_in_english"))), replace(english, language=ENGLISH)]


def _card(topic: Topic, office: Office) -> Card:
    call = [Run(part) for part in topic.word("card_call", office=office.name).split("|")]
    if office.phone:
        call += [Run(", "), office.phone_run()]
    lines = Bullets(tuple(runs(line) for line in topic.words["card_lines"]))
    return Card(topic.word("card_title"), lines, tuple(call), Lines((topic.word("card_name"), topic.word("card_dose"))))


def _diary(topic: Topic, making: Making) -> list[Block]:
    return [_to_fill_in(topic, "days", ("day", "morning", "evening", "in_my_way", "notes"), (0.13, 0.15, 0.15, 0.14, 0.43))]


def _pill_log(topic: Topic, making: Making) -> list[Block]:
    return [_to_fill_in(topic, "pills", ("pill", "taken", "pain", "left"), (0.1, 0.4, 0.28, 0.22))]


def _to_fill_in(topic: Topic, rows: str, heads: Sequence[str], shares: tuple[float, ...]) -> PlainTable:
    """A table to write in, with a line for each of the words under `rows`."""
    empty = [""] * (len(heads) - 1)
    return PlainTable(tuple(topic.word(name) for name in heads), tuple((row, *empty) for row in topic.words[rows]), shares)


def _course(topic: Topic, making: Making) -> list[Block]:
    return course_blocks(making.course, topic, making.wording)


_MAKERS: dict[str, Callable[[Topic, Making], list[Block]]] = {
    "calendar": _calendar,
    "surgery": _surgery,
    "wallet_card": _wallet_card,
    "diary": _diary,
    "pill_log": _pill_log,
    "course": _course,
}
