"""Pain of the jaw muscles, decided once for the patient: myalgia, and at most one of its three subtypes.

A subtype is read from the places whose palpation provoked the familiar pain, pressed for five seconds: pain felt
beyond the muscle settles it, then pain that spreads inside it; local pain needs five seconds at every such place.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from ..case import Limits
from ..findings import NO, YES, Because, Finding, all_of, any_of, no, unknown, yes
from .criteria import (
    EXAMINATION,
    Criterion,
    changed_by_jaw_use,
    familiar_on_opening,
    familiar_on_palpation,
    lettered,
    location_confirmed,
    nothing_explains_it_better,
    pain_in_last_30_days,
)
from .examination import SIDES, ZONES, Findings, Spot

MUSCLES = tuple(f"{side} {muscle}" for side in SIDES for muscle in ZONES)


class Sign(IntEnum):
    """What one palpated place says about the subtype; of several places the highest decides (AX1-M2)."""

    NOTHING = 0  # no familiar pain on palpation
    LOCAL = 1
    NOT_HELD = 2  # pressed for less than five seconds: no subtype can be given
    SPREADING = 3
    REFERRED = 4


ANY_SIGN = frozenset(Sign)


def myalgia(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """Familiar pain of a jaw muscle on palpation or opening; sideways and forward movement do not count (AX1-M1)."""
    return lettered(**_muscle_pain(found), E=nothing_explains_it_better(found))


def local_myalgia(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """Myalgia whose pain stays under the finger."""
    return _subtype(found, Sign.LOCAL, limits)


def myofascial_pain(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """Myalgia whose pain spreads, and stays inside the muscle."""
    return _subtype(found, Sign.SPREADING, limits)


def myofascial_pain_with_referral(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """Myalgia whose pain is felt beyond the muscle."""
    return _subtype(found, Sign.REFERRED, limits)


def _muscle_pain(found: Findings) -> dict[str, Finding]:
    return {
        "A": pain_in_last_30_days(found),
        "B": changed_by_jaw_use(found),
        "C": any_of(*(location_confirmed(found, muscle) for muscle in MUSCLES)),
        "D": any_of(*(_familiar_where_confirmed(found, muscle) for muscle in MUSCLES)),
    }


def _familiar_where_confirmed(found: Findings, muscle: str) -> Finding:
    """Familiar pain counts in the confirmed muscle of the same side alone."""
    provoked = any_of(familiar_on_palpation(found, muscle), familiar_on_opening(found, muscle))
    return all_of(location_confirmed(found, muscle), provoked)


def _subtype(found: Findings, sign: Sign, limits: Limits) -> tuple[Criterion, ...]:
    shown = _sign_shown(found, sign, limits)
    return lettered(**_muscle_pain(found), E=shown, F=nothing_explains_it_better(found))


def _sign_shown(found: Findings, sign: Sign, limits: Limits) -> Finding:
    """Is this the sign that decides? Unknown while another one could still turn out to, or no hold was long enough."""
    places = [place for muscle in MUSCLES for place in _places(found, muscle, limits)]
    possible = _possible(signs for signs, _ in places)
    facts = tuple(fact for _, held in places for fact in held)
    if possible == {sign}:
        return yes(*(fact for fact in facts if fact.value is not None))
    if sign not in possible and Sign.NOT_HELD not in possible:
        return no(*(fact for fact in facts if fact.value is not None))
    return unknown(*facts)


def _possible(places: Iterable[frozenset[Sign]]) -> set[Sign]:
    """The signs that may turn out to be the highest, whatever the unknown answers are."""
    held = list(places)
    floor = max(min(signs) for signs in held)
    return {sign for signs in held for sign in signs if sign >= floor}


Place = tuple[frozenset[Sign], tuple[Because, ...]]


def _places(found: Findings, muscle: str, limits: Limits) -> list[Place]:
    """For each palpated place of a muscle the signs that it may show, and the facts that say so."""
    confirmed = location_confirmed(found, muscle)
    if confirmed.answer is NO:
        return [(frozenset({Sign.NOTHING}), confirmed.because)]
    spots = found.examination.spots_at(muscle)
    places = [_place(found, spot, limits) for spot in spots]
    if not spots:
        places = [(ANY_SIGN, familiar_on_palpation(found, muscle).because)]
    if confirmed.answer is YES:
        return places
    return [(signs | {Sign.NOTHING}, confirmed.because + facts) for signs, facts in places]


def _place(found: Findings, spot: Spot, limits: Limits) -> Place:
    source = f"{EXAMINATION}: {spot.place}"
    if spot.familiar_pain is False:
        return frozenset({Sign.NOTHING}), (Because("familiar_pain", False, source, found.on),)
    signs, facts = _sign_if_familiar(found, spot, limits)
    if spot.familiar_pain is None:
        signs |= {Sign.NOTHING}
    return signs, (Because("familiar_pain", spot.familiar_pain, source, found.on), *facts)


def _sign_if_familiar(found: Findings, spot: Spot, limits: Limits) -> Place:
    source, hold, needed = f"{EXAMINATION}: {spot.place}", spot.hold_seconds, limits["palpation_hold_for_subtype"]
    if hold is not None and hold < needed:
        short = f"{source}, pressed for less than {needed} s"
        return frozenset({Sign.NOT_HELD}), (Because("hold_seconds", None, short, found.on),)
    signs = _signs_when_held(spot)
    facts = (
        Because("hold_seconds", hold, source, found.on),
        Because("refers_beyond_muscle", spot.refers_beyond_muscle, source, found.on),
        *(
            ()
            if spot.refers_beyond_muscle
            else (Because("spreads_within_muscle", spot.spreads_within_muscle, source, found.on),)
        ),
    )
    return (signs | {Sign.NOT_HELD} if hold is None else signs), facts


SPREAD: dict[bool | None, frozenset[Sign]] = {
    True: frozenset({Sign.SPREADING}),
    False: frozenset({Sign.LOCAL}),
    None: frozenset({Sign.SPREADING, Sign.LOCAL}),
}


def _signs_when_held(spot: Spot) -> frozenset[Sign]:
    """Pain felt beyond the muscle settles the place whatever the spread (truth table of AX1-M2)."""
    if spot.refers_beyond_muscle:
        return frozenset({Sign.REFERRED})
    spread = SPREAD[spot.spreads_within_muscle]
    return spread if spot.refers_beyond_muscle is False else spread | {Sign.REFERRED}
