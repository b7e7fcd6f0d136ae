"""Headache that a painful temporomandibular disorder explains, decided once for the patient (AX1-H1)."""

from __future__ import annotations

from ..case import Limits
from ..findings import Because, Finding, all_of, any_of, opposite, unknown
from .criteria import EXAMINATION, INTERVIEW, Criterion, lettered, listed, observed
from .examination import SIDES, Findings
from .joint_pain import arthralgia
from .muscle_pain import myalgia


def headache_attributed_to_tmd(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """A temple headache that jaw use changes and a test of the temple or a movement brings back, beside painful TMD."""
    history, box = found.history, found.examination.other_headache_diagnosis_explains_better
    key = "other_headache_diagnosis_explains_better"
    return lettered(
        A=observed(found, "temple_headache_last_30_days", history.temple_headache_last_30_days, INTERVIEW),
        B=observed(found, "headache_changed_by_jaw_use", history.headache_changed_by_jaw_use, INTERVIEW),
        C=any_of(*(_in_the_temple(found, place) for place in SIDES)),
        D=any_of(*(all_of(_in_the_temple(found, place), _provoked(found, place)) for place in SIDES)),
        E=_painful_tmd(found, limits),
        F=opposite(observed(found, key, box, EXAMINATION)),
    )


def _in_the_temple(found: Findings, side: str) -> Finding:
    places = found.examination.headache_location_confirmed
    return listed(found, "headache_location_confirmed", places, f"{side} temple")


def _provoked(found: Findings, side: str) -> Finding:
    """Familiar headache on pressing the temporalis or on moving the jaw; masseter and joint do not count."""
    examination = found.examination
    return any_of(
        _on_palpation(found, f"{side} temporalis"),
        listed(found, "opening_familiar_headache", examination.opening_familiar_headache, side),
        listed(found, "excursion_familiar_headache", examination.excursion_familiar_headache, side),
    )


def _on_palpation(found: Findings, site: str) -> Finding:
    spots = found.examination.spots_at(site)
    if not spots:
        return unknown(Because("palpation", None, f"{EXAMINATION}: {site}", found.on))
    return any_of(
        *(
            observed(found, "familiar_headache", spot.familiar_headache, f"{EXAMINATION}: {spot.place}")
            for spot in spots
        )
    )


def _painful_tmd(found: Findings, limits: Limits) -> Finding:
    pains = (myalgia(found, "patient", limits), *(arthralgia(found, side, limits) for side in SIDES))
    return any_of(*(all_of(*(criterion.finding for criterion in pain)) for pain in pains))
