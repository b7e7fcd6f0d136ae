"""More company of an opioid: serotonin, seizures, withdrawal, the heart's rhythm, a blocker stopped lately, mild sedation.

Sources: US labels of the opioids named and of naltrexone; FDA communication of 22 March 2016.
"""

from __future__ import annotations

from ...alcohol import drinks_per_day
from ...case import Case, Limits
from ...findings import UNKNOWN, YES, Finding, any_of, no
from ..any_medicine.maoi import maoi_now_or_lately
from .addiction_treatment import on_addiction_treatment
from .opioid_amounts import FULL_AGONIST, NOT_FULL_AGONISTS

SEROTONERGIC = (
    "ssri", "snri", "serotonergic_antidepressant_other", "tca", "triptan", "mirtazapine_or_trazodone", "lithium",
)  # fmt: skip
# Linezolid and methylene blue inhibit MAO: another rule.
SEROTONERGIC_OTHERS = (
    "buspirone", "dextromethorphan", "tryptophan", "st. john's wort extract", "cyclobenzaprine", "metaxalone",
)  # fmt: skip
LOWER_THE_THRESHOLD = ("bupropion", "tca", "antipsychotic")
OVER_THE_COUNTER = ("diphenhydramine", "doxylamine", "meclizine")


def opioid_with_maoi(case: Case, limits: Limits) -> Finding:
    """An MAO inhibitor is taken, or was stopped less than two weeks ago; with these opioids it can kill."""
    return maoi_now_or_lately(case, limits)


def other_opioid_with_maoi(case: Case, limits: Limits) -> Finding:
    """An MAO inhibitor is taken, or was stopped less than two weeks ago; the label advises against these opioids."""
    return maoi_now_or_lately(case, limits)


def opioid_with_serotonergic_medicine(case: Case, limits: Limits) -> Finding:
    """Another medicine that raises serotonin is taken, over the counter and herbal ones included."""
    others = case.told("serotonergic_other", case.takes("serotonergic_other", *SEROTONERGIC_OTHERS))
    return any_of(*(case.has(fact) for fact in SEROTONERGIC), others)


def opioid_with_risk_of_seizure(case: Case, limits: Limits) -> Finding:
    """The patient has seizures or hurt the head, or takes a medicine that makes seizures easier."""
    medicines = (case.has(fact) for fact in LOWER_THE_THRESHOLD)
    return any_of(case.has("seizure_disorder"), case.has("head_injury_recent"), *medicines)


def mixed_opioid_beside_full_agonist(case: Case, limits: Limits) -> Finding:
    """The patient takes an opioid with full effect, or a treatment of addiction; who takes none for 90 days does not."""
    held = case.medicines.holding(frozenset({"opioid"}))
    full = tuple(hit for hit in held if not hit[1].classes & NOT_FULL_AGONISTS)
    listed = case.told(FULL_AGONIST, case.medicines.answer_for(full, FULL_AGONIST))
    found, naive = any_of(listed, on_addiction_treatment(case)), case.has("opioid_naive")
    return no(*naive.because) if found.answer is UNKNOWN and naive.answer is YES else found


def methadone_with_long_qt(case: Case, limits: Limits) -> Finding:
    """The QT interval is long, or another medicine that lengthens it is taken."""
    return any_of(case.has("qt_prolongation"), case.has("qt_drug"))


def opioid_with_mild_sedative(case: Case, limits: Limits) -> Finding:
    """A sleepy antihistamine, trazodone, mirtazapine, a tricyclic or cannabis is taken, or a drink or two a day."""
    antihistamine = "sedating_antihistamine"
    heavy = limits["alcohol_heavy"]
    return any_of(
        case.told(antihistamine, case.takes(antihistamine, *OVER_THE_COUNTER)),
        *(case.has(fact) for fact in ("mirtazapine_or_trazodone", "tca", "cannabis_use")),
        drinks_per_day(case, heavy).from_to_below(limits["alcohol_some"], heavy),
    )
