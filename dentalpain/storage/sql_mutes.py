"""Mutes in a database: the part of SQLStore that keeps them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert, select, update

from ..errors import NotStoredError
from . import audit_trail
from .mute import KeptMute, Mute
from .mute_rows import kept_mute, lifting_entry, mute_row, muting_entry
from .rows import Row, checked_text, new_id, utc_text
from .tables import mutes as table
from .transactions import Transactions, Work, rows


class SQLMutes:
    """See MuteStore."""

    _transactions: Transactions

    def mute(self, mute: Mute) -> str:
        """Keep a mute and its audit entry in one transaction; see MuteStore.mute."""
        row = {"id": new_id(), **mute_row(mute)}
        with self._transactions.writing() as work:
            earlier = (table.c.patient_ref == mute.patient_ref, table.c.rule == mute.rule, table.c.lifted_at.is_(None))
            ended = {"lifted_by": row["actor"], "lifted_at": row["muted_at"]}
            work.connection.execute(update(table).where(table.c.tenant == work.tenant, *earlier).values(ended))
            work.connection.execute(insert(table).values(tenant=work.tenant, **row))
            audit_trail.append(work, muting_entry(mute))
        return str(row["id"])

    def find_mute(self, mute_id: str) -> KeptMute:
        """The mute with this id. Raises NotStoredError."""
        with self._transactions.reading() as work:
            return kept_mute(_muted(work, mute_id))

    def lift(self, mute_id: str, who: str, at: dt.datetime) -> None:
        """End a mute and write its audit entry in one transaction; see MuteStore.lift."""
        ended = {"lifted_by": checked_text("The actor", who), "lifted_at": utc_text("The time of lifting", at)}
        with self._transactions.writing() as work:
            row = _muted(work, mute_id)
            if row["lifted_at"] is None:
                mine = (table.c.tenant == work.tenant, table.c.id == mute_id)
                work.connection.execute(update(table).where(*mine).values(ended))
                audit_trail.append(work, lifting_entry(row["patient_ref"], who, at))

    def mutes(self, patient_ref: str) -> tuple[KeptMute, ...]:
        """All mutes of a patient in the order of arrival; see MuteStore.mutes."""
        with self._transactions.reading() as work:
            mine = (table.c.tenant == work.tenant, table.c.patient_ref == patient_ref)
            return tuple(kept_mute(row) for row in rows(work, select(table).where(*mine).order_by(table.c.number)))


def _muted(work: Work, mute_id: str) -> Row:
    query = select(table).where(table.c.tenant == work.tenant, table.c.id == mute_id)
    for row in rows(work, query):
        return row
    raise NotStoredError("No mute with this id is stored for this office.")
