"""The three places a store can be: memory, an SQLite file, PostgreSQL."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from dentalpain.storage import AssessmentStore, MemoryStore
from dentalpain.storage.sql_store import SQLStore

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


@pytest.fixture
def postgresql() -> Iterator[Database]:
    """PostgreSQL in a schema of this test alone."""
    owner, schema = create_engine(POSTGRES), f"dentalpain_test_{secrets.token_hex(6)}"
    try:
        with owner.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        if os.environ.get("DENTALPAIN_REQUIRE_ALL") == "1":
            pytest.fail("PostgreSQL cannot be reached")
        pytest.skip("PostgreSQL cannot be reached")
    url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
    database = Database(lambda _tenant: url.render_as_string(hide_password=False))
    yield database
    database.close()
    with owner.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    owner.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each database in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Database)
    return found


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Memory | Database:
    """Each place in turn."""
    return Memory() if request.param == "memory" else request.getfixturevalue(request.param)
