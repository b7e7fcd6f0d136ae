"""The audit trail in a database: written, read, held to its chain, and pruned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, delete, func, insert, select

from ..errors import StoreError
from . import chain
from .chain import Seal, Tip
from .port import AuditEntry, LinkedEntry
from .rows import Row, audit_row, checked_limit, linked_entry, start_of_retention, utc_day
from .tables import audit, seals
from .transactions import Work, rows, streamed


def append(work: Work, entry: AuditEntry) -> None:
    """Add an entry to the end of the trail; the writers of the tenant are held already."""
    row = audit_row(entry, work.tenant)
    work.connection.execute(insert(audit).values(chain.linked(row, tip(work))))


def tip(work: Work) -> Tip:
    """The last link of the trail."""
    query = select(audit.c.number, audit.c.row_hash).where(audit.c.tenant == work.tenant)
    row = work.connection.execute(query.order_by(audit.c.number.desc()).limit(1)).first()
    return chain.EMPTY if row is None else Tip(row.number, row.row_hash)


def page(work: Work, after: int, limit: int) -> tuple[LinkedEntry, ...]:
    """The entries behind a number, oldest first."""
    query = _in_order(work).where(audit.c.number > after).limit(checked_limit(limit))
    return tuple(linked_entry(row) for row in rows(work, query))


def first_broken(work: Work, expected: Tip | None) -> int | None:
    """The number of the first row that is not as it was written, or None."""
    held = _seals(work)
    with streamed(work, _in_order(work)) as found:
        return chain.first_broken(found, expected, held)


def prune(work: Work, before: dt.date, who: str, at: dt.datetime, keep_years: int) -> Seal | None:
    """Replace the rows before a day by one seal; see AssessmentStore.prune.

    The guards of the database let a row go only once a seal stands for it, and take a seal only while the rows that
    it names are there.
    """
    cutoff = start_of_retention(before, at, keep_years)
    broken = first_broken(work, None)
    if broken is not None:
        raise StoreError(f"The audit trail is not as it was written, from entry {broken} on. Nothing was pruned.")
    held = _seals(work)
    first, last = chain.sealed_tip(held).number + 1, _last_before(work, cutoff)
    if last < first:
        return None
    seal = chain.seal_over(_row(work, first), _row(work, last), utc_day(at))
    work.connection.execute(insert(seals).values(_seal_row(work, seal)))
    # Before the rows go: where all of them do, the entry follows the last of them.
    append(work, AuditEntry(who, chain.PRUNE, at, chain.sealing([*held, seal])))
    work.connection.execute(delete(audit).where(audit.c.tenant == work.tenant, audit.c.number <= last))
    return seal


def _in_order(work: Work) -> Select[Any]:
    return select(audit).where(audit.c.tenant == work.tenant).order_by(audit.c.number)


def _row(work: Work, number: int) -> Row:
    return next(rows(work, _in_order(work).where(audit.c.number == number)))


def _last_before(work: Work, cutoff: str) -> int:
    query = select(func.min(audit.c.number)).where(audit.c.tenant == work.tenant, audit.c.at >= cutoff)
    younger = work.connection.execute(query).scalar()
    return tip(work).number if younger is None else int(younger) - 1


def _seals(work: Work) -> list[Seal]:
    query = select(seals).where(seals.c.tenant == work.tenant).order_by(seals.c.first_number)
    return [Seal(**{name: row[name] for name in Seal.__slots__}) for row in rows(work, query)]


def _seal_row(work: Work, seal: Seal) -> Row:
    return {"tenant": work.tenant, **{name: getattr(seal, name) for name in Seal.__slots__}}
