"""A host with Flask-SQLAlchemy and Flask-Migrate: its session, its tables and its migrations, and ours beside them."""

from __future__ import annotations

import logging.config
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import Migrate, migrate, upgrade
from flask_migrate import init as begin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect
from sqlalchemy.orm import Mapped, mapped_column

from dentalpain.storage import keep_our_tables
from dentalpain.storage.sql_store import SQLStore
from tests.web.samples import HandwrittenService

from .office import an_app, mount, open_visit


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'host.sqlite3').as_posix()}"


@pytest.fixture
def host(url: str) -> Any:
    """An app whose tables and ours stand in one SQLite file."""
    app = an_app(SQLALCHEMY_DATABASE_URI=url)
    db = SQLAlchemy(app)

    class Chair(db.Model):  # type: ignore[name-defined,misc]  # the base class is made at run time
        id: Mapped[int] = mapped_column(primary_key=True)
        color: Mapped[str]

    store = SQLStore(url, create=True)
    mount(app, service=HandwrittenService(store))
    yield app, db, Chair
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def tables(db: SQLAlchemy) -> set[str]:
    return set(inspect(db.engine).get_table_names())


def test_creating_and_dropping_the_hosts_tables_leaves_ours(host: Any, url: str) -> None:
    app, db, _ = host
    open_visit(app.test_client())
    with app.app_context():
        ours = tables(db)
        db.create_all()
        assert tables(db) == ours | {"chair"}
        db.drop_all()
        assert tables(db) == ours and all(name.startswith("dentalpain_") for name in ours)
    assert SQLStore(url).tip().number > 0


def test_the_hosts_open_session_is_neither_committed_nor_rolled_back_by_our_pages(host: Any) -> None:
    app, db, Chair = host
    with app.app_context():
        db.create_all()

    @app.before_request
    def begin_something() -> None:
        db.session.add(Chair(color="blue"))

    seen = []
    app.after_request(lambda response: (seen.append(len(db.session.new)), response)[1])
    open_visit(app.test_client())
    assert seen == [1, 1]  # one chair for each of the two requests, still waiting for the host
    with app.app_context():
        assert db.session.query(Chair).count() == 0


def test_our_tables_are_none_of_the_hosts_models(host: Any) -> None:
    _, db, _ = host
    assert set(db.metadata.tables) == {"chair"}


@pytest.mark.filterwarnings("ignore:'get_engine' is deprecated:DeprecationWarning")  # env.py of Flask-Migrate's template
def test_the_hosts_migrations_neither_drop_ours_nor_share_their_version(
    host: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, db, _ = host
    folder = str(tmp_path / "migrations")
    monkeypatch.setattr(logging.config, "fileConfig", lambda *arguments: None)  # it would silence the loggers of all tests
    Migrate(app, db, directory=folder, include_object=keep_our_tables)
    open_visit(app.test_client())
    with app.app_context():
        ours = tables(db)
        begin(folder)
        migrate(folder)
        upgrade(folder)
        assert tables(db) == ours | {"chair", "alembic_version"}
    [written] = (tmp_path / "migrations" / "versions").glob("*.py")
    assert "dentalpain" not in written.read_text(encoding="utf-8")
    open_visit(app.test_client())


def test_a_store_over_the_hosts_engine_uses_no_session_of_the_host(url: str) -> None:
    app = an_app(SQLALCHEMY_DATABASE_URI=url)
    db = SQLAlchemy(app)
    with app.app_context():
        SQLStore(url, create=True)
        store = SQLStore(db.engine)
        mount(app, service=HandwrittenService(store))
        open_visit(app.test_client())
        assert store.tip().number > 0 and not db.session.new and not db.session.dirty
        db.engine.dispose()
