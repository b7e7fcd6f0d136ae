"""ICD-10-CM codes of what is met: both sides joined into the bilateral code, never two codes of one diagnosis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..findings import YES
from .criteria import Diagnosed


@dataclass(frozen=True, slots=True)
class Codes:
    """`default` codes of what is met, `optional` ones beside them, and `conflicts` that Excludes1 keeps out."""

    default: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def codes_of(diagnoses: Iterable[Diagnosed]) -> Codes:
    """The codes of everything that is met (ICD-1: one muscle code; ICD-2: one joint code for both sides)."""
    sides: dict[str, list[Diagnosed]] = {}
    for diagnosed in diagnoses:
        if diagnosed.answer is YES:
            sides.setdefault(diagnosed.diagnosis.id, []).append(diagnosed)
    return Codes(default=tuple(dict.fromkeys(_code(met) for met in sides.values())))


def _code(met: list[Diagnosed]) -> str:
    side = met[0].side if len(met) == 1 else "bilateral"
    return met[0].diagnosis.codes[side]
