"""A course of low-dose naltrexone for a person at a terminal: when it may begin, its steps, its pauses, its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..web.words import Words, day, number
from .printing import Sheet

INDENT = 4


def tell_plan(sheet: Sheet, plan: Mapping[str, Any], names: Words) -> None:
    """The lines below the option; the texts for the patient and each trial stand in --json."""
    sheet.line(plan["reading"], indent=INDENT)
    for one in plan["way_forward"]:
        sheet.line(f"{one['because']}: {one['do']}", indent=INDENT, mark="*")
    if plan["titration"]:
        steps = "; ".join(_step(step) for step in plan["titration"])
        sheet.line(f"each night: {steps}", indent=INDENT)
    if plan["start_missing"]:
        missing = ", ".join(f"{names.fact(fact)} ({fact})" for fact in plan["start_missing"])
        sheet.line(f"no first day yet; not known: {missing}", indent=INDENT)
    if plan["visits"]:
        visits = ", ".join(f"{one['week']}{_on(one['on'])}" for one in plan["visits"])
        sheet.line(f"visits in week {visits}. {plan['stop_rule']}", indent=INDENT)
    free = plan["washout"]["opioid_free_from"]
    if free and plan["washout"]["running"] != "no":
        sheet.line(f"opioid-free days are over on {day(free)}", indent=INDENT)
    if plan["surgery"]["last_dose_before"]:
        sheet.line(f"last dose before the planned operation: {day(plan['surgery']['last_dose_before'])}", indent=INDENT)
    sheet.line(plan["who_prescribes"], indent=INDENT)
    counted = Counter(row["direction"] for row in plan["evidence"])
    told = ", ".join(f"{count} {direction}" for direction, count in sorted(counted.items()))
    sheet.line(f"trials and reviews by where they point: {told}; --json has each", indent=INDENT)


def _step(step: Mapping[str, Any]) -> str:
    end = f" to {day(step['to'])}" if step["to"] else ""
    dates = f" from {day(step['from'])}{end}" if step["from"] else ""
    return f"week {step['week']} {number(step['mg'])} mg{dates}"


def _on(written: str | None) -> str:
    return f" ({day(written)})" if written else ""
