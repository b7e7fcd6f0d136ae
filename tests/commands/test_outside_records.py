"""Records of another project's generator: what is true of these patients is acted on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, answer_of, option_of

FOLDER = os.environ.get("DENTALPAIN_RECORDS", "")
NO_RECORDS = "no outside records: set DENTALPAIN_RECORDS to a folder of FHIR R4 Bundles"
RECORDS = sorted(path for path in Path(FOLDER).glob("*.json") if path.name != "index.json") if FOLDER else []
PROPOSED = (
    "--prescribe",
    "hydrocodone/acetaminophen 5/325 1 tab q6h prn #12",
    "--prescribe",
    "ibuprofen 400 mg q6h #12",
)
TODAY = ("--on", "2026-11-24")
EGFR = {"33914-3", "48642-3", "48643-1", "62238-1", "77147-7", "98979-8"}  # LOINC: estimated filtration rates

# What a record says, in the generator's own words, and the rule that has to answer yes because of it.
ACTIVE_MEDICINES = {
    "Warfarin": "NSAID-ANTICOAG",
    "Diazepam": "OPI-BENZO",
    "Clonazepam": "OPI-BENZO",
    "Hydrocodone": "OPI-DUP",
    "Meperidine": "OPI-DUP",
}
PROBLEMS = {"Drug overdose": "OPI-SUD-OD", "Opioid abuse": "OPI-OUD"}


@pytest.fixture(params=RECORDS or [None], ids=lambda path: path.stem[:20] if path else "none")
def record(request: pytest.FixtureRequest) -> Path:
    if request.param is None:
        pytest.skip(NO_RECORDS)
    return Path(request.param)


def resources(path: Path, kind: str) -> list[Any]:
    entries = json.loads(path.read_text(encoding="utf-8"))["entry"]
    return [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == kind]


def active_medicines(path: Path) -> list[str]:
    held = resources(path, "MedicationRequest")
    return [one["medicationCodeableConcept"]["text"] for one in held if one["status"] == "active"]


KEPT: dict[tuple[object, ...], Any] = {}  # one review of a record serves every test that reads it


def review_of(dentalpain: Run, path: Path, *more: str) -> Any:
    if (path, *more) not in KEPT:
        KEPT[path, *more] = _reviewed(dentalpain, path, *more)
    return KEPT[path, *more]


def _reviewed(dentalpain: Run, path: Path, *more: str) -> Any:
    ended = dentalpain("review", path, *PROPOSED, "--for", "simple_extraction", "--json", *(more or TODAY))
    assert ended.code == 0, ended.err
    return ended.json


def test_every_medicine_that_is_taken_is_recognised(dentalpain: Run, record: Path) -> None:
    review = review_of(dentalpain, record)
    current = [held for held in review["prescriptions"] if held["current"]]
    assert sorted(held["text"] for held in current) == sorted(active_medicines(record))
    assert all(held["ingredients"] for held in current)


def test_what_the_record_says_of_medicines_and_problems_is_acted_on(dentalpain: Run, record: Path) -> None:
    review = review_of(dentalpain, record)
    problems = [one["code"]["text"] for one in resources(record, "Condition") if _is_active(one)]
    due = {rule for word, rule in ACTIVE_MEDICINES.items() for text in active_medicines(record) if word in text}
    due |= {rule for word, rule in PROBLEMS.items() for text in problems if word in text}
    assert {rule for rule in due if answer_of(review, rule) != "yes"} == set()


def _is_active(condition: Any) -> bool:
    return bool(condition["clinicalStatus"]["coding"][0]["code"] == "active")


def test_the_two_proposals_are_counted_and_an_unreadable_opioid_makes_the_total_a_minimum(
    dentalpain: Run, record: Path
) -> None:
    review = review_of(dentalpain, record)
    other_opioids = [text for text in active_medicines(record) if "Hydrocodone" in text or "Meperidine" in text]
    mme = review["mme_per_day"]
    assert (mme["total"], mme["is_minimum"]) == (
        20,
        bool(other_opioids),
    )  # 5 mg x 4 x 1; the others have no sig or factor
    assert review["ibuprofen_mg_per_day"] == 1600  # 400 mg x 4
    more_acetaminophen = any("Acetaminophen" in text for text in active_medicines(record))
    assert review["acetaminophen_mg_per_day"] == (None if more_acetaminophen else 1300)  # 325 mg x 4


def test_a_simple_extraction_asks_for_no_opioid_in_any_of_them(dentalpain: Run, record: Path) -> None:
    review = review_of(dentalpain, record)
    assert answer_of(review, "ADA-SIMPLE-NOOPIOID") == "yes"
    assert option_of(review, "hydrocodone")["verdict"] not in ("offer",)


def test_on_the_day_of_the_newest_kidney_value_that_value_decides(dentalpain: Run, record: Path) -> None:
    held = [one for one in resources(record, "Observation") if EGFR & {c["code"] for c in one["code"]["coding"]}]
    if not held:
        assert answer_of(review_of(dentalpain, record), "NSAID-EGFR30") == "unknown"
        return
    newest = max(held, key=lambda one: one["effectiveDateTime"])
    day, value = newest["effectiveDateTime"][:10], newest["valueQuantity"]["value"]
    if day < "2000-01-01":  # the knowledge has no values before: such a day is refused, not guessed
        assert "2000-01-01" in dentalpain("review", record, *PROPOSED, "--on", day).refusal
        return
    review = review_of(dentalpain, record, "--on", day)
    assert (answer_of(review, "NSAID-EGFR30") == "yes") == (value < 30)
    assert (answer_of(review, "NSAID-EGFR60") == "yes") == (30 <= value < 60)
    assert (option_of(review, "ibuprofen")["verdict"] == "blocked") == (value < 30)


def test_a_kidney_value_of_years_ago_decides_nothing_today(dentalpain: Run, record: Path) -> None:
    assert answer_of(review_of(dentalpain, record), "NSAID-EGFR30") == "unknown"


def test_nothing_is_dropped_in_silence_and_a_death_is_a_caution(dentalpain: Run, record: Path) -> None:
    review = review_of(dentalpain, record)
    if "deceasedDateTime" in resources(record, "Patient")[0]:
        assert any("died" in part["why"] for part in review["not_read"])
    if resources(record, "CarePlan"):
        assert any("CarePlan" in part["what"] for part in review["not_read"])


def test_each_is_screened_and_without_answers_nothing_is_ruled_out_or_found(dentalpain: Run, record: Path) -> None:
    screen = dentalpain("screen", record, *TODAY, "--json").json
    assert screen["scores"] == [] and screen["icd10cm"] == []
    assert {one["status"] for one in screen["diagnoses"]} == {"not_determinable"}
    assert all(flag["answer"] == "unknown" for flag in screen["red_flags"]) and screen["red_flags"]


def test_a_handout_names_no_medicine_that_the_review_blocks(dentalpain: Run, record: Path, tmp_path: Path) -> None:
    review = review_of(dentalpain, record)
    page = tmp_path / "handout.html"
    words = ("handout", record, *PROPOSED, "--for", "simple_extraction", *TODAY, "--give", "acetaminophen", "-o", page)
    assert dentalpain(*words).code == 0
    text = page.read_text(encoding="utf-8").lower()
    assert "acetaminophen" in text
    blocked = [one["id"] for one in review["alternatives"] if one["verdict"] == "blocked" and one["kind"] == "medicine"]
    assert blocked and not [name for name in blocked if name.replace("_", " ") in text]
