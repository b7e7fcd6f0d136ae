"""The hash chain of the audit trail: each row seals the one before it.

A chain shows that a row was changed, taken out or put in. It cannot show that the whole trail was written anew by
somebody who owns the database: for that, keep the tip outside of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
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


def row_hash(row: Mapping[str, Any], previous_hash: str) -> str:
    """SHA-256 over the hash of the row before and the canonical JSON of this row."""
    return hashlib.sha256((previous_hash + written({name: row[name] for name in SEALED})).encode("ascii")).hexdigest()


def linked(row: Mapping[str, Any], tip: Tip) -> dict[str, Any]:
    """The row with number and hashes as it follows the tip."""
    numbered = {**row, "number": tip.number + 1}
    return {**numbered, "previous_hash": tip.row_hash, "row_hash": row_hash(numbered, tip.row_hash)}


def first_broken(rows: Iterable[Mapping[str, Any]], expected: Tip | None = None) -> int | None:
    """The number of the first row that does not follow from the one before, or None.

    `rows` come in order of their numbers. With `expected`, a chain that does not hold that link is broken there.
    """
    tip = EMPTY
    for row in rows:
        if linked(row, tip) != dict(row):
            return int(row["number"])
        tip = Tip(row["number"], row["row_hash"])
        if expected is not None and expected.number == tip.number and expected != tip:
            return tip.number
    return expected.number if expected is not None and expected.number > tip.number else None
