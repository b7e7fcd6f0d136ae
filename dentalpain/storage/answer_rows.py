"""Between kept answers and counted decisions and their rows, for every store alike."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from .port import ACCEPTED, NO_REASON, OVERRIDDEN, DecisionCount, KeptAnswer
from .rows import Row, checked_text, utc_text

IN_WORDS = "in_words"


def answer_row(answer: KeptAnswer) -> Row:
    """A kept answer as a row without tenant; raises StoreError for what cannot be kept."""
    return {
        "key": checked_text("The key", answer.key),
        "request": checked_text("The request", answer.request),
        "until": utc_text("The end of an answer", answer.until),
        "status": answer.status,
        "headers": json.dumps(dict(answer.headers)),
        "body": answer.body,
        "patient_ref": answer.patient_ref,
    }


def answer_of(row: Mapping[str, Any]) -> KeptAnswer:
    """The kept answer that a row holds."""
    return KeptAnswer(
        key=row["key"],
        request=row["request"],
        until=dt.datetime.fromisoformat(row["until"]),
        status=row["status"],
        headers=json.loads(row["headers"] or "{}"),
        body=row["body"],
        patient_ref=row["patient_ref"],
    )


def first_moment(day: dt.date) -> str:
    """The first moment of a day in UTC, as rows hold it."""
    return f"{day.isoformat()}T00:00:00.000000+00:00"


def counted(
    decided: Iterable[tuple[str, str | None, bool, int]], told: Iterable[tuple[str, int]]
) -> tuple[DecisionCount, ...]:
    """How often each decision came.

    `decided`: rule, code of the reason, whether none was given, count. `told`: the results of feedback entries in the
    trail, "overridden RULE code" or "accepted RULE", with their count; any other is passed over.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    for rule, code, silent, count in decided:
        found[rule, OVERRIDDEN, code or ("" if silent else IN_WORDS)] += count
    for result, count in told:
        outcome, _, rest = result.partition(" ")
        rule, _, code = rest.partition(" ")
        if rule and outcome in (ACCEPTED, OVERRIDDEN):
            found[rule, outcome, code] += count
    return tuple(DecisionCount(rule, outcome, code or None, n) for (rule, outcome, code), n in sorted(found.items()))


def is_silent(text: str | None) -> bool:
    """Whether a decision says that no reason was given."""
    return text == NO_REASON
