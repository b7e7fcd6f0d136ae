"""A form that is handed to a patient is answered once, before its end, and belongs to the patient's data."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import threading
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from dentalpain.errors import NotStoredError, StoreError
from dentalpain.patient_forms import PatientForms
from dentalpain.storage import AuditEntry, PatientForm, migrate
from dentalpain.storage.sql_store import SQLStore

from .samples import ASSESSMENT, MOMENT

SOON = MOMENT + dt.timedelta(minutes=10)
END = MOMENT + dt.timedelta(minutes=60)
TOKEN = hashlib.sha256(b"a token that is kept nowhere").hexdigest()
FORM = PatientForm(
    patient_ref="patient-1",
    instruments=("tmd-pain-screener", "phq-9"),
    language="en",
    token_hash=TOKEN,
    asked_by="desk-2",
    asked_at=MOMENT,
    expires_at=END,
)
SHEETS = (
    {
        "instrument": "phq-9",
        "answered_by": "patient",
        "on": "2026-11-30",
        "items": {"1": 2, "9": 1, "2": None, "weeks": Decimal("1.50")},
    },
)


def test_a_form_comes_back_as_it_was_asked_and_open(place: Any) -> None:
    store = place.open()
    kept = store.find_form(store.ask(FORM))
    assert (kept.form, kept.answered_at, kept.answers, kept.taken_into) == (FORM, None, (), None)
    assert kept.is_open(SOON) and not kept.waits
    assert store.form_of(TOKEN) == kept
    assert store.forms("patient-1") == (kept,) and store.forms("patient-2") == ()
    assert store.trail()[-1].entry == AuditEntry("desk-2", "hand form to patient", MOMENT, "done", "patient-1")


def test_answers_are_kept_once_and_the_trail_holds_none_of_them(place: Any) -> None:
    store = place.open()
    name = store.ask(FORM)
    kept = store.answer(TOKEN, SHEETS, SOON)
    assert (kept.id, kept.answers, kept.answered_at) == (name, SHEETS, SOON) and kept.waits
    assert store.trail()[-1].entry == AuditEntry("patient", "answer form", SOON, "done", "patient-1")
    with pytest.raises(NotStoredError):
        store.answer(TOKEN, (), SOON + dt.timedelta(seconds=1))
    assert store.find_form(name).answers == SHEETS
    assert store.tip().number == 2 and store.verify() is None


@pytest.mark.parametrize(
    ("after", "answered"),
    [
        (dt.timedelta(minutes=59, seconds=59), True),
        (dt.timedelta(minutes=60), False),
        (dt.timedelta(minutes=61), False),
    ],
    ids=["one second before its end", "at its end", "after it"],
)
def test_a_form_of_an_hour_is_open_for_less_than_an_hour(place: Any, after: dt.timedelta, answered: bool) -> None:
    store = place.open()
    name = store.ask(FORM)
    assert store.find_form(name).is_open(MOMENT + after) is answered
    if answered:
        store.answer(TOKEN, SHEETS, MOMENT + after)
    else:
        with pytest.raises(NotStoredError):
            store.answer(TOKEN, SHEETS, MOMENT + after)
    assert bool(store.find_form(name).answers) is answered


def test_a_closed_form_takes_no_answer_and_says_who_closed_it_first(place: Any) -> None:
    store = place.open()
    name = store.ask(FORM)
    store.close_form(name, "desk-2", SOON)
    store.close_form(name, "desk-3", END)
    with pytest.raises(NotStoredError):
        store.answer(TOKEN, SHEETS, SOON)
    kept = store.find_form(name)
    assert (kept.closed_by, kept.closed_at, kept.answers) == ("desk-2", SOON, ())
    assert [one.entry.action for one in store.trail()] == ["hand form to patient", "close form"]


def test_answers_wait_until_somebody_takes_them_over_or_puts_them_aside(place: Any) -> None:
    store = place.open()
    first, second = store.ask(FORM), store.ask(replace(FORM, token_hash="ab" * 32))
    store.answer(TOKEN, SHEETS, SOON)
    store.answer("ab" * 32, SHEETS, SOON)
    assert [kept.waits for kept in store.forms_since(MOMENT)] == [True, True]
    store.take_form(first, store.save(ASSESSMENT))
    store.close_form(second, "desk-2", END)
    assert [kept.waits for kept in store.forms_since(MOMENT)] == [False, False]


def test_the_list_of_a_day_begins_at_its_first_moment(place: Any) -> None:
    store = place.open()
    store.ask(FORM)
    assert len(store.forms_since(MOMENT)) == 1
    assert store.forms_since(MOMENT + dt.timedelta(microseconds=1)) == ()


@pytest.mark.parametrize(
    ("flaw", "told"),
    [
        ({"token_hash": "a token in the clear"}, "SHA-256"),
        ({"instruments": ()}, "at least one"),
        ({"expires_at": MOMENT}, "ends after"),
        ({"asked_at": MOMENT.replace(tzinfo=None)}, "time zone"),
        ({"patient_ref": ""}, "patient reference"),
        ({"asked_by": ""}, "actor"),
    ],
)
def test_a_form_that_could_not_be_answered_rightly_is_refused(place: Any, flaw: dict[str, Any], told: str) -> None:
    store = place.open()
    with pytest.raises(StoreError, match=told):
        store.ask(replace(FORM, **flaw))
    assert (store.forms("patient-1"), store.tip().number) == ((), 0)


def test_a_form_that_is_not_here_is_neither_found_closed_nor_taken(place: Any) -> None:
    store = place.open()
    for step in (
        lambda: store.find_form("A" * 22),
        lambda: store.form_of("00" * 32),
        lambda: store.close_form("A" * 22, "desk-2", SOON),
        lambda: store.take_form("A" * 22, "B" * 22),
    ):
        with pytest.raises(NotStoredError):
            step()


def test_an_export_a_merge_and_a_deletion_take_the_forms_along(place: Any) -> None:
    store = place.open()
    name = store.ask(FORM)
    stranger = store.ask(replace(FORM, patient_ref="patient-2", token_hash="ab" * 32))
    store.answer(TOKEN, SHEETS, SOON)
    held = store.export_patient("patient-1", "keeper-1", END)
    [told] = held["patient_forms"]
    assert (told["id"], told["answers"], told["asked_by"]) == (name, list(SHEETS), "desk-2")
    assert TOKEN not in str(held)
    store.move_patient("patient-1", "patient-9", "keeper-1", END)
    assert store.forms("patient-1") == () and [kept.id for kept in store.forms("patient-9")] == [name]
    assert store.delete_patient("patient-9", "keeper-1", END) == 0  # there was no assessment, and there were answers
    assert store.forms("patient-9") == () and store.find_form(stranger).form.patient_ref == "patient-2"
    with pytest.raises(NotStoredError):
        store.delete_patient("patient-9", "keeper-1", END)
    assert store.verify() is None


def test_of_two_who_answer_at_the_same_moment_one_is_kept(place: Any) -> None:
    store = place.open()
    name, kept = store.ask(FORM), list[Any]()

    def answer(number: int) -> None:
        with contextlib.suppress(NotStoredError):
            kept.append(store.answer(TOKEN, ({**SHEETS[0], "items": {"9": number}},), SOON).answers)

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(kept) == 1 and store.find_form(name).answers == kept[0]


def test_two_offices_never_see_each_others_forms_and_the_app_may_only_fill_them(offices: Any) -> None:
    north, south = offices.store("north"), offices.store("south")
    name = north.ask(FORM)
    assert south.forms_since(MOMENT) == ()
    for step in (lambda: south.answer(TOKEN, SHEETS, SOON), lambda: south.close_form(name, "desk-9", SOON)):
        with pytest.raises(NotStoredError):
            step()
    assert north.answer(TOKEN, SHEETS, SOON).answers == SHEETS
    north.close_form(name, "desk-2", END)
    for change in ("expires_at = '2099-01-01'", "patient_ref = 'patient-7'", "token_hash = ''"):
        with offices.engine(offices.app).connect() as connection:
            connection.execute(text("SELECT set_config('dentalpain.tenant', 'north', true)"))
            with pytest.raises(DBAPIError, match="permission denied"):
                connection.execute(text(f"UPDATE dentalpain_patient_forms SET {change}"))


def test_a_patient_whom_nobody_signed_in_answers_for_the_office_that_handed_the_form(offices: Any) -> None:
    signed_in: list[str | None] = ["north"]
    service: Any = SimpleNamespace(store=offices.store(lambda: signed_in[0]))
    forms = PatientForms(lambda: service, lambda: MOMENT, 60, lambda: "a secret of the host")
    _, token = forms.hand("patient-1", ["phq-9"], "en", "desk-2")
    signed_in[0] = None
    with pytest.raises(StoreError):
        service.store.forms("patient-1")
    assert forms.answer(token, SHEETS).form.patient_ref == "patient-1"
    assert [kept.waits for kept in offices.store("north").forms("patient-1")] == [True]
    assert offices.store("south").forms("patient-1") == ()


def test_the_forms_go_down_and_up_with_other_rows_in_place(database: Any) -> None:
    engine = create_engine(database.url())
    migrate.upgrade(engine)
    store = SQLStore(engine)
    saved, _ = store.save(ASSESSMENT), store.ask(FORM)
    migrate.downgrade(engine, "0004")
    assert "dentalpain_patient_forms" not in inspect(engine).get_table_names()
    migrate.upgrade(engine)
    assert (store.find(saved), store.forms("patient-1"), store.verify()) == (ASSESSMENT, (), None)
    assert store.find_form(store.ask(FORM)).form == FORM
    engine.dispose()
