"""What a database adds: guards, other processes, and hosts with engines of their own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError

import dentalpain.storage
from dentalpain.errors import StoreError
from dentalpain.storage import AuditEntry
from dentalpain.storage.sql_store import SQLStore

from .samples import ASSESSMENT, LOOK, MOMENT, SIGNATURE

PROJECT = Path(dentalpain.storage.__file__).parents[2]
GUARDED = ["dentalpain_audit", "dentalpain_signatures"]

SAVE_TEN_TIMES = """
import datetime as dt, sys
from dentalpain.storage import StoredAssessment
from dentalpain.storage.sql_store import SQLStore
store = SQLStore(sys.argv[1], create=True)
for number in range(10):
    store.save(StoredAssessment("visit", "patient-1", dt.date(2026, 11, 30), dt.datetime.now(dt.UTC), sys.argv[2], {},
                                {}, "0.1.0", "d"))
store.close()
"""


def run_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("table", GUARDED)
def test_the_database_itself_refuses_to_change_or_remove_what_is_only_ever_added(database: Any, table: str) -> None:
    assert_refused(database, table, f"UPDATE {table} SET who = 'x'")
    assert_refused(database, table, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", GUARDED)
def test_sqlite_refuses_to_replace_a_row_by_inserting_it_again(sqlite: Any, table: str) -> None:
    assert_refused(sqlite, table, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", GUARDED)
def test_postgresql_refuses_to_empty_what_is_only_ever_added(postgresql: Any, table: str) -> None:
    assert_refused(postgresql, table, f"TRUNCATE {table}")


def assert_refused(database: Any, table: str, statement: str) -> None:
    store = database.open()
    store.save(ASSESSMENT)
    store.sign(SIGNATURE, MOMENT)
    before = database.run(f"SELECT * FROM {table}")
    with pytest.raises(DBAPIError, match="rows are only ever added"):
        database.run(statement)
    assert database.run(f"SELECT * FROM {table}") == before != []


def test_a_saving_writes_who_what_whose_and_when_into_the_audit_trail(database: Any) -> None:
    saved = database.open().save(ASSESSMENT)
    columns = "tenant, number, who, action, patient_ref, assessment_id, at, result"
    rows = database.run(f"SELECT {columns} FROM dentalpain_audit")
    assert [tuple(row) for row in rows] == [
        ("default", 1, "dentist-7", "save", "patient-1", saved, "2026-11-30T14:05:06.000789+00:00", "done")
    ]


def test_a_saving_whose_audit_row_cannot_be_written_is_not_kept(database: Any) -> None:
    store = database.open()
    database.run("ALTER TABLE dentalpain_audit RENAME TO elsewhere")
    with pytest.raises(StoreError) as refusal:
        store.save(ASSESSMENT)
    assert "patient-1" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert database.run("SELECT count(*) FROM dentalpain_assessments") == [(0,)]


def test_rows_of_another_office_in_the_same_tables_stay_out_of_sight(database: Any) -> None:
    store = database.open()
    saved = store.save(ASSESSMENT)
    database.run("UPDATE dentalpain_assessments SET tenant = 'elsewhere'")
    assert store.latest("patient-1") is None
    assert store.for_patient("patient-1") == ()
    with pytest.raises(StoreError):
        store.find(saved)


def test_processes_that_save_at_once_keep_the_chain_whole(database: Any) -> None:
    # Each process also finds the tables missing and tries to make them.
    processes = [run_python(SAVE_TEN_TIMES, database.url(), f"dentist-{number}") for number in range(3)]
    for process in processes:
        _, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, complaint
    store = database.open()
    assert store.tip().number == 30
    assert store.verify() is None
    assert len({it.id for it in store.for_patient("patient-1", limit=50)}) == 30


def test_a_second_store_finds_what_the_first_one_saved(database: Any) -> None:
    first = database.open()
    saved = first.save(ASSESSMENT)
    first.close()
    assert database.open().find(saved) == ASSESSMENT


def test_an_sqlite_file_belongs_to_the_office_that_opened_it_first(sqlite: Any) -> None:
    SQLStore(sqlite.url(), "north", create=True).close()
    SQLStore(sqlite.url(), "north").close()
    with pytest.raises(StoreError, match="belongs to another office"):
        SQLStore(sqlite.url(), "south")


def test_a_missing_sqlite_file_is_not_made_by_looking_at_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="dentalpain db upgrade"):
        SQLStore(f"sqlite:///{tmp_path / 'office.db'}")
    assert list(tmp_path.iterdir()) == []


def test_sqlite_runs_with_a_write_ahead_log_full_synchronisation_and_foreign_keys(sqlite: Any) -> None:
    store = sqlite.open()
    with store._engine.connect() as connection:
        settings = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}
    assert settings == PRAGMAS


# 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("patience", [200, 1])
def test_a_new_sqlite_file_that_somebody_is_writing_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patience: int
) -> None:
    monkeypatch.setattr("dentalpain.storage.engines._SWITCH_ATTEMPTS", patience)
    writer = sqlite3.connect(tmp_path / "office.db", check_same_thread=False)
    writer.executescript("CREATE TABLE host (id INTEGER); BEGIN IMMEDIATE")
    release = threading.Timer(0.5, writer.rollback)
    release.start()
    if patience == 1:
        with pytest.raises(StoreError, match="locked"):
            SQLStore(f"sqlite:///{tmp_path / 'office.db'}", create=True)
    else:
        SQLStore(f"sqlite:///{tmp_path / 'office.db'}", create=True).close()
    release.join()
    writer.close()


def test_a_folder_in_the_place_of_the_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        SQLStore(f"sqlite:///{tmp_path}")


def test_an_sqlite_file_opened_read_only_is_refused_at_once(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "office.db").executescript("CREATE TABLE host (id INTEGER)").close()
    with pytest.raises(StoreError, match="readonly"):
        SQLStore(f"sqlite:///file:{tmp_path / 'office.db'}?mode=ro&uri=true")


def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleague, " * 100)
    with pytest.raises(StoreError):
        SQLStore(f"sqlite:///{tmp_path / 'letter.txt'}")


@pytest.mark.parametrize(
    "address",
    ["sqlite://", "sqlite:///:memory:", "office.db", "mysql+pymysql://127.0.0.1/x", "oracle+nothing://x/y"],
)
def test_an_address_that_cannot_work_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(StoreError):
        SQLStore(address, create=True)


def test_a_server_that_does_not_answer_is_named_as_such_without_its_password() -> None:
    # Port 9 is the discard service, which nobody runs.
    with pytest.raises(StoreError, match="does not answer") as refusal:
        SQLStore("postgresql://office:hush-hush@127.0.0.1:9/test?connect_timeout=2")
    assert "hush" not in str(refusal.value)


def test_an_engine_of_the_host_that_begins_transactions_itself_still_keeps_the_chain_whole(sqlite: Any) -> None:
    engine = create_engine(sqlite.url())
    event.listen(engine, "connect", lambda connection, _record: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    store = SQLStore(engine, create=True)
    saved = store.save(ASSESSMENT)
    threads = [threading.Thread(target=append_ten_times, args=[store, LOOK]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    assert store.find(saved) == ASSESSMENT
    assert (store.tip().number, store.verify()) == (41, None)
    engine.dispose()


def append_ten_times(store: SQLStore, entry: AuditEntry) -> None:
    for _ in range(10):
        store.append(entry)


def test_a_host_that_reads_repeatably_still_keeps_the_chain_whole(postgresql: Any) -> None:
    engine = create_engine(postgresql.url(), isolation_level="REPEATABLE READ")
    store = SQLStore(engine, create=True)
    threads = [threading.Thread(target=lambda: [store.save(ASSESSMENT) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (store.tip().number, store.verify()) == (40, None)
    engine.dispose()


def test_importing_the_package_loads_neither_sqlalchemy_nor_alembic() -> None:
    code = "import sys, dentalpain.storage; print(sorted({'sqlalchemy', 'alembic'} & set(sys.modules)))"
    assert run_python(code).communicate(timeout=60)[0].strip() == "[]"


def test_opening_a_store_whose_tables_stand_does_not_load_alembic(sqlite: Any) -> None:
    sqlite.open().close()
    code = (
        "import sys\nfrom dentalpain.storage.sql_store import SQLStore\n"
        "SQLStore(sys.argv[1]).close()\nprint('alembic' in sys.modules)"
    )
    assert run_python(code, sqlite.url()).communicate(timeout=60)[0].strip() == "False"
