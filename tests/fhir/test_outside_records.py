"""Records of another project's generator, when a folder of them is given: what is true of these twelve patients.

Everything asserted here was looked up in the files by hand; the days are near the last visit of each.
"""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest

from dentalpain.clinical.record import Record, Standing
from dentalpain.fhir.json_input import load_json

from .conftest import answer, facts, read

FOLDER = os.environ.get("DENTALPAIN_RECORDS", "")
TODAY = dt.date(2026, 11, 30)

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="no outside records: set DENTALPAIN_RECORDS to a folder of FHIR R4 Bundles"
)

# First letters of the file, and a day within three weeks after the last measurement.
DAYS = {
    "Adalberto": "2021-04-10", "Bradly": "2020-08-20", "Clemente": "2018-10-01", "Garrett": "1973-06-10",
    "Gilberto": "1994-04-01", "Harland": "2002-06-20", "Karena": "2020-05-01", "Kendall": "2020-07-12",
    "Rick": "1993-01-10", "Shane": "1984-11-20", "Suzan": "2021-04-01", "Willia": "2021-01-05",
}  # fmt: skip


def record(name: str, on: dt.date | None = None) -> Record:
    path = next(Path(FOLDER).glob(f"{name}_*.json"))
    return read(load_json(path), on or dt.date.fromisoformat(DAYS[name]))


def taken(held: Record) -> set[str]:
    return {part.name for medicine in held.current() for part in medicine.prescription.ingredients}


@pytest.mark.parametrize("name", DAYS)
def test_every_current_medicine_of_every_patient_is_recognised(name: str) -> None:
    for on in (None, TODAY):
        assert [m.prescription.text for m in record(name, on).current() if not m.prescription.recognised] == []


@pytest.mark.parametrize(
    ("name", "medicines"),
    [
        ("Adalberto", {"diazepam", "clopidogrel", "hydrochlorothiazide", "simvastatin", "amlodipine", "nitroglycerin"}),
        ("Garrett", {"clonazepam"}),
        ("Gilberto", {"sertraline", "acetaminophen", "hydrocodone"}),
        ("Harland", {"warfarin", "verapamil", "digoxin", "fluticasone", "salmeterol"}),
        ("Kendall", {"warfarin", "verapamil", "digoxin", "alendronate", "metoprolol", "furosemide"}),
        ("Shane", {"meperidine"}),
        ("Willia", {"alendronate"}),
    ],
)
def test_who_takes_what(name: str, medicines: set[str]) -> None:
    assert medicines <= taken(record(name))


def test_bradly_has_only_stopped_opioids() -> None:
    held = record("Bradly")
    assert taken(held) == set() and len(held.medicines) == 34
    assert {m.standing for m in held.medicines} == {Standing.PAST}
    assert "oxycodone" in {part.name for m in held.medicines for part in m.prescription.ingredients}


@pytest.mark.parametrize(("name", "overdose"), [(n, "yes" if n in ("Harland", "Kendall") else "unknown") for n in DAYS])
def test_an_overdose_stands_in_the_record_of_harland_and_kendall_alone(name: str, overdose: str) -> None:
    assert answer(record(name), "overdose_history") == overdose
    assert answer(record(name, TODAY), "overdose_history") == overdose  # it does not go stale


def test_gilberto_has_an_opioid_use_disorder_on_record() -> None:
    assert answer(record("Gilberto", TODAY), "opioid_use_disorder") == "yes"
    assert answer(record("Kendall"), "opioid_use_disorder") == "unknown"


@pytest.mark.parametrize(
    ("name", "egfr"),
    [
        ("Adalberto", "143.22460110375832"),
        ("Karena", "113.19733929981999"),
        ("Kendall", "16.899227071637306"),  # sent in mL/min without the body surface
        ("Rick", "13.303209417337053"),
        ("Suzan", "111.5771916101061"),
    ],
)
def test_the_newest_kidney_value_is_read_exactly_and_is_stale_today(name: str, egfr: str) -> None:
    assert facts(record(name)).reading("egfr").value == Decimal(egfr)
    today = facts(record(name, TODAY)).reading("egfr")
    assert today.value is None and today.facts[0].stale and today.facts[0].value == Decimal(egfr)


def test_who_has_no_kidney_value_has_none() -> None:
    for name in ("Bradly", "Clemente", "Garrett", "Harland", "Willia"):
        assert not facts(record(name)).reading("egfr").known


def test_heart_failure_and_stroke_are_known_whatever_the_day() -> None:
    assert answer(record("Kendall", TODAY), "heart_failure") == "yes"
    assert answer(record("Rick", TODAY), "heart_failure") == "yes"
    rick = record("Rick")
    assert answer(rick, "stroke_or_tia_history") == "yes" and answer(rick, "stroke_recent") == "no"  # 1955


def test_shanes_bypass_and_heart_attack_came_on_the_day_he_died() -> None:
    before, after = record("Shane"), record("Shane", dt.date(1984, 11, 26))
    assert answer(before, "mi_recent") == "unknown" and not before.deceased
    assert answer(after, "mi_recent") == "yes" and answer(after, "cabg_recent") == "yes" and after.deceased


def test_blood_pressures_near_the_day_and_today() -> None:
    # 167.7/89.4, 163.6/105.1, 149.7/109.2, 126.6/77.0 as sent
    for name, expected in (("Adalberto", "yes"), ("Karena", "yes"), ("Suzan", "yes"), ("Clemente", "no")):
        assert answer(record(name), "hypertension_uncontrolled") == expected, name
        assert answer(record(name, TODAY), "hypertension_uncontrolled") == "unknown", name


def test_karenas_allergies_are_to_dust_and_pollen_and_stand_for_no_medicine() -> None:
    held = record("Karena")
    assert [(a.text, a.standing) for a in held.allergies][-1] == ("Allergy to soya", Standing.PAST)
    assert len(held.allergies) == 6 and all(a.recognised for a in held.allergies)
    assert answer(held, "nsaid_allergy") == "unknown"  # nobody reviewed the list


def test_suzans_pregnancy_ended_and_nobody_said_that_she_is_not_pregnant_now() -> None:
    assert answer(record("Suzan"), "pregnant") == "unknown"
    assert answer(record("Adalberto"), "pregnant") == "no"  # a man


@pytest.mark.parametrize(
    ("name", "died"),
    [("Kendall", "2020-07-13"), ("Garrett", "1973-07-19"), ("Harland", "2002-06-29"), ("Gilberto", "1994-04-11")],
)
def test_the_dead_are_read_with_a_caution(name: str, died: str) -> None:
    day = dt.date.fromisoformat(died)
    assert record(name, day).deceased and not record(name, day - dt.timedelta(days=1)).deceased
    assert any("has died" in line.why for line in record(name, day).not_read)


@pytest.mark.parametrize("name", DAYS)
def test_no_list_of_these_patients_was_ever_reviewed(name: str) -> None:
    assert record(name).reviewed == {}


@pytest.mark.parametrize("name", DAYS)
def test_what_was_not_read_is_short_placed_and_explained(name: str) -> None:
    for line in record(name).not_read:
        assert line.where.startswith("/entry") and 0 < len(line.what) <= 60 and line.why
    assert len(record(name).not_read) < 20
