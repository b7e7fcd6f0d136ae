"""Two medicines of one class, and sedating medicines for a clouded mind. Sources: standard of care; AGS Beers 2023."""

from __future__ import annotations

from ...case import Case, Limits, proved_by
from ...findings import Finding, any_of

CLASSES = ("benzodiazepine", "muscle_relaxant", "tca", "snri", "gabapentinoid", "triptan")


def second_medicine_of_the_class(case: Case, limits: Limits) -> Finding:
    """Another medicine of the same class is taken already, or stands in the same order."""
    return any_of(*(case.has(one) for one in CLASSES if one in case.judged.tags))


def sedating_medicine_for_a_clouded_mind(case: Case, limits: Limits) -> Finding:
    """The patient has dementia, thinks less clearly, is or was lately delirious, or falls again and again."""
    facts = ("dementia", "cognitive_impairment", "delirium", "recurrent_falls")
    return proved_by(any_of(*(case.has(fact) for fact in facts)), case.has("confusion_or_drowsiness"))
