"""Pulp, periapex, cracked tooth, sinus and salivary gland: looked for before anything else."""

from __future__ import annotations

from decimal import Decimal

from ...case import Limits
from ...findings import Finding, any_of
from ..criteria import Criterion, lettered
from ..told import Told


def reversible_pulpitis(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pain from cold that is gone within seconds, and none by itself."""
    return lettered(
        A=told.number("cold_lingers_seconds").above(Decimal(0)),
        B=told.number("cold_lingers_seconds").below(limits["lingering_cold_seconds"]),
        C=told.lacks("spontaneous_or_night_pain"),
    )


def irreversible_pulpitis(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pain from cold that lingers, or pain of one tooth that comes by itself or at night."""
    lingers = told.number("cold_lingers_seconds").at_least(limits["lingering_cold_seconds"])
    return lettered(
        A=any_of(lingers, told.has("spontaneous_or_night_pain")), B=any_of(lingers, told.has("single_tooth_site"))
    )


def pulp_necrosis(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """A tooth that does not feel cold."""
    return lettered(A=told.has("cold_no_response"))


def apical_periodontitis(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """One tooth that hurts on percussion or biting."""
    return lettered(A=told.has("percussion_or_bite_pain"), B=told.has("single_tooth_site"))


def apical_abscess(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pus or swelling at a tooth, without a sinus tract."""
    return lettered(A=told.has("pus_or_swelling"), B=_from_a_tooth(told), C=told.lacks("sinus_tract"))


def apical_abscess_with_sinus(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pus or swelling at a tooth that drains through a sinus tract."""
    return lettered(A=told.has("pus_or_swelling"), B=told.has("sinus_tract"))


def _from_a_tooth(told: Told) -> Finding:
    return any_of(*(told.has(key) for key in ("single_tooth_site", "cold_no_response", "percussion_or_bite_pain")))


def cracked_tooth(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """One tooth that hurts on biting and when the bite is let go."""
    return lettered(
        A=told.has("percussion_or_bite_pain"), B=told.has("pain_on_release"), C=told.has("single_tooth_site")
    )


def sinusitis(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Several upper molars at once, a blocked or running nose, and worse on bending."""
    return lettered(
        A=told.has("several_upper_molars"), B=told.has("congestion_or_discharge"), C=told.has("worse_bending")
    )


def salivary_stone(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """A gland that swells at meals."""
    return lettered(A=told.has("swelling_at_meals"))


def salivary_infection(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pus at the duct of a gland."""
    return lettered(A=told.has("pus_at_duct"))


def cervicogenic_headache(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pain that moving the neck provokes, and a neck that moves less."""
    return lettered(A=told.has("neck_provokes"), B=told.has("neck_range_reduced"))


def ear_pain_from_elsewhere(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """A painful ear in which the ear physician's look finds nothing."""
    ear = any_of(*(told.has(key) for key in ("severe_ear_pain_or_discharge", "throat_or_ear_symptoms_over_3_weeks")))
    return lettered(A=told.has("otoscopy_normal"), B=ear)
