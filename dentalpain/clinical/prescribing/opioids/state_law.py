"""Limits that the state of the office sets for an opioid against acute pain: a table to verify, never legal advice.

Silent until the office names its state, and where the table holds no figure for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from ...case import ACUTE, Case, Limits
from ...findings import Because, Finding, all_of, any_of, no, yes
from ...state_limit import StateLimit
from .opioid_amounts import of_all_opioids

STATE = "prescriber_state"
SURGERY, SURGICAL = "after_surgery", "surgical_extraction"
WHO: Mapping[str, Callable[[Case, Decimal], Finding]] = {
    "everyone": lambda case, adult: yes(),
    "adult": lambda case, adult: case.age().at_least(adult),
    "minor": lambda case, adult: case.age().below(adult),
}


def days_over_the_state_limit(case: Case, limits: Limits) -> Finding:
    """The supply lasts longer than the state of the office allows for acute pain."""
    rows, state = _of_the_office(case)
    days = ((row, case.days_supply().above(row.days)) for row in rows if row.days is not None)
    return any_of(no(state), *(all_of(_applies(case, row, rows, limits), over) for row, over in days))


def amount_over_the_state_limit(case: Case, limits: Limits) -> Finding:
    """The opioids of a day are more than the state of the office allows for acute pain."""
    rows, state = _of_the_office(case)
    amounts = ((row, of_all_opioids(case, case.totals.mme.above(row.mme))) for row in rows if row.mme is not None)
    return any_of(no(state), *(all_of(_applies(case, row, rows, limits), over) for row, over in amounts))


def _of_the_office(case: Case) -> tuple[tuple[StateLimit, ...], Because]:
    state, because = case.facts.choice(STATE)
    if state is None:
        return (), Because(STATE, None, "no state set")
    return case.state_limits.get(state.strip().upper(), ()), because


def _applies(case: Case, row: StateLimit, rows: tuple[StateLimit, ...], limits: Limits) -> Finding:
    """Is this the row for this patient and this pain? A row for surgery takes the place of the general one."""
    law = yes(Because(STATE, row.shown, row.source))
    own_row = any(other.pain == SURGERY for other in rows)
    general = ACUTE - {SURGICAL} if own_row else ACUTE
    pain = case.indicated_for(*((SURGICAL,) if row.pain == SURGERY else general))
    company = case.has("benzodiazepine") if row.pain == "with_benzodiazepine" else yes()
    return all_of(law, pain, company, WHO[row.who](case, limits["adult_age"]))
