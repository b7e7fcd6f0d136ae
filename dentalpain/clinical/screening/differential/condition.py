"""One condition of the differential: all criteria met, or all but one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...case import Limits
from ...findings import NO, YES
from ..criteria import Criterion
from ..told import Told

CRITERIA_MET, CONSIDER = "criteria_met", "consider"

ConditionFunction = Callable[[Told, Limits], tuple[Criterion, ...]]


@dataclass(frozen=True, slots=True)
class Condition:
    """One form of a condition: its public id, how it is decided, and its codes.

    `core` letters must be met even where it is only considered; a no to a letter in `ruled_out_by` ends it. A code that
    ends in a hyphen is a category: the coder completes it.
    """

    id: str
    name: str
    function: ConditionFunction
    codes: tuple[str, ...]
    limits: tuple[str, ...]
    core: frozenset[str] = frozenset()
    ruled_out_by: frozenset[str] = frozenset()
    texts: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Considered:
    """A condition whose criteria are met or lack one; `missing` holds the keys of the one that is lacking."""

    id: str
    title: str
    status: str
    missing: tuple[str, ...]
    codes: tuple[str, ...]


def judged(condition: Condition, criteria: tuple[Criterion, ...]) -> Considered | None:
    """Met, considered, or neither (None)."""
    lacking = [criterion for criterion in criteria if criterion.finding.answer is not YES]
    title = str(condition.texts.get("title", condition.id))
    if not lacking:
        return Considered(condition.id, title, CRITERIA_MET, (), condition.codes)
    only = lacking[0]
    ended = only.finding.answer is NO and only.letter in condition.ruled_out_by
    if len(lacking) > 1 or len(criteria) == 1 or only.letter in condition.core or ended:
        return None
    keys = only.finding.missing() or tuple(dict.fromkeys(because.fact for because in only.finding.because))
    return Considered(condition.id, title, CONSIDER, keys, condition.codes)


def joined(held: Iterable[Considered]) -> tuple[Considered, ...]:
    """Each id once: forms that are met hide those only considered; the met ones first, else in the order of triage."""
    by_id: dict[str, list[Considered]] = {}
    for one in held:
        by_id.setdefault(one.id, []).append(one)
    found = [_together(forms) for forms in by_id.values()]
    return tuple(sorted(found, key=lambda one: one.status != CRITERIA_MET))


def _together(forms: list[Considered]) -> Considered:
    met = [form for form in forms if form.status == CRITERIA_MET] or forms
    return Considered(
        id=met[0].id,
        title="; ".join(form.title for form in met),
        status=met[0].status,
        missing=tuple(dict.fromkeys(key for form in met for key in form.missing)),
        codes=tuple(dict.fromkeys(code for form in met for code in form.codes)),
    )
