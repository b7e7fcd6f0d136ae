"""An opioid soon after naltrexone: blocked at first, and later stronger than it was, since tolerance is gone.

Source: naltrexone label, vulnerability to overdose. The window of any stop holds the 72 hours of a tablet.
"""

from __future__ import annotations

from decimal import Decimal

from ...case import Case, Limits
from ...findings import UNKNOWN, Because, Finding, all_of, any_of, no, unknown
from ...quantities import Reading
from ...record import Medicine, Standing

NALTREXONE, TAKEN = "naltrexone", "opioid_antagonist_systemic"
STOPPED, FORM = "naltrexone_stopped_date", "naltrexone_form"


def opioid_after_naltrexone(case: Case, limits: Limits) -> Finding:
    """Naltrexone was stopped within a month, or its monthly injection given a little longer ago."""
    told = case.days_since(STOPPED)
    stops = (_recorded(case, medicine, limits) for medicine in case.facts.record.medicines if _of_the_past(medicine))
    return any_of(_taken_since(case, told, limits), *((_told(case, told, limits),) if told.known else ()), *stops)


def _told(case: Case, since: Reading, limits: Limits) -> Finding:
    injected = all_of(case.is_one_of(FORM, "injection"), since.at_most(limits["naltrexone_injection_days"]))
    return any_of(since.at_most(limits["naltrexone_stopped_days"]), injected)


def _taken_since(case: Case, told: Reading, limits: Limits) -> Finding:
    """Without a stop told lately a reviewed list answers; who takes it now has a stricter rule."""
    now = case.told(TAKEN, case.takes(TAKEN, NALTREXONE))
    telling = told.facts[0].date if told.known else None
    lately = telling is not None and (case.on - telling).days <= limits["naltrexone_stopped_days"]
    return now if now.answer is UNKNOWN and not lately else no(*now.because)


def _of_the_past(medicine: Medicine) -> bool:
    held = medicine.prescription
    return medicine.standing is Standing.PAST and NALTREXONE in held.tags and "opioid" not in held.tags


def _recorded(case: Case, medicine: Medicine, limits: Limits) -> Finding:
    """A stop that the list dates; one without a day is open until somebody names the day."""
    if medicine.end is None:
        undated = Because(STOPPED, None, medicine.source)
        return no(undated) if case.facts.stated(STOPPED) else unknown(undated)
    limit = "naltrexone_injection_days" if medicine.prescription.form == "injection" else "naltrexone_stopped_days"
    because = Because(STOPPED, str(medicine.end), medicine.source, medicine.end.last)
    return Reading.exactly(Decimal((case.on - medicine.end.last).days), because).at_most(limits[limit])
