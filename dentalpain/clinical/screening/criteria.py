"""The parts that pain diagnoses share: confirmed history, confirmed place, familiar pain, and the check box.

Source of the criteria: Schiffman et al., J Oral Facial Pain Headache 2014;28:6-27; criteria table of February 2020.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..case import Limits
from ..findings import Answer, Because, Finding, Value, all_of, any_of, no, opposite, unknown, yes
from .examination import UNCLEAR, Findings

INTERVIEW, EXAMINATION = "interview", "examination"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the trace: its letter, and whether it holds."""

    letter: str
    finding: Finding


DiagnosisFunction = Callable[[Findings, str, Limits], tuple[Criterion, ...]]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One DC/TMD diagnosis: how it is decided, for whom (the patient, or each side), how sure, and its code.

    `codes` maps each side to an ICD-10-CM code, and 'bilateral' to the one that replaces both. `optional_codes`, by
    side too, may be added by a coder, `optional_when_painful` only beside arthralgia of the same joint.
    """

    id: str
    function: DiagnosisFunction
    sides: tuple[str, ...]
    criteria: Mapping[str, str]
    sensitivity: Decimal | None
    specificity: Decimal | None
    codes: Mapping[str, str]
    limits: tuple[str, ...]
    for_minors: str
    optional_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional_when_painful: bool = False
    texts: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)


class Diagnosed:
    """A diagnosis asked of one patient or one joint; it is met when every criterion is."""

    __slots__ = ("criteria", "diagnosis", "finding", "side")

    def __init__(self, diagnosis: Diagnosis, side: str, criteria: tuple[Criterion, ...]) -> None:
        self.diagnosis, self.side, self.criteria = diagnosis, side, criteria
        self.finding = all_of(*(criterion.finding for criterion in criteria))

    @property
    def answer(self) -> Answer:
        """Yes: met; no: not met; unknown: not determinable."""
        return self.finding.answer

    def missing(self) -> tuple[str, ...]:
        """The keys of the findings file that would have to be known; empty unless it is not determinable."""
        return self.finding.missing()


def lettered(**findings: Finding) -> tuple[Criterion, ...]:
    """The criteria in the order of their letters."""
    return tuple(Criterion(letter, finding) for letter, finding in findings.items())


def not_confirmed(found: Findings, key: str, source: str) -> Finding:
    """What nobody examined or confirmed; what a questionnaire reports of it is shown, and settles nothing."""
    told = found.reported.get(key)
    shown = f"reported ({told}), not confirmed in the interview" if told else source
    return unknown(Because(key, None, shown, found.on))


def observed(found: Findings, key: str, value: bool | None, source: str) -> Finding:
    """One yes or no of the findings file."""
    if value is None:
        return not_confirmed(found, key, source)
    because = Because(key, value, source, found.on)
    return yes(because) if value else no(because)


def listed(found: Findings, key: str, names: frozenset[str] | None, name: str) -> Finding:
    """Is a name on a list of the examination? The list names all that was found."""
    if names is None:
        return unknown(Because(key, None, EXAMINATION, found.on))
    value: Value = name if name in names else f"without {name}"
    because = Because(key, value, EXAMINATION, found.on)
    return yes(because) if name in names else no(because)


def pain_in_last_30_days(found: Findings) -> Finding:
    """Pain of jaw, temple, ear or in front of the ear, confirmed in the interview (AX1-P1)."""
    pattern = found.history.pain_last_30_days
    if pattern is None:
        return not_confirmed(found, "pain_last_30_days", INTERVIEW)
    because = Because("pain_last_30_days", pattern, INTERVIEW, found.on)
    return no(because) if pattern == "none" else yes(because)


def changed_by_jaw_use(found: Findings) -> Finding:
    """Jaw movement, function or habits make that pain better or worse (AX1-P1)."""
    return observed(found, "pain_changed_by_jaw_use", found.history.pain_changed_by_jaw_use, INTERVIEW)


def side_named(found: Findings, key: str, side: str, named: frozenset[str] | bool | None) -> Finding:
    """Is a side among those that the patient named? A yes or no holds for both; an unclear side leaves both open."""
    source = f"{INTERVIEW}: {side}"
    if named is None:
        return not_confirmed(found, key, source)
    if isinstance(named, bool):
        return observed(found, key, named, source)
    if UNCLEAR in named:
        return unknown(Because(key, None, f"{INTERVIEW}: side unclear", found.on))
    return observed(found, key, side in named, source)


def location_confirmed(found: Findings, place: str) -> Finding:
    """The examiner touched the place and the patient confirmed that the pain is there."""
    return listed(found, "pain_location_confirmed", found.examination.pain_location_confirmed, place)


def familiar_on_opening(found: Findings, place: str) -> Finding:
    """Maximum opening, unassisted or assisted, provoked the familiar pain in that place."""
    return listed(found, "opening_familiar_pain", found.examination.opening_familiar_pain, place)


def familiar_on_excursion(found: Findings, place: str) -> Finding:
    """Lateral or protrusive movement provoked the familiar pain in that place."""
    return listed(found, "excursion_familiar_pain", found.examination.excursion_familiar_pain, place)


def familiar_on_palpation(found: Findings, site: str) -> Finding:
    """Palpation of the site provoked the familiar pain; a site without an entry was not examined."""
    spots = found.examination.spots_at(site)
    if not spots:
        return unknown(Because("palpation", None, f"{EXAMINATION}: {site}", found.on))
    return any_of(*(_familiar(found, spot.place, spot.familiar_pain) for spot in spots))


def _familiar(found: Findings, place: str, value: bool | None) -> Finding:
    return observed(found, "familiar_pain", value, f"{EXAMINATION}: {place}")


def nothing_explains_it_better(found: Findings) -> Finding:
    """The clinician's check box: no other pain diagnosis accounts for the pain better."""
    box = found.examination.other_pain_diagnosis_explains_better
    return opposite(observed(found, "other_pain_diagnosis_explains_better", box, EXAMINATION))
