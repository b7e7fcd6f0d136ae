"""Going over all knowledge files: each fits its schema, and every id in them leads somewhere."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields

from ..clinical.case import INDICATIONS
from ..errors import DentalPainError
from ..handouts import wording
from ..handouts.letters import words as letters
from ..knowledge import grading, naltrexone_course, schemas, screening_schemas
from ..knowledge.files import FOLDER, place, read_rows
from ..knowledge.load import Knowledge
from ..knowledge.packs import read_packs
from ..knowledge.screening_tables import load_screening

STATED_BESIDE_FACTS = {"sex", "age_years"}  # worked cases give them with the facts; the record keeps them apart
# Scopes that no table of medicines lists: every medicine, one option, and what the form of a product makes of it.
LISTED_ONLY = {"any_medicine", "ldn", "topical_lidocaine"}
NO_FACT = "none"  # a name that is known, and of which no rule reads anything
SEPARATOR = ";"


class Step(schemas.Strict):
    """One entry of next_steps.toml."""

    do = fields.String(required=True)
    why = fields.String(required=True)


class Question(schemas.Strict):
    """One entry of questions.toml."""

    ask = fields.String(required=True)
    who = fields.String(required=True)


# The files of one table each, and those that hold a table per entry.
ONE_EACH: Mapping[str, type[Schema]] = {
    "rules/*/*/*.toml": schemas.RuleFile,
    "options/*.toml": schemas.OptionFile,
    "instruments/*/*.toml": screening_schemas.InstrumentFile,
    "diagnoses/*/*.toml": screening_schemas.DiagnosisFile,
    "red_flags/*/*.toml": screening_schemas.RedFlagFile,
    "differential/*/*.toml": screening_schemas.ConditionFile,
    "naltrexone_plan.toml": naltrexone_course.CourseFile,
    "nociplastic.toml": grading.GradingFile,
}
TABLE_PER_ENTRY: Mapping[str, type[Schema]] = {
    "limits/*.toml": schemas.LimitFile,
    "*citations.toml": schemas.Citation,
    "next_steps.toml": Step,
    "questions.toml": Question,
}


@dataclass
class Checked:
    """How much was looked at, and every fault with its file, place and mend."""

    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    installed: list[dict[str, str]] = field(default_factory=list)

    def count(self, what: str, number: int) -> None:
        """So many of these were looked at."""
        self.counts[what] = self.counts.get(what, 0) + number

    def resolve(self, where: str, kind: str, named: Iterable[str], known: Iterable[str]) -> None:
        """Every name must be among the known ones."""
        held = set(known)
        names = list(named)
        self.count("names resolved", len(names))
        strange = dict.fromkeys(name for name in names if name not in held)
        self.faults += [f"{where}: there is no {kind} '{name}'. Correct or add it." for name in strange]


def check_knowledge(packs: Path | None = None) -> Checked:
    """Check everything, the packs of the practice too; the ids are resolved only where all files could be read."""
    checked = Checked()
    checked.faults += _attempt(lambda: _list_packs(packs, checked))
    for path in sorted(FOLDER.rglob("*.toml")):
        checked.faults += _schema_faults(path)
        checked.count("TOML files", 1)
    for path in sorted(FOLDER.rglob("*.csv")):
        checked.faults += _attempt(partial(_count_rows, path, checked))
        checked.count("tables", 1)
    for language in wording.languages():
        checked.faults += _attempt(partial(wording.load, language))
        checked.count("languages of handouts", 1)
    for language, kind in product(letters.letter_languages(), letters.KINDS):
        checked.faults += _attempt(partial(letters.load_letter, kind, language))
        checked.count("letters", 1)
    if not checked.faults:
        checked.faults += _attempt(lambda: _resolve_all(Knowledge(packs), checked))
    return checked


def _list_packs(packs: Path | None, checked: Checked) -> None:
    """The official forms that the practice installed; whether they fit our items shows when the instruments are read."""
    for pack in read_packs(packs).values():
        checked.installed.append({name: pack[name] for name in ("instrument", "title", "version", "url", "publisher")})
    checked.count("official forms", len(checked.installed))


def _count_rows(path: Path, checked: Checked) -> None:
    checked.count("rows of tables", len(read_rows(path)))


def _attempt(step: Callable[[], object]) -> list[str]:
    try:
        step()
    except DentalPainError as error:
        return [str(error)]
    return []


# -- schemas ---------------------------------------------------------------------------------------------------


def _schema_faults(path: Path) -> list[str]:
    relative = path.relative_to(FOLDER)
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [f"{place(path)}: not valid TOML: {error}."]
    for pattern, schema in ONE_EACH.items():
        if relative.match(pattern):
            return list(_misfits(place(path), schema(), whole))
    for pattern, schema in TABLE_PER_ENTRY.items():
        if relative.match(pattern):
            return [
                fault for key, table in whole.items() for fault in _misfits(f"{place(path)}, /{key}", schema(), table)
            ]
    return [] if relative.parts[0] == "handouts" else [f"{place(path)}: no schema is known for this file. Move it."]


def _misfits(where: str, schema: Schema, table: Any) -> Iterator[str]:
    try:
        schema.load(table)
    except ValidationError as error:
        for pointer, message in _pointers(error.messages):
            yield f"{where}{'' if ', /' in where or not pointer else ', '}{pointer}: {message}"


def _pointers(messages: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _pointers(inner, pointer if key == "_schema" else f"{pointer}/{key}")
    elif isinstance(messages, list):
        for message in messages:
            yield pointer, str(message)
    else:
        yield pointer, str(messages)


# -- ids -------------------------------------------------------------------------------------------------------


def _resolve_all(knowledge: Knowledge, checked: Checked) -> None:
    screening = load_screening(knowledge)
    tags = _tags(knowledge)
    for rule in knowledge.rules.rules:
        _resolve_rule(rule, knowledge, tags, checked)
    for kind in (screening.instruments, screening.diagnoses, screening.red_flags):
        for one in kind.values():
            _resolve_sources(str(one.texts["path"]), one.texts, knowledge, checked)
    for key, limit in knowledge.limits.items():
        checked.resolve(f"knowledge/limits, {key}", "source", (v.citation for v in limit.values), _citations(knowledge))
    _resolve_options(knowledge, tags, checked)
    _resolve_facts(knowledge, screening.red_flags, checked)
    checked.count("rules", len(knowledge.rules.rules))
    screened = sum(map(len, (screening.instruments, screening.diagnoses, screening.red_flags)))
    checked.count("instruments, diagnoses and red flags", screened)


def _tags(knowledge: Knowledge) -> set[str]:
    """Everything that a scope may name: ingredients, their classes, and options with what they stand for."""
    rows = read_rows(FOLDER / "ingredients.csv")
    found = {row["name"] for row in rows} | {tag for row in rows for tag in row["class"].split("|")}
    found |= {tag for option in knowledge.options.values() for tag in (*option.get("scopes", ()), option["id"])}
    return found | LISTED_ONLY


def _resolve_rule(rule: Any, knowledge: Knowledge, tags: set[str], checked: Checked) -> None:
    where = str(rule.texts["path"])
    _resolve_sources(where, rule.texts, knowledge, checked)
    checked.resolve(where, "scope", rule.scope, tags)
    listed = knowledge.rule_index.get(rule.id)
    if listed is None:
        checked.faults.append(f"{where}: {rule.id} does not stand in knowledge/rule_index.csv. Add it.")
    else:
        if listed["severity"] != rule.severity.word:
            checked.faults.append(f"{where}: the index says {listed['severity']}. Write the same severity in both.")
        if set(listed["scope"].split(SEPARATOR)) != set(rule.scope):
            checked.faults.append(f"{where}: the index names another scope. Write the same in both.")
    for number, case in enumerate(knowledge.worked_cases(rule.id)):
        at = f"{where}, /worked_case/{number}"
        checked.count("worked cases", 1)
        checked.resolve(at, "fact", case.get("facts", {}), {*knowledge.facts, *STATED_BESIDE_FACTS})
        checked.resolve(at, "limit of this rule", filter(None, [case.get("limit")]), rule.limits)
        checked.resolve(at, "option", filter(None, [case.get("judged")]), knowledge.options)
        checked.resolve(at, "indication", filter(None, [case.get("indication")]), INDICATIONS)


def _resolve_sources(where: str, texts: Mapping[str, Any], knowledge: Knowledge, checked: Checked) -> None:
    checked.resolve(where, "limit", texts.get("limits", ()), knowledge.limits)
    checked.resolve(where, "source", texts["citations"], _citations(knowledge))


def _citations(knowledge: Knowledge) -> set[str]:
    return set(knowledge.citations)


def _resolve_options(knowledge: Knowledge, tags: set[str], checked: Checked) -> None:
    for path in sorted((FOLDER / "options").glob("*.toml")):
        option = knowledge.options.get(path.stem)
        if option is None:
            checked.faults.append(f"{place(path)}: its id is not the name of the file. Name both alike.")
            continue
        checked.resolve(place(path), "ingredient", option.get("ingredients", ()), tags)
        checked.count("options", 1)
    children = knowledge.candidates_under_12.values()
    where = "knowledge/candidates_under_12.csv"
    checked.resolve(where, "option", (row["option"] for row in children), knowledge.options)
    checked.resolve(where, "source", (c for row in children for c in row["citations"].split(SEPARATOR) if c), knowledge.citations)
    for indication, rows in knowledge.candidates.items():
        where = f"knowledge/candidates.csv, {indication}"
        checked.resolve(where, "indication", [indication], INDICATIONS)
        checked.resolve(where, "option", (row["option"] for row in rows), knowledge.options)
        named = (c for row in rows for c in row["citations"].split(SEPARATOR) if c)
        checked.resolve(where, "source", named, knowledge.citations)


def _resolve_facts(knowledge: Knowledge, red_flags: Iterable[str], checked: Checked) -> None:
    facts = knowledge.facts
    checked.count("facts", len(facts))
    known_rules = {*knowledge.rule_index, *red_flags, *(f"RF-{number:02}" for number in range(1, 21))}
    for row in knowledge.fact_rows:
        used = filter(None, row["used_by_rules"].split(SEPARATOR))
        checked.resolve(f"knowledge/facts.csv, {row['id']}", "rule", used, known_rules)
    checked.resolve("knowledge/questions.toml", "fact", knowledge.questions, {*facts, "indication"})
    checked.count("questions", len(knowledge.questions))
    names = read_rows(FOLDER / "condition_names.csv")
    named = (fact for row in names for fact in filter(None, row["fact_id"].split(SEPARATOR)))
    checked.resolve("knowledge/condition_names.csv", "fact", named, {*facts, NO_FACT})
    equivalents = read_rows(FOLDER / "morphine_equivalents.csv")
    where = "knowledge/morphine_equivalents.csv"
    checked.resolve(where, "source", (row["citation"] for row in equivalents), knowledge.citations)
