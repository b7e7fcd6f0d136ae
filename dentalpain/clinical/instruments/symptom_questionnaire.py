"""DC/TMD Symptom Questionnaire: what the patient reports, which the interview has to confirm. It has no score."""

from __future__ import annotations

from collections.abc import Mapping

from ..case import Limits
from .instrument import COMPLETE, NOT_SCORABLE, Points, Score, Value

NOT_NEEDED = ("2", "6")  # how long ago it began: no criterion reads it
PATTERNS = {0: "none", 1: "comes and goes", 2: "always present"}
ANY_OF = {
    "pain_changed_by_jaw_use": ("4A", "4B", "4C", "4D"),
    "headache_changed_by_jaw_use": ("7A", "7B", "7C", "7D"),
}
REPORTS = {
    "temple_headache_last_30_days": "5",
    "joint_noise_last_30_days": "8",
    "ever_locked_short_of_full_opening": "9",
    "lock_interfered_with_eating": "10",
    "locked_then_released_last_30_days": "11",
    "locked_now": "12",
    "stuck_wide_open_last_30_days": "13",
    "needed_manoeuvre_to_close": "14",
}


def dc_tmd_sq(points: Points, limits: Limits) -> Score:
    """Complete when every item that had to be asked was answered; items passed over are not among the points."""
    missing = tuple(key for key, value in points.items() if value is None and key not in NOT_NEEDED)
    return Score(NOT_SCORABLE if missing else COMPLETE, missing=missing)


def reported(points: Points) -> Mapping[str, str]:
    """For each key of the history what the patient wrote, in a word: it prompts the interview and decides nothing."""
    told = {key: word for key, item in REPORTS.items() if (word := _word(points.get(item))) is not None}
    pattern = 0 if _word(points.get("1")) == "no" else points.get("3")
    if isinstance(pattern, int):
        told["pain_last_30_days"] = PATTERNS[pattern]
    for key, items in ANY_OF.items():
        words = {_word(points.get(item)) for item in items}
        if "yes" in words or words == {"no"}:
            told[key] = "yes" if "yes" in words else "no"
    return told


def _word(value: Value) -> str | None:
    """Yes or no; sides that were named, also an unclear one, are a yes."""
    if value is None:
        return None
    return "yes" if value else "no"
