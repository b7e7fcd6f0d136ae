"""The connection to the database of Open Dental: read-only transactions, each statement stopped after a few seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from ...engine_log import discreet
from ...errors import PracticeError
from .cells import Row

# Error numbers of MariaDB and MySQL, and what the office can do about them. No message of the server is passed on:
# it may quote a value.
SENTENCES = {
    (1044, 1045): "The database does not let this user in. Check user, password and machine in the address.",
    (1142, 1143): "The database user may not read all that is needed. Run grants.sql of dentalpain again.",
    (1049,): "There is no such database on the server. Write its name at the end of the address.",
    (1054, 1146): "A table or column is missing. Open Dental 22.1 or later is read.",
    (1969, 3024): "The statement took too long and was stopped. Try again when the server is less busy.",
    (2002, 2003, 2006, 2013): "The database does not answer. Check that the server runs and can be reached from here.",
}


class Database:
    """Reads rows; changes nothing, and leaves the sessions of a host's engine as they were."""

    def __init__(self, url_or_engine: str | URL | Engine, timeout_seconds: int) -> None:
        given = url_or_engine if isinstance(url_or_engine, Engine) else _engine(url_or_engine, timeout_seconds)
        self._engine = discreet(given)
        self._timeout = timeout_seconds
        if self._engine.dialect.name not in ("mysql", "mariadb"):
            raise PracticeError(
                "Open Dental runs on MariaDB or MySQL. Write mysql+pymysql://user:password@host/opendental"
            )

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One read-only transaction. Raises PracticeError, which repeats nothing of the rows or of the server."""
        try:
            with self._engine.connect() as connection, self._limited(connection):
                yield Reader(connection)
        except SQLAlchemyError as error:
            raise PracticeError(_sentence(error)) from None

    @contextmanager
    def _limited(self, connection: Connection) -> Iterator[None]:
        """A limit in seconds on MariaDB, in milliseconds on MySQL, for as long as the connection is ours."""
        mariadb = bool(getattr(connection.dialect, "is_mariadb", False))
        name, most = ("max_statement_time", self._timeout) if mariadb else ("max_execution_time", self._timeout * 1000)
        connection.exec_driver_sql(f"SET SESSION {name} = {most}")
        try:
            connection.exec_driver_sql("START TRANSACTION READ ONLY")
            yield
        finally:
            if not connection.invalidated:
                connection.rollback()
                connection.exec_driver_sql(f"SET SESSION {name} = DEFAULT")

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


class Reader:
    """One open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, **values: Any) -> Sequence[Row]:
        """The rows of a statement, by the names of their columns."""
        found = self._connection.execute(text(statement), values).mappings()
        return [{str(name): cell for name, cell in row.items()} for row in found]


def _engine(url: str | URL, timeout_seconds: int) -> Engine:
    try:
        address = make_url(url)
        if address.drivername in ("mysql", "mariadb"):
            address = address.set(drivername=f"{address.drivername}+pymysql")
        waits = {"connect_timeout": timeout_seconds, "read_timeout": 2 * timeout_seconds}
        extra = {"charset": "utf8mb4", **waits} if address.get_driver_name() == "pymysql" else {}
        kept: dict[str, Any] = {"pool_pre_ping": True, "pool_recycle": 1800, "connect_args": extra}
        return create_engine(address, hide_parameters=True, **kept)
    except ModuleNotFoundError:
        raise PracticeError("The driver of the database is missing. Run: pip install dentalpain[mysql]") from None
    except (ArgumentError, SQLAlchemyError):
        raise PracticeError(
            "The address of the database cannot be read. Write mysql+pymysql://user:password@host/opendental"
        ) from None


def _sentence(error: SQLAlchemyError) -> str:
    number = error.orig.args[0] if isinstance(error, DBAPIError) and error.orig and error.orig.args else None
    for numbers, sentence in SENTENCES.items():
        if number in numbers:
            return sentence
    return (
        f"The database refused what was asked (error {number})." if isinstance(number, int) else "The database failed."
    )
