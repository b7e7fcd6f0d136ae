"""What older people should be spared: a third medicine that acts on the brain. Source: AGS Beers 2023."""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import Because, Finding, all_of, at_least, no, unknown, yes
from ...record import Standing

# The groups that Beers 2023 counts together.
ON_THE_BRAIN = frozenset({
    "opioid", "benzodiazepine", "z_drug", "gabapentinoid", "ssri", "ssri_like", "snri", "tca", "antidepressant_other",
    "antipsychotic", "anticonvulsant", "muscle_relaxant",
})  # fmt: skip
TAKEN = "cns_active_medicine"
LIST = "medicines_reviewed"  # what has to be asked where it is open


def third_medicine_on_the_brain(case: Case, limits: Limits) -> Finding:
    """A patient of 65 or more takes two medicines that act on the brain, and this one is the third."""
    if not case.judged.tags & ON_THE_BRAIN:
        return no()
    old = case.age().at_least(limits["beers_age"])
    return all_of(old, at_least(2, [*_taken(case), *[case.medicines.silence(LIST)] * 2]))


def _taken(case: Case) -> list[Finding]:
    """One finding for each further medicine that acts on the brain; one in doubt is unknown."""
    found: dict[str, Finding] = {}
    for taken, part in case.medicines.holding(ON_THE_BRAIN):
        sure = taken.standing is Standing.CURRENT
        if sure:
            found[part.name] = yes(Because(TAKEN, part.name, taken.source, taken.date))
        else:
            found.setdefault(part.name, unknown(Because(LIST, None, taken.source, taken.date)))
    return list(found.values())
