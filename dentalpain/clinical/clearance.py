"""Creatinine clearance in mL/min: measured, by Cockcroft and Gault, or the eGFR in its place, and shown as such.

Source: Cockcroft and Gault, Nephron 1976;16:31-41; dose tables of labels are written in this measure.
"""

from __future__ import annotations

from decimal import Decimal

from .case import Case
from .findings import YES, Because
from .quantities import Reading, plain, rounded

CLEARANCE = "crcl_ml_min"
FEMALE = Decimal("0.85")


def creatinine_clearance(case: Case) -> Reading:
    """Clearance in mL/min: below 15 on dialysis, else as recorded, else worked out, else the eGFR."""
    kidney = case.kidney_function()
    recorded = case.number(CLEARANCE)
    if case.has("dialysis").answer is YES:
        return kidney
    return recorded if recorded.known else _worked_out(case) or kidney


def _worked_out(case: Case) -> Reading | None:
    """(140 - age) × weight / (72 × creatinine), × 0.85 for a woman; None unless each of these is known exactly."""
    age, weight, creatinine = case.age(), case.number("weight_kg"), case.number("serum_creatinine")
    sex = case.facts.record.sex
    if age.value is None or weight.value is None or not creatinine.value or sex not in ("female", "male"):
        return None
    amount = (140 - age.value) * weight.value / (72 * creatinine.value) * (FEMALE if sex == "female" else 1)
    shown = f"{plain(rounded(amount, '0.1'))} by Cockcroft-Gault"
    because = Because(CLEARANCE, shown, "worked out", creatinine.facts[0].date)
    return Reading(amount, amount, (because, *creatinine.facts, *weight.facts))
