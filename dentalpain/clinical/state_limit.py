"""The limit that a state sets for an opioid against acute pain: data of a law, dated, never legal advice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

WHO = ("everyone", "adult", "minor")
PAIN = ("acute", "after_surgery", "with_benzodiazepine")


@dataclass(frozen=True, slots=True)
class StateLimit:
    """One row: for whom, against which pain, the most days and MME a day; None where the law sets no such figure.

    `shown` and `source` stand in the reasons: 'OH: 7 days', and the law with the day for which it was looked up.
    """

    who: str
    pain: str
    days: Decimal | None
    mme: Decimal | None
    shown: str
    source: str
