"""Amounts by body weight: compared only where the weight, known or a range, leaves no doubt."""

from __future__ import annotations

from decimal import Decimal

from ...findings import NO, YES, Finding, no, unknown, yes
from ...quantities import Reading


def above_by_weight(amount: Reading, weight: Reading, mg_per_kg: Decimal) -> Finding:
    """Is the amount, in mg, more than `mg_per_kg` for each kilogram of the weight?"""
    facts = (*amount.facts, *weight.facts)
    if weight.high is not None and amount.above(mg_per_kg * weight.high).answer is YES:
        return yes(*facts)
    if weight.low is not None and amount.above(mg_per_kg * weight.low).answer is NO:
        return no(*facts)
    return unknown(*facts)
