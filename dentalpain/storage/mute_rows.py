"""Between mutes and their rows and shapes, for every store alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..errors import StoreError
from .mute import NEVER_MUTED, KeptMute, Mute
from .port import OVERRIDE_REASONS, AuditEntry
from .rows import Row, checked_text, utc_text

_DIGESTS = ("basis", "rule_digest")


def mute_row(mute: Mute) -> Row:
    """A mute as a row without tenant and id; raises StoreError for what cannot be kept."""
    if mute.reason_code is None and not (mute.reason_text or "").strip():
        raise StoreError("A mute needs a reason: a code of the list, or a sentence.")
    if mute.reason_code not in (None, *OVERRIDE_REASONS):
        raise StoreError(f"The reason code must be one of: {', '.join(OVERRIDE_REASONS)}.")
    if mute.severity == NEVER_MUTED:
        raise StoreError("A contraindicated flag is never muted.")
    if not isinstance(mute.until, dt.date) or isinstance(mute.until, dt.datetime):
        raise StoreError("The last day of a mute must be a date without a time.")
    return {
        "patient_ref": checked_text("The patient reference", mute.patient_ref),
        "rule": checked_text("The rule", mute.rule),
        "severity": checked_text("The severity", mute.severity),
        **{name: checked_text("The digest of a mute", getattr(mute, name)) for name in _DIGESTS},
        "muted_until": mute.until,
        "actor": checked_text("The actor", mute.actor),
        "muted_at": utc_text("The time of the mute", mute.at),
        "reason_code": mute.reason_code,
        "reason_text": None if mute.reason_text is None else checked_text("The reason", mute.reason_text),
        "lifted_by": None,
        "lifted_at": None,
    }


def kept_mute(row: Mapping[str, Any]) -> KeptMute:
    """The mute that a row holds."""
    same = ("patient_ref", "rule", "severity", *_DIGESTS, "actor", "reason_code", "reason_text")
    at, lifted = dt.datetime.fromisoformat(row["muted_at"]), row["lifted_at"]
    mute = Mute(until=row["muted_until"], at=at, **{name: row[name] for name in same})
    return KeptMute(row["id"], mute, row["lifted_by"], dt.datetime.fromisoformat(lifted) if lifted else None)


def mute_shape(kept: KeptMute) -> dict[str, Any]:
    """A mute as JSON holds it, without what it is compared by."""
    mute = kept.mute
    return {
        "id": kept.id,
        "rule": mute.rule,
        "severity": mute.severity,
        "until": mute.until.isoformat(),
        "by": mute.actor,
        "at": mute.at.isoformat(),
        "reason_code": mute.reason_code,
        "reason_text": mute.reason_text,
        "lifted_by": kept.lifted_by,
        "lifted_at": kept.lifted_at.isoformat() if kept.lifted_at else None,
    }


def muting_entry(mute: Mute) -> AuditEntry:
    """The audit entry that stands for a mute."""
    return AuditEntry(mute.actor, "mute", mute.at, "done", mute.patient_ref)


def lifting_entry(patient_ref: str, who: str, at: dt.datetime) -> AuditEntry:
    """The audit entry that stands for the end of a mute."""
    return AuditEntry(who, "lift mute", at, "done", patient_ref)
