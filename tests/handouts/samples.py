"""Reviews, screenings and an office in the public shape, for the tests of handouts."""

from __future__ import annotations

import datetime
import io
from typing import Any

from PIL import Image

from dentalpain.handouts.building import build_handout
from dentalpain.handouts.content import (
    Box,
    Bullets,
    Document,
    Heading,
    MedicineRow,
    MedicineTable,
    Office,
    Paragraph,
    Picture,
    Pictures,
    Run,
    Steps,
    TableWords,
    Ticks,
    Times,
)

ON = datetime.date(2026, 11, 24)
OFFICE = {
    "name": "Riverside Family Dental",
    "phone": "734-555-0142",
    "lines": ["12 Mill Street, Ann Arbor, MI 48104", "Monday to Friday, 8 to 5"],
}
NOTHING_FIXED = TableWords("Your medicines", "Medicine", "How to take it", "Morning", "Noon", "Evening", "Bedtime")


def picture(width: int = 90, height: int = 30) -> bytes:
    """A logo as a PNG."""
    image = Image.new("RGB", (width, height), "#0B4A54")
    image.paste("white", (5, 5, height - 5, height - 5))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def dose(
    amount: Any, unit: Any = "mg", hours: Any = 6, most: Any = None, days: Any = None, first: Any = None
) -> dict[str, Any]:
    return {
        "text": "", "amount": amount, "unit": unit, "every_hours": hours, "max_per_day": most, "max_days": days,
        "calculation": "", "first_amount": first,
    }  # fmt: skip


# A course of low-dose naltrexone from December 1: 1.5 mg more every 2 weeks up to 4.5 mg, looked at after 4, 8 and 12.
PLAN: dict[str, Any] = {
    "start": "2026-12-01",
    "titration": [
        {"week": 0, "mg": 1.5, "from": "2026-12-01", "to": "2026-12-14"},
        {"week": 2, "mg": 3, "from": "2026-12-15", "to": "2026-12-28"},
        {"week": 4, "mg": 4.5, "from": "2026-12-29", "to": None},
    ],
    "visits": [
        {"week": 4, "on": "2026-12-29", "judged": False},
        {"week": 8, "on": "2027-01-26", "judged": False},
        {"week": 12, "on": "2027-02-23", "judged": True},
    ],
    "stop_below_percent": 30,
    "surgery": {"hold_hours": 72, "last_dose_before": "2027-03-08"},
}
UNDATED = PLAN | {
    "start": None,
    "titration": [one | {"from": None, "to": None} for one in PLAN["titration"]],
    "visits": [one | {"on": None} for one in PLAN["visits"]],
    "surgery": {"hold_hours": 72, "last_dose_before": None},
}
COURSE = [
    {"measure": "pain_0_10", "value": 7, "on": "2026-08-03"},
    {"measure": "pain_0_10", "value": 5.5, "on": "2026-09-14"},
    {"measure": "pain_0_10", "value": 4, "on": "2026-11-24"},
    {"measure": "jfls_8", "value": 3.25, "on": "2026-08-03"},
    {"measure": "jfls_8", "value": 3.5, "on": "2026-11-24"},
    {"measure": "quality_of_life_0_10", "value": 6, "on": "2026-11-24"},
]


def option(
    name: str,
    verdict: str = "offer",
    *,
    kind: str = "medicine",
    box: dict[str, Any] | None = None,
    rules: tuple[str, ...] = (),
    unknown: tuple[str, ...] = (),
) -> dict[str, Any]:
    return {
        "id": name, "kind": kind, "verdict": verdict, "line": None, "dose": box, "rules": [*rules, *unknown],
        "unknown_rules": list(unknown), "why": "",
        "evidence": {"strength": "not_assessed", "certainty": "not_graded", "citations": []},
    }  # fmt: skip


def review(*options: dict[str, Any], indication: str | None = "simple_extraction") -> dict[str, Any]:
    return {"on": ON.isoformat(), "indication": indication, "alternatives": list(options)}


def screen(*met: tuple[str, str]) -> dict[str, Any]:
    return {"diagnoses": [{"id": name, "side": side, "status": "met"} for name, side in met]}


# A healthy adult after an extraction; the doses of the dental guideline, ibuprofen 400 mg and acetaminophen 500 mg.
PLAIN = review(
    option("ibuprofen", box=dose(400, most=2400, days=3)), option("acetaminophen", box=dose(500, most=3000, days=3))
)
# Weak kidneys: the NSAIDs are blocked, an opioid is left beside acetaminophen.
KIDNEYS = review(
    option("ibuprofen", "blocked", rules=("NSAID-EGFR30",)),
    option("naproxen", "blocked", rules=("NSAID-EGFR30",)),
    option("acetaminophen", box=dose(1000, most=3000, days=3)),
    option("hydrocodone", "offer_with_care", box=dose(5, most=20, days=2)),
    option("long_acting_local_anaesthetic", kind="procedure"),
    option("low_dose_naltrexone", "blocked", rules=("LDN-ACUTE",)),
    indication="surgical_extraction",
)
# Long-lasting jaw pain, a blood thinner, opioids blocked by the guideline, low-dose naltrexone to try.
JAW = review(
    option("usual_care_self_management", kind="behavioural"),
    option("cbt", kind="behavioural"),
    option("ibuprofen", "blocked", rules=("NSAID-ANTICOAG",)),
    option("low_dose_naltrexone", "ask_first", box=dose(1.5, hours=24)),
    option("hydrocodone", "blocked", rules=("TMD-OPIOID",)),
    indication="chronic_tmd",
)
JAW_FOUND = screen(("myalgia", "right"), ("local-myalgia", "right"), ("arthralgia", "right"), ("arthralgia", "left"))


def handout(of: dict[str, Any] = PLAIN, found: dict[str, Any] | None = None, **more: Any) -> Document:
    settings: dict[str, Any] = {"office": OFFICE, "give": ["ibuprofen", "acetaminophen"], "signed": True, "on": ON}
    return build_handout(of, found, **(settings | more))


def visits(language: str = "en") -> dict[str, Document]:
    """A healthy adult, one with weak kidneys, and one with long-lasting jaw pain, whose handout nobody has signed."""
    return {
        "extraction": handout(language=language),
        "kidneys": handout(KIDNEYS, give=["acetaminophen", "hydrocodone"], language=language),
        "jaw": handout(
            JAW, JAW_FOUND, give=["usual_care_self_management", "cbt", "low_dose_naltrexone"], language=language,
            released=["local-myalgia", "arthralgia"], signed=False, prepared_for="Ada Example",
        ),
    }  # fmt: skip


VISITS = visits()


def small(*blocks: Any, **more: Any) -> Document:
    """A document with only these blocks."""
    settings: dict[str, Any] = {
        "title": "A title", "language": "en", "on": ON, "office": Office("An office", "734-555-0142"),
        "blocks": tuple(blocks), "page_of": "Page {page} of {pages}", "version": "Wording 1",
    }  # fmt: skip
    return Document(**(settings | more))


def every_kind_of_block(text: str) -> tuple[Any, ...]:
    """One of each block, holding the text wherever a text can stand."""
    runs = (Run(text), Run(text, bold=True), Run(text, link="https://example.org/"))
    table = MedicineTable(
        NOTHING_FIXED,
        (MedicineRow(text, text, Times(morning=text), notes=(text,)), MedicineRow(text, text, how=text)),
    )
    inside = (Paragraph(runs), Bullets((runs,)), Ticks((runs,)))
    return (
        Box("main", runs, inside), Heading(text), Paragraph(runs), Bullets((runs, runs)), Steps((runs,)),
        Ticks((runs,)), Picture("soft-food", text, text), Pictures((Picture("warm-pack", text, text),)), table,
        Box("call_911", runs, inside), Box("avoid", runs, inside), Box("call_us", runs, inside),
    )  # fmt: skip
