"""A muted flag is kept with who, when and why, ends without a trace being lost, and belongs to the patient's data."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from dentalpain.errors import NotStoredError, StoreError
from dentalpain.storage import AuditEntry, Mute, Override, ShownCount, migrate
from dentalpain.storage.sql_store import SQLStore

from .samples import ASSESSMENT, MOMENT

LATER = MOMENT + dt.timedelta(days=3)
MUTE = Mute(
    patient_ref="patient-1",
    rule="NSAID-AGE65",
    severity="moderate",
    basis="ab" * 32,
    rule_digest="cd" * 32,
    until=dt.date(2027, 2, 28),
    actor="dentist-7",
    at=MOMENT,
    reason_code="tolerated_before",
)


def test_a_mute_comes_back_as_it_was_kept_and_stands_in_the_trail_without_its_rule(place: Any) -> None:
    store = place.open()
    kept = store.find_mute(store.mute(MUTE))
    assert (kept.mute, kept.lifted_by, kept.lifted_at) == (MUTE, None, None)
    assert store.mutes("patient-1") == (kept,) and store.mutes("patient-2") == ()
    assert store.trail()[-1].entry == AuditEntry("dentist-7", "mute", MOMENT, "done", "patient-1")


def test_lifting_says_who_and_when_once_and_keeps_the_mute(place: Any) -> None:
    store = place.open()
    name = store.mute(MUTE)
    store.lift(name, "dentist-8", LATER)
    store.lift(name, "dentist-9", LATER + dt.timedelta(days=1))
    kept = store.find_mute(name)
    assert (kept.mute, kept.lifted_by, kept.lifted_at) == (MUTE, "dentist-8", LATER)
    assert [one.entry.action for one in store.trail()] == ["mute", "lift mute"]
    assert store.verify() is None


def test_a_new_mute_of_the_same_flag_lifts_the_earlier_one_and_no_other(place: Any) -> None:
    store = place.open()
    first, other = store.mute(MUTE), store.mute(replace(MUTE, rule="NSAID-HTN"))
    stranger = store.mute(replace(MUTE, patient_ref="patient-2"))
    second = store.mute(replace(MUTE, actor="dentist-8", at=LATER))
    assert store.find_mute(first).lifted_by == "dentist-8"
    assert [store.find_mute(name).lifted_at for name in (other, stranger, second)] == [None, None, None]


@pytest.mark.parametrize(
    ("flaw", "told"),
    [
        ({"reason_code": None}, "needs a reason"),
        ({"reason_code": None, "reason_text": "  "}, "needs a reason"),
        ({"reason_code": "because"}, "must be one of"),
        ({"severity": "contraindicated"}, "never muted"),
        ({"until": MOMENT}, "date without a time"),
        ({"at": MOMENT.replace(tzinfo=None)}, "time zone"),
        ({"actor": ""}, "actor"),
    ],
)
def test_what_may_not_be_muted_is_refused_and_leaves_no_entry(place: Any, flaw: dict[str, Any], told: str) -> None:
    store = place.open()
    with pytest.raises(StoreError, match=told):
        store.mute(replace(MUTE, **flaw))
    assert (store.mutes("patient-1"), store.tip().number) == ((), 0)


def test_a_mute_that_is_not_here_is_neither_found_nor_lifted(place: Any) -> None:
    store = place.open()
    with pytest.raises(NotStoredError):
        store.find_mute("A" * 22)
    with pytest.raises(NotStoredError):
        store.lift("A" * 22, "dentist-7", MOMENT)


def test_an_export_a_merge_and_a_deletion_take_the_mutes_along(place: Any) -> None:
    store = place.open()
    store.save(ASSESSMENT)
    name = store.mute(MUTE)
    stranger = store.mute(replace(MUTE, patient_ref="patient-2"))
    [told] = store.export_patient("patient-1", "keeper-1", LATER)["mutes"]
    assert (told["id"], told["rule"], told["until"], told["by"]) == (name, "NSAID-AGE65", "2027-02-28", "dentist-7")
    store.move_patient("patient-1", "patient-9", "keeper-1", LATER)
    assert store.mutes("patient-1") == () and [kept.id for kept in store.mutes("patient-9")] == [name]
    store.delete_patient("patient-9", "keeper-1", LATER)
    assert store.mutes("patient-9") == () and store.find_mute(stranger).lifted_at is None
    assert store.verify() is None


def test_two_offices_never_see_each_others_mutes_and_the_app_may_only_lift(offices: Any) -> None:
    north, south = offices.store("north"), offices.store("south")
    name = north.mute(MUTE)
    assert south.mutes("patient-1") == ()
    with pytest.raises(NotStoredError):
        south.lift(name, "dentist-8", LATER)
    north.lift(name, "dentist-8", LATER)
    assert north.find_mute(name).lifted_by == "dentist-8"
    with offices.engine(offices.app).connect() as connection:
        connection.execute(text("SELECT set_config('dentalpain.tenant', 'north', true)"))
        with pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text("UPDATE dentalpain_mutes SET muted_until = '2099-01-01'"))


def test_the_mutes_go_down_and_up_with_other_rows_in_place(database: Any) -> None:
    engine = create_engine(database.url())
    migrate.upgrade(engine)
    store = SQLStore(engine)
    saved, _ = store.save(ASSESSMENT), store.mute(MUTE)
    migrate.downgrade(engine, "0003")
    assert "dentalpain_mutes" not in inspect(engine).get_table_names()
    migrate.upgrade(engine)
    assert (store.find(saved), store.mutes("patient-1"), store.verify()) == (ASSESSMENT, (), None)
    again = store.mute(MUTE)
    assert store.find_mute(again).mute == MUTE
    engine.dispose()


def _review(*flags: dict[str, Any], **more: Any) -> Any:
    return replace(ASSESSMENT, result={"flags": list(flags)}, **more)


def test_a_rule_is_counted_once_for_a_patient_and_a_day_and_only_where_it_was_told(place: Any) -> None:
    store = place.open()
    spoke = {"rule": "NSAID-AGE65", "answer": "yes"}
    first = store.save(_review(spoke, {"rule": "OPI-OUD", "answer": "unknown"}))
    store.save(_review(spoke))  # the same patient on the same day
    store.save(_review(spoke, on=dt.date(2026, 12, 1)))
    store.save(_review({**spoke, "muted": {"until": "2027-02-28"}}, on=dt.date(2026, 12, 2)))
    store.save(replace(ASSESSMENT, kind="visit", patient_ref="patient-2", result={"review": {"flags": [spoke]}}))
    store.save(_review(spoke, patient_ref="patient-3", saved_at=MOMENT + dt.timedelta(days=60)))
    store.override(Override(first, "NSAID-AGE65", "dentist-7", MOMENT, reason_code="tolerated_before"))
    # Patient 1 on two days, patient 2 on one; decided against for one of the three. The last was saved later.
    assert store.shown_counts(MOMENT.date(), MOMENT.date() + dt.timedelta(days=1)) == (ShownCount("NSAID-AGE65", 3, 1),)
