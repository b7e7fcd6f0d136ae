"""Many offices in PostgreSQL: the server itself shows each its own rows, whatever a query forgets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from dentalpain.errors import NotStoredError, StoreError
from dentalpain.storage import Override
from dentalpain.storage.sql_store import SQLStore

from .samples import ASSESSMENT, LOOK, MOMENT, SIGNATURE, fill

HELD = ("dentalpain_assessments", "dentalpain_signatures", "dentalpain_overrides", "dentalpain_audit")


def seen(connection: Connection) -> dict[str, int]:
    """How many rows of each table the connection sees, without naming a tenant."""
    return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in HELD}


NOTHING = dict.fromkeys(HELD, 0)


def test_a_narrow_role_can_do_all_that_an_office_does(offices: Any) -> None:
    store = offices.store("north")
    saved = fill(store)
    store.append(LOOK)
    assert store.find(saved) == ASSESSMENT
    assert store.signatures() == (SIGNATURE,)
    assert len(store.overrides(saved)) == 1
    assert [one.entry.action for one in store.trail()] == ["save", "sign rule:NSAID-EGFR30", "override", "look"]
    assert (store.tip().number, store.verify()) == (4, None)


def test_two_offices_in_the_same_tables_never_see_each_other(offices: Any) -> None:
    north, south = offices.store("north"), offices.store("south")
    saved = fill(north)
    with pytest.raises(NotStoredError):
        south.find(saved)
    assert (south.latest("patient-1"), south.signatures(), south.tip().number) == (None, (), 0)
    south.append(LOOK)
    assert (north.verify(), south.verify()) == (None, None)


@pytest.mark.parametrize("who", ["app", "owner"])
def test_without_a_tenant_no_row_is_visible_to_the_app_or_to_the_owner(offices: Any, who: str) -> None:
    fill(offices.store("north"))
    with offices.engine(getattr(offices, who)).connect() as connection:
        assert seen(connection) == NOTHING
    # The rows are there: a superuser, whom no policy binds, sees them.
    assert offices.superuser.run("SELECT count(*) FROM dentalpain_audit") == [(3,)]


def test_every_table_that_names_a_tenant_has_its_row_security_in_force(offices: Any) -> None:
    tenanted = (
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN pg_attribute a "
        "ON a.attrelid = c.oid AND a.attname = 'tenant' "
        "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
    )
    rows = offices.superuser.run(tenanted)
    assert len(rows) == 12
    assert all(enabled and forced for _, enabled, forced in rows)


@pytest.fixture
def single(offices: Any) -> Iterator[Any]:
    """An engine of the app whose pool holds one connection, so that it is always the same one."""
    offices.store("south").append(LOOK)
    yield offices.engine(offices.app, pool_size=1, max_overflow=0)


def test_a_reused_connection_shows_the_next_office_its_own_rows(single: Any) -> None:
    office = ["north"]
    store = SQLStore(single, lambda: office[0])
    saved = fill(store)
    assert store.tip().number == 3
    office[0] = "south"
    assert store.tip().number == 1
    with pytest.raises(NotStoredError):
        store.find(saved)
    with single.connect() as connection:
        assert seen(connection) == NOTHING


def test_after_a_rollback_the_connection_shows_nothing_and_then_the_next_office(single: Any) -> None:
    north = SQLStore(single, "north")
    fill(north)
    with pytest.raises(NotStoredError):  # raised inside the transaction, which is rolled back
        north.override(Override("A" * 22, "APAP-MAX", "dentist-7", MOMENT, reason_code="tolerated_before"))
    with single.connect() as connection:
        assert seen(connection) == NOTHING
    assert SQLStore(single, "south").tip().number == 1
    assert (north.tip().number, north.verify()) == (3, None)


def test_the_tenant_ends_with_its_transaction_also_when_that_is_rolled_back(single: Any) -> None:
    fill(SQLStore(single, "north"))
    with single.connect() as connection:
        connection.execute(text("SELECT set_config('dentalpain.tenant', 'north', true)"))
        assert seen(connection)["dentalpain_audit"] == 3
        connection.rollback()
        assert seen(connection) == NOTHING


def test_a_tenant_left_behind_in_a_session_is_no_other_offices_way_in(single: Any) -> None:
    fill(SQLStore(single, "north"))
    with single.connect() as connection:
        connection.execute(text("SELECT set_config('dentalpain.tenant', 'north', false)"))
        connection.commit()
    south = SQLStore(single, "south")
    assert (south.tip().number, south.latest("patient-1")) == (1, None)


def test_a_row_in_the_name_of_another_office_is_refused_by_the_server(single: Any) -> None:
    with single.connect() as connection:
        connection.execute(text("SELECT set_config('dentalpain.tenant', 'north', true)"))
        forged = (
            "INSERT INTO dentalpain_signatures (tenant, item, digest, who, licence, role, signed_on) "
            "VALUES ('south', 'i', 'd', 'w', 'l', 'r', '2026-11-30')"
        )
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(text(forged))


def test_the_owner_cannot_hand_a_row_to_another_office(offices: Any) -> None:
    fill(offices.store("north"))
    with offices.engine(offices.owner).connect() as connection:
        connection.execute(text("SELECT set_config('dentalpain.tenant', 'north', true)"))
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(text("UPDATE dentalpain_assessments SET tenant = 'south'"))


@pytest.mark.parametrize("name", ["north' OR '1'='1", "north'; RESET ROLE; --", "%", "n_rth", "NORTH"])
def test_a_forged_name_of_an_office_is_only_ever_a_name(offices: Any, name: str) -> None:
    fill(offices.store("north"))
    forged = offices.store(name)
    assert (forged.tip().number, forged.latest("patient-1"), forged.signatures()) == (0, None, ())
    forged.append(LOOK)
    assert (forged.tip().number, offices.store("north").tip().number) == (1, 3)


def test_an_office_that_nobody_names_is_refused_and_sees_nothing(offices: Any) -> None:
    store = offices.store(lambda: None)
    for look in (store.tip, store.signatures, lambda: store.save(ASSESSMENT), lambda: store.tenant):
        with pytest.raises(StoreError, match="Sign in"):
            look()
    with pytest.raises(StoreError):
        offices.store(lambda: "").tip()
    with pytest.raises(StoreError):
        offices.store("")


def test_one_process_serves_many_offices_at_once_and_keeps_each_chain_whole(offices: Any) -> None:
    signed_in = threading.local()
    store = offices.store(lambda: getattr(signed_in, "office", None))

    def work(office: str) -> None:
        signed_in.office = office
        for _ in range(5):
            store.save(ASSESSMENT)

    threads = [threading.Thread(target=work, args=[f"office-{number}"]) for number in (1, 2, 3, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = {office: store.of_tenant(office).tip().number for office in ("office-1", "office-2", "office-3")}
    assert numbers == {"office-1": 10, "office-2": 5, "office-3": 5}
    assert all(store.of_tenant(office).verify() is None for office in numbers)
    assert store.of_tenant("office-2").of_tenant("office-2").tenant == "office-2"


def test_a_host_that_commits_each_statement_still_sees_its_own_office_alone(offices: Any) -> None:
    store = SQLStore(offices.engine(offices.app, isolation_level="AUTOCOMMIT"), "north")
    fill(store)
    assert (store.tip().number, store.verify()) == (3, None)
    assert offices.store("south").tip().number == 0


def test_an_sqlite_file_must_know_its_office(sqlite: Any) -> None:
    with pytest.raises(StoreError, match="one office"):
        SQLStore(sqlite.url(), lambda: "north", create=True)
