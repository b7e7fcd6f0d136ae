"""Real databases beside the least that they ask: a patient of Open Dental end to end, and savings beside bare commits.

A server that does not answer is named and left out. Addresses: DENTALPAIN_TEST_MARIADB and DENTALPAIN_TEST_POSTGRES, as
the tests take them.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dentalpain.service import Service

from .timing import median_ms

DAY = dt.date(2026, 11, 24)
MOST_STATEMENTS = 6  # one patient and five lists
MOST_MS_OF_A_PATIENT = 250  # of a click that opens a visit
MOST_TIMES_BARE = 6.0  # a saving with its row of the trail, beside one row and one commit on the same database
SAVINGS = 100


def all_checks(service: Service) -> list[bool]:
    """Print a line for each comparison; whether each stays within its limit."""
    checks: list[bool] = []
    checks += _left_out("Open Dental on MariaDB", lambda: open_dental(service))
    with tempfile.TemporaryDirectory() as folder:
        checks += _savings("SQLite", f"sqlite:///{Path(folder) / 'pain.sqlite3'}")
    checks += _left_out("PostgreSQL", _on_postgresql)
    return checks


def _left_out(what: str, run: Callable[[], list[bool]]) -> list[bool]:
    """The checks of a server, or a line that it was not there."""
    from sqlalchemy.exc import OperationalError

    try:
        return run()
    except OperationalError:
        print(f"{what:44} left out: the server does not answer")
        return []


def _told(what: str, figures: str, good: bool) -> bool:
    print(f"{what:44} {figures}   {'ok' if good else 'TOO SLOW'}")
    return good


# -- Open Dental -------------------------------------------------------------------------------------------------------


def open_dental(service: Service) -> list[bool]:
    """A chart over the narrow account, read, judged and told: statements and milliseconds."""
    from sqlalchemy import create_engine, event

    from dentalpain.practice.files import read_document
    from dentalpain.practice.open_dental import OpenDental
    from tests.practice.open_dental.office import LEFTOVERS
    from tests.practice.open_dental.server import made_office

    with made_office() as office:
        engine = create_engine(office.url, pool_size=1, max_overflow=0)
        sent: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
        practice, tools = OpenDental(engine), service.tools

        def chart() -> Any:
            return practice.find_record(str(LEFTOVERS), DAY)

        def whole() -> object:
            record = read_document(chart(), on=DAY, vocabulary=tools.vocabulary, names=tools.names)
            return service.review(record, prescribe=["ibuprofen 400 mg q6h #12"], indication="simple_extraction")

        chart()
        asked = sum(sql.lstrip().startswith("SELECT") for sql in sent)
        read, ours = median_ms(chart, 30), median_ms(whole, 15)
        engine.dispose()
    figures = f"{ours:8.2f} ms of {MOST_MS_OF_A_PATIENT} ms, {read:.2f} ms of it reading; {asked} statements of {MOST_STATEMENTS}"
    good = asked <= MOST_STATEMENTS and ours <= MOST_MS_OF_A_PATIENT
    return [_told("a patient of Open Dental, to the review", figures, good)]


# -- the store ---------------------------------------------------------------------------------------------------------


def _on_postgresql() -> list[bool]:
    with postgresql() as url:
        return _savings("PostgreSQL", url)


@contextmanager
def postgresql() -> Iterator[str]:
    """A schema of this run alone, in a server that commits as it is set to."""
    import secrets

    from sqlalchemy import create_engine, make_url, text

    address = make_url(os.environ.get("DENTALPAIN_TEST_POSTGRES", "postgresql+psycopg://root@127.0.0.1:5432/test"))
    owner, schema = create_engine(address), f"dentalpain_bench_{secrets.token_hex(6)}"
    with owner.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        named = address.update_query_dict({"options": f"-csearch_path={schema}"})
        yield named.render_as_string(hide_password=False)
    finally:
        with owner.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        owner.dispose()


def _savings(what: str, url: str) -> list[bool]:
    """A saving writes an assessment and its row of the trail in one durable transaction."""
    from sqlalchemy import text

    from dentalpain.storage import StoredAssessment
    from dentalpain.storage.sql_store import SQLStore

    store = SQLStore(url, create=True)
    now = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    held = {"text": "x" * 20_000}  # about what a review with its facts takes
    one = StoredAssessment("review", "patient-1", DAY, now, "dentist-7", held, held, "0", "0" * 64)
    with store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (held TEXT)"))

    def bare() -> None:
        with store.engine.begin() as connection:
            connection.execute(text("INSERT INTO bare VALUES (:held)"), {"held": "x" * 40_000})

    ours, least = median_ms(lambda: store.save(one), SAVINGS), median_ms(bare, SAVINGS)
    whole = store.verify() is None
    store.close()
    ratio = ours / least
    figures = f"{1000 / ours:8.0f} a second, {1000 / least:.0f} bare commits   ratio {ratio:5.2f} of {MOST_TIMES_BARE:g}"
    return [_told(f"savings with their trail, {what}", figures, whole and ratio <= MOST_TIMES_BARE)]
