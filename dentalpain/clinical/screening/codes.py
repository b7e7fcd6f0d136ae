"""ICD-10-CM codes of what is met: both sides joined into the bilateral code, and what Excludes1 keeps out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..case import Limits
from ..findings import YES
from .criteria import Diagnosed
from .examination import Findings
from .joint_disorders import limited_without_lock

LIMITED_OPENING = "M26.52"
FIBROMYALGIA = "M79.7"
MUSCLE_CODE = "M79.11"
# Excludes1 of the tabular list: the code of a symptom that the diagnosis already contains must not stand beside it.
SYMPTOM_WITHIN = {"M26.62": "R68.84", "G44.": "R51.9"}


@dataclass(frozen=True, slots=True)
class Codes:
    """`default` codes of what is met, `optional` ones beside them, and `conflicts` that Excludes1 keeps out."""

    default: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def codes_of(
    diagnoses: Iterable[Diagnosed], found: Findings, limits: Limits, *, fibromyalgia_screen: bool = False
) -> Codes:
    """The codes of everything that is met: one muscle code, and one code for each kind of joint disorder (ICD-1 to 6).

    `fibromyalgia_screen`: the questionnaire is positive, so that its code could come into question.
    """
    met = [diagnosed for diagnosed in diagnoses if diagnosed.answer is YES]
    families: dict[tuple[str, ...], list[Diagnosed]] = {}
    for diagnosed in met:
        families.setdefault(tuple(diagnosed.diagnosis.codes.values()), []).append(diagnosed)
    default = [family[0].diagnosis.codes[_side(family)] for family in families.values()]
    if limited_without_lock(found, limits).answer is YES:
        default.append(LIMITED_OPENING)
    conflicts = [code for own, code in SYMPTOM_WITHIN.items() if any(held.startswith(own) for held in default)]
    if fibromyalgia_screen and MUSCLE_CODE in default:
        conflicts.append(FIBROMYALGIA)
    return Codes(tuple(dict.fromkeys(default)), _optional(met), tuple(conflicts))


def _side(family: Iterable[Diagnosed]) -> str:
    sides = dict.fromkeys(diagnosed.side for diagnosed in family)
    return next(iter(sides)) if len(sides) == 1 else "bilateral"


def _optional(met: Iterable[Diagnosed]) -> tuple[str, ...]:
    """Codes that a coder may add, both sides joined; some only beside a painful joint of that side."""
    held = list(met)
    sides: dict[str, tuple[Mapping[str, tuple[str, ...]], list[Diagnosed]]] = {}
    painful = {diagnosed.side for diagnosed in held if diagnosed.diagnosis.id == "arthralgia"}
    for diagnosed in held:
        options = diagnosed.diagnosis.optional_codes
        if options and (diagnosed.side in painful or not diagnosed.diagnosis.optional_when_painful):
            sides.setdefault(diagnosed.diagnosis.id, (options, []))[1].append(diagnosed)
    return tuple(dict.fromkeys(code for options, family in sides.values() for code in options[_side(family)]))
