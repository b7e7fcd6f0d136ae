"""The hash chain of the audit trail: each row seals the one before it.

A chain shows that a row was changed, taken out or put in. It cannot show that the whole trail was written anew by
somebody who owns the database: for that, keep the tip outside of it.

Rows that have been kept long enough leave the trail from its beginning, and a seal takes the place of each range that
left. The entry about the pruning carries the digest of all seals, so the seals are held by the chain as well.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .exact_json import written

NO_HASH = "0" * 64
SEALED = ("tenant", "number", "who", "action", "patient_ref", "assessment_id", "at", "result")


@dataclass(frozen=True, slots=True)
class Tip:
    """The last link of a chain: its number, counted from 1, and its hash (SHA-256, hexadecimal)."""

    number: int
    row_hash: str


EMPTY = Tip(0, NO_HASH)

PRUNE = "prune"


@dataclass(frozen=True, slots=True)
class Seal:
    """What stands for a range of rows that left: their numbers and count, the first and the last hash, the day."""

    first_number: int
    last_number: int
    first_hash: str
    last_hash: str
    entries: int
    sealed_on: dt.date


def row_hash(row: Mapping[str, Any], previous_hash: str) -> str:
    """SHA-256 over the hash of the row before and the canonical JSON of this row."""
    return hashlib.sha256((previous_hash + written({name: row[name] for name in SEALED})).encode("ascii")).hexdigest()


def linked(row: Mapping[str, Any], tip: Tip) -> dict[str, Any]:
    """The row with number and hashes as it follows the tip."""
    numbered = {**row, "number": tip.number + 1}
    return {**numbered, "previous_hash": tip.row_hash, "row_hash": row_hash(numbered, tip.row_hash)}


def seal_over(first: Mapping[str, Any], last: Mapping[str, Any], day: dt.date) -> Seal:
    """The seal of the rows from the first to the last, both included."""
    entries = last["number"] - first["number"] + 1
    return Seal(first["number"], last["number"], first["row_hash"], last["row_hash"], entries, day)


def sealed_tip(seals: Sequence[Seal]) -> Tip:
    """The link that the first row behind the seals follows."""
    return Tip(seals[-1].last_number, seals[-1].last_hash) if seals else EMPTY


def sealing(seals: Sequence[Seal]) -> str:
    """The result of the audit entry about a pruning: SHA-256 over the canonical JSON of all seals, oldest first."""
    rows = [
        [s.first_number, s.last_number, s.first_hash, s.last_hash, s.entries, s.sealed_on.isoformat()] for s in seals
    ]
    return f"sealed {hashlib.sha256(written(rows).encode('ascii')).hexdigest()}"


def first_broken(
    rows: Iterable[Mapping[str, Any]], expected: Tip | None = None, seals: Sequence[Seal] = ()
) -> int | None:
    """The number of the first row that does not follow from the one before, or None.

    `rows` come in order of their numbers, behind the `seals`, oldest first. With `expected`, a chain that does not
    hold that link is broken there; a link inside a sealed range can no longer be looked for. Seals that no entry
    about a pruning attests are broken at the last number that they stand for.
    """
    tip = sealed_tip(seals)
    if expected is not None and expected.number == tip.number and expected != tip:
        return tip.number
    attested, sealed = not seals, sealing(seals)
    for row in rows:
        if linked(row, tip) != dict(row):
            return int(row["number"])
        tip = Tip(row["number"], row["row_hash"])
        if expected is not None and expected.number == tip.number and expected != tip:
            return tip.number
        attested = attested or (row["action"], row["result"]) == (PRUNE, sealed)
    if not attested:
        return seals[-1].last_number
    return expected.number if expected is not None and expected.number > tip.number else None
