"""Whatever a host logs of SQLAlchemy, our statements carry no value and no row into it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from dentalpain.storage.sql_store import SQLStore

from .samples import ASSESSMENT

WORDS = ("ibuprofen", "29.10", "patient-1", "quoted")  # of ASSESSMENT: what goes in and what comes out


@pytest.fixture
def heard() -> Iterator[list[logging.LogRecord]]:
    """Every record of SQLAlchemy at DEBUG, as a host sees it that logs everything."""
    records: list[logging.LogRecord] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger, ear = logging.getLogger("sqlalchemy"), Ear()
    level, handlers = logger.level, [*logger.handlers]
    logger.setLevel(logging.DEBUG)
    logger.addHandler(ear)
    yield records
    logger.setLevel(level)
    logger.handlers[:] = handlers  # an engine with echo=True adds one that stays


def work(store: Any) -> None:
    store.find(store.save(ASSESSMENT))
    store.export_patient("patient-1", "dentist-7", ASSESSMENT.saved_at)


def said(records: list[logging.LogRecord]) -> str:
    return "\n".join(record.getMessage() for record in records)


def test_a_store_of_an_address_logs_statements_without_values(database: Any, heard: list[logging.LogRecord]) -> None:
    work(database.open())
    assert "INSERT INTO dentalpain_assessments" in said(heard)
    assert not [word for word in WORDS if word in said(heard)]


@pytest.mark.parametrize("echo", [False, True, "debug"])
def test_a_store_on_the_hosts_engine_does_so_too_and_the_hosts_own_log_stays(
    database: Any, heard: list[logging.LogRecord], echo: Any
) -> None:
    database.open()
    engine = create_engine(database.url(), echo=echo)
    try:
        work(SQLStore(engine))
        assert "INSERT INTO dentalpain_assessments" in said(heard)
        assert not [word for word in WORDS if word in said(heard)]
        with engine.connect() as connection:
            connection.execute(text("SELECT :word"), {"word": "a value of the host's"})
        assert "a value of the host's" in said(heard)
    finally:
        engine.dispose()
