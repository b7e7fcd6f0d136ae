"""Whole assessments by the real service, from the example patients, for letters."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from dentalpain.handouts.letters.building import Letter
from dentalpain.handouts.letters.words import KINDS
from dentalpain.letters import build, chart_of
from dentalpain.practice.files import read_record
from dentalpain.service import Service

from .samples import OFFICE, ON

PATIENTS = Path(__file__).parent.parent.parent / "examples" / "patients"
PHYSICIAN = "physician-naltrexone"
RED_FLAG = "physician-red-flag"
# Jaw pain brought on by effort with chest pressure, there now (RF-02), and thoughts of suicide (RF-12).
ALARM = {"jaw_pain_exertional": "yes", "chest_discomfort": "yes", "jaw_pain_ongoing_now": "yes", "suicidality": "yes"}
# What rules on low-dose naltrexone ask and Carol has answered: none of it stands against a course.
CLEAR = {
    "medicines_reviewed": "yes", "opioid_active": "no", "opioid_naive": "yes", "nonprescribed_opioid_like": "no",
    "opioid_withdrawal_or_positive_urine": "no", "moud": "no", "alcohol_drinks_per_day": "0",
    "breastfeeding": "no", "alt_ast_times_uln": "1", "egfr": "95", "first_line_care_tried": "yes",
}  # fmt: skip


class Assessed(NamedTuple):
    """A review, a screening, and the record that both were made from."""

    review: dict[str, Any]
    screen: dict[str, Any]
    chart: dict[str, Any]


@cache
def service() -> Service:
    return Service()


@cache
def carol(prescribe: str = "", indication: str = "chronic_tmd", facts: tuple[tuple[str, str], ...] = ()) -> Assessed:
    """Carol, 45, a year of jaw muscle pain: local myalgia on both sides, medicines not gone through."""
    tools = service().tools
    record = read_record(
        PATIENTS / "carol_jimenez.json", on=ON, patient=None, vocabulary=tools.vocabulary, names=tools.names
    )
    shared: dict[str, Any] = {
        "answers": [json.loads((PATIENTS / "answers" / "carol_jimenez.json").read_text())],
        "findings": json.loads((PATIENTS / "findings" / "carol_jimenez.json").read_text()),
        "facts": dict(facts),
    }
    reviewed = service().review(
        record, prescribe=[prescribe] if prescribe else [], indication=indication or None, **shared
    )
    return Assessed(reviewed, service().screen(record, **shared), chart_of(service(), record, dict(facts)))


PLAIN = carol()
OPIOID = carol("hydrocodone/APAP 5/325 1 tab q6h prn #12")
ALARMED = carol(facts=tuple(ALARM.items()))


def letter(kind: str, found: Assessed = PLAIN, **more: Any) -> Letter:
    """A letter of one kind."""
    office = OFFICE | {"procedure_codes": ["D0000"]} | more.pop("office", {})
    return build(service(), kind, found.review, found.screen, chart=found.chart, office=office, **more)


LETTERS = {kind: letter(kind, ALARMED if kind == RED_FLAG else OPIOID) for kind in KINDS}
