"""Pain of the jaw joint, decided for each side on its own (AX1-A1)."""

from __future__ import annotations

from ..case import Limits
from ..findings import any_of
from .criteria import (
    Criterion,
    changed_by_jaw_use,
    familiar_on_excursion,
    familiar_on_opening,
    familiar_on_palpation,
    lettered,
    location_confirmed,
    nothing_explains_it_better,
    pain_in_last_30_days,
)
from .examination import JOINT_SITES, Findings


def arthralgia(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """Familiar pain of the joint on palpation, opening, or moving the jaw forward or sideways."""
    joint = f"{side} tmj"
    return lettered(
        A=pain_in_last_30_days(found),
        B=changed_by_jaw_use(found),
        C=location_confirmed(found, joint),
        D=any_of(
            *(familiar_on_palpation(found, f"{side} {site}") for site in JOINT_SITES),
            familiar_on_opening(found, joint),
            familiar_on_excursion(found, joint),
        ),
        E=nothing_explains_it_better(found),
    )
