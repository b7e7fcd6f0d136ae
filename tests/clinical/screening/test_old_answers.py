"""Answers to a form that asks about the last days say nothing of the days since they were given."""

from __future__ import annotations

import pytest

from .samples import answers_of, screened

NOTHING = {"1": 0, "2": 0, "3A": 0, "3B": 0, "3C": 0, "3D": 0}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-10-25", None),  # October has 31 days: 6 + 24 = 30 days before November 24, and the screener asks about 30
        ("2026-10-24", "Answered 31 days before this assessment, and the form asks about 30 days"),
        ("2025-11-24", "Answered 365 days before this assessment, and the form asks about 30 days"),
    ],
)
def test_a_screener_answered_before_the_days_it_asks_about_says_to_ask_again(day: str, said: str | None) -> None:
    (score,) = screened(None, answers_of("tmd-pain-screener", NOTHING, on=day))["scores"]
    old = [caution for caution in score["cautions"] if "Ask again" in caution]
    assert [said in caution for caution in old] == ([True] if said else [])
