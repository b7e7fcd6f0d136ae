"""When an opioid would harm the person: allergy, addiction, breathing, age; and when naloxone belongs beside it.

Sources: CDC 2022 (recommendations 8, 11, 12), US opioid labels, ADA 2023 and 2024, FDA communication of 20 April 2017.
"""

from __future__ import annotations

from ...allergies import beyond_the_entries, recorded_reactions, silence_of_the_list
from ...case import Case, Limits
from ...findings import NO, YES, Because, Finding, any_of, no, unknown
from ...liver import advanced_liver_disease
from .addiction_treatment import on_addiction_treatment
from .opioid_amounts import opioid_total_from_50
from .opioid_company import opioid_with_benzodiazepine, opioid_with_cns_depressant

# Structural groups of the opioid labels. Benzhydrocodone turns into hydrocodone, opium holds morphine and codeine.
# Tramadol, tapentadol and methadone have no relative here.
GROUPS = (
    frozenset({
        "codeine", "hydrocodone", "hydromorphone", "morphine", "oxycodone", "oxymorphone", "dihydrocodeine",
        "buprenorphine", "butorphanol", "nalbuphine", "benzhydrocodone", "opium",
    }),
    frozenset({"meperidine", "fentanyl", "sufentanil", "alfentanil", "remifentanil"}),
)  # fmt: skip


def opioid_allergy_in_the_same_group(case: Case, limits: Limits) -> Finding:
    """The patient reacted as to an allergen to another opioid of the same structural group."""
    own = case.judged.tags
    relatives = frozenset().union(*(group - own for group in GROUPS if group & own))
    if not relatives:
        return no(Because("opioid_allergy", False, "no other opioid of its group"))
    return any_of(*recorded_reactions(case, "opioid_allergy", relatives), _opioid_allergy_not_named(case))


def _opioid_allergy_not_named(case: Case) -> Finding:
    """An opioid allergy of which nobody recorded the medicine; a named one counts through its own entry."""
    if any("opioid" in allergy.tags for allergy in case.facts.record.allergies):
        return silence_of_the_list(case, "opioid_allergy")
    stated = beyond_the_entries(case, "opioid_allergy")
    if stated.answer is NO:
        return stated
    return unknown(*(Because("opioid_allergy", None, reason.source, reason.date) for reason in stated.because))


def opioid_with_opioid_use_disorder(case: Case, limits: Limits) -> Finding:
    """The patient has or had an opioid use disorder, or gets methadone or buprenorphine against one."""
    return any_of(case.has("opioid_use_disorder"), on_addiction_treatment(case))


def opioid_with_other_addiction_or_overdose(case: Case, limits: Limits) -> Finding:
    """The patient has or had another substance use disorder, or once took an overdose."""
    alcohol = case.has("alcohol_use_disorder")
    named = (alcohol,) if alcohol.answer is YES else ()  # the other fact holds alcohol too: its no is a no
    return any_of(case.has("substance_use_disorder_other"), case.has("overdose_history"), *named)


def opioid_with_failing_breath_or_bowel(case: Case, limits: Limits) -> Finding:
    """The patient can hardly breathe, is in a severe asthma attack, or the bowel is blocked."""
    return any_of(
        case.has("respiratory_depression_now"), case.has("acute_severe_asthma"), case.has("gi_obstruction")
    )


def opioid_for_a_child(case: Case, limits: Limits) -> Finding:
    """The patient is a child under 12."""
    return case.age().below(limits["opioid_child_age"])


def codeine_or_tramadol_for_a_child(case: Case, limits: Limits) -> Finding:
    """Codeine or tramadol for a child under 12."""
    return case.age().below(limits["opioid_child_age"])


def opioid_for_a_young_person(case: Case, limits: Limits) -> Finding:
    """The patient is 12 to 25 years old."""
    return case.age().from_to_below(limits["opioid_child_age"], limits["opioid_young_adult_age"])


def naloxone_beside_the_opioid(case: Case, limits: Limits) -> Finding:
    """Something raises the risk of an overdose: the amount, the company, the past, breathing, age, kidneys or liver."""
    return any_of(
        opioid_total_from_50(case, limits),
        opioid_with_benzodiazepine(case, limits),
        opioid_with_cns_depressant(case, limits),
        opioid_with_opioid_use_disorder(case, limits),
        opioid_with_other_addiction_or_overdose(case, limits),
        case.has("sleep_apnoea"),
        case.has("severe_lung_disease"),
        case.age().at_least(limits["naloxone_age"]),
        case.kidney_function().below(limits["naloxone_egfr"]),
        advanced_liver_disease(case),
        _tolerance_lost(case, limits),
    )


def _tolerance_lost(case: Case, limits: Limits) -> Finding:
    """Custody, detox, hospital, a gap in treatment, or naltrexone that was stopped a short while ago."""
    lost = case.has("lost_opioid_tolerance")
    lately = case.days_since("naltrexone_stopped_date").at_most(limits["naltrexone_stopped_days"])
    return any_of(lost, lately) if lately.answer is YES else lost
