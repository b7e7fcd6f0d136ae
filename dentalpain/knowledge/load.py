"""All knowledge in one object: read at first use, once in a process, and free for every request after that."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from ..clinical.facts import FactDefinition
from ..clinical.rules import Rule, RuleBook, Severity
from ..errors import KnowledgeError, NoValueOnDayError, UnknownNameError
from .files import FOLDER, digest_of, knowledge_files, place, read_rows, read_toml
from .packs import Pack, PackFile, files_of, packs_digest, packs_in

VERSION = "2026.11"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """The value of a limit from one day on, and the source that gives it."""

    from_day: dt.date
    value: Decimal
    citation: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that rules read: its unit, what it means, and its values over time, the oldest first."""

    id: str
    unit: str
    meaning: str
    values: tuple[DatedValue, ...]

    def on(self, day: dt.date) -> DatedValue:
        """The value that held on a day; raises NoValueOnDayError for a day before the first."""
        held = [value for value in self.values if value.from_day <= day]
        if not held:
            first = self.values[0].from_day.isoformat()
            raise NoValueOnDayError(
                f"The limit '{self.id}' has no value on {day.isoformat()}: its first day is {first}. "
                "Ask for a later day, or add a dated value to knowledge/limits/."
            )
        return held[-1]


class Knowledge:
    """The knowledge base. Each part is read when it is first asked for and then kept.

    `packs`: the folder in which the practice keeps the official questionnaires that it installed, if it has one. Its
    files are read at once: what is installed later is for the next knowledge base, and words and digest stay together.
    """

    version = VERSION

    def __init__(self, packs: Path | None = None, pack_files: tuple[PackFile, ...] | None = None) -> None:
        self.packs = packs
        self._pack_files = files_of(packs) if pack_files is None else pack_files

    # -- rules -------------------------------------------------------------------------------------------------

    @cached_property
    def rules(self) -> RuleBook:
        """Every rule that is built and not retired."""
        paths = sorted((FOLDER / "rules").rglob("*.toml"))
        rules = (self._rule(path) for path in paths)
        return RuleBook(rule for rule in rules if rule.texts["review"]["status"] == "draft")

    def _rule(self, path: Path) -> Rule:
        """A rule file joined to the function of the same name, in the module and the package named as its two folders."""
        head = read_toml(path, head_only=True)
        family = path.parent.parent.name
        module = importlib.import_module(f"dentalpain.clinical.prescribing.{family}.{path.parent.name}")
        function = getattr(module, path.stem, None)
        if function is None:
            raise KnowledgeError(f"{place(path)}: {module.__name__} has no function '{path.stem}'. Name both alike.")
        return Rule(
            id=head["id"],
            scope=frozenset(head["scope"]),
            severity=Severity.of(head["severity"]),
            function=function,
            limits=tuple(head.get("limits", ())),
            texts={**head, "path": place(path)},
        )

    @cached_property
    def rule_index(self) -> Mapping[str, dict[str, str]]:
        """Every rule that the project knows of, built or not: id, scope, severity, card_merged_into, mark."""
        return {row["id"]: row for row in read_rows(FOLDER / "rule_index.csv")}

    def worked_cases(self, rule_id: str) -> list[dict[str, Any]]:
        """The worked cases of a rule, as its file holds them."""
        return list(read_toml(self._path_of(rule_id)).get("worked_case", ()))

    def _path_of(self, rule_id: str) -> Path:
        return FOLDER.parent / str(self.rule(rule_id).texts["path"])

    def rule(self, rule_id: str) -> Rule:
        """The rule of an id; raises UnknownNameError."""
        try:
            return self.rules.by_id[rule_id]
        except KeyError:
            mend = "It is planned, not built." if rule_id in self.rule_index else "See docs/rules.md for the ids."
            raise UnknownNameError(f"There is no rule '{rule_id}'.", mend=mend) from None

    # -- numbers -----------------------------------------------------------------------------------------------

    @cached_property
    def limits(self) -> Mapping[str, Limit]:
        """Every limit by its id."""
        found: dict[str, Limit] = {}
        for path in sorted((FOLDER / "limits").glob("*.toml")):
            for key, body in read_toml(path).items():
                if key in found:
                    raise KnowledgeError(f"{place(path)}: the limit '{key}' stands in another file already.")
                found[key] = _limit(key, body)
        return found

    def limit(self, limit_id: str, day: dt.date) -> Decimal:
        """The value of a limit on a day; raises UnknownNameError and NoValueOnDayError."""
        try:
            return self.limits[limit_id].on(day).value
        except KeyError:
            raise UnknownNameError(f"There is no limit '{limit_id}'.", mend="See knowledge/limits/.") from None

    def limits_on(self, day: dt.date) -> Mapping[str, Mapping[str, Decimal]]:
        """For each rule id the numbers that the rule may read, as they stood on a day."""
        kept = self._limits_on.get(day)
        if kept is None:
            kept = {rule.id: {name: self.limit(name, day) for name in rule.limits} for rule in self.rules.rules}
            if len(self._limits_on) > 64:
                self._limits_on.clear()
            self._limits_on[day] = kept
        return kept

    @cached_property
    def _limits_on(self) -> dict[dt.date, Mapping[str, Mapping[str, Decimal]]]:
        return {}

    # -- facts, sources and options ----------------------------------------------------------------------------

    @cached_property
    def fact_rows(self) -> list[dict[str, str]]:
        """The table of facts as it stands in the file."""
        return read_rows(FOLDER / "facts.csv")

    @cached_property
    def facts(self) -> Mapping[str, FactDefinition]:
        """Every fact by its id."""
        names = {row["rxcui"]: row["name"] for row in reversed(read_rows(FOLDER / "ingredients.csv")) if row["rxcui"]}
        return {row["id"]: _fact(row, names) for row in self.fact_rows}

    @cached_property
    def questions(self) -> Mapping[str, dict[str, str]]:
        """The question that settles each fact, and who can answer it."""
        return read_toml(FOLDER / "questions.toml")

    @cached_property
    def citations(self) -> Mapping[str, dict[str, Any]]:
        """Every source by its id."""
        return read_toml(FOLDER / "citations.toml")

    @cached_property
    def options(self) -> Mapping[str, dict[str, Any]]:
        """Every option by its id: a medicine, a procedure, a kind of care or a referral."""
        held = (read_toml(path) for path in sorted((FOLDER / "options").glob("*.toml")))
        return {option["id"]: option for option in held}

    @cached_property
    def candidates(self) -> Mapping[str, list[dict[str, str]]]:
        """For each indication the options that its guideline lists, in the order of the guideline."""
        found: dict[str, list[dict[str, str]]] = {}
        for row in read_rows(FOLDER / "candidates.csv"):
            found.setdefault(row["indication"], []).append(row)
        return found

    @cached_property
    def candidates_under_12(self) -> Mapping[str, dict[str, str]]:
        """What the guideline for children says of an option for acute pain; the other one begins at 12 years."""
        return {row["option"]: row for row in read_rows(FOLDER / "candidates_under_12.csv")}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every knowledge file, every module that decides, and the packs of the practice."""
        return digest_of(knowledge_files(), packs_digest(self._pack_files))

    @cached_property
    def installed(self) -> Mapping[str, Pack]:
        """The official questionnaires of the practice by their instrument; raises SettingsError for a broken one."""
        return packs_in(self._pack_files)

    @cached_property
    def official_forms(self) -> frozenset[str]:
        """The addresses of the installed official questionnaires, as a response to one of them names it."""
        return frozenset(str(pack["url"]) for pack in self.installed.values() if pack["url"])


def _limit(key: str, body: dict[str, Any]) -> Limit:
    values = sorted(
        (DatedValue(v["from"], Decimal(v["value"]), v["citation"]) for v in body["value"]), key=lambda v: v.from_day
    )
    return Limit(key, body["unit"], body["meaning"], tuple(values))


def _ingredient(entry: str, names: Mapping[str, str]) -> str:
    """The name in an entry of the table of facts: '2002 carbamazepine', a bare RxNorm code, or a bare name."""
    code, _, name = entry.strip().partition(" ")
    return name or names.get(code, code) if code.isdigit() else entry.strip()


def _fact(row: dict[str, str], names: Mapping[str, str]) -> FactDefinition:
    return FactDefinition(
        id=row["id"],
        kind=row["kind"],
        unit=row["unit"],
        value=row["value"],
        meaning=row["meaning"],
        classes=frozenset(filter(None, row["rxnorm_classes"].split(";"))),
        ingredients=frozenset(_ingredient(e, names) for e in row["rxnorm_ingredients"].split(";") if e.strip()),
        absent=row["absent"],
        absent_reason=row["absent_reason"],
        stale_after_days=int(row["stale_after_days"]) if row["stale_after_days"] else None,
        older=row["older"],
        older_sets=row["older_sets"],
        obtained=row["obtained"],
    )


def load_knowledge(packs: str | Path | None = None) -> Knowledge:
    """The knowledge of this installation with the packs of a folder; the same object while no pack changes."""
    folder = Path(packs) if packs else None
    return _load(folder, files_of(folder))


@lru_cache(maxsize=4)
def _load(packs: Path | None, files: tuple[PackFile, ...]) -> Knowledge:
    return Knowledge(packs, files)
