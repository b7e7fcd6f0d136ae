"""The tables come and go by migration, beside those of a host."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from dentalpain.errors import StoreError
from dentalpain.storage import Override, migrate
from dentalpain.storage.sql_store import SQLStore
from dentalpain.storage.tables import REVISION, VERSION_TABLE, metadata

from .samples import ASSESSMENT, MOMENT, SIGNATURE


def test_the_newest_migration_is_the_one_that_the_store_asks_for() -> None:
    assert migrate.newest() == REVISION


def test_the_migrations_end_at_the_tables_that_the_store_uses(database: Any) -> None:
    engine = create_engine(database.url())
    migrate.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrations_go_up_and_down_beside_a_hosts_tables_and_its_alembic(database: Any) -> None:
    engine = create_engine(database.url())
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('host-9')"))
    assert migrate.current(engine) is None
    migrate.upgrade(engine)
    assert migrate.current(engine) == REVISION
    store = SQLStore(engine)
    saved = store.save(ASSESSMENT)
    store.sign(SIGNATURE, MOMENT)
    store.override(Override(saved, "APAP-MAX", "dentist-7", MOMENT, reason_code="tolerated_before"))
    migrate.upgrade(engine)
    assert store.find(saved) == ASSESSMENT
    migrate.downgrade(engine, "base")
    assert migrate.current(engine) is None
    assert set(inspect(engine).get_table_names()) - {"sqlite_sequence"} == {"alembic_version", VERSION_TABLE}
    migrate.upgrade(engine)
    again = SQLStore(engine)
    assert again.for_patient("patient-1") == ()
    assert again.find(again.save(ASSESSMENT)) == ASSESSMENT
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "host-9"
    engine.dispose()


def test_a_failed_migration_leaves_nothing_behind(database: Any) -> None:
    # A table in the way of the third step.
    database.run("CREATE TABLE dentalpain_overrides (number INTEGER)")
    engine = create_engine(database.url())
    with pytest.raises(StoreError):
        migrate.upgrade(engine)
    assert migrate.current(engine) is None
    assert inspect(engine).get_table_names() == ["dentalpain_overrides"]
    engine.dispose()


def test_an_unknown_revision_is_refused_in_a_sentence(database: Any) -> None:
    engine = create_engine(database.url())
    with pytest.raises(StoreError, match="do not know that revision"):
        migrate.upgrade(engine, "9999")
    engine.dispose()


def test_a_database_without_tables_says_which_command_makes_them(database: Any) -> None:
    engine = create_engine(database.url())
    engine.connect().close()
    engine.dispose()
    with pytest.raises(StoreError, match="dentalpain db upgrade"):
        SQLStore(database.url())


def test_tables_of_another_revision_are_refused(database: Any) -> None:
    database.open().close()
    database.run(f"UPDATE {VERSION_TABLE} SET version_num = '0999'")
    with pytest.raises(StoreError, match="0999"):
        SQLStore(database.url(), create=True)


def old_store(database: Any) -> Any:
    """An engine on the first tables, with rows that were written by way of the newest."""
    engine = create_engine(database.url())
    migrate.upgrade(engine)
    store = SQLStore(engine)
    saved = store.save(ASSESSMENT)
    store.sign(SIGNATURE, MOMENT)
    store.override(Override(saved, "APAP-MAX", "dentist-7", MOMENT, reason_code="tolerated_before"))
    migrate.downgrade(engine, "0001")
    return engine, saved


def test_every_step_goes_down_and_up_with_rows_in_place(database: Any) -> None:
    engine, saved = old_store(database)
    assert migrate.current(engine) == "0001"
    assert {name for name in inspect(engine).get_table_names() if "seals" in name or "moved" in name} == set()
    assert database.run("SELECT count(*) FROM dentalpain_audit") == [(3,)]
    migrate.upgrade(engine)
    store = SQLStore(engine)
    assert store.find(saved) == ASSESSMENT
    assert store.signatures() == (SIGNATURE,)
    assert len(store.overrides(saved)) == 1
    assert (store.tip().number, store.verify()) == (3, None)
    later = MOMENT.replace(year=2033)
    assert store.prune(later.replace(year=2027).date(), "keeper-1", later) is not None
    assert store.verify() is None
    engine.dispose()


def test_the_first_tables_guard_their_rows_again_after_the_way_down(database: Any) -> None:
    engine, _ = old_store(database)
    for statement in ("DELETE FROM dentalpain_audit", "UPDATE dentalpain_audit SET who = 'x'"):
        with pytest.raises(DBAPIError, match="only ever added"):
            database.run(statement)
    if engine.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="only ever added"):
            database.run("TRUNCATE dentalpain_audit")
        left = "SELECT count(*) FROM pg_policy WHERE polname LIKE 'dentalpain%' AND polrelid = 'dentalpain_audit'::regclass"
        assert database.run(left) == [(0,)]
    engine.dispose()


def test_a_pruned_trail_does_not_go_back_to_tables_that_know_no_seal(database: Any) -> None:
    store = database.open()
    store.save(ASSESSMENT)
    later = MOMENT.replace(year=2033)
    store.prune(later.replace(year=2027).date(), "keeper-1", later)
    with pytest.raises(StoreError, match="seals"):
        migrate.downgrade(store.engine, "0001")
    assert migrate.current(store.engine) == REVISION
    assert store.verify() is None
