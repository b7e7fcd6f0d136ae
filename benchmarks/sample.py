"""The handout that is timed: two pages for a visit after an extraction, with pictures, a table, boxes and a square code."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dentalpain.handouts.building import build_handout
from dentalpain.handouts.content import Document

DAY = dt.date(2026, 11, 24)
OFFICE = {
    "name": "Riverside Family Dental",
    "phone": "734-555-0142",
    "url": "https://riverside.example/",
    "next_visit": "Friday at 9 AM",
}


def option(name: str, amount: int, most: int) -> dict[str, Any]:
    """A medicine that the review offers every 6 hours for 3 days."""
    dose = {"text": "", "amount": amount, "unit": "mg", "every_hours": 6, "max_per_day": most, "max_days": 3}
    evidence = {"strength": "not_assessed", "certainty": "not_graded", "citations": []}
    return {
        "id": name, "kind": "medicine", "verdict": "offer", "line": None, "rules": [], "unknown_rules": [], "why": "",
        "dose": {**dose, "calculation": "", "first_amount": None}, "evidence": evidence,
    }  # fmt: skip


def handout(prepared_for: str = "Ada Example") -> Document:
    """A handout for a patient after an extraction."""
    options = [option("ibuprofen", 400, 2400), option("acetaminophen", 500, 3000)]
    review = {"on": DAY.isoformat(), "indication": "simple_extraction", "alternatives": options}
    given = ["ibuprofen"]
    return build_handout(review, None, office=OFFICE, give=given, signed=True, on=DAY, prepared_for=prepared_for)
