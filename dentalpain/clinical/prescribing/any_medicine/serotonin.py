"""Medicines that add up to too much serotonin, and how much of a tricyclic is taken in a day.

Source: US labels of cyclobenzaprine, tricyclics and SNRIs, which list them.
"""

from __future__ import annotations

from ...case import Case
from ...findings import Finding, any_of
from ...quantities import Reading
from ..daily.amount_of_class import mg_per_day_of_all

ON_EVERY_LIST = (
    "ssri", "serotonergic_antidepressant_other", "lithium", "tramadol_or_meperidine_or_tapentadol",
)  # fmt: skip
TRICYCLIC = "tca"
TRICYCLIC_MG = "tca_mg_per_day"


def serotonergic_company(case: Case, *more: str) -> Finding:
    """Is a medicine taken that every list names, buspirone included, or one of the further facts?"""
    return any_of(*(case.has(fact) for fact in (*ON_EVERY_LIST, *more)), case.takes("serotonergic_other", "buspirone"))


def tricyclic_mg_per_day(case: Case) -> Reading:
    """Milligrams a day of all tricyclics, the one judged included; open upward where one cannot be read."""
    return mg_per_day_of_all(case, TRICYCLIC, TRICYCLIC, TRICYCLIC_MG)
