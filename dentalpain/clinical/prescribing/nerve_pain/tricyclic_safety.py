"""When a tricyclic would harm: heart, age, enzymes, serotonin, mood, seizures.

Sources: US labels with their boxed warning; Beers 2023; CPIC 2016; NeuPSIG. It shares rules with cyclobenzaprine.
"""

from __future__ import annotations

from ...case import Case, Limits, proved_by
from ...findings import YES, Finding, any_of, no
from ...heart import heart_attack_in_the_last_year, heart_attack_within
from ..any_medicine.maoi import maoi_now_or_lately
from ..any_medicine.serotonin import serotonergic_company, tricyclic_mg_per_day


def tricyclic_with_maoi(case: Case, limits: Limits) -> Finding:
    """An MAO inhibitor is taken, or was stopped less than two weeks ago."""
    return maoi_now_or_lately(case, limits)


def tricyclic_after_heart_attack(case: Case, limits: Limits) -> Finding:
    """The heart is recovering from an attack."""
    return heart_attack_within(case, int(limits["mi_recovery_days"]))


def tricyclic_with_heart_disease(case: Case, limits: Limits) -> Finding:
    """The heart conducts badly, beats out of rhythm, fails, or had an attack within the last year."""
    named = ("conduction_disorder", "av_block", "arrhythmia", "qt_prolongation")
    return any_of(
        *(case.has(fact) for fact in named),
        proved_by(case.has("heart_failure"), case.has("heart_failure_decompensated")),
        heart_attack_in_the_last_year(case),
    )


def tricyclic_for_an_older_person(case: Case, limits: Limits) -> Finding:
    """The patient is of an age at which tricyclics are avoided."""
    return case.age().at_least(limits["beers_age"])


def tricyclic_with_cyp2d6_inhibitor(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine that raises a tricyclic several times over."""
    return case.has("cyp2d6_inhibitor_strong")


def tricyclic_with_serotonergic_medicine(case: Case, limits: Limits) -> Finding:
    """The patient takes another medicine that raises serotonin."""
    return serotonergic_company(case, "snri", "triptan")


def antidepressant_with_risk_of_suicide(case: Case, limits: Limits) -> Finding:
    """The patient is young, depressed or bipolar; who thinks of suicide now has a rule of their own."""
    now = suicidal_now(case)
    if now.answer is YES:
        return no(*now.because)
    return any_of(case.age().below(limits["suicidality_age"]), case.has("depression"), case.has("bipolar_disorder"))


def antidepressant_with_suicidal_thoughts(case: Case, limits: Limits) -> Finding:
    """The patient thinks of suicide, plans it, or tried it lately."""
    return suicidal_now(case)


def suicidal_now(case: Case) -> Finding:
    """Are there thoughts of suicide within the window of the fact, or a plan told today?"""
    return proved_by(case.has("suicidality"), case.has("suicide_plan_or_intent"))


def tricyclic_with_seizures(case: Case, limits: Limits) -> Finding:
    """The patient has epilepsy or had repeated seizures."""
    return case.has("seizure_disorder")


def tricyclic_without_ecg(case: Case, limits: Limits) -> Finding:
    """The patient is of an age, or takes an amount, at which an ECG comes before a higher dose."""
    much = tricyclic_mg_per_day(case).above(limits["tricyclic_ecg_mg"])
    return any_of(case.age().at_least(limits["tricyclic_ecg_age"]), much)
