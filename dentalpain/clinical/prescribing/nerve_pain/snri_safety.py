"""When duloxetine or another SNRI would harm: MAO inhibitors, liver, kidneys, enzymes, eyes, serotonin, bleeding.

Source: US labels of duloxetine, venlafaxine and their like.
"""

from __future__ import annotations

from ...alcohol import active_alcohol_use_disorder, drinks_per_day
from ...case import Case, Limits, proved_by
from ...clearance import creatinine_clearance
from ...findings import Finding, any_of
from ...glaucoma import narrow_angle_glaucoma
from ..any_medicine.maoi import maoi_now_or_lately
from ..any_medicine.serotonin import serotonergic_company, tricyclic_mg_per_day


def snri_with_maoi(case: Case, limits: Limits) -> Finding:
    """An MAO inhibitor is taken, or was stopped less than two weeks ago."""
    return maoi_now_or_lately(case, limits)


def duloxetine_with_liver_disease_or_alcohol(case: Case, limits: Limits) -> Finding:
    """The liver is sick, or much alcohol is drunk."""
    graded = case.is_one_of("child_pugh_class", "A", "B", "C")
    return any_of(
        proved_by(case.has("cirrhosis"), case.has("cirrhosis_decompensated"), graded),
        *(case.has(fact) for fact in ("chronic_liver_disease", "liver_failure", "acute_hepatitis")),
        active_alcohol_use_disorder(case),
        drinks_per_day(case, limits["alcohol_heavy"]).at_least(limits["alcohol_heavy"]),
    )


def duloxetine_with_failing_kidneys(case: Case, limits: Limits) -> Finding:
    """The kidneys clear too little for duloxetine, or the patient is on dialysis."""
    return creatinine_clearance(case).below(limits["crcl_duloxetine"])


def duloxetine_with_cyp1a2_inhibitor(case: Case, limits: Limits) -> Finding:
    """The patient takes fluvoxamine or ciprofloxacin, which raise duloxetine several times over."""
    return case.has("cyp1a2_inhibitor_strong")


def snri_with_narrow_angle_glaucoma(case: Case, limits: Limits) -> Finding:
    """The chamber angle of the eye is narrow, and no operation has opened it."""
    return narrow_angle_glaucoma(case)


def snri_with_serotonergic_medicine(case: Case, limits: Limits) -> Finding:
    """The patient takes another medicine that raises serotonin, or a tricyclic in more than a small dose."""
    much = tricyclic_mg_per_day(case).above(limits["tricyclic_serotonin_mg"])
    return any_of(serotonergic_company(case, "snri", "triptan"), much)


def snri_with_bleeding_risk(case: Case, limits: Limits) -> Finding:
    """The patient takes a blood thinner, a platelet inhibitor, aspirin or another NSAID."""
    fact = "antiplatelet_p2y12_or_other"
    return any_of(
        proved_by(case.has("anticoagulant"), case.has("warfarin"), case.has("doac")),
        case.told(fact, case.takes(fact, "antiplatelet")),
        case.has("aspirin_low_dose"),
        case.has("nsaid_systemic"),
    )
