"""The uuids of cards and suggestions: the same request gives the same ones, and a card's uuid tells its rule.

Feedback names a card by its uuid alone. The first 48 bits are drawn from the rule's id and the rest from the request,
so that the rule is found again without anything being stored.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

NOT_CHECKED = "NOT-CHECKED"
_TAG_BITS = 48


def card_uuid(rule: str, *request: str) -> str:
    """The uuid of the card of a rule in one request, in the form of a name-based uuid (version 5)."""
    return _shaped(_bits(rule) >> (160 - _TAG_BITS), _bits(rule, *request))


def suggestion_uuid(card: str, option: str) -> str:
    """The uuid of the suggestion of an option on a card."""
    return str(uuid.uuid5(uuid.UUID(card), option))


def rule_of_card(card: str, rules: Iterable[str]) -> str | None:
    """The rule whose card has this uuid; None if it is none of `rules`."""
    try:
        tag = uuid.UUID(card).int >> (128 - _TAG_BITS)
    except ValueError:
        return None
    return next((rule for rule in rules if _bits(rule) >> (160 - _TAG_BITS) == tag), None)


def _bits(*parts: str) -> int:
    whole = "\x1f".join(("dentalpain card", *parts)).encode("utf-8")
    return int.from_bytes(hashlib.sha1(whole, usedforsecurity=False).digest(), "big")


def _shaped(tag: int, rest: int) -> str:
    number = (tag << (128 - _TAG_BITS)) | (rest & ((1 << (128 - _TAG_BITS)) - 1))
    return str(uuid.UUID(int=number, version=5))
