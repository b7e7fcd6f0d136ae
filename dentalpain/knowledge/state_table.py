"""The table of state limits for acute pain, read once: who, against which pain, how many days or MME, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from ..clinical.quantities import plain
from ..clinical.state_limit import PAIN, WHO, StateLimit
from ..errors import KnowledgeError
from .files import FOLDER, place, read_rows

STATE_LIMITS = FOLDER / "state_limits.csv"


def load_state_limits() -> Mapping[str, tuple[StateLimit, ...]]:
    """The rows of the table by the two letters of the state; raises KnowledgeError that names the row."""
    return limits_by_state(read_rows(STATE_LIMITS))


def limits_by_state(rows: Iterable[Mapping[str, str]]) -> Mapping[str, tuple[StateLimit, ...]]:
    """The rows by state, in their order; a state that sets no limit has a row without figures."""
    found: dict[str, tuple[StateLimit, ...]] = {}
    for number, row in enumerate(rows, start=2):
        try:
            limit = _limit(row)
        except (ValueError, InvalidOperation) as error:
            raise KnowledgeError(
                f"{place(STATE_LIMITS)}, row {number}: a state in two letters, who ({', '.join(WHO)}), "
                f"pain ({', '.join(PAIN)}), positive figures and a date such as 2026-11-30 are needed."
            ) from error
        found[row["state"]] = (*found.get(row["state"], ()), limit)
    return found


def _limit(row: Mapping[str, str]) -> StateLimit:
    if row["who"] not in WHO or row["pain"] not in PAIN or len(row["state"]) != 2 or not row["state"].isupper():
        raise ValueError("not one of the words")
    days, mme = (_figure(row[column]) for column in ("days", "mme"))
    figures = [f"{plain(days)} days" if days else "", f"{plain(mme)} MME a day" if mme else ""]
    said = ", ".join(filter(None, figures)) or "no limit in the table"
    as_of = dt.date.fromisoformat(row["as_of"])
    return StateLimit(row["who"], row["pain"], days, mme, f"{row['state']}: {said}", f"{row['law']}, as of {as_of}")


def _figure(text: str) -> Decimal | None:
    if not text:
        return None
    figure = Decimal(text)
    if not figure.is_finite() or figure <= 0:
        raise ValueError("not a positive figure")
    return figure
