"""The connection: read-only, stopped in time, and silent about what it held when it fails."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time

import pytest
from sqlalchemy import create_engine, text

from dentalpain.errors import PracticeError
from dentalpain.practice.open_dental import OpenDental
from dentalpain.practice.open_dental.database import Database

from .server import Office

ON = dt.date(2026, 11, 24)

# Nine patients, crossed with themselves eight times: 387 million rows, on a column that the account may read.
LETTERS = "abcdefghi"
RUNAWAY = (
    f"SELECT a.PatNum FROM {', '.join(f'patient {letter}' for letter in LETTERS)} "
    f"WHERE {' + '.join(f'{letter}.PatNum' for letter in LETTERS)} < 0"
)


def test_a_statement_that_runs_away_is_stopped_by_the_server(office: Office) -> None:
    database = Database(office.url, timeout_seconds=1)
    started = time.monotonic()
    with pytest.raises(PracticeError, match="too long and was stopped"), database.reading() as reader:
        reader.rows(RUNAWAY)
    assert time.monotonic() - started < 5
    with database.reading() as reader:
        assert len(reader.rows("SELECT p.PatNum FROM patient p")) == 9
    database.close()


def test_even_an_account_that_may_write_cannot_write_through_the_adapter(office: Office) -> None:
    database = Database(office.owner, timeout_seconds=5)
    with pytest.raises(PracticeError, match="1792"), database.reading() as reader:
        reader.rows("UPDATE patient SET MedUrgNote = 'changed'")
    with office.owner.begin() as connection:
        changed = connection.execute(text("SELECT COUNT(PatNum) FROM patient WHERE MedUrgNote = 'changed'")).scalar()
    assert changed == 0


def test_the_sessions_of_a_hosts_engine_are_left_as_they_were(office: Office) -> None:
    engine = create_engine(office.url, pool_size=1, max_overflow=0)
    adapter = OpenDental(engine, timeout_seconds=3)
    adapter.find_record("101", ON)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT @@SESSION.max_statement_time")).scalar() == 0
        assert connection.execute(text("SELECT @@SESSION.tx_read_only")).scalar() == 0
    engine.dispose()


def test_a_wrong_password_is_told_without_password_and_user(office: Office) -> None:
    adapter = OpenDental(office.url.set(password="not-this-one"))
    with pytest.raises(PracticeError, match="does not let this user in") as caught:
        adapter.patients_on(ON)
    assert "not-this-one" not in str(caught.value) and str(office.url.username) not in str(caught.value)


def test_a_server_that_is_not_there_is_told() -> None:
    adapter = OpenDental("mysql+pymysql://dentalpain:secret@127.0.0.1:1/opendental", timeout_seconds=1)
    with pytest.raises(PracticeError, match="does not answer") as caught:
        adapter.find_record("101", ON)
    assert "secret" not in str(caught.value) and caught.value.__suppress_context__


@pytest.mark.parametrize("statement", ["SELECT r.NoSuchColumn FROM rxpat r", "SELECT n.RxNum FROM no_such_table n"])
def test_a_version_that_lacks_a_column_or_table_is_told(office: Office, statement: str) -> None:
    database = Database(office.owner, timeout_seconds=5)
    with pytest.raises(PracticeError, match=r"22\.1 or later"), database.reading() as reader:
        reader.rows(statement)


def test_a_table_outside_the_grants_is_told_with_the_script(office: Office) -> None:
    database = Database(office.url, timeout_seconds=5)
    with pytest.raises(PracticeError, match=r"grants\.sql"), database.reading() as reader:
        reader.rows("SELECT p.SSN FROM patient p")
    database.close()


@pytest.mark.parametrize("address", ["", "not an address", "sqlite:///office.db", "mysql+nodriver://host/opendental"])
def test_an_address_that_cannot_be_used_is_refused_with_what_to_write(address: str) -> None:
    with pytest.raises(PracticeError, match=r"mysql|driver"):
        OpenDental(address)


def test_sqlalchemy_is_loaded_only_when_a_database_is_opened() -> None:
    code = "import sys, dentalpain.practice.open_dental; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
