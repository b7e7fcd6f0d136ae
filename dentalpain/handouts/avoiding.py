"""What not to take, and why: said by kind of medicine, never by the name of one that the review blocked."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from ..paths import knowledge_folder
from .wording import Wording

Alternative = Mapping[str, Any]


def blocked(alternatives: Iterable[Alternative]) -> list[Alternative]:
    """The alternatives that the review blocked."""
    return [option for option in alternatives if option["verdict"] == "blocked"]


def avoid_sentences(alternatives: Sequence[Alternative], given: Collection[str], wording: Wording) -> list[str]:
    """One line for each kind of medicine that is blocked, with the reasons; empty if nothing of a known kind is."""
    lines = []
    for kind in wording.avoid["kind"].values():
        stopped = [option for option in blocked(alternatives) if option["id"] in kind["options"]]
        if stopped:
            lines.append(_line(stopped, kind, given, wording))
    return lines


def _line(stopped: list[Alternative], kind: Mapping[str, Any], given: Collection[str], wording: Wording) -> str:
    reasons = _reasons(stopped, wording.avoid["reason"])
    if not reasons:
        return f"{kind['some']} {wording.avoid['no_reason']}"
    own = set(given) & set(kind["options"])
    return " ".join([kind["others" if own else "all"], *reasons])


def _reasons(stopped: list[Alternative], known: Mapping[str, str]) -> list[str]:
    """The reasons of the rules that answered yes, each once, in the order of the review."""
    rules = [rule for option in stopped for rule in option["rules"] if rule not in option["unknown_rules"]]
    return list(dict.fromkeys(known[rule] for rule in rules if rule in known))


def blocked_names(alternatives: Iterable[Alternative]) -> set[str]:
    """Every name, generic or brand, of the medicines that the review blocked, in lower case."""
    names: set[str] = set()
    for option in blocked(alternatives):
        if option["kind"] == "medicine":
            names |= names_of(option["id"])
    return names


def names_of(option: str) -> set[str]:
    """The generic name of an option and every brand or short name of products that hold it, in lower case."""
    generic = option.removeprefix("low_dose_").replace("_", " ")
    whole = naming([generic])
    brands = {name for name, ingredients in _drug_names() if whole.search(ingredients)}
    return {generic, option.replace("_", " ")} | brands


@cache
def _drug_names() -> tuple[tuple[str, str], ...]:
    path = knowledge_folder() / "drug_names.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((row["name"].lower(), f"{row['ingredients']}; {row['reads_as']}") for row in rows)


def naming(names: Collection[str]) -> re.Pattern[str]:
    """A pattern that finds any of the names as whole words, in any case; it finds nothing if there are none."""
    if not names:
        return re.compile(r"(?!)")
    spelled = (r"[\s\N{NO-BREAK SPACE}-]+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(spelled, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
