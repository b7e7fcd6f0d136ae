"""Thoughts of suicide (RF-12)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import any_of
from .urgency import Levels, Urgency


def suicidal_thoughts(facts: Facts, limits: Limits) -> Levels:
    """Thoughts of death told in a form or in the room; a plan, means, intent or attempt makes it an emergency."""
    acute, told = facts.finding("suicide_plan_or_intent"), facts.finding("suicidality")
    return Levels({Urgency.EMERGENCY_NOW: acute, Urgency.SAME_DAY: any_of(told, acute)})
