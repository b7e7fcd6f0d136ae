"""A case: the record of a patient, the one medicine or option that is judged, what it is for, and the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .facts import NOT_LISTED, Facts
from .findings import NO, UNKNOWN, YES, Because, Finding, all_of, any_of, no, unknown, yes
from .kidney import kidney_function
from .medicines import MedicineList
from .prescribing.prescription import Prescription
from .quantities import Reading
from .state_limit import StateLimit

Limits = Mapping[str, Decimal]
RuleFunction = Callable[["Case", Limits], Finding]

INDICATIONS = (
    "simple_extraction",
    "surgical_extraction",
    "toothache_no_care",
    "other_acute_dental",
    "chronic_tmd",
    "trigeminal_neuralgia",
    "post_traumatic_neuropathic",
    "burning_mouth",
    "persistent_idiopathic_facial",
    "persistent_idiopathic_dentoalveolar",
    "orofacial_migraine",
    "other_chronic_orofacial",
)
NO_STATES: Mapping[str, tuple[StateLimit, ...]] = {}
ACUTE = frozenset({"simple_extraction", "surgical_extraction", "toothache_no_care", "other_acute_dental"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged: a proposed or current prescription, or an option, with the class tags that rules name.

    `unread`: the medicine is not understood, so `tags` are those of what it may be and no rule can answer.
    """

    name: str
    tags: frozenset[str]
    prescription: Prescription | None = None
    proposed: bool = True
    unread: bool = False


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What the patient would take in a day, over the medicine judged and all that is taken beside it.

    Milligrams a day; `mme` in morphine milligram equivalents. None inside a reading: some part cannot be read.
    """

    mme: Reading
    acetaminophen_mg: Reading
    ibuprofen_mg: Reading
    naproxen_base_mg: Reading
    aspirin_mg: Reading
    acetaminophen_products: int = 0
    arithmetic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other_nsaids_mg: Mapping[str, Reading] = field(default_factory=dict)  # by ingredient; absent: no product holds it
    mme_not_counted: tuple[str, ...] = ()  # opioids that the total lacks; treatment of addiction is not meant


class Case:
    """One question to the rules. Every method answers with a Finding or a Reading that carries its facts."""

    __slots__ = ("facts", "indication", "judged", "medicines", "proposed_beside", "state_limits", "totals")

    def __init__(
        self,
        facts: Facts,
        medicines: MedicineList,
        judged: Judged,
        indication: str | None,
        totals: DayTotals,
        proposed_beside: tuple[Prescription, ...] = (),
        state_limits: Mapping[str, tuple[StateLimit, ...]] = NO_STATES,
    ) -> None:
        self.facts, self.medicines, self.judged = facts, medicines, judged
        self.indication, self.totals = indication, totals
        self.proposed_beside = proposed_beside  # proposed analgesics set aside while an alternative is judged
        self.state_limits = state_limits  # by the two letters of the state

    @property
    def on(self) -> dt.date:
        """The day on which the question is asked."""
        return self.facts.on

    def has(self, fact: str) -> Finding:
        """Does the fact hold? Medicine classes are looked up in the medicines that count for this case."""
        definition = self.facts.definition(fact)
        if definition.kind != "medicine_class":
            return self.facts.finding(fact)
        return self.told(fact, self.medicines.of(definition))

    def told(self, fact: str, listed: Finding) -> Finding:
        """What the list of medicines says of a class, joined with what somebody said of it outright."""
        if not self.facts.stated(fact):
            return listed
        stated = self.facts.finding(fact)
        return stated if listed.answer is UNKNOWN else any_of(listed, stated)

    def takes(self, fact: str, *names: str) -> Finding:
        """Does the patient take one of these ingredients or class tags? The reason is shown under `fact`."""
        return self.medicines.any_with(frozenset(names), fact)

    def number(self, fact: str) -> Reading:
        """The number of a fact, with the unit of the table of facts."""
        return self.facts.reading(fact)

    def age(self) -> Reading:
        """Age in completed years."""
        return self.facts.age()

    def age_in_months(self) -> Reading:
        """Age in completed months."""
        return self.facts.age_in_months()

    def kidney_function(self) -> Reading:
        """eGFR in mL/min/1.73 m²: dialysis, else the newest eGFR, else the CKD stage as a range."""
        return kidney_function(self.facts)

    def is_one_of(self, fact: str, *words: str) -> Finding:
        """Is the word chosen for a fact one of these? Unknown when nobody chose."""
        chosen, because = self.facts.choice(fact)
        if chosen is None:
            listed = self.facts.finding(fact) if because.value is None else None
            return listed if listed is not None and listed.answer.value == "no" else unknown(because)
        return yes(because) if chosen in words else no(because)

    def indicated_for(self, *indications: str) -> Finding:
        """Is the prescription for one of these indications? Unknown when nobody said what it is for."""
        if self.indication is None:
            return unknown(Because("indication", None))
        because = Because("indication", self.indication, "prescriber", self.on)
        return yes(because) if self.indication in indications else no(because)

    def acute_dental_pain(self) -> Finding:
        """Is the prescription for acute dental pain?"""
        return self.indicated_for(*ACUTE)

    def days_since(self, fact: str) -> Reading:
        """Days from the date told for a fact to today; a date known to the month or year counts as its last day."""
        day, because = self.facts.day_of(fact)
        if day is None:
            return Reading.nothing(because)
        return Reading.exactly(Decimal((self.on - day.last).days), because)

    def days_supply(self) -> Reading:
        """Days that the judged prescription lasts, as written or worked out from quantity and daily maximum."""
        prescription = self.judged.prescription
        if prescription is None or prescription.days_supply is None:
            return Reading.nothing(Because("proposed_days_supply", None, "prescription", self.on))
        days = prescription.days_supply
        return Reading.exactly(days, Because("proposed_days_supply", days, "prescription", self.on))


def special_case(of: Finding, special: Finding) -> Finding:
    """A special case, such as class C of cirrhosis: its own word counts; without one, no disease means no class."""
    if special.answer is not UNKNOWN or _doubted(of, special):
        return special
    return all_of(of, special)


def proved_by(finding: Finding, *proofs: Finding) -> Finding:
    """A finding that certain facts prove, as warfarin proves a blood thinner; their absence proves nothing."""
    proven = any_of(*proofs)
    return any_of(finding, proven) if proven.answer is YES or _doubted(finding, proven) else finding


def _doubted(finding: Finding, other: Finding) -> bool:
    """Whether a reviewed list says no by its silence alone, while an entry that is in doubt may say yes."""
    silent = finding.answer is NO and all(reason.value == NOT_LISTED for reason in finding.because)
    return silent and any(reason.value is None and reason.source and not reason.stale for reason in other.because)


__all__ = ["ACUTE", "NOT_LISTED", "Case", "DayTotals", "Judged", "Limits", "RuleFunction", "proved_by", "special_case"]
