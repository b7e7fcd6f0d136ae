"""Instruments, diagnoses, red flags and their texts, joined to the functions of the same name."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from ..clinical.facts import FactDefinition
from ..clinical.instruments.instrument import Instrument, Item
from ..clinical.screening.criteria import Diagnosis
from ..clinical.screening.differential.condition import Condition
from ..clinical.screening.red_flags.urgency import RedFlag
from ..clinical.screening.tables import (
    ALL_CONDITIONS,
    ALL_DIAGNOSES,
    ALL_INSTRUMENTS,
    ALL_RED_FLAGS,
    ScreeningKnowledge,
)
from ..errors import KnowledgeError
from .files import FOLDER, place, read_toml
from .load import Knowledge, load_knowledge
from .wording import worded

MODULES = {
    "instruments": "dentalpain.clinical.instruments",
    "diagnoses": "dentalpain.clinical.screening",
    "red_flags": "dentalpain.clinical.screening.red_flags",
    "differential": "dentalpain.clinical.screening.differential",
}
LIMITS = FOLDER / "limits" / "screening.toml"
# A worked-out fact: the table of questions has none for it.
ASK_AGE = "The birth date is not recorded: how many years old is the patient?"


def load_screening(knowledge: Knowledge | None = None) -> ScreeningKnowledge:
    """Read everything that screening needs; the caller keeps it. Raises KnowledgeError.

    `knowledge` gives the table of facts, its questions and the limits; without it, that of this installation.
    """
    base = load_knowledge() if knowledge is None else knowledge
    asked = {key: row["ask"] for key, row in base.questions.items()}
    return ScreeningKnowledge(
        instruments=_in_order((worded(_instrument(path), base.installed) for path in _files("instruments")), ALL_INSTRUMENTS),
        diagnoses=_in_order(map(_diagnosis, _files("diagnoses")), ALL_DIAGNOSES),
        red_flags=_in_order(map(_red_flag, _files("red_flags")), ALL_RED_FLAGS),
        conditions=_conditions(),
        red_flag_facts=MappingProxyType(_facts_of_red_flags(base)),
        questions=MappingProxyType({"age_years": ASK_AGE, **asked}),
        steps=read_toml(FOLDER / "next_steps.toml"),
        limits_on=_limits_on(base),
    )


def worked_cases(kind: str) -> Iterable[tuple[str, dict[str, Any]]]:
    """The worked cases of 'instruments', 'diagnoses', 'red_flags' or 'differential', each with its file's public id."""
    for path in _files(kind):
        whole = read_toml(path)
        for case in whole.get("worked_case", ()):
            yield whole["id"], case


def _files(kind: str) -> list[Path]:
    return sorted((FOLDER / kind).glob("*/*.toml"))


def _function(kind: str, path: Path) -> Any:
    """The function with the stem's name in the module with the folder's name."""
    module = importlib.import_module(f"{MODULES[kind]}.{path.parent.name}")
    function = getattr(module, path.stem, None)
    if function is None:
        raise KnowledgeError(f"{place(path)}: {module.__name__} has no function '{path.stem}'. Name both alike.")
    return function


Built = TypeVar("Built", Instrument, Diagnosis, RedFlag, Condition)


def _in_order(built: Iterable[Built], names: tuple[str, ...]) -> Mapping[str, Built]:
    by_id = {each.id: each for each in built}
    strange = by_id.keys() - set(names)
    if strange:
        raise KnowledgeError(f"Screening files carry ids that are not public: {', '.join(sorted(strange))}.")
    return MappingProxyType({name: by_id[name] for name in names if name in by_id})


def _instrument(path: Path) -> Instrument:
    head = read_toml(path, head_only=True)
    items = tuple(_item(held, head.get("scale", ())) for held in head["item"])
    return Instrument(
        id=head["id"],
        items=items,
        function=_function("instruments", path),
        limits=tuple(head["limits"]),
        cautions=tuple(head["cautions"]),
        for_minors=head["for_minors"],
        window_days=head.get("window_days"),
        texts={**head, "path": place(path)},
    )


def _item(held: Mapping[str, Any], scale: Iterable[Mapping[str, Any]]) -> Item:
    """An item; without a kind of its own it is answered with the options of the whole form."""
    number = held.get("number", {})
    kind = held.get("kind") or ("number" if number else "names" if "names" in held else "choice")
    options = held.get("options", scale if kind == "choice" else ())
    return Item(
        key=held["key"],
        ask=held["ask"],
        options={option["points"]: option["says"] for option in options},
        kind=kind,
        lowest=number.get("lowest", 0),
        highest=number.get("highest", 0),
        names=tuple(held.get("names", ())),
        words=held.get("words", {}),
        skipped_by=tuple(held.get("skipped_by", ())),
        scored=held.get("scored", True),
    )


def _diagnosis(path: Path) -> Diagnosis:
    head = read_toml(path, head_only=True)
    return Diagnosis(
        id=head["id"],
        function=_function("diagnoses", path),
        sides=tuple(head["sides"]),
        criteria=head["criteria"],
        sensitivity=head["accuracy"].get("sensitivity"),
        specificity=head["accuracy"].get("specificity"),
        codes=head["icd10cm"],
        optional_codes={side: tuple(codes) for side, codes in head.get("icd10cm_optional", {}).items()},
        optional_when_painful=head.get("icd10cm_optional_when_painful", False),
        limits=tuple(head["limits"]),
        for_minors=head["for_minors"],
        texts={**head, "path": place(path)},
    )


def _red_flag(path: Path) -> RedFlag:
    head = read_toml(path, head_only=True)
    return RedFlag(
        id=head["id"],
        function=_function("red_flags", path),
        limits=tuple(head["limits"]),
        then=head["then"],
        if_unknown=head["if_unknown"],
        advice=head.get("advice", {}),
        for_minors=head.get("for_minors", ""),
        texts={**head, "path": place(path)},
    )


def _conditions() -> tuple[Condition, ...]:
    """Every form of every condition, in the order of triage."""
    forms = [_condition(path) for path in _files("differential")]
    _in_order(forms, ALL_CONDITIONS)
    return tuple(sorted(forms, key=lambda form: ALL_CONDITIONS.index(form.id)))


def _condition(path: Path) -> Condition:
    head = read_toml(path, head_only=True)
    return Condition(
        id=head["id"],
        name=path.stem,
        function=_function("differential", path),
        codes=tuple(head["icd10cm"]),
        limits=tuple(head["limits"]),
        core=frozenset(head.get("core", ())),
        ruled_out_by=frozenset(head.get("ruled_out_by", ())),
        texts={**head, "path": place(path)},
    )


def _facts_of_red_flags(knowledge: Knowledge) -> dict[str, FactDefinition]:
    """The facts whose row names a red flag, built or not: a complaint may state them all."""
    return {
        row["id"]: knowledge.facts[row["id"]]
        for row in knowledge.fact_rows
        if any(rule.startswith("RF-") for rule in row["used_by_rules"].split(";"))
    }


def _limits_on(knowledge: Knowledge) -> Callable[[dt.date], Mapping[str, Decimal]]:
    names = tuple(read_toml(LIMITS))
    return lambda day: {name: knowledge.limit(name, day) for name in names}
