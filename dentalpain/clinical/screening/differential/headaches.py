"""Primary headaches that are felt in the face (ICHD-3 1 to 3; ICOP 5)."""

from __future__ import annotations

from ...case import Limits
from ...findings import Finding, all_of, any_of, at_least, none_of
from ..criteria import Criterion, lettered
from ..told import Told


def migraine(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Attacks of hours that movement worsens, with sickness or aversion to light and sound."""
    return lettered(
        A=told.number("attacks_total").at_least(limits["headache_attacks"]),
        B=_hours(told, limits, "migraine_hours_low", "migraine_hours_high"),
        C=at_least(
            2,
            (
                told.has("pain_unilateral"),
                told.has("pain_pulsating"),
                any_of(told.has("pain_moderate"), told.has("pain_severe")),
                told.has("worse_with_activity"),
            ),
        ),
        D=any_of(told.has("nausea"), all_of(told.has("photophobia"), told.has("phonophobia"))),
    )


def tension_type_headache(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """A dull headache of both sides that lets people go on, without sickness."""
    return lettered(
        A=_hours(told, limits, "tension_hours_low", "tension_hours_high"),
        B=at_least(
            2,
            (
                told.lacks("pain_unilateral"),
                told.has("pain_dull"),
                any_of(told.has("pain_moderate"), told.lacks("pain_severe")),
                told.lacks("worse_with_activity"),
            ),
        ),
        C=told.lacks("nausea"),
        D=none_of(all_of(told.has("photophobia"), told.has("phonophobia"))),
    )


def cluster_headache(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Severe attacks of one side for up to three hours, with signs at the eye or nose, or restlessness."""
    return lettered(
        A=told.number("attacks_total").at_least(limits["headache_attacks"]),
        B=all_of(told.has("pain_unilateral"), told.has("pain_severe")),
        C=_minutes(told, limits, "cluster_minutes_low", "cluster_minutes_high"),
        D=any_of(told.has("autonomic_signs"), told.has("restless")),
        E=told.number("attacks_per_day").from_to(
            limits["cluster_attacks_per_day_low"], limits["cluster_attacks_per_day_high"]
        ),
    )


def paroxysmal_hemicrania(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Many attacks a day of some minutes on one side, which indomethacin stops."""
    return lettered(
        A=told.has("pain_unilateral"),
        B=_minutes(told, limits, "paroxysmal_minutes_low", "paroxysmal_minutes_high"),
        C=told.number("attacks_per_day").above(limits["paroxysmal_attacks_per_day"]),
        D=told.has("indomethacin_helps"),
    )


def sunct(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Attacks of seconds to minutes on one side, with tearing or a red eye."""
    return lettered(
        A=all_of(told.has("attacks_recurrent"), told.has("pain_unilateral")),
        B=told.attack_seconds().from_to(limits["sunct_seconds_low"], limits["sunct_seconds_high"]),
        C=told.has("autonomic_signs"),
    )


def hemicrania_continua(told: Told, limits: Limits) -> tuple[Criterion, ...]:
    """Pain of one side without a break for more than three months, which indomethacin stops."""
    return lettered(
        A=told.has("pain_unilateral"),
        B=told.number("hours_per_day").at_least(limits["whole_day_hours"]),
        C=told.number("duration_months").above(limits["lasting_months"]),
        D=told.has("indomethacin_helps"),
    )


def _minutes(told: Told, limits: Limits, low: str, high: str) -> Finding:
    return told.attack_seconds().from_to(limits[low] * 60, limits[high] * 60)


def _hours(told: Told, limits: Limits, low: str, high: str) -> Finding:
    return told.attack_seconds().from_to(limits[low] * 3600, limits[high] * 3600)
