"""What is gathered from a Bundle while its resources are read one type after the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from ..clinical.prescribing.prescription import Prescription
from ..clinical.prescribing.texts.names import DrugNames
from ..clinical.quantities import PartialDate
from ..clinical.recognising import Vocabulary
from ..clinical.record import Allergy, Medicine, NotRead, Problem, Review, Statement
from .bundle import Found, OpenBundle
from .elements import Json, short


@dataclass
class Gathering:
    """The parts of a record, as they come together; `birth` is there for ages given instead of dates."""

    bundle: OpenBundle
    on: dt.date
    vocabulary: Vocabulary
    names: DrugNames
    birth: PartialDate | None = None
    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    allergies: list[Allergy] = field(default_factory=list)
    medicines: list[Medicine] = field(default_factory=list)
    reviewed: dict[str, Review] = field(default_factory=dict)
    proposed: list[Prescription] = field(default_factory=list)
    indications: list[str | None] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    answers: list[Json] = field(default_factory=list)
    _later: Counter[str] = field(default_factory=Counter)
    _unused: Counter[str] = field(default_factory=Counter)
    _unused_names: dict[str, set[str]] = field(default_factory=dict)
    _first: dict[str, str] = field(default_factory=dict)

    def miss(self, found: Found, what: str, why: str, element: str = "") -> None:
        """List a part that was not understood."""
        entry = NotRead(f"{found.where}/{element}".rstrip("/"), short(what), why)
        said = (entry.what.casefold(), entry.why)
        if not any((held.what.casefold(), held.why) == said for held in self.not_read):
            self.not_read.append(entry)

    def is_later(self, found: Found, *days: PartialDate | None) -> bool:
        """Whether a resource speaks of a day after the day of the record; such a resource is counted and not read."""
        if not any(day is not None and day.first > self.on for day in days):
            return False
        kind = str(found.resource["resourceType"])
        self._first.setdefault(f"later {kind}", found.where)
        self._later[kind] += 1
        return True

    def unused(self, found: Found, name: str) -> None:
        """Count a measurement or procedure that was understood and that no rule reads."""
        kind = str(found.resource["resourceType"])
        self._first.setdefault(f"unused {kind}", found.where)
        self._unused[kind] += 1
        self._unused_names.setdefault(kind, set()).add(name)

    def review(self, which: str, date: PartialDate | None, source: str) -> None:
        """Note that somebody went through a list; the newest review counts."""
        if date is None or date.first > self.on:
            return
        day = min(date.last, self.on)
        held = self.reviewed.get(which)
        if held is None or held.date < day:
            self.reviewed[which] = Review(day, source)

    def counted(self) -> list[NotRead]:
        """One line for each type of resource that is dated later, or that no rule reads."""
        lines = [
            NotRead(self._first[f"later {kind}"], f"{count} × {kind}", f"dated after {self.on.isoformat()}")
            for kind, count in self._later.items()
        ]
        for kind, count in self._unused.items():
            kinds = len(self._unused_names[kind])
            what = f"{count} × {kind} of {kinds} kind{'s' if kinds > 1 else ''}"
            lines.append(NotRead(self._first[f"unused {kind}"], what, "no rule reads them"))
        return lines
