"""A flag that is muted for one patient: the plain values, and what a store promises about them.

A mute names what it was made on: the severity, the rule as it stood, and the facts as a digest. It speaks for nothing else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

NEVER_MUTED = "contraindicated"


@dataclass(frozen=True, slots=True)
class Mute:
    """A clinician's decision not to be told by one flag again for one patient, up to a last day.

    `basis` is the digest of the facts that the flag rested on, `rule_digest` that of the rule. The reason is a code of
    OVERRIDE_REASONS, or free text, or both.
    """

    patient_ref: str
    rule: str
    severity: str
    basis: str
    rule_digest: str
    until: dt.date
    actor: str
    at: dt.datetime
    reason_code: str | None = None
    reason_text: str | None = None


@dataclass(frozen=True, slots=True)
class KeptMute:
    """A mute with its id, and who has lifted it since and when."""

    id: str
    mute: Mute
    lifted_by: str | None = None
    lifted_at: dt.datetime | None = None


class MuteStore(Protocol):
    """What every store promises about mutes; each operation happens wholly or not at all."""

    def mute(self, mute: Mute) -> str:
        """Keep a mute, and with it the audit entry, which names the patient and not the rule; the id of the mute.

        An earlier mute of the same flag for the same patient is lifted by it. Raises StoreError without a reason, and for
        the severity that is never muted.
        """

    def find_mute(self, mute_id: str) -> KeptMute:
        """The mute with this id, lifted or not. Raises NotStoredError."""

    def lift(self, mute_id: str, who: str, at: dt.datetime) -> None:
        """End a mute, and write the audit entry that says so; one that was lifted before stays as it is.

        Raises NotStoredError.
        """

    def mutes(self, patient_ref: str) -> tuple[KeptMute, ...]:
        """All mutes of a patient in the order of arrival, also those that were lifted or have run out."""
