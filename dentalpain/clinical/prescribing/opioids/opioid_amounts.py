"""How much, how long and in which form: limits of an opioid for acute dental pain.

Sources: CDC 2022 (recommendations 3 and 4), ADA 2024, labels of extended-release opioids and of transmucosal fentanyl.
"""

from __future__ import annotations

from decimal import Decimal

from ...case import Case, Limits
from ...findings import NO, UNKNOWN, Because, Finding, all_of, any_of, no, opposite, unknown, yes
from ...record import Standing
from ..prescription import Prescription

LONG_ACTING = frozenset({"methadone", "levorphanol"})  # long-acting by themselves, whatever the tablet
THROUGH_THE_MUCOSA = frozenset({"tablet", "film", "lozenge", "spray"})
OTHER_FENTANYL = frozenset({"patch", "injection"})
NOT_FULL_AGONISTS = frozenset({"opioid_partial_agonist", "opioid_mixed_agonist_antagonist"})
RELEASE = "proposed_release_form"
TOTAL, FULL_AGONIST = "total_mme_per_day", "opioid_full_agonist_active"


def opioid_total_from_50(case: Case, limits: Limits) -> Finding:
    """All opioids together reach the total from which the guideline asks to reassess and to offer naloxone."""
    return of_all_opioids(case, case.totals.mme.at_least(limits["mme_reassess"]))


def of_all_opioids(case: Case, reached: Finding) -> Finding:
    """Whether the total reaches a limit; no only when no opioid is left out of it, and none is taken beyond the list."""
    if reached.answer is UNKNOWN:
        return unknown(*reached.because, Because(TOTAL, None, "an opioid that cannot be counted"))
    beyond_the_list = case.facts.finding(FULL_AGONIST)  # what was said, or what a reviewed list means by its silence
    if reached.answer is NO and beyond_the_list.answer is UNKNOWN:
        return beyond_the_list
    if reached.answer is NO and _taken_but_not_listed(case):
        return unknown(*reached.because, Because(TOTAL, None, "an opioid is taken that is not on the list"))
    return reached


def _taken_but_not_listed(case: Case) -> bool:
    """Somebody said that an opioid is taken, and neither the list nor what is judged can be the one that was meant."""
    said = any(statement.value is True for statement in case.facts.stated(FULL_AGONIST))
    held = case.medicines.holding(frozenset({"opioid"}))
    listed = (taken for taken, part in held if not part.classes & NOT_FULL_AGONISTS)
    return said and case.judged.proposed and all(taken.proposed for taken in listed)


def opioid_beyond_three_days(case: Case, limits: Limits) -> Finding:
    """An opioid for acute dental pain lasts longer than such pain rarely needs."""
    return all_of(case.acute_dental_pain(), case.days_supply().above(limits["opioid_days_dental"]))


def extended_release_for_acute_pain(case: Case, limits: Limits) -> Finding:
    """A long-acting opioid is proposed for acute pain, or for somebody who is not used to opioids."""
    if not case.judged.proposed:
        return no(Because(RELEASE, False, "taken already"))
    return all_of(_long_acting(case), any_of(case.acute_dental_pain(), opioid_naive(case, limits["opioid_naive_days"])))


def _long_acting(case: Case) -> Finding:
    prescription = _judged(case)
    if prescription.extended_release_or_patch or prescription.tags & LONG_ACTING:
        return yes(Because(RELEASE, "patch" if prescription.form == "patch" else "extended", "prescription", case.on))
    return no(Because(RELEASE, "immediate", "prescription", case.on))


def _judged(case: Case) -> Prescription:
    return case.judged.prescription or Prescription(case.judged.name)


def opioid_naive(case: Case, window: Decimal) -> Finding:
    """Has the patient had no opioid for `window` days? The stricter view: presumed so until somebody says otherwise."""
    stated = case.facts.finding("opioid_naive")
    if stated.answer is not UNKNOWN:
        return stated
    used = [*_opioids_of_now(case), *_opioids_of_late(case, window)]
    if used:
        return no(*used)
    last = case.days_since("last_opioid_date")
    return last.above(window) if last.known else yes(*stated.because, presumed=True)


def _opioids_of_now(case: Case) -> list[Because]:
    held = case.medicines.holding(frozenset({"opioid"}))
    return [
        Because("opioid_active", part.name, taken.source, taken.date)
        for taken, part in held
        if taken.standing is Standing.CURRENT and not taken.proposed
    ]


def _opioids_of_late(case: Case, window: Decimal) -> list[Because]:
    past = (m for m in case.facts.record.medicines if m.standing is Standing.PAST and "opioid" in m.prescription.tags)
    return [
        Because("last_opioid_date", str(m.end), m.source, m.end.last)
        for m in past
        if m.end is not None and (case.on - m.end.last).days <= window
    ]


def transmucosal_fentanyl(case: Case, limits: Limits) -> Finding:
    """Fentanyl through the lining of mouth or nose, for acute pain or for somebody without proven tolerance."""
    return all_of(
        _through_the_mucosa(case), any_of(case.acute_dental_pain(), opposite(case.has("opioid_tolerant")))
    )


def _through_the_mucosa(case: Case) -> Finding:
    prescription = _judged(case)
    fentanyl = prescription.strength_of("fentanyl")
    if fentanyl is None or prescription.form in OTHER_FENTANYL or fentanyl.unit == "mcg/h":
        return no(Because(RELEASE, "no transmucosal fentanyl", "prescription", case.on))
    if prescription.form in THROUGH_THE_MUCOSA:
        return yes(Because(RELEASE, "transmucosal_fentanyl", "prescription", case.on))
    return unknown(Because(RELEASE, None, "prescription", case.on))
