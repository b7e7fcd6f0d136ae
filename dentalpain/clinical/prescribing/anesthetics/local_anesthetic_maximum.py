"""The most of a local anesthetic that a body of this weight bears, whichever agent is planned.

Sources: cartridge labels; AAPD guideline on local anesthesia. The dose planned for the visit is one number. Where nobody
named the agent, it is too much only if it is for every agent, and low enough only if it is for each, mixtures included:
fractions of several maxima add up to no more than the whole dose over the smallest of them.
"""

from __future__ import annotations

from decimal import Decimal

from ...case import Case, Limits
from ...findings import NO, YES, Because, Finding, all_of, any_of, no, unknown, yes
from .anesthetic_tags import on_the_surface

PLANNED = "planned_local_anaesthetic_mg"
AGENTS = frozenset({"lidocaine", "articaine", "mepivacaine", "prilocaine", "bupivacaine"})
NOT_NAMED = Because(PLANNED, None, "which anesthetic is not recorded")
LESS_FOR_CHILDREN = frozenset({"lidocaine", "mepivacaine", "prilocaine"})


def local_anesthetic_over_maximum(case: Case, limits: Limits) -> Finding:
    """More anesthetic is planned than fits the weight, or articaine for a child too young for it."""
    judged = case.judged.prescription
    if judged is not None and on_the_surface(judged):
        return no(Because(PLANNED, "nothing injected", "prescription", case.on))
    agents = _planned_agents(case)
    return any_of(_over(case, agents or AGENTS, limits), _too_young_for_articaine(case, agents, limits))


def _too_young_for_articaine(case: Case, agents: frozenset[str], limits: Limits) -> Finding:
    """Is articaine meant for a child too young for it? Where nobody named the agent, it may be articaine."""
    judged, young = case.judged.prescription, case.age().below(limits["articaine_min_age"])
    if judged is not None and "articaine" in judged.tags:
        return young
    return no() if agents else all_of(young, unknown(NOT_NAMED))


def _planned_agents(case: Case) -> frozenset[str]:
    """The agents that the order names; none where an option is judged, which names no agent."""
    judged = case.judged.prescription
    if judged is None:
        return frozenset()
    held = case.medicines.holding(frozenset({"local_anaesthetic"}))
    beside = {part.name for taken, part in held if taken.proposed and not on_the_surface(taken.prescription)}
    return AGENTS & (judged.tags | beside)


def _over(case: Case, agents: frozenset[str], limits: Limits) -> Finding:
    planned, weight, age = case.number(PLANNED), case.number("weight_kg"), case.age()
    spans = [_most(agent, case, limits) for agent in agents]
    facts = (*planned.facts, *weight.facts, *age.facts)
    if planned.above(max(high for _, high in spans)).answer is YES:
        return yes(*facts)
    if planned.above(min(low for low, _ in spans)).answer is NO:
        return no(*facts)
    unnamed = () if len(agents) == 1 else (NOT_NAMED,)
    return unknown(*facts, *unnamed)


def _most(agent: str, case: Case, limits: Limits) -> tuple[Decimal, Decimal]:
    """The least and the most that the maximum of an agent can be, in mg, where age or weight are not known exactly."""
    adult = case.age().at_least(limits["adult_age"]).answer
    grown = () if adult is NO and agent in LESS_FOR_CHILDREN else (agent,)
    child = () if adult is YES or agent not in LESS_FOR_CHILDREN else (f"{agent}_child",)
    figures = [(limits[f"{name}_max_mg_per_kg"], limits[f"{name}_max_mg"]) for name in (*grown, *child)]
    weight = case.number("weight_kg")
    low, high = weight.low or Decimal(0), weight.high
    least = min(min(per_kg * low, cap) for per_kg, cap in figures)
    return least, max(cap if high is None else min(per_kg * high, cap) for per_kg, cap in figures)
