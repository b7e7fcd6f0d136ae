"""Distress and bodily symptoms: PHQ-4, PHQ-9, GAD-7 and PHQ-15 (blanks and bands: scoring manual of 30 March 2021)."""

from __future__ import annotations

from ..case import Limits
from .instrument import Points, Score, Tally, banded_sum

# By what is asked, never by position: published forms differ in their order.
PHQ_4 = ("nervous", "worry", "interest", "down")
NINE, SEVEN, FIFTEEN = (tuple(str(number) for number in range(1, last + 1)) for last in (9, 7, 15))


def phq_4(points: Points, limits: Limits) -> Score:
    """Two items of worry and two of low mood, 0 to 12 points; one blank is filled with the mean of the rest."""
    return banded_sum(
        Tally(PHQ_4, points, limits["phq4_blanks"]),
        "none or minimal",
        (limits["phq4_mild"], "mild"),
        (limits["phq4_moderate"], "moderate"),
        (limits["phq4_severe"], "severe"),
        positive_from=limits["phq4_moderate"],
    )


def phq_9(points: Points, limits: Limits) -> Score:
    """Nine items of low mood, 0 to 27 points; three blanks may be filled. Item 9 is acted on elsewhere, whatever the sum."""
    return banded_sum(
        Tally(NINE, points, limits["phq9_blanks"]),
        "none or minimal",
        (limits["phq9_mild"], "mild"),
        (limits["phq9_moderate"], "moderate"),
        (limits["phq9_moderately_severe"], "moderately severe"),
        (limits["phq9_severe"], "severe"),
        positive_from=limits["phq9_moderate"],
    )


def gad_7(points: Points, limits: Limits) -> Score:
    """Seven items of worry, 0 to 21 points; two blanks may be filled."""
    return banded_sum(
        Tally(SEVEN, points, limits["gad7_blanks"]),
        "none or minimal",
        (limits["gad7_mild"], "mild"),
        (limits["gad7_moderate"], "moderate"),
        (limits["gad7_severe"], "severe"),
        positive_from=limits["gad7_moderate"],
    )


def phq_15(points: Points, limits: Limits) -> Score:
    """Fifteen bodily symptoms, 0 to 30 points; five blanks may be filled, an item that does not apply is one of them."""
    return banded_sum(
        Tally(FIFTEEN, points, limits["phq15_blanks"]),
        "none or minimal",
        (limits["phq15_low"], "low"),
        (limits["phq15_medium"], "medium"),
        (limits["phq15_high"], "high"),
    )
