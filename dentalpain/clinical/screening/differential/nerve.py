"""Pain of a cranial nerve: neuralgia, injury, shingles (ICHD-3 13.1 and 13.2; ICOP 4)."""

from __future__ import annotations

from decimal import Decimal

from ...case import Limits
from ...findings import all_of
from ..criteria import Criterion, lettered
from ..told import Told


def trigeminal_neuralgia(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Short, severe shocks of one side within the trigeminal nerve, set off by a light touch."""
    return lettered(
        A=all_of(told.has("attacks_recurrent"), told.has("pain_unilateral")),
        B=all_of(told.has("pain_in_trigeminal_division"), told.lacks("pain_beyond_division")),
        C=told.attack_seconds().at_most(limits["neuralgia_attack_seconds"]),
        D=told.has("pain_severe"),
        E=told.has("pain_electric_or_stabbing"),
        F=told.has("triggered_by_light_touch"),
        G=told.lacks("better_explained"),
    )


def glossopharyngeal_neuralgia(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Stabs of seconds that swallowing, talking or coughing sets off."""
    return lettered(
        A=told.has("attacks_recurrent"),
        B=told.attack_seconds().at_most(limits["neuralgia_attack_seconds"]),
        C=told.has("pain_electric_or_stabbing"),
        D=told.has("triggered_by_swallowing"),
    )


def post_traumatic_neuropathic_pain(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pain with changed feeling in the area of a trigeminal nerve that was injured within six months before it began."""
    return lettered(
        A=told.has("pain_in_trigeminal_division"),
        B=told.has("nerve_injury"),
        C=told.has("sensory_signs"),
        D=told.has("pain_in_injured_area"),
        E=told.number("nerve_injury_to_onset_months").below(limits["nerve_injury_onset_months"]),
    )


def postherpetic_neuralgia(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pain of a trigeminal branch three months or more after shingles there."""
    ago = told.number("zoster_months_ago")
    return lettered(
        A=ago.at_least(Decimal(0)),
        B=ago.at_least(limits["zoster_months"]),
        C=told.has("pain_in_trigeminal_division"),
    )
