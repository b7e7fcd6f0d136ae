"""Cards of CDS Hooks 2.0 from a review: pure, the same review and request give the same cards.

One card for each flag that answers yes and is contraindicated, major or moderate, worst first; related flags share one.
A flag that is muted for the patient makes none.
What is unknown makes at most one further card. No member of a card is empty or null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import card_actions, card_text
from .card_actions import Substance
from .card_ids import NOT_CHECKED, card_uuid, suggestion_uuid
from .card_text import Names, listed, plain, short
from .elements import Json

INDICATORS = {"contraindicated": "critical", "major": "warning", "moderate": "info"}
DECISIVE = ("contraindicated", "major")
# Notes on a short course of an NSAID that say one thing together: mind kidneys, heart and stomach.
SHORT_COURSE_NOTES = ("NSAID-RAAS-OR-DIUR", "NSAID-AGE65", "NSAID-EGFR60", "NSAID-HTN")
MOST_FACTS, MOST_LINKS = 3, 10
RULES = "urn:uuid:8f1f2b5e-58a4-4c2e-9a51-5f0d0c4a7d10"  # the ids of our rules as a code system
REASONS = "urn:uuid:3f0a9d52-6f1c-4f7e-8c2b-1f5b6a0c9e21"  # our reasons for deciding against a card
LABEL_LENGTH = 80
OWN_LABEL = "dentalpain, draft rule"


@dataclass(frozen=True, slots=True)
class Frame:
    """All that a card needs beside the review.

    `request` tells one request from another; `why` gives the absolute address of a rule's page; `merged_into` names for a
    rule those whose card takes it in. `orders` are the MedicationRequests behind the proposed prescriptions, in their
    order; `analgesics` are those that an alternative would replace; `selected` those that the person has just chosen.
    """

    request: tuple[str, ...]
    why: Callable[[str], str]
    names: Names
    merged_into: Mapping[str, Sequence[str]]
    reasons: Mapping[str, str]
    substances: Callable[[str], Sequence[Substance]]
    orders: Sequence[Json] = ()
    analgesics: frozenset[int] = frozenset()
    selected: frozenset[int] | None = None
    notes: Sequence[str] = field(default=())
    insist: bool = False
    headline: str = ""


def cards(review: Mapping[str, Any], frame: Frame) -> list[Json]:
    """The cards of a review; `frame.insist` makes the card of what was not checked stand even without an open rule.

    With `frame.headline` that card stands first and begins with it: whoever reads it must look at the record itself.
    """
    flags = [one for one in review["flags"] if _concerns(one, frame.selected) or _brought(one, review)]
    said = [one for one in flags if one["answer"] == "yes" and one["severity"] in INDICATORS and not one.get("muted")]
    made = [_card(group, review, frame) for group in grouped(said, frame.merged_into)]
    unknown = [one for one in flags if one["answer"] == "unknown" and one["severity"] in DECISIVE]
    if unknown or frame.insist:
        made.insert(0 if frame.headline else len(made), _not_checked(unknown, review, frame))
    return made


def _concerns(flag: Json, selected: frozenset[int] | None) -> bool:
    return selected is None or not flag["about"] or bool(selected & set(flag["about"]))


def _brought(flag: Json, review: Mapping[str, Any]) -> bool:
    """Whether a flag is about medicines that are taken already: beside a proposal, the order has brought it."""
    return bool(flag["about"]) and all(review["prescriptions"][index]["current"] for index in flag["about"])


def grouped(flags: Sequence[Json], merged_into: Mapping[str, Sequence[str]]) -> list[list[Json]]:
    """The flags in groups of one card each, the host of the card first; the order stays."""
    firing = {flag["rule"] for flag in flags}
    groups: dict[str, list[Json]] = {}
    hosts = {flag["rule"]: _host(flag["rule"], firing, merged_into) for flag in flags}
    notes = [rule for rule in hosts if rule in SHORT_COURSE_NOTES and hosts[rule] == rule]
    hosts |= dict.fromkeys(notes, notes[0] if notes else "")
    for flag in flags:
        groups.setdefault(hosts[flag["rule"]], []).append(flag)
    return [sorted(group, key=lambda flag: flag["rule"] != host) for host, group in groups.items()]


def _host(rule: str, firing: set[str], merged_into: Mapping[str, Sequence[str]]) -> str:
    """The rule on whose card this one shows: the named sibling that fires, and its own sibling in turn."""
    seen = {rule}
    while True:
        named = (other for other in merged_into.get(rule, ()) if other in firing and other not in seen)
        sibling = next(named, None)
        if sibling is None:
            return rule
        seen.add(sibling)
        rule = sibling


# -- a card for flags ----------------------------------------------------------------------------------------------


def _card(group: Sequence[Json], review: Mapping[str, Any], frame: Frame) -> Json:
    first = group[0]
    uuid = card_uuid(first["rule"], *frame.request)
    card: Json = {
        "uuid": uuid,
        "summary": short(first["title"]),
        "indicator": INDICATORS[first["severity"]],
        "detail": _detail(group, review, frame),
        "source": _source(first, frame),
    }
    offered = _suggestions(group, uuid, review, frame)
    if offered:
        card |= {"suggestions": offered, "selectionBehavior": "at-most-one"}
    card["overrideReasons"] = _override_reasons(frame)
    card["links"] = [_link(flag["rule"], flag["title"], frame) for flag in group]
    return card


def _detail(group: Sequence[Json], review: Mapping[str, Any], frame: Frame) -> str:
    first, also = group[0], group[1:]
    about = sorted({index for flag in group for index in flag["about"]})
    concerned = about or [i for i, one in enumerate(review["prescriptions"]) if not one["current"]]
    blocks = [plain(first["message"]), *card_text.presumption(first)]
    blocks += listed("About", card_text.orders(review, about))
    blocks += listed("Because", card_text.reasons(first, frame.names))
    for flag in also:
        blocks.append(f"**Also: {plain(flag['title'])}**\n\n{plain(flag['message'])}")
        blocks += listed("Because", card_text.reasons(flag, frame.names))
    blocks += listed("Arithmetic", card_text.arithmetic(review, concerned))
    if any(index in frame.analgesics for index in concerned):
        blocks += listed("Instead", card_text.alternatives(review))
    blocks += listed("Sources", card_text.sources(group, frame.names))
    if any(flag["status"] == "draft" for flag in group):
        blocks.append("This rule is a draft: no clinician of this practice has signed it.")
    return "\n\n".join(blocks)


def _source(flag: Json, frame: Frame) -> Json:
    named = frame.names.citation(flag["citations"][0]) if flag["citations"] else {"title": OWN_LABEL}
    topic = {"system": RULES, "code": flag["rule"], "display": flag["title"]}
    return {"label": short(named["title"], LABEL_LENGTH), "url": frame.why(flag["rule"]), "topic": topic}


def _suggestions(group: Sequence[Json], uuid: str, review: Mapping[str, Any], frame: Frame) -> list[Json]:
    """The alternatives that may replace the proposed analgesics; none where an order could not be taken back."""
    about = {index for flag in group for index in flag["about"]}
    orders = [frame.orders[index] for index in sorted(frame.analgesics)]
    if not (about & frame.analgesics) or not all(card_actions.order_id(order) for order in orders):
        return []
    offered = []
    for one in card_actions.replaceable(review, [flag["rule"] for flag in group]):
        substances = frame.substances(one["id"])
        offered.append(
            {
                "label": card_actions.label(one),
                "uuid": suggestion_uuid(uuid, one["id"]),
                "actions": card_actions.actions(one, substances, orders),
            }
        )
    return offered


def _override_reasons(frame: Frame) -> list[Json]:
    return [{"system": REASONS, "code": code, "display": shown} for code, shown in frame.reasons.items()]


def _link(rule: str, title: str, frame: Frame) -> Json:
    return {"label": f"Why this advice? {title}", "url": frame.why(rule), "type": "absolute"}


# -- the card for what was not checked -----------------------------------------------------------------------------


def _not_checked(unknown: Sequence[Json], review: Mapping[str, Any], frame: Frame) -> Json:
    asked = _asked(unknown, review)
    source: Json = {"label": OWN_LABEL, "topic": {"system": RULES, "code": NOT_CHECKED, "display": "Not checked"}}
    card: Json = {
        "uuid": card_uuid(NOT_CHECKED, *frame.request),
        "summary": frame.headline or _open_summary(asked, frame),
        "indicator": "info",
        "detail": _open_detail(unknown, asked, review, frame),
        "source": source,
    }
    if unknown:
        source["url"] = frame.why(unknown[0]["rule"])
        card["links"] = [_link(flag["rule"], flag["title"], frame) for flag in unknown[:MOST_LINKS]]
    return card


def _asked(unknown: Sequence[Json], review: Mapping[str, Any]) -> list[Json]:
    """The questions that would settle what is unknown, the most decisive first, at most MOST_FACTS."""
    rules = {flag["rule"] for flag in unknown}
    facts = {each["fact"] for flag in unknown for each in flag["because"]}
    held = [one for one in review["questions"] if one["fact"] in facts or rules & set(one["would_settle"])]
    return held[:MOST_FACTS]


def _open_summary(asked: Sequence[Json], frame: Frame) -> str:
    if not asked:
        return "Some checks could not be made for this order"
    named = "; ".join(frame.names.fact(one["fact"]) for one in asked)
    return short(f"Not all checks could be made. Not known: {named}")


def _open_detail(unknown: Sequence[Json], asked: Sequence[Json], review: Mapping[str, Any], frame: Frame) -> str:
    proposed = [i for i, one in enumerate(review["prescriptions"]) if not one["current"]]
    lacking = [line for line in card_text.arithmetic(review, proposed) if "cannot calculate" in line]
    blocks = ["Nothing here says that the order is safe: these rules could not be decided."] if unknown else []
    blocks += listed("To be asked", (plain(one["ask"]) for one in asked))
    blocks += listed("Not understood in the order", card_text.unread(review))
    blocks += listed("Not read", (plain(note) for note in frame.notes))
    blocks += listed("Arithmetic", lacking)
    blocks += listed("Open", (f"{plain(flag['title'])} ({plain(flag['rule'])})" for flag in unknown))
    return "\n\n".join(blocks) or "The order could not be read."
