"""Conditions in which an NSAID is a second choice: heart, vessels, bypassed stomach, early cirrhosis, bleeding.

Sources: US boxed warning; AHA/ACC/HFSA 2022; ASMBS and AACE 2019; AASLD. What forbids an NSAID: nsaid_safety.py.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import UNKNOWN, YES, Because, Finding, all_of, any_of, no, opposite, unknown, yes
from ...liver import child_pugh, cirrhosis_without_a_class
from ...platelets import platelets
from ...record import Statement
from .nsaid_exceptions import unless_local
from .nsaid_safety import nsaid_with_severe_heart_failure


@unless_local
def nsaid_with_stable_heart_failure(case: Case, limits: Limits) -> Finding:
    """The heart fails, stable and in NYHA class I or II; a class that nobody recorded is presumed to be one of these."""
    # The table of facts: with the class unknown this rule fires, and the class is asked.
    failure, severe = case.has("heart_failure"), nsaid_with_severe_heart_failure(case, limits)
    if failure.answer is YES and severe.answer is UNKNOWN:
        return yes(*failure.because, *severe.because, presumed=True)
    return all_of(failure, opposite(severe))


@unless_local
def nsaid_after_heart_attack_or_stroke(case: Case, limits: Limits) -> Finding:
    """A heart attack, a stroke, a TIA or a coronary stent within the last 12 months, or at a time nobody recorded."""
    return any_of(
        _within_the_year(case, "mi_recent", "mi_history"),
        _within_the_year(case, "stroke_recent", "stroke_or_tia_history"),
        _within_the_year(case, "coronary_stent_recent", ""),
    )


@unless_local
def nsaid_after_gastric_bypass(case: Case, limits: Limits) -> Finding:
    """The stomach was bypassed; weight-loss surgery of a kind that nobody named counts as that until it is known."""
    # The table of facts: the stricter rule holds until somebody says which operation it was.
    bypass, sleeve = case.has("bariatric_bypass"), case.has("bariatric_sleeve")
    unnamed = [event for event in case.facts.stated("bariatric_surgery_unspecified") if event.value is True]
    if bypass.answer is not UNKNOWN or sleeve.answer is YES or not unnamed:
        return bypass
    return yes(Because("bariatric_bypass", None), presumed=True)


@unless_local
def nsaid_with_compensated_cirrhosis(case: Case, limits: Limits) -> Finding:
    """The liver is scarred without complications, in Child-Pugh class A or in a class nobody recorded."""
    decompensated = case.has("cirrhosis_decompensated")
    if decompensated.answer is YES:
        return no(*decompensated.because)
    return any_of(child_pugh(case, "A"), cirrhosis_without_a_class(case))


@unless_local
def nsaid_with_bleeding_disorder(case: Case, limits: Limits) -> Finding:
    """The blood does not clot as it should, or has too few platelets."""
    return any_of(case.has("bleeding_disorder"), platelets(case).below(limits["platelets_nsaid"]))


def _within_the_year(case: Case, recent: str, history: str) -> Finding:
    """Did it happen within the window of the fact? An event without a date counts, until somebody says when it was."""
    found = case.has(recent)
    told = case.facts.stated(recent)
    if found.answer is YES or any(statement.value is False for statement in told):
        return found
    events = [*told, *(case.facts.stated(history) if history else ())]
    window = case.facts.definition(recent).stale_after_days or 0
    late = [event for event in events if _may_be_recent(case, event, window)]
    if any(event.certain for event in late):
        return yes(Because(recent, None, "an event without a date"), presumed=True)
    return unknown(Because(recent, None, "an event in doubt")) if late else found


def _may_be_recent(case: Case, event: Statement, window: int) -> bool:
    return event.value is True and (event.date is None or (case.on - event.date.last).days <= window)
