"""What is sent to the database: each statement about rows of ours names the office, on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from dataclasses import replace
from typing import Any

from sqlalchemy import event

from dentalpain.storage.port import AssessmentStore, KeptAnswer
from dentalpain.storage.tables import metadata

from .samples import ASSESSMENT, LOOK, MOMENT, fill

TOUCHED = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE) (dentalpain_\w+)", re.I)
ASKED = KeptAnswer("key-1", "digest", MOMENT + dt.timedelta(days=1))
LATER = MOMENT.replace(year=2033)


def everything(store: Any) -> None:
    """Each method of the port, so that each statement is sent once."""
    saved = fill(store)
    store.save(ASSESSMENT, cards=("card-1",))
    store.append(LOOK)
    for step in (
        lambda: store.find(saved),
        lambda: store.latest("patient-1"),
        lambda: store.for_patient("patient-1", limit=1),
        lambda: store.for_patient("patient-1", kind="review"),
        lambda: store.overrides(saved),
        store.signatures,
        lambda: store.assessment_of_card("card-1"),
        lambda: store.decision_counts(dt.date(2026, 11, 1), dt.date(2026, 12, 1)),
        lambda: store.shown_counts(dt.date(2026, 11, 1), dt.date(2026, 12, 1)),
        lambda: store.claim(ASKED, MOMENT),
        lambda: store.keep_answer(replace(ASKED, status=200, body="{}", patient_ref="patient-1")),
        lambda: store.release("key-2"),
        lambda: store.use_once("token", MOMENT + dt.timedelta(days=1), MOMENT),
        lambda: store.trail(0, 10),
        store.verify,
        store.tip,
        lambda: store.export_patient("patient-1", "keeper", MOMENT),
        lambda: store.move_patient("patient-1", "patient-2", "keeper", MOMENT),
        lambda: store.export_patient("patient-2", "keeper", MOMENT),
        lambda: store.delete_patient("patient-2", "keeper", MOMENT),
        lambda: store.prune(dt.date(2027, 1, 1), "keeper", LATER),
        store.verify,
    ):
        step()


def test_the_steps_above_are_all_that_a_store_can_do() -> None:
    steps = set(re.findall(r"store\.(\w+)", inspect.getsource(everything))) | {"sign", "override"}
    assert steps == {name for name, held in vars(AssessmentStore).items() if callable(held) and name[0] != "_"}


def test_each_statement_about_rows_of_ours_names_the_office(database: Any) -> None:
    store = database.open("north")
    sent: list[tuple[str, Any]] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: sent.append((given[2], given[3])))
    everything(store)
    about = [(sql, values) for sql, values in sent if set(TOUCHED.findall(sql)) & set(metadata.tables)]
    touched = {table for sql, _ in about for table in TOUCHED.findall(sql)}
    assert set(metadata.tables) - touched <= {"dentalpain_tenants"}  # whom the file belongs to, asked when it is opened
    for sql, values in about:
        assert "tenant" in sql.partition("WHERE" if "WHERE" in sql else "INSERT")[2], sql
        assert "north" in str(values), sql
