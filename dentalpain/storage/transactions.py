"""Every look and every change happens in one transaction of one office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from ..errors import StoreError
from .engines import hold_writers, store_errors
from .rows import Row, checked_text

# The setting that the policies of PostgreSQL compare with the tenant of each row.
TENANT_SETTING = "dentalpain.tenant"

TenantOf = Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Work:
    """A transaction that is under way, and the office that it is for."""

    connection: Connection
    tenant: str


class Transactions:
    """Transactions on an engine for one office, or for the office that a callable of the host names each time."""

    def __init__(self, engine: Engine, tenant: str | TenantOf) -> None:
        self.engine = engine
        self._tenant = tenant if callable(tenant) else checked_text("The tenant", tenant)

    @property
    def fixed_tenant(self) -> str | None:
        """The office, where it is always the same one."""
        return self._tenant if isinstance(self._tenant, str) else None

    @property
    def tenant(self) -> str:
        """The office at this moment. Raises StoreError where the host's callable names none."""
        if isinstance(self._tenant, str):
            return self._tenant
        named = self._tenant()
        if named is None:
            raise StoreError(
                "Whose office this is, nobody has said, so nothing of the store is shown. "
                "Sign in; on the command line, name the office with --tenant."
            )
        return checked_text("The tenant", named)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A transaction that is given up at its end."""
        tenant = self.tenant
        with store_errors(), _connected(self.engine) as connection:
            _show_only(connection, tenant)
            yield Work(connection, tenant)

    @contextmanager
    def snapshot(self) -> Iterator[Work]:
        """A transaction that sees one moment however long it takes, and is given up at its end. PostgreSQL alone."""
        tenant = self.tenant
        with store_errors(), self.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
            _show_only(connection, tenant)
            yield Work(connection, tenant)

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """A transaction that is kept if nothing is raised; other writers of this tenant wait until it ends."""
        tenant = self.tenant
        with store_errors(), _connected(self.engine) as connection, connection.begin():
            hold_writers(connection, tenant)
            _show_only(connection, tenant)
            yield Work(connection, tenant)


def rows(work: Work, query: Select[Any]) -> Iterator[Row]:
    """The rows of a query of bounded length."""
    return (row._asdict() for row in work.connection.execute(query))


@contextmanager
def streamed(work: Work, query: Select[Any]) -> Iterator[Iterator[Row]]:
    """The rows of a query of any length, fetched as they are asked for."""
    with work.connection.execute(query.execution_options(yield_per=1000)) as result:
        yield (row._asdict() for row in result)


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # After waiting for the lock, the next statement must see the row that the other writer left; and a host
            # whose engine commits each statement would lose the tenant with the first.
            connection = connection.execution_options(isolation_level="READ COMMITTED")
        yield connection


def _show_only(connection: Connection, tenant: str) -> None:
    """SET LOCAL, as a function that takes the name as a value: it ends with the transaction, however that ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config(TENANT_SETTING, tenant, True)))
