"""Jaw Functional Limitation Scale, 8 and 20 items (Ohrbach; scoring manual of 30 March 2021). No cut-offs exist."""

from __future__ import annotations

from decimal import Decimal

from ..case import Limits
from .instrument import COMPLETE, NOT_SCORABLE, PRORATED, Points, Score, Tally, mean_score

MASTICATION = tuple(str(number) for number in range(1, 7))
MOBILITY = tuple(str(number) for number in range(7, 11))
COMMUNICATION = tuple(str(number) for number in range(13, 21))
SHORT_WITHIN_LONG = ("1", "3", "6", "10", "11", "12", "13", "19")
EIGHT = tuple(str(number) for number in range(1, 9))


def jfls_8(points: Points, limits: Limits) -> Score:
    """The mean of the answered items, 0 to 10; two may be blank."""
    return mean_score(Tally(EIGHT, points, limits["jfls8_blanks"]))


def jfls_20(points: Points, limits: Limits) -> Score:
    """The mean of three subscales, 0 to 10, all three needed; items 11 and 12 are in none of them."""
    parts = {
        "mastication": Tally(MASTICATION, points, limits["jfls_mastication_blanks"]),
        "mobility": Tally(MOBILITY, points, limits["jfls_mobility_blanks"]),
        "communication": Tally(COMMUNICATION, points, limits["jfls_communication_blanks"]),
    }
    means = {name: tally.mean() for name, tally in parts.items()}
    held = [mean for mean in means.values() if mean is not None]
    complete = len(held) == len(parts)
    whole = Tally(tuple(str(number) for number in range(1, 21)), points)
    statuses = {tally.status for tally in parts.values()}
    return Score(
        status=NOT_SCORABLE if not complete else PRORATED if PRORATED in statuses else COMPLETE,
        score=sum(held, Decimal(0)) / len(parts) if complete else None,
        partial_sum=None if complete else whole.given,
        missing=whole.missing,
        subscales={**means, "jfls8": Tally(SHORT_WITHIN_LONG, points, limits["jfls8_blanks"]).mean()},
    )
