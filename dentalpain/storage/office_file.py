"""One office of a PostgreSQL store as a file of JSON lines, and the way back; the row security binds both ways.

Every line but the last is the header or a row; the last one counts the rows and holds the SHA-256 of all before it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Date, Engine, Table, delete, insert, select, text

from ..errors import StoreError
from .audit_trail import first_broken
from .tables import REVISION, audit, metadata, tenants
from .transactions import Transactions, Work, streamed

KIND, FORMAT = "dentalpain office", 1
# Parents first; the tenants of an SQLite file are not an office's own.
TABLES: tuple[Table, ...] = tuple(table for table in metadata.sorted_tables if table is not tenants)
AT_ONCE = 500
_NOT_WHOLE = "This file is not a whole backup of an office."
_OWNED = text(
    "SELECT pg_catalog.pg_has_role(current_user, relowner, 'MEMBER') FROM pg_catalog.pg_class "
    "WHERE relname = 'dentalpain_audit' AND pg_catalog.pg_table_is_visible(oid)"
)


def back_up_office(engine: Engine, tenant: str, target: Path, at: dt.datetime) -> int:
    """Write the rows of an office as they stand at one moment into a new file; how many. Raises StoreError.

    Any role that may read the office will do, that of the app as well.
    """
    if target.exists():
        raise StoreError("The file of the backup exists already. Name a new one: a backup is never overwritten.")
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem[:40]}-", suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "wb") as file, Transactions(engine, tenant).snapshot() as work:
            count = _write(file, work, at)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        return count
    except OSError as error:
        raise StoreError(f"The backup cannot be written: {error.strerror or type(error).__name__}.") from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def put_back_office(engine: Engine, tenant: str, source: Path) -> int:
    """Put the rows of a backup in the place of all that the store holds of this office, in one transaction; how many.

    Raises StoreError, and changes nothing, for a file that is torn or another office's, for a trail that is not whole,
    and for a role that does not own the tables: the guards of the trail are lifted for this one transaction.
    """
    counts = check_office_file(source, tenant)
    with Transactions(engine, tenant).writing() as work:
        if not work.connection.execute(_OWNED).scalar():
            raise StoreError("Putting a backup back is for the role that owns the tables: name it in --store.")
        _guards(work, "DISABLE")
        for table in reversed(TABLES):
            work.connection.execute(delete(table).where(table.c.tenant == work.tenant))
        _fill(work, source)
        _guards(work, "ENABLE")
        broken = first_broken(work, None)
        if broken is not None:
            raise StoreError(f"The audit trail of the backup is not as it was written, from entry {broken} on.")
    return sum(counts.values())


def is_empty(engine: Engine, tenant: str) -> bool:
    """Whether nothing is stored of this office."""
    with Transactions(engine, tenant).reading() as work:
        mine = (select(table.c.tenant).where(table.c.tenant == work.tenant).limit(1) for table in TABLES)
        return not any(work.connection.execute(query).first() for query in mine)


# -- writing ---------------------------------------------------------------------------------------------------------


def _write(file: IO[bytes], work: Work, at: dt.datetime) -> int:
    digest, counts = hashlib.sha256(), dict.fromkeys((table.name for table in TABLES), 0)

    def put(line: dict[str, Any]) -> None:
        written = json.dumps(line, ensure_ascii=True).encode() + b"\n"
        digest.update(written)
        file.write(written)

    put({"kind": KIND, "format": FORMAT, "revision": REVISION, "tenant": work.tenant, "at": at.isoformat()})
    for table in TABLES:
        query = select(table).where(table.c.tenant == work.tenant).order_by(*table.primary_key)
        with streamed(work, query) as found:
            for row in found:
                put({"table": table.name, "row": _plain(table, row)})
                counts[table.name] += 1
    file.write(json.dumps({"rows": counts, "sha256": digest.hexdigest()}).encode() + b"\n")
    return sum(counts.values())


def _plain(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON. Counters are left out: they run through all offices, and only their order says something."""
    kept = {name: value for name, value in row.items() if name != "tenant" and not _is_counter(table, name)}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in kept.items()}


def _is_counter(table: Table, name: str) -> bool:
    return name == "number" and table is not audit


# -- reading ---------------------------------------------------------------------------------------------------------


def check_office_file(source: Path, tenant: str) -> dict[str, int]:
    """The numbers of rows, by table, in a file that is whole and of this office; raises StoreError."""
    digest, counts, header, last = hashlib.sha256(), dict.fromkeys((table.name for table in TABLES), 0), None, {}
    for line, following in _pairs(source):
        last = _object(following) if following is not None else last
        if header is None:
            header = _object(line)
        else:
            counts[_named(_object(line)).name] += 1
        digest.update(line)
    if header is None or (header.get("kind"), header.get("format")) != (KIND, FORMAT):
        raise StoreError(_NOT_WHOLE)
    if str(header.get("revision")) > REVISION:
        raise StoreError("This backup comes from a newer version of dentalpain. Upgrade before you put it back.")
    if last.get("rows") != counts or last.get("sha256") != digest.hexdigest():
        raise StoreError(_NOT_WHOLE)
    if header.get("tenant") != tenant:
        raise StoreError("This backup belongs to another office.")
    return counts


def _pairs(source: Path) -> Iterator[tuple[bytes, bytes]]:
    """Each line but the last, with the one behind it."""
    try:
        with source.open("rb") as file:
            before: bytes | None = None
            for line in file:
                if before is not None:
                    yield before, line
                before = line
    except OSError as error:
        raise StoreError(f"The backup cannot be read: {error.strerror or type(error).__name__}.") from None


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        raise StoreError(_NOT_WHOLE) from None
    if not isinstance(found, dict):
        raise StoreError(_NOT_WHOLE)
    return found


def _named(line: dict[str, Any]) -> Table:
    table = metadata.tables.get(str(line.get("table")))
    row = line.get("row")
    if table is None or table is tenants or not isinstance(row, dict) or not set(row) <= set(table.c.keys()):
        raise StoreError(_NOT_WHOLE)
    return table


def _fill(work: Work, source: Path) -> None:
    held = (_object(line) for line, _ in islice(_pairs(source), 1, None))
    batch: list[dict[str, Any]] = []
    table: Table | None = None
    for line in held:
        found = _named(line)
        if found is not table or len(batch) >= AT_ONCE:
            _insert(work, table, batch)
            table, batch = found, []
        batch.append({"tenant": work.tenant, **_typed(found, line["row"])})
    _insert(work, table, batch)


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    dates = {name for name in row if isinstance(table.c[name].type, Date)}
    return {name: dt.date.fromisoformat(value) if name in dates and value else value for name, value in row.items()}


def _insert(work: Work, table: Table | None, batch: list[dict[str, Any]]) -> None:
    if table is not None and batch:
        work.connection.execute(insert(table), batch)


def _guards(work: Work, word: str) -> None:
    for table in TABLES:
        work.connection.execute(text(f"ALTER TABLE {table.name} {word} TRIGGER USER"))
