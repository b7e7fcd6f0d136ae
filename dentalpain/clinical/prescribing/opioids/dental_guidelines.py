"""What the guidelines say against an opioid: ADA 2024 for acute dental pain, BMJ 2023 for chronic TMD."""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import Finding, all_of, opposite


def opioid_for_simple_extraction(case: Case, limits: Limits) -> Finding:
    """The opioid is meant for the pain after a simple extraction."""
    return case.indicated_for("simple_extraction")


def opioid_before_nonopioids(case: Case, limits: Limits) -> Finding:
    """Acute dental pain, and nobody recorded that an NSAID with acetaminophen failed or is ruled out."""
    return all_of(case.acute_dental_pain(), opposite(case.has("nsaid_apap_tried")))


def opioid_for_chronic_tmd(case: Case, limits: Limits) -> Finding:
    """The opioid is meant for a temporomandibular disorder that has hurt for three months or more."""
    return case.indicated_for("chronic_tmd")
