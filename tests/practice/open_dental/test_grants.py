"""The script that ships gives what is read and nothing else: the server itself refuses the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from dentalpain.practice.open_dental import queries

from . import office as charts
from .server import GRANTS, Office, statements

# Error numbers of MariaDB.
TABLE_DENIED, COLUMN_DENIED = 1142, 1143

REFUSED = [
    ("SELECT SSN FROM patient", COLUMN_DENIED),
    ("SELECT COUNT(SSN) FROM patient WHERE PatNum = 101", COLUMN_DENIED),
    ("SELECT PatNum FROM patient WHERE SSN LIKE '9%'", COLUMN_DENIED),
    ("SELECT * FROM patient", TABLE_DENIED),
    ("UPDATE patient SET LName = 'x'", TABLE_DENIED),
    ("UPDATE medicationpat SET DateStop = '2026-11-24'", TABLE_DENIED),
    ("INSERT INTO allergy (PatNum, AllergyDefNum) VALUES (101, 1)", TABLE_DENIED),
    ("DELETE FROM disease", TABLE_DENIED),
    ("DROP TABLE rxpat", TABLE_DENIED),
    ("CREATE TABLE extra (id int)", TABLE_DENIED),
]


@pytest.fixture(scope="module")
def account(office: Office) -> Iterator[Engine]:
    """A connection as the account, without the adapter and its read-only transaction between."""
    engine = create_engine(office.url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(("statement", "number"), REFUSED)
def test_the_server_refuses_the_ssn_everything_at_once_and_every_change(
    account: Engine, statement: str, number: int
) -> None:
    with pytest.raises(DBAPIError) as caught, account.begin() as connection:
        connection.execute(text(statement))
    assert caught.value.orig is not None and caught.value.orig.args[0] == number
    assert charts.DATABASE_SSN not in str(caught.value)


def granted() -> dict[str, set[str]]:
    """The columns of each table in the script."""
    found: dict[str, set[str]] = {}
    for statement in statements(GRANTS.read_text(encoding="utf-8")):
        match = re.fullmatch(r"GRANT SELECT \(([^)]*)\)\s+ON opendental\.(\w+) TO 'dentalpain'@'localhost'", statement)
        if match:
            found[match[2]] = {column.strip() for column in match[1].split(",")}
    return found


def read() -> dict[str, set[str]]:
    """The columns of each table in the statements of the adapter."""
    found: dict[str, set[str]] = {}
    for name, statement in vars(queries).items():
        if name.isupper() and isinstance(statement, str):
            tables = dict((alias, table) for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) (\w)\b", statement))
            for alias, column in re.findall(r"\b(\w)\.(\w+)", statement):
                found.setdefault(tables[alias], set()).add(column)
    return found


def test_the_script_grants_exactly_the_columns_that_are_read() -> None:
    assert granted() == read()
    assert len(granted()) == 11


def test_no_statement_asks_for_all_columns() -> None:
    assert not [name for name, sql in vars(queries).items() if name.isupper() and isinstance(sql, str) and "*" in sql]


LISTS = ["PROBLEMS", "ALLERGIES", "MEDICINES", "PRESCRIPTIONS", "PROCEDURES"]


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_of_a_patient_go_along_the_index_of_the_patient_number(office: Office, name: str) -> None:
    values = {"patient": 106, "most": 10, "day": "2026-11-24", "next_day": "2026-11-25"}
    with office.owner.begin() as connection:
        plan = connection.execute(text(f"EXPLAIN {getattr(queries, name)}"), values).mappings().all()
    first = plan[0]  # a table of ten rows may be read whole, but the index must be there to choose
    assert "PatNum" in str(first["possible_keys"]).split(",")


def test_the_script_has_only_the_edits_that_it_names() -> None:
    made = [one for one in statements(GRANTS.read_text(encoding="utf-8")) if not one.startswith("GRANT SELECT (")]
    assert made == ["CREATE USER 'dentalpain'@'localhost' IDENTIFIED BY 'write a long password here'"]
