"""knowledge check, sheet, sign, overdue, digest, explain: for the clinicians who answer for the knowledge."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dentalpain as package

from .conftest import STORY_DAY, Run, example

SIGNED = ("--who", "Ann Example", "--licence", "OH 30.012345", "--role", "dentist", "--day", "2026-11-24")


def test_the_knowledge_that_ships_has_no_fault(dentalpain: Run) -> None:
    ended = dentalpain("knowledge", "check", "--json")
    assert ended.code == 0, ended.out
    counts = ended.json["checked"]
    assert counts["rules"] >= 50 and counts["worked cases"] > counts["rules"] and counts["facts"] > 300


KIDNEY = "rules/nsaids/nsaid_safety/nsaid_with_severe_kidney_disease.toml"
BREAKS = {
    "an unknown key": (KIDNEY, "scope =", "scopes = 1\nscope =", "scopes"),
    "an unknown source": (KIDNEY, "kdigo-2024-ckd", "kdigo-1924", "kdigo-1924"),
    "an unknown limit": (KIDNEY, '"egfr_nsaid_avoid"]', '"egfr_gone"]', "egfr_gone"),
    "another severity": (
        "rule_index.csv",
        "NSAID-EGFR30,nsaid,contraindicated",
        "NSAID-EGFR30,nsaid,major",
        "nsaid_with_severe_kidney_disease.toml: the index says major",
    ),
    "a broken table": (
        "candidates.csv",
        "simple_extraction,ibuprofen,1,",
        "simple_extraction,ibuprofen,",
        "candidates.csv, row 2",
    ),
    "an unknown option": ("candidates.csv", "simple_extraction,naproxen,", "simple_extraction,naproxin,", "naproxin"),
    "a fact of no table": ("condition_names.csv", "HTN,hypertension,", "HTN,hypertensoin,", "hypertensoin"),
    "broken TOML": ("options/naproxen.toml", "kind = ", "kind ", "options/naproxen.toml: not valid TOML"),
    "a date in quotes": (
        "options/ibuprofen.toml",
        "written_on = 2026-11-24",
        'written_on = "2026-11-24"',
        "options/ibuprofen.toml, /review/written_on",
    ),
}


# What files say of each other is looked at only where each could be read, so that these stand in a copy of their own.
BETWEEN_FILES = ("an unknown source", "an unknown limit", "an unknown option", "a fact of no table", "another severity")
IN_A_FILE = tuple(what for what in BREAKS if what not in BETWEEN_FILES)


@pytest.mark.parametrize("together", [IN_A_FILE, BETWEEN_FILES], ids=["in a file", "between files"])
def test_every_fault_in_the_knowledge_files_is_found_and_named(tmp_path: Path, together: tuple[str, ...]) -> None:
    root = Path(package.__file__).parent
    copy = tmp_path / "dentalpain"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for what in together:
        name, old, new, _ = BREAKS[what]
        path = copy / "knowledge" / name
        text = path.read_text(encoding="utf-8")
        assert old in text, what
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    command = [sys.executable, "-m", "dentalpain.cli", "knowledge", "check", "--json"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == 2, done.stdout
    faults = json.loads(done.stdout)["faults"]
    for what in together:
        assert any(BREAKS[what][-1] in fault for fault in faults), (what, faults)
    assert done.stderr == f"dentalpain: {faults[0]}\n"


def test_the_sheet_of_a_rule_prints_all_that_a_clinician_signs(dentalpain: Run) -> None:
    shown = dentalpain("knowledge", "sheet", "NSAID-EGFR30").out
    for part in ("WHEN", "THEN", "IF UNKNOWN", "LIMITS", "SOURCES", "WORKED CASES", "Signature:"):
        assert part in shown
    assert "30 from 2000-01-01 (kdigo-2024-ckd)" in shown
    assert "Woman of 71, eGFR 29 two months ago" in " ".join(shown.split())


def test_the_sheet_of_low_dose_naltrexone_says_off_label_and_lists_the_rules_that_are_asked(dentalpain: Run) -> None:
    shown = " ".join(dentalpain("knowledge", "sheet", "low_dose_naltrexone").out.split())
    assert "off-label" in shown.lower() and "compounded" in shown
    assert "LDN-OPIOID-NOW (contraindicated)" in shown and "LDN-ACUTE" in shown


def test_a_signature_shows_as_checked_in_results_and_only_for_this_practice(dentalpain: Run, store: str) -> None:
    assert dentalpain("knowledge", "sign", "NSAID-EGFR30", *SIGNED, "--store", store).code == 0
    asked = ("review", example("walter_novak"), *STORY_DAY, "--json")
    here, elsewhere = dentalpain(*asked, "--store", store).json, dentalpain(*asked).json
    status = [next(f["status"] for f in result["flags"] if f["rule"] == "NSAID-EGFR30") for result in (here, elsewhere)]
    assert status == ["checked", "draft"]
    assert here["knowledge"]["unsigned"] == elsewhere["knowledge"]["unsigned"] - 1


def test_what_is_signed_is_no_longer_overdue(dentalpain: Run, store: str) -> None:
    assert "options/ibuprofen" in dentalpain("knowledge", "overdue", "--store", store, "--json").json["unsigned"]
    assert dentalpain("knowledge", "sign", "ibuprofen", *SIGNED, "--store", store).code == 0
    assert "options/ibuprofen" not in dentalpain("knowledge", "overdue", "--store", store, "--json").json["unsigned"]
    assert "NSAID-EGFR30" in dentalpain("knowledge", "overdue", "--store", store).out


def test_a_signature_needs_a_store_a_name_and_a_day_that_has_come(dentalpain: Run, store: str) -> None:
    assert "store" in dentalpain("knowledge", "sign", "NSAID-EGFR30", *SIGNED).refusal
    assert "--who" in dentalpain("knowledge", "sign", "NSAID-EGFR30", *SIGNED[2:], "--store", store).refusal
    late = (*SIGNED[:-1], "2999-01-01", "--store", store)
    assert "--day" in dentalpain("knowledge", "sign", "NSAID-EGFR30", *late).refusal
    assert "NO-RULE" in dentalpain("knowledge", "sign", "NO-RULE", *SIGNED, "--store", store).refusal


def test_the_digest_of_an_item_is_the_one_on_its_sheet(dentalpain: Run) -> None:
    items = dentalpain("knowledge", "digest", "--json").json["items"]
    assert items["NSAID-EGFR30"] in dentalpain("knowledge", "sheet", "NSAID-EGFR30").out
    assert items["NSAID-EGFR30"] in dentalpain("knowledge", "digest").out


def test_a_rule_is_explained_without_a_store(dentalpain: Run) -> None:
    assert "29 < 30" in dentalpain("explain", "NSAID-EGFR30").out
    assert dentalpain("explain", "NSAID-EGFR30", "--json").json["limits"][0]["values"][0]["value"] == 30


def test_a_red_flag_and_a_diagnosis_are_explained_as_well(dentalpain: Run) -> None:
    assert "RF-01" in dentalpain("explain", "RF-01").out
    assert dentalpain("explain", "arthralgia", "--json").json["id"] == "arthralgia"
