"""Mutes in memory: the part of MemoryStore that keeps them."""

from __future__ import annotations

import datetime as dt
import threading
from abc import ABC, abstractmethod

from ..errors import NotStoredError
from .mute import KeptMute, Mute
from .mute_rows import kept_mute, lifting_entry, mute_row, muting_entry
from .port import AuditEntry
from .rows import Row, checked_text, new_id, utc_text


class MemoryMutes(ABC):
    """See MuteStore."""

    _lock: threading.RLock
    _mutes: list[Row]

    @abstractmethod
    def append(self, entry: AuditEntry) -> None:
        """Add an entry to the end of the audit trail; the store that keeps it does."""

    def mute(self, mute: Mute) -> str:
        """Keep a mute and its audit entry; see MuteStore.mute."""
        row = {"id": new_id(), **mute_row(mute)}
        with self._lock:
            self.append(muting_entry(mute))
            for held in self._mutes:
                same = (held["patient_ref"], held["rule"]) == (mute.patient_ref, mute.rule)
                if same and held["lifted_at"] is None:
                    held |= {"lifted_by": row["actor"], "lifted_at": row["muted_at"]}
            self._mutes.append(row)
        return str(row["id"])

    def find_mute(self, mute_id: str) -> KeptMute:
        """The mute with this id. Raises NotStoredError."""
        return kept_mute(self._muted(mute_id))

    def lift(self, mute_id: str, who: str, at: dt.datetime) -> None:
        """End a mute and write its audit entry; see MuteStore.lift."""
        moment = utc_text("The time of lifting", at)
        with self._lock:
            row = self._muted(mute_id)
            if row["lifted_at"] is None:
                self.append(lifting_entry(row["patient_ref"], checked_text("The actor", who), at))
                row |= {"lifted_by": who, "lifted_at": moment}

    def mutes(self, patient_ref: str) -> tuple[KeptMute, ...]:
        """All mutes of a patient in the order of arrival; see MuteStore.mutes."""
        with self._lock:
            return tuple(kept_mute(row) for row in self._mutes if row["patient_ref"] == patient_ref)

    def _muted(self, mute_id: str) -> Row:
        for row in self._mutes:
            if row["id"] == mute_id:
                return row
        raise NotStoredError("No mute with this id is stored for this office.")
