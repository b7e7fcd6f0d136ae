"""Which medicines of a list are taken now, and which entries are the same medicine twice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from .prescribing.prescription import Prescription
from .prescribing.texts.names import DrugNames
from .prescribing.texts.reading import NOT_TAKEN, each_medicine
from .quantities import PartialDate
from .record import Medicine, Standing

SHORT_COURSE_DAYS = 14
SHORT_GRACE_DAYS = 7  # design choice, or a quarter of the supply where that is longer
LONG_GRACE_DAYS = 30  # design choice: refills are late
RECENT_DAYS = 90  # a short course that ended longer ago is over; the window of a reviewed medicine list
OUTLIVE_SUPPLY = frozenset({"antiresorptive"})  # stay in the bone for years

# Behind the name, where the reader of prescriptions does not look: 'alprazolam - discontinued', 'Xanax (not taking)'.
STOPPED = re.compile(
    r"\b(?:not (?:taking|using|on)|no longer (?:takes?|taking|uses?|using|on)|never (?:took|taken|started|filled)|"
    r"(?:stopped|discontinued|d/c'?d)(?! (?:if|when|by|after)\b))\b",
    re.I,
)

RANK = {Standing.CURRENT: 0, Standing.ASK: 1, Standing.PAST: 2, Standing.REFUTED: 3}


def still_taken(
    prescription: Prescription, start: PartialDate | None, end: PartialDate | None, on: dt.date
) -> Standing:
    """Whether an order that is called active is taken on a day, from the last day that its supply can reach.

    Without a known supply the word of the record stands. Past the supply and its grace it is asked about; a short
    course that ended more than 90 days ago is over.
    """
    if start is None or end is None or prescription.tags & OUTLIVE_SUPPLY or prescription.form == "injection":
        return Standing.CURRENT
    supply = (end.last - start.last).days
    short = supply <= SHORT_COURSE_DAYS
    grace = max(SHORT_GRACE_DAYS, -(-supply // 4)) if short else LONG_GRACE_DAYS
    over = (on - end.last).days - grace
    if over <= 0:
        return Standing.CURRENT
    return Standing.PAST if short and over > RECENT_DAYS else Standing.ASK


def standing_of(standing: Standing, prescription: Prescription) -> Standing:
    """The standing of an entry; one that is called current and speaks of not taking the medicine is asked about."""
    denied = STOPPED.search(prescription.text) or any(one.why == NOT_TAKEN for one in prescription.unread)
    return Standing.ASK if denied and standing is Standing.CURRENT else standing


def apart(medicines: Iterable[Medicine], names: DrugNames) -> tuple[Medicine, ...]:
    """The list with every medicine of an entry that holds several: 'zolpidem 10 mg hs, oxycodone 5 mg q6h' is two."""
    held: list[Medicine] = []
    for medicine in medicines:
        first, *further = each_medicine(medicine.prescription, names)
        held.append(replace(medicine, prescription=first))
        held.extend(replace(medicine, prescription=one, standing=standing_of(medicine.standing, one)) for one in further)
    return tuple(held)


def merged(medicines: Iterable[Medicine]) -> tuple[Medicine, ...]:
    """The list with each medicine once: what stands in a statement, an order and a dispense is one exposure.

    Past entries all stay. Of the same current medicine the entry stays that counts most and says most.
    """
    kept: list[Medicine] = []
    for medicine in medicines:
        twin = next((i for i, other in enumerate(kept) if _same(medicine, other)), None)
        if twin is None:
            kept.append(medicine)
        else:
            kept[twin] = min(kept[twin], medicine, key=_weight)
    return tuple(kept)


def _weight(medicine: Medicine) -> tuple[int, bool, int]:
    start = medicine.start.last.toordinal() if medicine.start else 0
    return (RANK[medicine.standing], medicine.prescription.units_per_day_max is None, -start)


def _same(one: Medicine, other: Medicine) -> bool:
    counted = (Standing.CURRENT, Standing.ASK)
    if one.standing not in counted or other.standing not in counted:
        return False
    first, second = one.prescription, other.prescription
    if not first.ingredients or not second.ingredients:
        return first.text.casefold() == second.text.casefold()
    if first.extended_release_or_patch != second.extended_release_or_patch:
        return False
    strengths = [{part.name: part.strength for part in each.ingredients} for each in (first, second)]
    if strengths[0].keys() != strengths[1].keys():
        return False
    unwritten = [all(value is None for value in each.values()) for each in strengths]
    return strengths[0] == strengths[1] or any(unwritten)
