"""When suzetrigine would harm or fail: enzymes of the liver, liver, kidneys, age, length, pregnancy, its own induction.

Source: label of Journavx (2025). It is a substrate of CYP3A and speeds it up.
"""

from __future__ import annotations

from ...case import ACUTE, Case, Limits
from ...findings import YES, Because, Finding, any_of, no, unknown, yes
from ...liver import child_pugh, decompensated_without_a_class
from ...pregnancy import possibly_pregnant

# Progestins that the label's backup advice is about: all but levonorgestrel and norethindrone.
PROGESTINS = (
    "desogestrel", "dienogest", "drospirenone", "ethynodiol", "etonogestrel", "medroxyprogesterone", "norelgestromin",
    "norgestimate", "segesterone", "ulipristal",
)  # fmt: skip
# CYP3A substrates where a lower level does harm: the named ones, then antiarrhythmics and antiretrovirals.
SUBSTRATES = (
    "cyp3a_narrow_substrate", "methadone", "buprenorphine", "tacrolimus", "cyclosporine", "quinidine", "dronedarone",
    "darunavir", "indinavir", "lopinavir", "saquinavir", "tipranavir", "maraviroc",
)  # fmt: skip


def suzetrigine_with_strong_cyp3a_inhibitor(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine that strongly slows the breakdown of suzetrigine."""
    return case.has("cyp3a4_inhibitor_strong")


def suzetrigine_with_moderate_cyp3a_inhibitor(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine that somewhat slows the breakdown of suzetrigine."""
    return case.has("cyp3a4_inhibitor_moderate")


def suzetrigine_with_cyp3a_inducer(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine that speeds up the breakdown of suzetrigine."""
    return any_of(case.has("cyp3a4_inducer_strong"), case.has("cyp3a4_inducer_moderate"))


def suzetrigine_with_failing_liver(case: Case, limits: Limits) -> Finding:
    """The liver fails, is scarred in Child-Pugh class C, or has complications that nobody graded."""
    return any_of(child_pugh(case, "C"), case.has("liver_failure"), decompensated_without_a_class(case))


def suzetrigine_with_moderate_liver_disease(case: Case, limits: Limits) -> Finding:
    """The liver is scarred in Child-Pugh class B."""
    return child_pugh(case, "B")


def suzetrigine_for_a_minor(case: Case, limits: Limits) -> Finding:
    """The patient is not yet an adult."""
    return case.age().below(limits["adult_age"])


def suzetrigine_for_chronic_pain(case: Case, limits: Limits) -> Finding:
    """The pain is chronic: by what the medicine is for, else by how long the pain has lasted."""
    if case.indication is not None:
        because = Because("indication", case.indication, "prescriber", case.on)
        return no(because) if case.indication in ACUTE else yes(because)
    lasted = case.number("pain_duration_days")
    if lasted.at_most(limits["acute_pain_days"]).answer is YES:
        return no(*lasted.facts)
    chronic = lasted.above(limits["chronic_pain_days"])
    return chronic if chronic.answer is YES else unknown(Because("indication", None), *lasted.facts)


def suzetrigine_with_hormonal_contraceptive(case: Case, limits: Limits) -> Finding:
    """The patient's birth control holds a progestin that suzetrigine makes less sure."""
    fact = "progestin_other_than_lng_net"
    return case.told(fact, case.takes(fact, *PROGESTINS))


def suzetrigine_with_failing_kidneys(case: Case, limits: Limits) -> Finding:
    """The kidneys hardly work, or the patient is on dialysis."""
    return case.kidney_function().below(limits["egfr_suzetrigine"])


def suzetrigine_beyond_two_weeks(case: Case, limits: Limits) -> Finding:
    """The supply lasts longer than suzetrigine was studied for."""
    return case.days_supply().above(limits["suzetrigine_days"])


def suzetrigine_in_pregnancy_or_breastfeeding(case: Case, limits: Limits) -> Finding:
    """The patient is or may be pregnant, plans to be, or nurses."""
    return any_of(possibly_pregnant(case), case.has("pregnancy_planned"), case.has("breastfeeding"))


def suzetrigine_with_sensitive_substrate(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine that may be broken down too fast beside suzetrigine."""
    fact = "cyp3a_narrow_substrate"
    return case.told(fact, case.takes(fact, *SUBSTRATES))
