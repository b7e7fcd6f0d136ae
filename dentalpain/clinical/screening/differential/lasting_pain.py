"""Pain that lasts without a cause that shows: burning mouth, dentoalveolar, facial (ICHD-3 13.11, 13.12; ICOP 6)."""

from __future__ import annotations

from ...case import Limits
from ...findings import Finding, all_of
from ..criteria import Criterion, lettered
from ..told import Told


def _daily_and_lasting(told: Told, limits: Limits) -> Finding:
    """More than two hours every day for more than three months."""
    return all_of(
        told.number("hours_per_day").above(limits["lasting_hours_per_day"]),
        told.number("duration_months").above(limits["lasting_months"]),
    )


def persistent_idiopathic_facial_pain(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Dull pain that no nerve maps, without a finding in nerves or teeth."""
    return lettered(
        A=_daily_and_lasting(told, limits),
        B=told.has("pain_poorly_localised"),
        C=told.has("pain_dull"),
        D=told.has("neurological_examination_normal"),
        E=told.has("dental_cause_excluded"),
    )


def burning_mouth(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Burning of a mucosa that looks and feels normal, without a cause in mouth or body."""
    return lettered(
        A=_daily_and_lasting(told, limits),
        B=told.has("pain_burning"),
        C=told.has("pain_superficial_in_mucosa"),
        D=told.has("mucosa_normal"),
        E=told.has("neurological_examination_normal"),
        F=told.lacks("local_or_systemic_cause"),
    )


def persistent_idiopathic_dentoalveolar_pain(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pain of one tooth or socket that began without a cause and in which nothing is found."""
    return lettered(
        A=_daily_and_lasting(told, limits),
        B=all_of(told.has("single_tooth_site"), told.has("pain_unilateral")),
        C=told.lacks("nerve_injury"),
        D=told.has("dental_cause_excluded"),
        E=told.has("neurological_examination_normal"),
    )
