"""A disease of many joints that shows in the jaw (RF-18)."""

from __future__ import annotations

from ...case import Limits
from ...facts import Facts
from ...findings import all_of, any_of
from .urgency import Levels, Urgency, some_yes


def inflammatory_joint_disease(facts: Facts, limits: Limits) -> Levels:
    """A bite that opens, swollen or stiff joints, or a child whose jaw joint does not move freely."""
    child = all_of(facts.age().below(limits["child_age"]), facts.finding("child_tmj_restriction"))
    signs = some_yes(facts, "open_bite_progressive", "several_swollen_joints", "morning_stiffness_60min")
    return Levels({Urgency.ROUTINE: any_of(signs, child)})
