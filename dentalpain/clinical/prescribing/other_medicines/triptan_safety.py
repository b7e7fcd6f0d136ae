"""When a triptan would harm: narrow or weak arteries, pressure, liver and kidneys, and medicines beside it.

Sources: US triptan labels; FDA alert of 2006 and American Headache Society statement of 2010 on serotonin.
"""

from __future__ import annotations

from ...blood_pressure import uncontrolled_pressure
from ...case import Case, Limits, proved_by
from ...clearance import creatinine_clearance
from ...findings import Finding, all_of, any_of
from ...liver import child_pugh, decompensated_without_a_class
from ..any_medicine.maoi import mao_a_inhibitor_now_or_lately
from ..any_medicine.stopped_lately import taken_or_stopped_within

ARTERIES = (
    "coronary_disease", "mi_recent", "mi_history", "stroke_recent", "stroke_or_tia_history",
    "peripheral_vascular_disease", "ischaemic_bowel", "wpw", "hemiplegic_or_brainstem_migraine",
)  # fmt: skip
OPERATED_HEART = ("cabg_recent", "coronary_stent_recent")
TRIPTAN, ERGOT, HOURS, BETA_BLOCKER = "triptan", "ergot", "last_triptan_or_ergot_time", "betablocker_nonselective"


def triptan_with_diseased_arteries(case: Case, limits: Limits) -> Finding:
    """Heart, brain, legs or bowel get too little blood, or the pressure, the heart's wiring or the migraine forbids it."""
    known = any_of(*(case.has(fact) for fact in ARTERIES), uncontrolled_pressure(case, limits))
    return proved_by(known, *(case.has(operation) for operation in OPERATED_HEART))


def triptan_within_a_day_of_another(case: Case, limits: Limits) -> Finding:
    """An ergot medicine or a different triptan was taken within the last day."""
    held = case.medicines.holding(frozenset({TRIPTAN}))
    others = tuple(hit for hit in held if hit[1].name not in case.judged.tags)
    other = any_of(case.told(TRIPTAN, case.medicines.answer_for(others, TRIPTAN)), case.has(ERGOT))
    return all_of(other, case.number(HOURS).at_most(limits["triptan_gap_hours"]))


def triptan_with_mao_a_inhibitor(case: Case, limits: Limits) -> Finding:
    """An inhibitor of MAO type A is taken, or was stopped within two weeks."""
    return mao_a_inhibitor_now_or_lately(case, limits)


def eletriptan_with_strong_3a4_inhibitor(case: Case, limits: Limits) -> Finding:
    """A strong inhibitor of CYP3A4 is taken, or was within the last three days."""
    days = int(limits["eletriptan_inhibitor_days"])
    return taken_or_stopped_within(case, "cyp3a4_inhibitor_strong", "last_strong_3a4_inhibitor_date", days)


def triptan_with_antidepressant(case: Case, limits: Limits) -> Finding:
    """The patient takes an antidepressant that raises serotonin."""
    return any_of(case.has("ssri"), case.has("snri"), case.has("serotonergic_antidepressant_other"))


def triptan_with_failing_liver_or_kidneys(case: Case, limits: Limits) -> Finding:
    """The liver hardly works; for naratriptan also: the kidneys hardly work."""
    liver = any_of(child_pugh(case, "C"), decompensated_without_a_class(case), case.has("liver_failure"))
    if "naratriptan" not in case.judged.tags:
        return liver
    return any_of(liver, creatinine_clearance(case).below(limits["naratriptan_crcl"]))


def rizatriptan_with_propranolol(case: Case, limits: Limits) -> Finding:
    """The patient takes propranolol, which raises the level of rizatriptan."""
    return case.told(BETA_BLOCKER, case.takes(BETA_BLOCKER, "propranolol"))
