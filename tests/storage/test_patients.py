"""What is stored about one patient: given out as a whole, removed, moved after a merge."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event

from dentalpain.errors import NotStoredError, StoreError
from dentalpain.storage import Override
from dentalpain.storage.exact_json import read, written
from dentalpain.storage.sql_store import SQLStore

from .samples import ASSESSMENT, LOOK, MOMENT, SIGNATURE

LATER = MOMENT + dt.timedelta(days=1)


def with_two_patients(place: Any) -> tuple[Any, str]:
    """A store with an overridden assessment of patient 1 and an assessment of patient 2, and the first one's id."""
    store = place.open()
    saved = store.save(ASSESSMENT)
    store.override(Override(saved, "NSAID-EGFR30", "dentist-7", MOMENT, reason_text="Spoke with the physician."))
    other = store.save(replace(ASSESSMENT, patient_ref="patient-2", actor="dentist-8"))
    store.override(Override(other, "APAP-MAX", "dentist-8", MOMENT, reason_code="tolerated_before"))
    store.append(LOOK)
    store.sign(SIGNATURE, MOMENT)
    return store, saved


def test_an_export_holds_all_that_is_stored_about_the_patient_and_nothing_of_another(place: Any) -> None:
    store, saved = with_two_patients(place)
    held = read(written(store.export_patient("patient-1", "clerk-2", LATER)))
    assert (held["tenant"], held["patient_ref"], held["earlier_refs"]) == ("default", "patient-1", [])
    assert held["exported_at"] == "2026-12-01T14:05:06.000789+00:00"
    [assessment] = held["assessments"]
    assert (assessment["id"], assessment["kind"], assessment["on"]) == (saved, "review", "2026-11-30")
    assert (assessment["inputs"], assessment["result"]) == (ASSESSMENT.inputs, ASSESSMENT.result)
    assert isinstance(assessment["result"]["limit"], Decimal)
    assert (assessment["actor"], assessment["package_version"]) == ("dentist-7", "0.1.0")
    [override] = assessment["overrides"]
    assert (override["rule"], override["reason_text"]) == ("NSAID-EGFR30", "Spoke with the physician.")
    # Saving, override and look; the entry about this export is written behind it.
    assert [(one["number"], one["action"]) for one in held["audit"]] == [(1, "save"), (2, "override"), (5, "look")]
    assert held["audit"][0]["assessment"] == saved
    assert "patient-2" not in json.dumps(held, default=str)
    assert "dentist-8" not in json.dumps(held, default=str)


def test_an_export_stands_in_the_trail(place: Any) -> None:
    store, _ = with_two_patients(place)
    store.export_patient("patient-1", "clerk-2", LATER)
    last = store.trail()[-1].entry
    assert (last.who, last.action, last.patient_ref, last.at) == ("clerk-2", "export", "patient-1", LATER)


def test_a_patient_of_whom_only_a_look_is_kept_has_an_export_all_the_same(place: Any) -> None:
    store = place.open()
    store.append(LOOK)
    held = store.export_patient("patient-1", "clerk-2", LATER)
    assert (held["assessments"], len(held["audit"])) == ([], 1)


def test_nothing_is_exported_or_removed_or_moved_about_a_patient_who_is_not_here(place: Any) -> None:
    store, _ = with_two_patients(place)
    for step in (
        lambda: store.export_patient("patient-9", "clerk-2", LATER),
        lambda: store.delete_patient("patient-9", "clerk-2", LATER),
        lambda: store.move_patient("patient-9", "patient-1", "clerk-2", LATER),
    ):
        with pytest.raises(NotStoredError):
            step()
    assert store.tip().number == 6


def test_a_deletion_takes_assessments_and_decisions_and_leaves_the_trail_whole(place: Any) -> None:
    store, saved = with_two_patients(place)
    second = store.save(ASSESSMENT)
    before = store.trail()
    assert store.delete_patient("patient-1", "clerk-2", LATER) == 2
    for gone in (saved, second):
        with pytest.raises(NotStoredError):
            store.find(gone)
        assert store.overrides(gone) == ()
    assert store.for_patient("patient-1") == ()
    after = store.trail()
    assert after[:-1] == before
    assert (after[-1].entry.action, after[-1].entry.patient_ref) == ("delete", "patient-1")
    assert store.verify() is None
    # The other patient, and what belongs to no patient, stay.
    [other] = store.for_patient("patient-2")
    assert len(store.overrides(other.id)) == 1
    assert store.signatures() == (SIGNATURE,)
    with pytest.raises(NotStoredError):
        store.delete_patient("patient-1", "clerk-2", LATER)


def test_the_trail_does_not_say_what_was_decided(place: Any) -> None:
    # Which flag was decided against would tell of the patient's health after the deletion.
    store, _ = with_two_patients(place)
    told = str(store.trail())
    assert "EGFR" not in told.replace(SIGNATURE.item, "")
    assert "physician" not in told


def test_a_move_gives_the_assessments_to_the_new_reference_in_their_order(place: Any) -> None:
    store, saved = with_two_patients(place)
    assert store.move_patient("patient-1", "patient-2", "clerk-2", LATER) == 1
    assert store.for_patient("patient-1") == ()
    merged = store.for_patient("patient-2")
    # Patient 1 was saved first.
    assert [one.assessment.actor for one in merged] == ["dentist-8", "dentist-7"]
    assert merged[1].id == saved
    assert store.find(saved) == replace(ASSESSMENT, patient_ref="patient-2")
    assert len(store.overrides(saved)) == 1
    told = [(one.entry.action, one.entry.patient_ref) for one in store.trail()[-2:]]
    assert told == [("move", "patient-1"), ("move", "patient-2")]
    assert store.verify() is None


def test_an_export_follows_the_moves_that_led_to_the_reference(place: Any) -> None:
    store, _ = with_two_patients(place)
    store.append(replace(LOOK, patient_ref="patient-0"))
    store.move_patient("patient-0", "patient-1", "clerk-2", LATER)
    store.move_patient("patient-1", "patient-2", "clerk-2", LATER)
    held = store.export_patient("patient-2", "clerk-2", LATER)
    assert held["earlier_refs"] == ["patient-1", "patient-0"]
    assert len(held["assessments"]) == 2
    assert {one["patient_ref"] for one in held["audit"]} == {"patient-0", "patient-1", "patient-2"}
    assert store.export_patient("patient-1", "clerk-2", LATER)["earlier_refs"] == ["patient-0"]


def test_a_move_back_does_not_go_round_in_circles(place: Any) -> None:
    store, _ = with_two_patients(place)
    store.move_patient("patient-1", "patient-2", "clerk-2", LATER)
    store.move_patient("patient-2", "patient-1", "clerk-2", LATER)
    assert store.export_patient("patient-1", "clerk-2", LATER)["earlier_refs"] == ["patient-2"]


def test_a_move_to_the_same_or_to_no_reference_is_refused(place: Any) -> None:
    store, _ = with_two_patients(place)
    for new in ("patient-1", "", "a\x00b"):
        with pytest.raises(StoreError):
            store.move_patient("patient-1", new, "clerk-2", LATER)
    assert (len(store.for_patient("patient-1")), store.tip().number) == (1, 6)


@pytest.mark.parametrize("step", ["export", "delete", "move"])
def test_a_step_without_a_person_changes_nothing(place: Any, step: str) -> None:
    store, saved = with_two_patients(place)
    refs = ("patient-1", "patient-3") if step == "move" else ("patient-1",)
    with pytest.raises(StoreError):
        getattr(store, f"{step}_patient")(*refs, "", LATER)
    assert store.find(saved) == ASSESSMENT
    assert len(store.overrides(saved)) == 1
    assert store.tip().number == 6


def test_one_offices_deletion_leaves_the_same_reference_of_another_office_alone(place: Any) -> None:
    north, south = place.open("north"), place.open("south")
    north.save(ASSESSMENT)
    kept = south.save(ASSESSMENT)
    assert north.delete_patient("patient-1", "clerk-2", LATER) == 1
    south.move_patient("patient-1", "patient-5", "clerk-2", LATER)
    assert south.find(kept).patient_ref == "patient-5"


def test_an_sqlite_file_holds_nothing_of_what_was_deleted(sqlite: Any, tmp_path: Path) -> None:
    store = sqlite.open()
    # Long enough to fill pages of their own, which are then free.
    secret = "zosterophobia " * 2000
    store.save(replace(ASSESSMENT, inputs={"note": secret}))
    assert b"zosterophobia" in on_disk(tmp_path)
    store.delete_patient("patient-1", "clerk-2", LATER)
    assert b"zosterophobia" not in on_disk(tmp_path)


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_a_deletion_works_on_an_engine_of_the_host_that_begins_transactions_itself(sqlite: Any) -> None:
    engine = create_engine(sqlite.url())
    event.listen(engine, "connect", lambda connection, _record: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    store = SQLStore(engine, create=True)
    store.save(ASSESSMENT)
    assert store.delete_patient("patient-1", "clerk-2", LATER) == 1
    engine.dispose()
