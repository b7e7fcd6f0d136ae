"""Combinations of the facts that the rules of an option read: every pair of values stands together at least once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dentalpain.clinical.facts import FactDefinition, Facts
from dentalpain.clinical.prescribing.judging import Bench, judged_option
from dentalpain.clinical.record import Record
from dentalpain.clinical.rules import Rule
from dentalpain.knowledge.load import Knowledge

DAY = dt.date(2026, 11, 24)
LISTS = ("problems", "medicines", "allergies")
TEXTS_OF_A_RULE = 2  # medicines taken from the worked cases of each rule
MOST_VALUES = 5  # of one fact and for one option; another option gets others
NOTHING = None

Row = dict[str, Any]  # 'fact NAME', 'takes TEXT', 'reviewed LIST', 'proposed TEXT' to a value; None: nothing recorded


def rules_of(option: str, bench: Bench) -> list[Rule]:
    """The rules whose scope names the option, found without the rule book's own index."""
    case, _ = judged_option(option, Facts(Record(on=DAY), bench.definitions), (), None, bench)
    return [rule for rule in bench.rules.rules if rule.scope & case.judged.tags]


def values_of(option: str, bench: Bench, knowledge: Knowledge) -> dict[str, tuple[Any, ...]]:
    """Everything that the rules of an option read, with the values to try, nothing recorded among them.

    Numbers and dates are those of the worked cases, which stand at each limit, one below and one above it.
    """
    found: dict[str, tuple[Any, ...]] = {f"reviewed {name}": (False, True) for name in LISTS}
    found["proposed Norco 5/325 1 tab q6h #12"] = (False, True)
    told: dict[str, dict[Any, None]] = {}
    for rule in rules_of(option, bench):
        cases = knowledge.worked_cases(rule.id)
        for case in cases:
            for fact, value in case.get("facts", {}).items():
                told.setdefault(fact, {})[_as_of_today(value, case["on"])] = None
        texts = [text for case in cases if case["answer"] == "yes" for text in case.get("current", ())]
        found |= {f"takes {text}": (False, True) for text in list(dict.fromkeys(texts))[:TEXTS_OF_A_RULE]}
    told.pop("sex", None)
    chance = random.Random(option)
    found |= {f"fact {name}": _values(bench.definitions[name], list(held), chance) for name, held in sorted(told.items())}
    return {**found, "fact sex": (NOTHING, "female", "male")}


def _as_of_today(value: Any, on: dt.date) -> Any:
    bare = value["value"] if isinstance(value, dict) else value
    return DAY + (bare - on) if isinstance(bare, dt.date) else bare


def _values(definition: FactDefinition, told: list[Any], chance: random.Random) -> tuple[Any, ...]:
    if definition.value == "yes_no":
        return (NOTHING, False, True)
    if definition.value.startswith("choice:"):
        told = definition.value.removeprefix("choice:").split("|")
    return (NOTHING, *(told if len(told) <= MOST_VALUES else chance.sample(told, MOST_VALUES)))


def pairwise(values: Mapping[str, Sequence[Any]], seed: str) -> Iterator[Row]:
    """Rows that hold every pair of values of two names together: by chance first, then packed with what is left."""
    chance = random.Random(seed)
    names = list(values)
    sizes = [len(values[name]) for name in names]
    bits = [sum(sizes[:index]) for index in range(len(names))]
    # For each value, as one number, the values that it has not stood with yet.
    left = {
        bits[a] + x: sum(((1 << sizes[b]) - 1) << bits[b] for b in range(len(names)) if b != a)
        for a in range(len(names))
        for x in range(sizes[a])
    }
    while any(left.values()):
        row = _packed(left, sizes, bits, chance)
        whole = sum(1 << (bits[index] + value) for index, value in enumerate(row))
        for index, value in enumerate(row):
            left[bits[index] + value] &= ~whole
        yield {name: values[name][row[index]] for index, name in enumerate(names)}


def _packed(left: dict[int, int], sizes: Sequence[int], bits: Sequence[int], chance: random.Random) -> list[int]:
    """A row that takes, name by name in any order, the value with the most pairs left to those that stand already."""
    row = [-1] * len(sizes)
    whole = 0
    for index in chance.sample(range(len(sizes)), len(sizes)):
        gains = [(left[bits[index] + value] & whole).bit_count() for value in range(sizes[index])]
        most = max(gains)
        row[index] = chance.choice([value for value, gain in enumerate(gains) if gain == most])
        whole |= 1 << (bits[index] + row[index])
    return row


def worked(row: Row) -> dict[str, Any]:
    """A row as a worked case, so that the record is read as any other."""
    held: dict[str, list[str]] = {"reviewed": [], "takes": [], "proposed": []}
    facts: dict[str, Any] = {}
    for key, value in row.items():
        kind, _, name = key.partition(" ")
        if kind == "fact" and value is not NOTHING:
            facts[name] = value
        elif kind != "fact" and value:
            held[kind].append(name)
    return {"on": DAY, "facts": facts, "reviewed": held["reviewed"], "current": held["takes"], "proposed": held["proposed"]}
