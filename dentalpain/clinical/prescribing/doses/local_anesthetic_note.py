"""How much of each long-acting local anesthetic this patient bears at most, said before the syringe is loaded.

Sources: cartridge labels and AAPD (mg per kg and caps), ADA 2024 (bupivacaine 0.5 % with epinephrine 1:200,000 by block or
infiltration, articaine 4 % with epinephrine by infiltration). Other anesthetic of the same visit counts towards it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ...case import Case, Limits
from ...findings import NO, YES
from ...quantities import plain

LONG_ACTING = {
    "bupivacaine": "bupivacaine 0.5 % with epinephrine 1:200,000 by block or infiltration",
    "articaine": "articaine 4 % with epinephrine 1:100,000 or 1:200,000 by infiltration",
}


@dataclass(frozen=True, slots=True)
class AgentMaximum:
    """The most of one agent in mg, None where age or weight leave it open or forbid it; `said` holds the reckoning."""

    agent: str
    most: Decimal | None
    said: str


def long_acting_maxima(case: Case, limits: Limits) -> tuple[AgentMaximum, ...]:
    """The maximum of every long-acting agent; `limits` hold mg per kg, cap and youngest age of each."""
    return tuple(_maximum(agent, case, limits) for agent in LONG_ACTING)


def _maximum(agent: str, case: Case, limits: Limits) -> AgentMaximum:
    name, youngest = LONG_ACTING[agent], limits[f"{agent}_min_age"]
    per_kg, cap = limits[f"{agent}_max_mg_per_kg"], limits[f"{agent}_max_mg"]
    too_young, weight = case.age().below(youngest).answer, case.number("weight_kg").value
    if too_young is YES:
        return AgentMaximum(agent, None, f"{name}: not under {plain(youngest)} years")
    bounds = f"{plain(per_kg)} mg/kg, never more than {plain(cap)} mg"
    if too_young is not NO or weight is None:
        return AgentMaximum(agent, None, f"{name}: at most {bounds}, from {plain(youngest)} years on; age or weight not known")
    most = min(per_kg * weight, cap)
    reckoned = f"{plain(per_kg)} mg/kg × {plain(weight)} kg = {plain(per_kg * weight)} mg"
    held = "" if per_kg * weight <= cap else f", held to {plain(cap)} mg"
    return AgentMaximum(agent, most, f"{name}: at most {reckoned}{held}")
