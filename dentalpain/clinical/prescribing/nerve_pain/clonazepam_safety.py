"""When clonazepam would harm, swallowed or dissolved in the mouth: sedation, breathing, dependence, liver, eye, age.

Sources: US clonazepam label with the boxed warnings of 2016 and 2020; Beers 2023.
"""

from __future__ import annotations

from ...alcohol import drinks_per_day
from ...case import Case, Limits, proved_by, special_case
from ...findings import Finding, any_of
from ...liver import child_pugh
from ..opioids.opioid_safety import opioid_with_opioid_use_disorder

SEDATIVES = ("benzodiazepine", "z_drug", "barbiturate", "gabapentinoid", "cns_depressant_other")


def clonazepam_with_opioid(case: Case, limits: Limits) -> Finding:
    """An opioid of any kind is on the list or stands in the same order."""
    return case.has("opioid_active")


def clonazepam_with_sedative(case: Case, limits: Limits) -> Finding:
    """Another medicine that sedates is taken, or three drinks a day or more."""
    heavy = limits["alcohol_heavy"]
    return any_of(*(case.has(name) for name in SEDATIVES), drinks_per_day(case, heavy).at_least(heavy))


def clonazepam_with_addiction(case: Case, limits: Limits) -> Finding:
    """The patient has or had an addiction, to opioids, alcohol or anything else."""
    addicted = any_of(opioid_with_opioid_use_disorder(case, limits), case.has("substance_use_disorder_other"))
    return proved_by(addicted, case.has("alcohol_use_disorder"))


def clonazepam_with_liver_disease_or_acute_glaucoma(case: Case, limits: Limits) -> Finding:
    """The liver is diseased, or narrow-angle glaucoma attacks now."""
    cirrhosis = case.has("cirrhosis")
    return any_of(
        cirrhosis,
        special_case(cirrhosis, case.has("cirrhosis_decompensated")),
        child_pugh(case, "A", "B", "C"),
        case.has("liver_failure"),
        case.has("acute_hepatitis"),
        case.has("chronic_liver_disease"),
        case.has("glaucoma_angle_closure_acute"),
    )


def clonazepam_for_older_adult(case: Case, limits: Limits) -> Finding:
    """The patient is 65 or older."""
    return case.age().at_least(limits["beers_age"])


def clonazepam_with_weak_breathing(case: Case, limits: Limits) -> Finding:
    """Breathing stops in sleep, or the lungs are diseased."""
    return any_of(case.has("sleep_apnoea"), case.has("copd_or_chronic_lung_disease"), case.has("severe_lung_disease"))
