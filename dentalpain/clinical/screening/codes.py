"""ICD-10-CM codes of what is met: both sides joined into the bilateral code, and what Excludes1 keeps out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..case import Limits
from ..facts import Facts
from ..findings import YES
from ..record import Standing
from .criteria import Diagnosed
from .examination import Findings
from .joint_disorders import limited_without_lock

LIMITED_OPENING = "M26.52"
FIBROMYALGIA = "M79.7"
MUSCLE_CODE = "M79.11"
# Excludes1 of the tabular list (FY2026): two codes of a pair never stand for one patient on one day; the first one stays.
EXCLUDES1 = (
    *(("M79.1", "M79.7"), ("M79.1", "M60."), ("M26.62", "R68.84"), ("G44.", "R51.9")),
    *(("G47.63", "F45.8"), ("K04.4", "K05.2")),
)
# A jaw that is out of its joint now, by side (ICD-6); of M26.6- and S03.0- both may be coded.
DISLOCATED = {(): "S03.00XA", ("right",): "S03.01XA", ("left",): "S03.02XA", ("left", "right"): "S03.03XA"}


@dataclass(frozen=True, slots=True)
class Codes:
    """`default` codes of what is met, `optional` ones beside them, and `conflicts` that Excludes1 keeps out."""

    default: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def codes_of(
    diagnoses: Iterable[Diagnosed],
    found: Findings,
    facts: Facts,
    limits: Limits,
    *,
    beyond: Iterable[str] = (),
    fibromyalgia_screen: bool = False,
) -> Codes:
    """The codes of everything that is met: one muscle code, and one code for each kind of joint disorder (ICD-1 to 6).

    `beyond`: codes of what is met beyond muscle and joint; they are compared and not added. `fibromyalgia_screen`: the
    questionnaire is positive, so that its code could come into question.
    """
    met = [diagnosed for diagnosed in diagnoses if diagnosed.answer is YES]
    families: dict[tuple[str, ...], list[Diagnosed]] = {}
    for diagnosed in met:
        families.setdefault(tuple(diagnosed.diagnosis.codes.values()), []).append(diagnosed)
    default = [family[0].diagnosis.codes[_side(family)] for family in families.values()]
    if limited_without_lock(found, limits).answer is YES:
        default.append(LIMITED_OPENING)
    screened = [FIBROMYALGIA] if fibromyalgia_screen and MUSCLE_CODE in default else []
    conflicts = [*screened, *_against_record(facts, (*default, *beyond))]
    optional = (*_optional(met), *_dislocated(found, facts))
    return Codes(tuple(dict.fromkeys(default)), optional, tuple(dict.fromkeys(conflicts)))


def _against_record(facts: Facts, own: Iterable[str]) -> list[str]:
    """The codes of the patient's problems that give way to a code of today, or to one another."""
    kept = (problem for problem in facts.record.problems if problem.standing in (Standing.CURRENT, Standing.ASK))
    recorded = [code for problem in kept for code in problem.icd10cm]
    held = (*own, *recorded)
    return [
        code
        for stays, gives_way in EXCLUDES1
        if any(other.startswith(stays) for other in held)
        for code in recorded
        if code.startswith(gives_way)
    ]


def _dislocated(found: Findings, facts: Facts) -> tuple[str, ...]:
    """The code of a dislocation where the mouth is stuck open now, on the sides that the history names."""
    if facts.finding("jaw_locked_open_now").answer is not YES:
        return ()
    sides = sorted((found.history.stuck_wide_open_last_30_days or frozenset()) & {"right", "left"})
    return (DISLOCATED[tuple(sides)],)


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
