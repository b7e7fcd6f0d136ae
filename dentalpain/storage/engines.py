"""Opening a database: SQLite for one office, PostgreSQL for many."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError

from ..engine_log import discreet
from ..errors import StoreError

# The two numbers of a PostgreSQL advisory lock: this one is ours, the second tells the tenants apart.
_LOCK = 0x64656E74

_SWITCH_ATTEMPTS = 200

KINDS = ("sqlite", "postgresql")
PSYCOPG = "postgresql+psycopg"  # SQLAlchemy knows no `postgres://`, as hosting services write it

# What psycopg raises for SQLSTATE 42501, a missing grant or a row that a policy keeps out.
_NO_RIGHT = "InsufficientPrivilege"


def open_engine(url: str | URL, *, create: bool = False) -> Engine:
    """An engine for the address of a store, such as `sqlite:///office.db` or `postgresql://…`.

    SQLite runs with a write-ahead log, full synchronisation and foreign keys, and overwrites what is deleted. Raises
    StoreError for an address that cannot be used and, without `create`, for an SQLite file that does not exist.
    """
    address = _address(url)
    _check_kind(address)
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite:
        _check_file(address, create)
    try:
        waits = {"timeout": 30} if sqlite else {}
        engine = create_engine(address, hide_parameters=True, pool_pre_ping=not sqlite, connect_args=waits)
    except (ModuleNotFoundError, NoSuchModuleError, ArgumentError):
        driver = "pip install dentalpain[postgresql]" if address.drivername == PSYCOPG else "install it"
        raise StoreError(f"The driver for {address.drivername} cannot be loaded: {driver}.") from None
    if sqlite:
        event.listen(engine, "connect", _set_up_sqlite)
    return discreet(engine)


def check_backend(engine: Engine) -> None:
    """Raise StoreError for a database that the store was not made for."""
    if engine.dialect.name not in KINDS:
        raise StoreError(f"A store on {engine.dialect.name} is not supported. Use SQLite or PostgreSQL.")


def hold_writers(connection: Connection, name: str) -> None:
    """Let no other writer of the same name in until this transaction ends.

    To be called before anything else in the transaction. PostgreSQL holds one lock per name; SQLite has one writer
    per file. On SQLite the engine of a host may have begun with a plain BEGIN, which would ask for the lock too late.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK, func.hashtext(name))))
        return
    if cast(Any, connection.connection.driver_connection).in_transaction:
        connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def clear_log(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which still holds what was deleted; readers that are busy put it off."""
    if engine.dialect.name == "sqlite":
        with store_errors(), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what SQLAlchemy raises into a StoreError; the values of a statement are never repeated."""
    try:
        yield
    except OperationalError as error:
        lines = str(error.orig).strip().splitlines() or ["no reason given"]
        raise StoreError(f"The database of the store does not answer: {lines[0]}.") from None
    except SQLAlchemyError as error:
        kind = type(error.orig if isinstance(error, DBAPIError) else error).__name__
        mend = (
            " The role of this connection lacks a right; see: dentalpain db grants --help" if kind == _NO_RIGHT else ""
        )
        raise StoreError(f"The database refused what the store asked ({kind}).{mend}") from None


def _address(url: str | URL) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreError(
            "The address of the store cannot be read. Write sqlite:///office.db or postgresql://…"
        ) from None
    return address.set(drivername=PSYCOPG) if address.drivername in ("postgresql", "postgres") else address


def _check_kind(address: URL) -> None:
    """Raise StoreError for a database of another kind before its driver is asked for."""
    kind = address.get_backend_name()
    if kind not in KINDS:
        raise StoreError(f"A store on {kind[:20]} is not supported. Write sqlite:///office.db or postgresql://…")


def _check_file(address: URL, create: bool) -> None:
    if address.database in (None, "", ":memory:"):
        raise StoreError("An SQLite store needs a file: write sqlite:///office.db, or use MemoryStore.")
    if not create and not str(address.database).startswith("file:") and not Path(str(address.database)).exists():
        raise StoreError("The SQLite file of the store does not exist. Run: dentalpain db upgrade")


def _set_up_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Switch a new file to its write-ahead log, for which SQLite alone would not wait until others are done."""
    for _ in range(_SWITCH_ATTEMPTS):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        time.sleep(0.05)
    cursor.execute("PRAGMA journal_mode = WAL")
