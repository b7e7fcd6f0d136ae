"""An Open Dental database in a real MariaDB, made for one test run and dropped after it."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

import dentalpain.practice.open_dental as package

from . import office

MARIADB = os.environ.get("DENTALPAIN_TEST_MARIADB", "mysql+pymysql://root@127.0.0.1:3306")
GRANTS = Path(package.__file__).parent / "grants.sql"


@dataclass(frozen=True)
class Office:
    """The database as its owner sees it, and the address of the account that the grants made."""

    owner: Engine
    url: URL

    def run(self, statement: str, **values: Any) -> None:
        with self.owner.begin() as connection:
            connection.execute(text(statement), values)


def statements(script: str) -> list[str]:
    """The statements of an SQL file without its comments."""
    return [part.strip() for part in re.sub(r"--[^\n]*", "", script).split(";") if part.strip()]


@contextmanager
def open_office() -> Iterator[Office]:
    """The office's database with the grants in force; skips where no server answers."""
    try:
        server = create_engine(MARIADB)
        server.connect().close()
        server.dispose()
    except OperationalError:
        if os.environ.get("DENTALPAIN_REQUIRE_ALL") == "1":
            pytest.fail("MariaDB cannot be reached")
        pytest.skip("MariaDB cannot be reached: set DENTALPAIN_TEST_MARIADB")
    with made_office() as found:
        yield found


@contextmanager
def made_office() -> Iterator[Office]:
    """The same; raises OperationalError where no server answers."""
    name, password = f"dentalpain_test_{secrets.token_hex(6)}", secrets.token_hex(12)
    user = f"dp_{secrets.token_hex(6)}"
    server = create_engine(MARIADB)
    with server.begin() as connection:
        connection.execute(text(f"CREATE DATABASE {name} CHARACTER SET utf8mb3"))
    owner = create_engine(make_url(MARIADB).set(database=name))
    try:
        _fill(owner)
        _grant(owner, name, user, password)
        yield Office(owner, make_url(MARIADB).set(database=name, username=user, password=password))
    finally:
        with server.begin() as connection:
            connection.execute(text(f"DROP DATABASE {name}"))
            connection.execute(text(f"DROP USER IF EXISTS '{user}'@'%'"))
        owner.dispose()
        server.dispose()


def _fill(owner: Engine) -> None:
    with owner.begin() as connection:
        for statement in statements((Path(__file__).parent / "tables.sql").read_text(encoding="utf-8")):
            connection.execute(text(statement))
        for table, rows in office.TABLES.items():
            columns = list(rows[0])
            holes = ", ".join(f":{column}" for column in columns)
            connection.execute(text(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({holes})"), rows)


def _grant(owner: Engine, database: str, user: str, password: str) -> None:
    """Run the script that ships, with the three edits that it asks for."""
    script = GRANTS.read_text(encoding="utf-8").replace("'dentalpain'@'localhost'", f"'{user}'@'%'")
    script = script.replace("write a long password here", password).replace("opendental.", f"{database}.")
    with owner.begin() as connection:
        for statement in statements(script):
            connection.exec_driver_sql(statement.replace("%", "%%"))
