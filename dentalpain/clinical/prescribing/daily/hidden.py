"""What is taken beyond the products that a day adds up: what somebody said of it, held against the list."""

from __future__ import annotations

from ...case import Case
from ...findings import YES, Because, Finding, unknown


def hidden_product(case: Case, fact: str, listed: Finding) -> Finding:
    """Is more of it taken than the list tells? A yes that nothing on the list bears out leaves the amount open."""
    said = case.facts.finding(fact)
    meant = listed.answer is YES or not case.judged.proposed  # what was said may mean the medicine that is judged
    if not case.facts.stated(fact) or (said.answer is YES and meant):
        return case.medicines.silence(fact)
    return unknown(Because(fact, None, "taken, but not on the list")) if said.answer is YES else said
