"""Opioid-free days before naltrexone, by the kind of opioid, and the first day on which they are over.

Source: naltrexone label (7 to 10 days; up to two weeks after methadone or buprenorphine). Tramadol counts as daily use
and long fentanyl use as methadone: design choices on the careful side. After depot buprenorphine a specialist decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...case import Case, Limits
from ...findings import NO, YES, Because, Finding, all_of, any_of, no, none_of, opposite, unknown, yes
from ...quantities import PartialDate
from ...record import Medicine, Standing
from ..opioids.addiction_treatment import on_addiction_treatment
from ..prescription import Prescription

DEPOT = "depot_buprenorphine"
# Kind of opioid, as the question offers it -> the limit that holds its days.
WAITING_DAYS = {
    "short_use": "washout_short_days",
    "daily_ir_or_er": "washout_daily_days",
    "tramadol": "washout_daily_days",
    "kratom_or_tianeptine": "washout_daily_days",
    "methadone": "washout_long_days",
    "buprenorphine": "washout_long_days",
    "fentanyl_transdermal_or_chronic": "washout_long_days",
    "illicit_fentanyl": "washout_long_days",
}
KINDS = (*WAITING_DAYS, DEPOT)
KIND_OF_INGREDIENT = {
    "tramadol": "tramadol",
    "kratom": "kratom_or_tianeptine",
    "tianeptine": "kratom_or_tianeptine",
    "methadone": "methadone",
    "levomethadyl": "methadone",
    "fentanyl": "fentanyl_transdermal_or_chronic",
}


@dataclass(frozen=True, slots=True)
class LastDose:
    """The latest day on which an opioid can have been taken, and the kinds that it may have been."""

    day: PartialDate
    kinds: tuple[str, ...]
    because: tuple[Because, ...]

    def over_on(self, kind: str, limits: Limits) -> dt.date | None:
        """The first day on which the wait after this kind is over; None where only a specialist can tell."""
        if kind == DEPOT:
            return None
        return self.day.last + dt.timedelta(days=int(limits[WAITING_DAYS[kind]]))

    def waits(self, on: dt.date, limits: Limits) -> Finding:
        """Is the wait still running? Unknown where that depends on the kind, and nobody said which it was."""
        over = [self.over_on(kind, limits) for kind in self.kinds]
        running = [day is None or on < day for day in over]
        if all(running):
            return yes(*self.because)
        if not any(running):
            return no(*self.because)
        return unknown(*self.because, Because("last_opioid_type", None))


def kinds_of(prescription: Prescription) -> tuple[str, ...]:
    """The kinds that a listed opioid may be: only the patient can tell short use from daily use."""
    if prescription.strength_of("buprenorphine") is not None:
        depot = prescription.form in ("injection", "implant") and prescription.addiction_treatment
        return (DEPOT,) if depot else ("buprenorphine",)
    for part in prescription.ingredients:
        if part.name in KIND_OF_INGREDIENT:
            return (KIND_OF_INGREDIENT[part.name],)
    return ("daily_ir_or_er",) if prescription.extended_release_or_patch else ("short_use", "daily_ir_or_er")


def opioid_within_washout(case: Case, limits: Limits) -> Finding:
    """The last opioid lies too few days back for naltrexone, or nobody knows when it was."""
    waiting = [dose.waits(case.on, limits) for dose in last_doses(case)]
    return any_of(*waiting, *(() if _told(case) is not None else (_without_a_told_date(case),)))


def _without_a_told_date(case: Case) -> Finding:
    undated = _use_without_a_date(case)
    return yes(*undated, presumed=True) if undated else _use_that_nobody_asked_about(case)


def washout_over_on(case: Case, limits: Limits) -> dt.date | None:
    """The first day on which every wait is surely over; None without a date, or where only a specialist can tell."""
    days = [dose.over_on(kind, limits) for dose in last_doses(case) for kind in dose.kinds]
    known = [day for day in days if day is not None]
    undated = _told(case) is None and _use_without_a_date(case)
    return None if undated or not known or len(known) < len(days) else max(known)


def opioid_free_from(case: Case, limits: Limits) -> dt.date | None:
    """The first day, today or later, on which no wait is left; None where a date is missing or a specialist decides."""
    if _told(case) is None and _without_a_told_date(case).answer is not NO:
        return None
    if not last_doses(case):
        return case.on
    over = washout_over_on(case, limits)
    return None if over is None else max(over, case.on)


def told_last_dose(case: Case) -> PartialDate | None:
    """The day of the last opioid as somebody told it, whatever its kind."""
    return case.facts.day_of("last_opioid_date")[0]


def last_doses(case: Case) -> tuple[LastDose, ...]:
    """What was told about the last opioid, and every opioid of the past whose last day is on record."""
    told = _told(case)
    recorded = [
        LastDose(m.end, kinds_of(m.prescription), (Because("last_opioid_date", str(m.end), m.source, m.end.last),))
        for m in case.facts.record.medicines
        if m.standing is Standing.PAST and m.end is not None and _is_opioid(m.prescription)
    ]
    return (told, *recorded) if told is not None else tuple(recorded)


def _ended(medicine: Medicine) -> bool:
    return medicine.standing is Standing.PAST and medicine.end is not None


def _is_opioid(prescription: Prescription) -> bool:
    return "opioid" in prescription.tags


def _told(case: Case) -> LastDose | None:
    """The last opioid as somebody told it; without a kind it may be any, a depot only if addiction treatment may be."""
    day, because = case.facts.day_of("last_opioid_date")
    if day is None:
        return None
    kind, said = case.facts.choice("last_opioid_type")
    if kind is not None:
        return LastDose(day, (kind,), (because, said))
    never_treated = none_of(case.has("opioid_use_disorder"), on_addiction_treatment(case))
    return LastDose(day, tuple(WAITING_DAYS) if never_treated.answer is YES else KINDS, (because,))


def _use_without_a_date(case: Case) -> tuple[Because, ...]:
    """Every sign of opioid use, now or in the past, that no date belongs to."""
    opioids = (m for m in case.facts.record.medicines if _is_opioid(m.prescription))
    undated = (m for m in opioids if m.standing is not Standing.REFUTED and not _ended(m))
    signs = [Because("last_opioid_date", None, m.source) for m in undated]
    told = case.facts.day_of("last_opioid_date")[1]
    kind = case.facts.choice("last_opioid_type")[1]
    said = (
        case.facts.finding("nonprescribed_opioid_like"),
        case.facts.finding("opioid_active"),
        opposite(case.facts.finding("opioid_naive")),
    )
    signs += [reason for finding in said if finding.answer is YES for reason in finding.because]
    signs += [reason for reason in (told, kind) if reason.value is not None]
    return (*signs, told) if signs else ()


def _use_that_nobody_asked_about(case: Case) -> Finding:
    """Without a told date: no only when somebody said that no opioid of any source was used for 90 days."""
    clean = all_of(case.has("opioid_naive"), opposite(case.has("nonprescribed_opioid_like")))
    if clean.answer is YES:
        return no(*clean.because)
    return unknown(Because("last_opioid_date", None), *(b for b in clean.because if b.value is None))

