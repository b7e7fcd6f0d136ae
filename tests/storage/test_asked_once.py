"""What is asked once: cards lead to their assessment, answers come again under their key, tokens count once."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect

from dentalpain.errors import StoreError
from dentalpain.storage import AuditEntry, DecisionCount, KeptAnswer, Override, migrate
from dentalpain.storage.decisions import report
from dentalpain.storage.port import FEEDBACK, NO_REASON
from dentalpain.storage.sql_store import SQLStore

from .samples import ASSESSMENT, MOMENT, fill

DAY = dt.timedelta(days=1)
CLAIM = KeptAnswer("key-1", "request-1", MOMENT + DAY, patient_ref="patient-1")
ANSWER = replace(CLAIM, status=201, headers={"Location": "/x"}, body="{}")


# -- cards -------------------------------------------------------------------------------------------------------------


def test_a_card_leads_to_the_last_assessment_that_was_saved_with_it(place: Any) -> None:
    store = place.open()
    assert store.assessment_of_card("card-1") is None
    first = store.save(ASSESSMENT, cards=("card-1", "card-2"))
    assert (store.assessment_of_card("card-1"), store.assessment_of_card("card-2")) == (first, first)
    second = store.save(ASSESSMENT, cards=["card-1"])
    assert (store.assessment_of_card("card-1"), store.assessment_of_card("card-2")) == (second, first)
    assert store.tip().number == 2  # one row of the trail for each answer


def test_an_assessment_whose_card_cannot_be_kept_is_not_kept_either(place: Any) -> None:
    store = place.open()
    with pytest.raises(StoreError):
        store.save(ASSESSMENT, cards=[""])
    assert (store.for_patient("patient-1"), store.tip().number) == ((), 0)


# -- answers under a key -----------------------------------------------------------------------------------------------


def test_a_request_runs_once_under_its_key_and_is_answered_again(place: Any) -> None:
    store = place.open()
    assert store.claim(CLAIM, MOMENT) is None
    assert store.claim(CLAIM, MOMENT) == CLAIM  # under way: no status yet
    store.keep_answer(ANSWER)
    assert store.claim(replace(CLAIM, request="request-2"), MOMENT + dt.timedelta(hours=1)) == ANSWER


def test_a_request_that_failed_may_run_again(place: Any) -> None:
    store = place.open()
    store.claim(CLAIM, MOMENT)
    store.release(CLAIM.key)
    store.release("never claimed")
    assert store.claim(CLAIM, MOMENT) is None


def test_an_answer_is_forgotten_when_its_time_is_over(place: Any) -> None:
    store = place.open()
    store.claim(CLAIM, MOMENT)
    store.keep_answer(ANSWER)
    assert store.claim(CLAIM, MOMENT + DAY) is None


def test_of_many_that_claim_one_key_one_runs(place: Any) -> None:
    store, answers = place.open(), list[Any]()
    threads = [threading.Thread(target=lambda: answers.append(store.claim(CLAIM, MOMENT))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(None) == 1 and len(answers) == 4


# -- tokens ------------------------------------------------------------------------------------------------------------


def test_a_token_counts_once_until_its_time_is_over(place: Any) -> None:
    store = place.open()
    assert store.use_once("token-1", MOMENT + DAY, MOMENT)
    assert not store.use_once("token-1", MOMENT + DAY, MOMENT)
    assert store.use_once("token-2", MOMENT + DAY, MOMENT)
    assert store.use_once("token-1", MOMENT + 3 * DAY, MOMENT + 2 * DAY)


# -- one patient -------------------------------------------------------------------------------------------------------


def test_what_is_kept_about_a_patient_goes_with_the_patient(place: Any) -> None:
    store = place.open()
    saved = store.save(ASSESSMENT, cards=["card-1"])
    store.claim(CLAIM, MOMENT)
    store.keep_answer(ANSWER)
    held = store.export_patient("patient-1", "dentist-7", MOMENT)
    assert held["assessments"][0]["cards"] == ["card-1"]
    assert [(one["status"], one["body"]) for one in held["kept_answers"]] == [(201, "{}")]
    store.delete_patient("patient-1", "dentist-7", MOMENT)
    assert store.assessment_of_card("card-1") is None and saved
    assert store.claim(CLAIM, MOMENT) is None


def test_after_a_merge_no_answer_with_the_old_reference_comes_again(place: Any) -> None:
    store = place.open()
    store.save(ASSESSMENT)
    store.keep_answer(ANSWER)
    store.move_patient("patient-1", "patient-2", "dentist-7", MOMENT)
    assert store.claim(CLAIM, MOMENT) is None


def test_a_list_may_be_of_one_kind(place: Any) -> None:
    store = place.open()
    kinds = ("handout", "review", "handout", "outcomes")
    saved = [store.save(replace(ASSESSMENT, kind=kind)) for kind in kinds]
    assert [one.id for one in store.for_patient("patient-1", kind="handout")] == [saved[2], saved[0]]
    assert [one.id for one in store.for_patient("patient-1", before=saved[2], kind="handout")] == [saved[0]]


# -- decisions ---------------------------------------------------------------------------------------------------------


def decided(store: Any) -> None:
    saved = store.save(ASSESSMENT)
    for code, text, day in (
        ("tolerated_before", None, 0),
        ("tolerated_before", "Took it for years", 1),
        (None, "Second opinion", 1),
        (None, NO_REASON, 1),
        ("tolerated_before", None, 2),
    ):
        store.override(Override(saved, "OPI-BENZO", "dentist-7", MOMENT + day * DAY, code, text))
    for result in ("overridden OPI-BENZO tolerated_before", "overridden OPI-BENZO", "accepted NSAID-EGFR30", "done"):
        store.append(AuditEntry("cds-hooks x", FEEDBACK, MOMENT, result))


def test_decisions_are_counted_by_rule_and_reason_with_what_was_told_about_cards(place: Any) -> None:
    store = place.open()
    decided(store)
    # Two days, so not the one of the third: one decision and one feedback with the code, one more the day after.
    assert store.decision_counts(MOMENT.date(), (MOMENT + 2 * DAY).date()) == (
        DecisionCount("NSAID-EGFR30", "accepted", None, 1),
        DecisionCount("OPI-BENZO", "overridden", None, 2),
        DecisionCount("OPI-BENZO", "overridden", "in_words", 1),
        DecisionCount("OPI-BENZO", "overridden", "tolerated_before", 3),
    )
    assert store.decision_counts((MOMENT + 3 * DAY).date(), (MOMENT + 9 * DAY).date()) == ()


def test_the_report_holds_both_days_and_nobody(place: Any) -> None:
    store = place.open()
    decided(store)
    found = report(store, (MOMENT + 2 * DAY).date(), (MOMENT + 2 * DAY).date())
    assert found["decisions"] == [{"rule": "OPI-BENZO", "outcome": "overridden", "reason": "tolerated_before", "count": 1}]
    assert "patient-1" not in str(report(store, dt.date(2026, 1, 1), dt.date.max))


# -- tables and offices ------------------------------------------------------------------------------------------------

NEW = {"dentalpain_cards", "dentalpain_kept_answers", "dentalpain_used_tokens"}


def test_the_step_goes_down_and_up_again_with_rows_in_place(database: Any) -> None:
    store = database.open()
    saved = fill(store)
    carded = store.save(ASSESSMENT, cards=["card-1"])
    store.keep_answer(ANSWER)
    store.use_once("token-1", MOMENT + DAY, MOMENT)
    engine = create_engine(database.url())
    migrate.downgrade(engine, "0002")
    assert not NEW & set(inspect(engine).get_table_names())
    migrate.upgrade(engine)
    again = SQLStore(engine)
    assert again.find(saved) == ASSESSMENT == again.find(carded)
    assert (again.verify(), len(again.overrides(saved))) == (None, 1)
    assert again.assessment_of_card("card-1") is None and again.claim(CLAIM, MOMENT) is None
    assert again.use_once("token-1", MOMENT + DAY, MOMENT)
    engine.dispose()


def test_an_office_sees_neither_cards_nor_answers_nor_tokens_of_another(offices: Any) -> None:
    north, south = offices.store("north"), offices.store("south")
    north.save(ASSESSMENT, cards=["card-1"])
    north.claim(CLAIM, MOMENT)
    assert north.use_once("token-1", MOMENT + DAY, MOMENT)
    assert south.assessment_of_card("card-1") is None
    assert south.claim(CLAIM, MOMENT) is None
    assert south.use_once("token-1", MOMENT + DAY, MOMENT)
    south.release(CLAIM.key)
    assert north.claim(CLAIM, MOMENT) == CLAIM
    north.save(ASSESSMENT, cards=["card-1"])  # the narrow role may let a card lead to a newer assessment
    south.save(ASSESSMENT, cards=["card-1"])
    assert north.decision_counts(dt.date(2026, 1, 1), dt.date(2027, 1, 1)) == ()
