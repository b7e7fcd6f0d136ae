"""Graded Chronic Pain Scale, version 2.0, over one month and over six (Von Korff; scoring manual of 30 March 2021)."""

from __future__ import annotations

from decimal import Decimal

from ..case import Limits
from .instrument import Points, Score, Tally, as_number

PAIN, INTERFERENCE, DAYS = ("2", "3", "4"), ("6", "7", "8"), "5"


def gcps_1_month(points: Points, limits: Limits) -> Score:
    """Grade 0 to IV from pain, days and interference; the days count within the last 30."""
    return _grade(points, limits, ("gcps1_days_one", "gcps1_days_two", "gcps1_days_three"))


def gcps_6_month(points: Points, limits: Limits) -> Score:
    """Grade 0 to IV from pain, days and interference; the days count within the last 180."""
    return _grade(points, limits, ("gcps6_days_one", "gcps6_days_two", "gcps6_days_three"))


def _grade(points: Points, limits: Limits, day_limits: tuple[str, str, str]) -> Score:
    """All three parts are needed: pain and days without a blank, one blank of interference (scoring manual)."""
    pain = Tally(PAIN, points)
    interference = Tally(INTERFERENCE, points, limits["gcps_interference_blanks"])
    days = as_number(points.get(DAYS))
    cpi, hindered = pain.mean(10), interference.mean(10)
    for_days = _points(days, limits, day_limits)
    for_interference = _points(
        hindered, limits, ("gcps_interference_one", "gcps_interference_two", "gcps_interference_three")
    )
    disability = None if for_days is None or for_interference is None else for_days + for_interference
    blank_days = (DAYS,) if days is None else ()
    band = None if cpi is None or disability is None else _band(cpi, disability, limits)
    ratings = Tally((*PAIN, *INTERFERENCE), points)
    return Score(
        status="not_scorable" if band is None else interference.status,
        score=None if band is None else cpi,
        partial_sum=ratings.given if band is None else None,
        missing=(*pain.missing, *blank_days, *interference.missing),
        band=band,
        subscales={
            "cpi": cpi,
            "interference": hindered,
            "points_days": for_days,
            "points_interference": for_interference,
            "disability_points": disability,
        },
    )


def _points(value: Decimal | None, limits: Limits, names: tuple[str, ...]) -> Decimal | None:
    """One point for each limit that is reached."""
    return None if value is None else Decimal(sum(value >= limits[name] for name in names))


def _band(cpi: Decimal, disability: Decimal, limits: Limits) -> str:
    if cpi == 0:
        return "0"  # no pain, no grade, whatever the days say (scoring manual)
    if disability >= limits["gcps_severely_limiting"]:
        return "IV"
    if disability >= limits["gcps_moderately_limiting"]:
        return "III"
    return "II" if cpi >= limits["gcps_high_intensity"] else "I"
