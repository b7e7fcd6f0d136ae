"""The tables of medicines and of morphine equivalents, read from the files beside this module, once in a process."""

from __future__ import annotations

from functools import lru_cache

from ..clinical.prescribing.daily.equivalents import Equivalents
from ..clinical.prescribing.texts.names import DrugNames
from .files import FOLDER, read_rows


@lru_cache(maxsize=1)
def load_drug_names() -> DrugNames:
    """All names of medicines; raises KnowledgeError for a table that is not square."""
    tables = ("drug_names.csv", "ingredients.csv", "recognised_medicines.csv")
    return DrugNames(*(read_rows(FOLDER / table) for table in tables))


@lru_cache(maxsize=1)
def load_equivalents() -> Equivalents:
    """All editions of the morphine equivalents; raises KnowledgeError for a table that is not square."""
    return Equivalents(read_rows(FOLDER / "morphine_equivalents.csv"))
