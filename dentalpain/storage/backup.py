"""A backup of an SQLite store while it is in use, and the way back. PostgreSQL has its own tools."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from ..errors import StoreError
from .engines import open_engine
from .sql_store import SQLStore

_NOT_A_STORE = "This file is not a whole backup of a store."


def back_up(engine: Engine, tenant: str, target: Path) -> None:
    """Write an SQLite store as it stands at one moment into a new file, and check what was written.

    Raises StoreError for a store that is not in SQLite, for a file that exists already, and for a copy that is not
    whole, which is removed.
    """
    source = file_of(engine)
    if target.exists():
        raise StoreError("The file of the backup exists already. Name a new one: a backup is never overwritten.")
    part: Path | None = None
    try:
        # Made so that nobody else may read what stands in it.
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem[:40]}-", suffix=".part")
        os.close(handle)
        part = Path(name)
        _copy(source, part)
        _check(part, tenant)
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The backup cannot be written: {_reason(error)}.") from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def put_back(engine: Engine, tenant: str, source: Path, aside: Path) -> SQLStore:
    """Put a backup in the place of all that an SQLite store holds, bring it up to date, and open it.

    What stood there is kept in the file `aside`. Whoever has the store open sees the old content or the new. Raises
    StoreError, and leaves the store as it is, for a file that is no backup of this office, and where the audit trail
    of the backup is not whole.
    """
    target = file_of(engine)
    try:
        _check(source, tenant)
        _try(source, target.parent, tenant)
        engine.dispose()
        _set_aside(target, aside)
        _copy(source, target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The backup cannot be put back: {_reason(error)}.") from None
    _upgrade(engine)
    return SQLStore(engine, tenant)


def file_of(engine: Engine) -> Path:
    """The file of an SQLite store; raises StoreError for another database."""
    if engine.dialect.name != "sqlite":
        raise StoreError("Only a store in SQLite is a file; an office in PostgreSQL is copied by dentalpain store backup.")
    return Path(str(engine.url.database))


def _copy(source: Path, target: Path) -> None:
    """Copy all pages through SQLite; a new copy keeps no log beside it, one that others use keeps its own."""
    with closing(sqlite3.connect(source, timeout=30)) as read, closing(sqlite3.connect(target, timeout=30)) as written:
        in_use = written.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        read.backup(written)
        if not in_use:
            written.execute("PRAGMA journal_mode = DELETE")


def _check(path: Path, tenant: str) -> None:
    """Raise StoreError for a file that is no whole store of this office."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            owners = connection.execute("SELECT tenant FROM dentalpain_tenants").fetchall()
    except sqlite3.Error:
        raise StoreError(_NOT_A_STORE) from None
    if not whole:
        raise StoreError(_NOT_A_STORE)
    if owners not in ([(tenant,)], []):
        raise StoreError("This backup belongs to another office.")


def _try(source: Path, folder: Path, tenant: str) -> None:
    """Open and verify a copy, so that nothing is overwritten by a backup that would not open."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as private:
        trial = Path(private) / "trial.db"
        _copy(source, trial)
        engine = open_engine(f"sqlite:///{trial.as_posix()}")
        try:
            _upgrade(engine)
            broken = SQLStore(engine, tenant).verify()
        finally:
            engine.dispose()
    if broken is not None:
        raise StoreError(f"The audit trail of the backup is not as it was written, from entry {broken} on.")


def _set_aside(target: Path, aside: Path) -> None:
    """Keep what stands in the store, readable or not, under another name."""
    if not target.exists():
        return
    try:
        _copy(target, aside)
    except sqlite3.OperationalError:
        raise  # no room, or somebody holds it: the store itself can be read
    except sqlite3.DatabaseError:
        aside.unlink(missing_ok=True)
        for ending in ("-wal", "-shm", ""):
            part = Path(f"{target}{ending}")
            if part.exists():
                part.rename(f"{aside}{ending}")


def _upgrade(engine: Engine) -> None:
    from . import migrate  # Alembic is loaded only by whoever needs it

    migrate.upgrade(engine)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
