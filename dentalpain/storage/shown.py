"""How often rules spoke in the assessments that were kept, for every store alike."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from .port import ShownCount
from .rows import Row

REVIEWING = ("review", "visit")  # a handout shows the alerts of a visit once more


def shown_counts(assessments: Iterable[Row], decided: Iterable[tuple[str, str]]) -> tuple[ShownCount, ...]:
    """The counts over assessment rows; `decided` names assessment and rule of each decision against a flag."""
    against = set(decided)
    shown: dict[str, set[Any]] = defaultdict(set)
    overridden: dict[str, set[Any]] = defaultdict(set)
    for row in assessments:
        once = (row["patient_ref"], row["judged_on"])
        for rule in _spoken(json.loads(row["result"])):
            shown[rule].add(once)
            if (row["id"], rule) in against:
                overridden[rule].add(once)
    return tuple(ShownCount(rule, len(shown[rule]), len(overridden[rule])) for rule in sorted(shown))


def _spoken(result: Mapping[str, Any]) -> set[str]:
    """The rules that answer yes in a review, or in that of a visit, and are not muted."""
    review = result.get("review", result)
    flags = review.get("flags", ()) if isinstance(review, Mapping) else ()
    return {flag["rule"] for flag in flags if flag["answer"] == "yes" and not flag.get("muted")}
