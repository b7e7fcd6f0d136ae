"""The three places a store can be: memory, an SQLite file, PostgreSQL."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from dentalpain.storage import AssessmentStore, MemoryStore, migrate
from dentalpain.storage.roles import grants
from dentalpain.storage.sql_store import SQLStore
from dentalpain.storage.tables import metadata

POSTGRES = os.environ.get("DENTALPAIN_TEST_POSTGRES", "postgresql+psycopg://root@127.0.0.1:5432/test")


class Memory:
    """Stores in memory, with a hand that can reach under their audit trail."""

    def __init__(self) -> None:
        self.stores: dict[str, MemoryStore] = {}

    def open(self, tenant: str = "default") -> AssessmentStore:
        return self.stores.setdefault(tenant, MemoryStore(tenant))

    def forge(self, number: int, **values: Any) -> None:
        self.stores["default"]._audit[number - 1].update(values)

    def remove(self, number: int) -> None:
        del self.stores["default"]._audit[number - 1]


class Database:
    """Stores in a database, with a hand that can do to it what its owner can."""

    def __init__(self, url_of: Callable[[str], str]) -> None:
        self.url_of, self.opened = url_of, list[SQLStore]()

    def url(self, tenant: str = "default") -> str:
        return self.url_of(tenant)

    def open(self, tenant: str = "default") -> SQLStore:
        store = SQLStore(self.url(tenant), tenant, create=True)
        self.opened.append(store)
        return store

    def run(self, *statements: str, **values: Any) -> list[Any]:
        """Run statements as the owner of the database; the rows of the last one, if it has any."""
        engine = create_engine(self.url())
        try:
            with engine.begin() as connection:
                for statement in statements[:-1]:
                    connection.execute(text(statement))
                answer = connection.execute(text(statements[-1]), values)
                return list(answer) if answer.returns_rows else []
        finally:
            engine.dispose()

    def forge(self, number: int, **values: Any) -> None:
        changes = ", ".join(f"{name} = :{name}" for name in values)
        self.run(*self._unguarded(), f"UPDATE dentalpain_audit SET {changes} WHERE number = {number}", **values)

    def remove(self, number: int) -> None:
        self.run(*self._unguarded(), f"DELETE FROM dentalpain_audit WHERE number = {number}")

    def _unguarded(self) -> list[str]:
        if self.url().startswith("sqlite"):
            return [f"DROP TRIGGER IF EXISTS dentalpain_audit_no_{it}" for it in ("update", "delete", "replace")]
        return ["ALTER TABLE dentalpain_audit DISABLE TRIGGER USER"]

    def close(self) -> None:
        for store in self.opened:
            store.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(lambda tenant: f"sqlite:///{tmp_path / tenant}.db")
    yield database
    database.close()


class Offices:
    """Tables in PostgreSQL that one role owns and another, narrow one uses; a superuser may look at both."""

    def __init__(self, superuser: Database, name: str) -> None:
        self.superuser, self.owner, self.app = superuser, f"{name}_owner", f"{name}_app"
        self.opened = list[SQLStore | Engine]()

    def url(self, role: str) -> str:
        """The address under which a role signs in."""
        signed_in = make_url(self.superuser.url()).set(username=role, password="for-tests")
        return signed_in.render_as_string(hide_password=False)

    def engine(self, role: str, **options: Any) -> Engine:
        engine = create_engine(self.url(role), **options)
        self.opened.append(engine)
        return engine

    def store(self, tenant: Any, role: str | None = None) -> SQLStore:
        store = SQLStore(self.url(role or self.app), tenant)
        self.opened.append(store)
        return store

    def close(self) -> None:
        for held in self.opened:
            held.dispose() if isinstance(held, Engine) else held.close()


# Tests need no disk to have the last word.
HASTY = "-csynchronous_commit=off"


@contextmanager
def a_schema() -> Iterator[str]:
    """The address of PostgreSQL with a new, empty schema, for as long as it is needed."""
    owner = create_engine(make_url(POSTGRES).update_query_dict({"options": HASTY}))
    schema = f"dentalpain_test_{secrets.token_hex(6)}"
    try:
        with owner.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        if os.environ.get("DENTALPAIN_REQUIRE_ALL") == "1":
            pytest.fail("PostgreSQL cannot be reached")
        pytest.skip("PostgreSQL cannot be reached: set DENTALPAIN_TEST_POSTGRES")
    url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema} {HASTY}"})
    yield url.render_as_string(hide_password=False)
    with owner.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    owner.dispose()


@pytest.fixture
def postgresql() -> Iterator[Database]:
    """PostgreSQL in a schema of this test alone, without tables."""
    with a_schema() as url:
        database = Database(lambda _tenant: url)
        yield database
        database.close()


@pytest.fixture(scope="session")
def migrated() -> Iterator[str]:
    """The address of a schema with all tables: the migrations take longer than most tests that only need them done."""
    with a_schema() as url:
        engine = create_engine(url)
        migrate.upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, which no office has opened yet."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    engine = create_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def copied(blank: Path, tmp_path: Path) -> Iterator[Database]:
    """SQLite with all tables, a file for each office."""

    def address(tenant: str) -> str:
        path = tmp_path / f"{tenant}.db"
        if not path.exists():
            shutil.copyfile(blank, path)
        return f"sqlite:///{path}"

    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def emptied(migrated: str) -> Iterator[Database]:
    """PostgreSQL with all tables, their guards in force, and no row in them."""
    database = Database(lambda _tenant: migrated)
    yield database
    database.close()
    # A role that replicates is not held by triggers; what a test has switched off stands guard again.
    emptying = [f"DELETE FROM {table}" for table in metadata.tables]
    database.run("SET LOCAL session_replication_role = replica", *emptying, "ALTER TABLE dentalpain_audit ENABLE TRIGGER USER")


@pytest.fixture
def offices(postgresql: Database) -> Iterator[Offices]:
    """The tables as a narrow role of an app meets them."""
    [(schema,)] = postgresql.run("SELECT current_schema()")
    held = Offices(postgresql, schema)
    roles = (held.owner, held.app)
    postgresql.run(*(f"CREATE ROLE {role} LOGIN PASSWORD 'for-tests'" for role in roles))
    postgresql.run(f"GRANT USAGE ON SCHEMA {schema} TO {held.app}", f"GRANT ALL ON SCHEMA {schema} TO {held.owner}")
    owner = held.engine(held.owner)
    migrate.upgrade(owner)
    with owner.begin() as connection:
        for statement in grants(held.app):
            connection.execute(text(statement))
    yield held
    held.close()
    postgresql.run(*(f"DROP OWNED BY {role} CASCADE" for role in roles))
    postgresql.run(*(f"DROP ROLE {role}" for role in roles))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each database in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Database)
    return found


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Memory | Database:
    """Each place in turn."""
    if request.param == "memory":
        return Memory()
    found = request.getfixturevalue({"sqlite": "copied", "postgresql": "emptied"}[request.param])
    assert isinstance(found, Database)
    return found
