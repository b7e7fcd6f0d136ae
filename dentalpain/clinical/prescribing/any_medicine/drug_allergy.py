"""An allergy to the very medicine that is judged, whatever its class."""

from __future__ import annotations

from ...allergies import allergic_to
from ...case import Case, Limits
from ...findings import Finding


def allergy_to_the_same_drug(case: Case, limits: Limits) -> Finding:
    """The allergy list names something that is in this medicine."""
    named = {part.name for allergy in case.facts.record.allergies for part in allergy.ingredients}
    return allergic_to(case, "any_drug_allergy", *(named & case.judged.tags))
