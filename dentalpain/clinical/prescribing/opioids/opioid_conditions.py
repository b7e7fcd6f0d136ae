"""Diseases in which an opioid does more harm: lungs, brain, kidneys, liver, age, pregnancy, nursing.

Sources: US opioid labels; CDC 2022 (recommendation 8); Beers 2023; LactMed.
"""

from __future__ import annotations

from decimal import Decimal

from ...case import Case, Limits, proved_by
from ...clearance import creatinine_clearance
from ...findings import YES, Because, Finding, all_of, any_of, no, yes
from ...liver import advanced_liver_disease
from ...lungs import severe_lung_disease
from ...pregnancy import possibly_pregnant
from ...quantities import Reading
from .tramadol_maximum import TRAMADOL, is_extended_release, over_the_kidney_dose

# Kidneys: these leave a product behind that harms; tramadol joins them as an extended-release tablet.
LEAVE_A_PRODUCT = frozenset({"codeine", "dihydrocodeine", "morphine", "meperidine", "tapentadol", "opium"})
# These are given in a reduced dose; benzhydrocodone turns into hydrocodone.
NEED_LESS = frozenset({"hydrocodone", "benzhydrocodone", "oxycodone", "hydromorphone", "oxymorphone"})
HEAD_INJURY, INJURY_DAY = "head_injury_recent", "jaw_injury_date"


def opioid_with_weak_breathing(case: Case, limits: Limits) -> Finding:
    """Breathing stops in sleep, or the lungs are so sick that they hold back carbon dioxide."""
    return any_of(case.has("sleep_apnoea"), severe_lung_disease(case))


def opioid_with_endangered_brain(case: Case, limits: Limits) -> Finding:
    """The head was hurt lately, pressure in it is raised, a tumor grows in it, or the mind is clouded."""
    known = any_of(
        _head_injury(case, limits["head_injury_days"]),
        case.has("raised_intracranial_pressure"),
        case.has("brain_tumour"),
    )
    return proved_by(known, case.has("papilloedema"), case.has("confusion_or_drowsiness"))


def _head_injury(case: Case, window: Decimal) -> Finding:
    """An injury told today without its day counts until somebody names the day."""
    hurt = case.has(HEAD_INJURY)
    told = case.days_since(INJURY_DAY)
    if hurt.answer is not YES:
        return hurt
    if told.known:
        return told.at_most(window)
    day = hurt.because[0].date or case.on
    if day == case.on:
        return yes(*hurt.because, Because(INJURY_DAY, None), presumed=True)
    return Reading.exactly(Decimal((case.on - day).days), *hurt.because).at_most(window)


def opioid_with_failing_kidneys(case: Case, limits: Limits) -> Finding:
    """The kidneys hardly work, and this opioid, or its product, stays in the body."""
    tags = case.judged.tags
    if TRAMADOL in tags and not is_extended_release(case):
        return all_of(_failing_kidneys(case, limits), over_the_kidney_dose(case, limits))
    if tags & (LEAVE_A_PRODUCT | NEED_LESS | {TRAMADOL}):
        return _failing_kidneys(case, limits)
    return no(Because("proposed_medicine", False, "not an opioid that the kidneys clear"))


def _failing_kidneys(case: Case, limits: Limits) -> Finding:
    filtration = case.kidney_function()
    measure = filtration if filtration.known else creatinine_clearance(case)
    return measure.below(limits["egfr_opioid"])


def opioid_with_failing_liver(case: Case, limits: Limits) -> Finding:
    """The liver fails, or is scarred with complications or in Child-Pugh class B or C."""
    return advanced_liver_disease(case)


def opioid_for_an_older_person(case: Case, limits: Limits) -> Finding:
    """The patient is 65 or older."""
    return case.age().at_least(limits["beers_age"])


def opioid_in_pregnancy(case: Case, limits: Limits) -> Finding:
    """The patient is or may be pregnant."""
    return possibly_pregnant(case)


def opioid_while_breastfeeding(case: Case, limits: Limits) -> Finding:
    """The patient nurses; codeine and tramadol have a stricter rule of their own."""
    if case.judged.tags & {"codeine", TRAMADOL}:
        return no(Because("proposed_medicine", False, "codeine or tramadol, which is never given here"))
    return case.has("breastfeeding")
