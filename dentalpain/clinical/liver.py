"""The liver: how badly it works, and its enzymes, as far as they are known."""

from __future__ import annotations

from .case import Case, proved_by, special_case
from .findings import NO, YES, Because, Finding, any_of, no, yes
from .quantities import Reading

# An entry that points to the liver: then a missing enzyme value is asked for, also on reviewed lists.
POINTING = ("cirrhosis", "chronic_liver_disease", "acute_hepatitis", "liver_failure", "alcohol_use_disorder")


def child_pugh(case: Case, *classes: str) -> Finding:
    """Is the cirrhosis of one of these Child-Pugh classes? Without cirrhosis there is none."""
    return special_case(case.has("cirrhosis"), case.is_one_of("child_pugh_class", *classes))


def scarred_liver(case: Case) -> Finding:
    """Is there cirrhosis? A class or a complication of it proves it."""
    graded = case.is_one_of("child_pugh_class", "A", "B", "C")
    return proved_by(case.has("cirrhosis"), case.has("cirrhosis_decompensated"), graded)


def advanced_liver_disease(case: Case) -> Finding:
    """Has the liver failed, or is its cirrhosis decompensated or of Child-Pugh class B or C?"""
    return any_of(case.has("liver_failure"), case.has("cirrhosis_decompensated"), child_pugh(case, "B", "C"))


def cirrhosis_without_a_class(case: Case) -> Finding:
    """Is there cirrhosis of which nobody recorded the Child-Pugh class? Then the worst is presumed."""
    return _without_a_class(case, case.has("cirrhosis"))


def decompensated_without_a_class(case: Case) -> Finding:
    """Has cirrhosis complications while nobody recorded its Child-Pugh class? Then class C is presumed."""
    return _without_a_class(case, special_case(case.has("cirrhosis"), case.has("cirrhosis_decompensated")))


def _without_a_class(case: Case, disease: Finding) -> Finding:
    graded = case.is_one_of("child_pugh_class", "A", "B", "C")
    if graded.answer is YES:
        return no(*graded.because)
    if disease.answer is YES:
        return yes(*disease.because, *graded.because, presumed=True)
    return disease


def liver_enzymes(case: Case) -> Reading:
    """ALT or AST as a multiple of the upper limit; 'not listed' when reviewed lists give no hint of liver disease."""
    measured = case.number("alt_ast_times_uln")
    problems, medicines = case.facts.reviewed("problems"), case.facts.reviewed("medicines")
    if measured.known or _was_measured(measured.facts) or problems is None or medicines is None:
        return measured
    if any_of(*(case.has(fact) for fact in POINTING)).answer is not NO:
        return measured
    return Reading(None, None, (problems.for_fact("alt_ast_times_uln"),), not_listed=True)


def _was_measured(facts: tuple[Because, ...]) -> bool:
    return any(fact.value is not None for fact in facts)
