"""The note for the chart: one paragraph, what was found by the ids of the rules, and nothing that was not found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dentalpain.practice.chart_note import chart_note
from dentalpain.practice.native import read_native
from dentalpain.service import Service

ON = dt.date(2026, 11, 24)
SERVICE = Service()
MARGARET: dict[str, Any] = {
    "patient": {"id": "17", "name": "Margaret Roe", "birth_date": "1955-02-01", "sex": "female"},
    "medicines": ["alprazolam 0.5 mg twice daily"],
    "facts": {"egfr": {"value": 29, "date": "2026-10-02"}},
}


def note(*prescribe: str, indication: str = "simple_extraction", **more: Any) -> str:
    record = read_native(MARGARET, on=ON, vocabulary=SERVICE.tools.vocabulary, names=SERVICE.tools.names)
    review = SERVICE.review(record, prescribe=prescribe, indication=indication)
    return chart_note(review, SERVICE.screen(record, facts=more.pop("facts", {})), **more)


def test_the_note_is_one_paragraph_without_the_name_of_the_patient() -> None:
    told = note("ibuprofen 400 mg q6h\n#12")
    assert "\n" not in told and "Margaret" not in told
    assert told.startswith("Pain and prescribing review on 2026-11-24 for simple extraction. Proposed: ibuprofen 400 mg q6h")


def test_what_it_was_for_is_named_as_clinicians_write_it() -> None:
    assert " for chronic TMD. " in note("ibuprofen 400 mg q6h #12", indication="chronic_tmd")


def test_what_was_found_is_named_with_its_rule() -> None:
    assert "(NSAID-EGFR30, do not use)" in note("ibuprofen 400 mg q6h #12")


def test_what_could_not_be_decided_is_named_and_not_left_out() -> None:
    told = note("ibuprofen 400 mg q6h #12").split("Not decided for want of facts: ")[1]
    assert "NSAID-ANTICOAG" in told.split(".")[0]


def test_mme_stands_with_its_arithmetic_and_not_where_there_is_no_opioid() -> None:
    # 1 tablet every 6 hours: 4 a day; 4 x 5 mg hydrocodone x 1 = 20 MME (CDC 2022)
    assert "Opioids in all: 20 MME a day (5 mg × 4 × 1 = 20)." in note("Norco 5/325 1 tab q6h prn #12")
    assert "MME" not in note("acetaminophen 500 mg q6h #12")


def test_an_opioid_that_cannot_be_counted_is_said_to_be_there() -> None:
    assert "MME cannot be counted" in note("oxycodone as directed")


def test_what_was_handed_out_is_named() -> None:
    assert "Handed out: acetaminophen, after-extraction." in note(handed_out=("acetaminophen", "after-extraction"))
    assert "Nothing was handed out." in note()


def test_only_red_flags_that_were_found_are_named() -> None:
    assert "Red flag" not in note()
    review = {"indication": None, "on": "2026-11-24", "prescriptions": [], "flags": [], "assessment": "a1",
              "mme_per_day": {"total": 0, "is_minimum": False, "arithmetic": []},
              "knowledge": {"version": "2026.11", "digest": "0123456789abcdef", "unsigned": 0}}  # fmt: skip
    flags = [{"rule": "RF-01", "answer": "yes", "urgency": "same_day", "action": "long advice"}]
    flags += [{"rule": "RF-02", "answer": "unknown", "urgency": None, "action": "more advice"}]
    met = [{"id": "myalgia", "side": "patient", "status": "met"}, {"id": "arthralgia", "side": "left", "status": "not_met"}]
    assert chart_note(review, {"red_flags": flags, "diagnoses": met}) == (
        "Pain and prescribing review on 2026-11-24 for an indication that was not named. No medicine was proposed. "
        "No rule that was asked answers yes. Red flags found: RF-01 (same day). Diagnostic criteria met: myalgia (patient). "
        "Nothing was handed out. Knowledge 2026.11, 0123456789ab. Assessment a1."
    )
