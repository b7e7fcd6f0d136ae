"""Gene variants with which carbamazepine and its relatives can destroy the skin.

Sources: FDA boxed warning of carbamazepine; CPIC 2017 (HLA-B and HLA-A with carbamazepine and oxcarbazepine).
"""

from __future__ import annotations

import datetime as dt

from ...case import Case, Limits
from ...findings import NO, UNKNOWN, Because, Finding, all_of, any_of, no, yes
from ...record import Medicine, Standing

HLA_B, HLA_A, ASIAN, SINCE = "hla_b_1502", "hla_a_3101", "ancestry_asian", "antiepileptic_since"


def carbamazepine_with_hla_b_1502(case: Case, limits: Limits) -> Finding:
    """The patient carries HLA-B*15:02, and has not already taken the medicine for more than three months."""
    return all_of(_carries(case, HLA_B, ASIAN), _not_yet_tolerated(case, limits))


def carbamazepine_with_hla_a_3101(case: Case, limits: Limits) -> Finding:
    """The patient carries HLA-A*31:01, and has not already taken the medicine for more than three months."""
    return all_of(_carries(case, HLA_A), _not_yet_tolerated(case, limits))


def related_medicine_with_hla_b_1502(case: Case, limits: Limits) -> Finding:
    """The patient carries HLA-B*15:02, and the medicine is a chemical relative of carbamazepine."""
    return _carries(case, HLA_B, ASIAN)


def carbamazepine_before_gene_test(case: Case, limits: Limits) -> Finding:
    """The patient has Asian forebears, and nobody recorded the test for HLA-B*15:02."""
    result, because = case.facts.choice(HLA_B)
    return no(because) if result is not None else all_of(case.has(ASIAN), yes(because))


def _carries(case: Case, gene: str, *hints: str) -> Finding:
    """Is the variant there? Untested it counts as not there on reviewed lists alone, with every hint denied."""
    tested = case.is_one_of(gene, "positive")
    problems, medicines = case.facts.reviewed("problems"), case.facts.reviewed("medicines")
    if tested.answer is not UNKNOWN or problems is None or medicines is None:
        return tested
    hinted = any_of(*(case.has(hint) for hint in hints))
    return no(problems.for_fact(gene), *hinted.because) if hinted.answer is NO else all_of(tested, hinted)


def _not_yet_tolerated(case: Case, limits: Limits) -> Finding:
    """These reactions come in the first months; until a first day is known, the medicine counts as new."""
    days = limits["hla_tolerated_days"]
    since = case.days_since(SINCE)
    if since.known:
        return since.at_most(days)
    listed = [begun for begun in _listed_since(case) if (case.on - begun[0]).days > days]
    return no(listed[0][1]) if listed else yes(Because(SINCE, None), presumed=True)


def _listed_since(case: Case) -> list[tuple[dt.date, Because]]:
    """The first days of the same medicine, where the list of those taken now tells them."""
    return [
        (medicine.start.last, Because(SINCE, str(medicine.start), medicine.source))
        for medicine in case.facts.record.medicines
        if medicine.standing is Standing.CURRENT and medicine.start is not None and _same(case, medicine)
    ]


def _same(case: Case, medicine: Medicine) -> bool:
    return any(part.name in case.judged.tags for part in medicine.prescription.ingredients)
