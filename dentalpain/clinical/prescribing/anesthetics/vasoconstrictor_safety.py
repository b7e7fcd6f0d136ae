"""When epinephrine or levonordefrin in a cartridge would harm: sulfites, beta-blockers, stimulants, heart, glands.

Sources: Perusse, Goulet and Turcotte 1992 (parts I and II); Hersh and Giannakopoulos 2010; cartridge labels.
"""

from __future__ import annotations

from ...allergies import beyond_the_entries
from ...blood_pressure import DIASTOLIC, SYSTOLIC, blood_pressure
from ...case import Case, Limits, proved_by, special_case
from ...findings import YES, Because, Finding, all_of, any_of, unknown
from ...heart import heart_attack_within


def vasoconstrictor_with_sulfite_allergy(case: Case, limits: Limits) -> Finding:
    """The patient reacts to sulfites, which keep epinephrine fresh; asthma that needs steroids has to be asked about."""
    known = beyond_the_entries(case, "sulfite_allergy")
    severe_asthma = all_of(case.has("asthma"), case.has("corticosteroid_systemic"))
    if severe_asthma.answer is YES and not case.facts.stated("sulfite_allergy"):
        return unknown(Because("sulfite_allergy", None), *severe_asthma.because)
    return known


def vasoconstrictor_with_nonselective_beta_blocker(case: Case, limits: Limits) -> Finding:
    """The patient takes a beta-blocker that lets epinephrine raise the pressure and slow the heart."""
    return case.has("betablocker_nonselective")


def vasoconstrictor_with_tricyclic_or_comt_inhibitor(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine that makes epinephrine act more strongly or longer."""
    return any_of(case.has("tca"), case.has("comt_inhibitor"))


def vasoconstrictor_after_stimulant(case: Case, limits: Limits) -> Finding:
    """Cocaine or methamphetamine was used within the last day, or acts now."""
    return case.has("stimulant_use_24h")


def vasoconstrictor_with_unstable_circulation(case: Case, limits: Limits) -> Finding:
    """Heart, vessels or glands are out of control, so that a little epinephrine may do much harm."""
    found = any_of(
        blood_pressure(case, SYSTOLIC).at_least(limits["systolic_bp_defer"]),
        blood_pressure(case, DIASTOLIC).at_least(limits["diastolic_bp_defer"]),
        all_of(case.has("coronary_disease"), case.has("exertional_pattern_changed")),
        heart_attack_within(case, int(limits["mi_recovery_days"])),
        case.has("arrhythmia"),
        special_case(case.has("heart_failure"), case.has("heart_failure_decompensated")),
        case.has("hyperthyroidism"),
        case.has("phaeochromocytoma"),
    )
    return proved_by(found, case.has("epinephrine_sensitivity"))
