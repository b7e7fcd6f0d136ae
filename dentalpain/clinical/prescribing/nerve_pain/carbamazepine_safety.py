"""When carbamazepine or oxcarbazepine would harm: allergy, blood, heart, sodium, an unborn child.

Sources: US labels of both; Beers 2023. Genes: antiepileptic_genes.py; other medicines: carbamazepine_company.py.
"""

from __future__ import annotations

from ...allergies import allergic_to
from ...case import Case, Limits
from ...findings import YES, Finding, any_of, no
from ...pregnancy import possibly_pregnant

LOW_SODIUM = "hyponatraemia"


def carbamazepine_allergy(case: Case, limits: Limits) -> Finding:
    """The patient reacted to carbamazepine, a close relative of it or a tricyclic as to an allergen."""
    return any_of(
        allergic_to(case, "carbamazepine_allergy", "carbamazepine", "oxcarbazepine", "eslicarbazepine"),
        allergic_to(case, "tca_allergy", "tca"),
    )


def carbamazepine_with_weak_bone_marrow(case: Case, limits: Limits) -> Finding:
    """The bone marrow makes too few blood cells, or once did."""
    return case.has("bone_marrow_depression")


def carbamazepine_with_av_block(case: Case, limits: Limits) -> Finding:
    """The signal from the atria to the ventricles of the heart is slowed or cut."""
    return case.has("av_block")


def carbamazepine_in_pregnancy(case: Case, limits: Limits) -> Finding:
    """The patient is pregnant, may be, or hopes to be."""
    return any_of(possibly_pregnant(case), case.has("pregnancy_planned"))


def carbamazepine_with_low_sodium(case: Case, limits: Limits) -> Finding:
    """The sodium in the blood is low already."""
    return case.has(LOW_SODIUM)


def carbamazepine_with_sodium_at_risk(case: Case, limits: Limits) -> Finding:
    """Age, a water pill or an antidepressant makes it likely that the sodium falls, and it is not known to be low."""
    low = case.has(LOW_SODIUM)
    if low.answer is YES:
        return no(*low.because)
    old = case.age().at_least(limits["beers_age"])
    return any_of(old, case.has("diuretic"), case.has("ssri"), case.has("snri"))
