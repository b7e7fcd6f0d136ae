"""Medicines and allergies that stand among the problems: 'alprazolam 0.5 mg tid', 'allergic to aspirin'.

A positive entry counts wherever it stands. An allergy is read as one without a reaction. A medicine is read as one in
doubt: 'lithium toxicity' names it as well, and whether it is taken has to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .prescribing.texts.names import DrugNames
from .prescribing.texts.reading import read_prescriptions
from .quantities import PartialDate
from .reactions import AllergyEntry, read_allergy
from .recognising import Vocabulary
from .record import Allergy, Medicine, Standing, Statement

UNKNOWN_PROBLEM = "no table knows this problem"
ALLERGIC = re.compile(r"\b(allerg(y|ies|ic)|anaphyla\w+|hypersensitiv\w+)\b", re.I)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """What a problem that no table knows holds of the other lists, and how it is told."""

    why: str = UNKNOWN_PROBLEM
    medicines: tuple[Medicine, ...] = ()
    allergies: tuple[Allergy, ...] = ()
    statements: tuple[Statement, ...] = ()


def misplaced(
    text: str, standing: Standing, day: PartialDate | None, source: str, vocabulary: Vocabulary, names: DrugNames
) -> Misplaced:
    """The medicines or the allergy that a problem names; neither where it is denied, past, or of a relative."""
    if standing not in (Standing.CURRENT, Standing.ASK) or not names.ingredients_in(text) or vocabulary.denies(text):
        return Misplaced()
    if ALLERGIC.search(text):
        entry = AllergyEntry(text, standing=standing, date=day, source=source)
        read = read_allergy(entry, vocabulary, names)
        allergies = (read.allergy,) if read.allergy is not None else ()
        return Misplaced("it is read as an allergy; it belongs in that list", (), allergies, read.statements)
    taken = (each for each in read_prescriptions(text, names) if each.ingredients)
    medicines = tuple(Medicine(each, Standing.ASK, day, None, source) for each in taken)
    return Misplaced("it names a medicine, which is asked about; it belongs in that list", medicines)


def unlisted(found: Iterable[Medicine], listed: Iterable[Medicine]) -> list[Medicine]:
    """Those of which the list of medicines does not hold every ingredient, so that none is counted twice."""
    held = {part.name for medicine in listed for part in medicine.prescription.ingredients}
    return [each for each in found if not {part.name for part in each.prescription.ingredients} <= held]
