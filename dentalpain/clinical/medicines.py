"""The medicines that count while one of them is judged: who takes what, and whether silence means no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .facts import FactDefinition, ReviewedList
from .findings import Because, Finding, no, unknown, yes
from .prescribing.prescription import Ingredient, Prescription
from .record import Standing

# Forms that act where they are put: not counted as taking the class (fhir-reading: class tags need filters).
LOCAL_FORMS = frozenset({"topical", "eye", "ear", "inhaled", "nasal steroid", "vaginal", "intrauterine"})


@dataclass(frozen=True, slots=True)
class Taken:
    """One medicine that counts as taken: from the list, or proposed together with the one that is judged."""

    prescription: Prescription
    source: str
    date: dt.date | None = None
    standing: Standing = Standing.CURRENT
    proposed: bool = False

    @property
    def systemic(self) -> bool:
        """Whether it acts in the whole body; a form that is not known counts as systemic."""
        return self.prescription.form not in LOCAL_FORMS


class MedicineList:
    """The medicines beside the one that is judged, and whether somebody reviewed the list within 90 days."""

    def __init__(self, taken: Iterable[Taken], reviewed: ReviewedList | None) -> None:
        self.taken = tuple(taken)
        self.reviewed = reviewed
        self._kept: dict[tuple[str, frozenset[str]], Finding] = {}
        self.unrecognised = tuple(t for t in self.taken if not t.prescription.recognised)

    def of(self, definition: FactDefinition) -> Finding:
        """Does the patient take a medicine of this class (ingredients win over class tags where both are named)?"""
        return self.any_with(definition.ingredients or definition.classes, definition.id)

    def any_with(self, tags: frozenset[str], fact: str) -> Finding:
        """Does the patient take a systemic medicine that holds one of the class tags or ingredient names?"""
        key = (fact, tags)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._search(tags, fact)
        return found

    def holding(self, tags: frozenset[str]) -> tuple[tuple[Taken, Ingredient], ...]:
        """Every systemic medicine with the ingredient that matches one of the tags."""
        return tuple(
            (taken, part)
            for taken in self.taken
            if taken.systemic
            for part in taken.prescription.ingredients
            if part.name in tags or part.classes & tags
        )

    def _search(self, tags: frozenset[str], fact: str) -> Finding:
        return self.answer_for(self.holding(tags), fact)

    def answer_for(self, hits: tuple[tuple[Taken, Ingredient], ...], fact: str) -> Finding:
        """Yes for a medicine that is taken now, unknown where that is in doubt, else what the list's silence means."""
        sure = tuple(
            Because(fact, part.name, taken.source, taken.date)
            for taken, part in hits
            if taken.standing is Standing.CURRENT
        )
        if sure:
            return yes(*sure)
        if hits:
            return unknown(*(Because(fact, None, taken.source, taken.date) for taken, _ in hits))
        return self.silence(fact)

    def silence(self, fact: str) -> Finding:
        """What it means that no medicine on the list matches: no only on a reviewed list that was read in full."""
        if self.unrecognised:
            return unknown(*(Because("unrecognised_medicine", None, t.source, t.date) for t in self.unrecognised[:1]))
        if self.reviewed is None:
            return unknown(Because(fact, None))
        return no(self.reviewed.for_fact(fact))
