"""A proposed medicine whose name is misspelt: the name is asked first, and nothing of it is taken as harmless."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .conftest import Run

HEALTHY = {
    "patient": {"birth_date": "1980-01-01", "sex": "male"},
    "problems": ["None"],
    "allergies": ["NKDA"],
    "recorded_on": "2026-11-24",
}


def reviewed(dentalpain: Run, folder: Path, text: str, *medicines: str) -> Any:
    record = {**HEALTHY, "medicines": list(medicines), "reviewed_on": {"medicines": "2026-11-24"}}
    path = folder / "record.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    return dentalpain(
        "review", path, "--on", "2026-11-24", "--for", "surgical_extraction", "--prescribe", text, "--json"
    ).json


def asked(result: Any) -> list[str]:
    return [question["fact"] for question in result["questions"]]


def test_details_of_medicines_that_only_the_misspelt_name_may_be_wait_for_the_name(
    dentalpain: Run, tmp_path: Path
) -> None:
    result = reviewed(dentalpain, tmp_path, "oxycodon 5 mg 1 tab q6h #12")
    assert asked(result)[0] == "unrecognised_medicine"
    # The reviewed list is empty: only the misspelt name could be methotrexate or warfarin.
    assert not {"methotrexate_regimen", "inr"} & set(asked(result))
    ibuprofen = next(one for one in result["alternatives"] if one["id"] == "ibuprofen")
    assert "NSAID-MTX-HIGH" in ibuprofen["unknown_rules"] and ibuprofen["verdict"] == "ask_first"


def test_they_are_asked_where_the_unread_name_stands_on_the_list_of_what_is_taken(
    dentalpain: Run, tmp_path: Path
) -> None:
    result = reviewed(dentalpain, tmp_path, "ibuprofen 400 mg 1 tab q6h #12", "Zorblaxin 5 mg daily")
    assert {"methotrexate_regimen", "inr"} <= set(asked(result))


def test_they_are_asked_where_the_medicine_is_taken_whatever_else_is_misspelt(dentalpain: Run, tmp_path: Path) -> None:
    result = reviewed(dentalpain, tmp_path, "oxycodon 5 mg 1 tab q6h #12", "methotrexate", "warfarin 5 mg daily")
    assert {"methotrexate_regimen", "inr"} <= set(asked(result))


def test_half_a_name_that_is_misspelt_leaves_the_opioid_rules_open(dentalpain: Run, tmp_path: Path) -> None:
    result = reviewed(dentalpain, tmp_path, "hydrocodne/apap 5/325 1 tab q6h prn #12")
    assert asked(result)[0] == "unrecognised_medicine"
    assert result["mme_per_day"]["is_minimum"]
    assert result["acetaminophen_mg_per_day"] is None
    assert "OPI-OPIOID-ANTAG" in [flag["rule"] for flag in result["flags"] if flag["answer"] == "unknown"]


def test_a_misspelt_sedative_behind_and_leaves_what_it_could_do_open(dentalpain: Run, tmp_path: Path) -> None:
    result = reviewed(dentalpain, tmp_path, "Norco 5/325 q6h #12 and triazolm 0.25 mg")
    assert [one["text"] for one in result["prescriptions"]][1] == "triazolm"
    assert result["prescriptions"][1]["unread"][0]["suggestions"] == ["triazolam"]
    assert "unrecognised_medicine" in asked(result)
    assert {flag["rule"]: flag["answer"] for flag in result["flags"]}["OPI-BENZO"] == "unknown"


def test_a_misspelt_name_beside_a_known_one_on_the_list_leaves_it_open_too(dentalpain: Run, tmp_path: Path) -> None:
    result = reviewed(dentalpain, tmp_path, "Norco 5/325 q6h #12", "metformin Xanex")
    assert {flag["rule"]: flag["answer"] for flag in result["flags"]}["OPI-BENZO"] == "unknown"
