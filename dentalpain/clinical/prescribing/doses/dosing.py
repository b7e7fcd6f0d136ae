"""The dose of an option for this patient: by age, weight, kidneys, liver and alcohol; none where a needed fact is unknown.

Figures are dated limits (knowledge/limits/doses.toml). A dose never stands for a permission: the rules judge it
afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...case import Limits
from ...facts import Facts
from ...findings import NO, YES
from .dose import Dose, Dosing, is_adult, is_adult_by_dose
from .dosing_acute import ACUTE_DOSES, acetaminophen, vascular_disease
from .dosing_chronic import CHRONIC_DOSES

if TYPE_CHECKING:
    from ..judging import Option

# Dosed by weight, so that a child lacks no dose but a weight.
FOR_CHILDREN = frozenset({"ibuprofen", "acetaminophen"})
DOSES: dict[str, Dosing] = {**ACUTE_DOSES, **CHRONIC_DOSES}


def dose_for(option: Option, facts: Facts, limits: Limits, nsaid_ruled_out: bool) -> Dose | None:
    """The dose of an option, or None where the facts leave it unsettled; `nsaid_ruled_out`: no NSAID may be taken."""
    if option.prescription is None:
        return None
    if option.id == "acetaminophen":
        return acetaminophen(option.prescription, facts, limits, nsaid_ruled_out)
    by_option = DOSES.get(option.id)
    return by_option(option.prescription, facts, limits) if by_option else None


def why_no_dose(option_id: str, facts: Facts, limits: Limits) -> str:
    """Why there is no dose: 'none_held', 'for_adults', 'heart_and_vessels', or 'unsettled' where a fact is missing."""
    if option_id in FOR_CHILDREN:
        return "unsettled"
    if option_id not in DOSES:
        return "none_held"
    if is_adult(facts, limits).answer is NO:
        return "for_adults"
    avoided = option_id == "diclofenac" and vascular_disease(facts).answer is YES
    return "heart_and_vessels" if avoided else "unsettled"


__all__ = ["DOSES", "Dose", "dose_for", "is_adult_by_dose", "why_no_dose"]
