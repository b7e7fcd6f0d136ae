"""Putting a prescription or an option before the rules: which medicines count beside it, and what a day adds up to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...errors import UnknownNameError
from ..case import Case, DayTotals, Judged, Limits
from ..facts import FactDefinition, Facts
from ..medicines import MedicineList, Taken
from ..record import Allergy, Medicine
from ..rules import RuleBook
from ..state_limit import StateLimit
from .anesthetics.anesthetic_tags import anesthetic_tags
from .daily.daily_amounts import IN_MG
from .doses.dosing import Dose, dose_for
from .nsaids.nsaid_exceptions import salicylate_tags
from .prescription import Ingredient, Prescription

ANALGESICS = frozenset({"opioid", "nsaid", "nsaid_salicylate", "acetaminophen"})
# No US product of naltrexone is below 50 mg: anything less was compounded as low-dose naltrexone.
LOW_DOSE_NALTREXONE_BELOW_MG = 50


@dataclass(frozen=True, slots=True)
class Option:
    """An option as far as rules see it: kind, ingredients with their class tags, and scopes that rules name."""

    id: str
    kind: str
    scopes: frozenset[str]
    prescription: Prescription | None  # its ingredients alone, without a dose; None for what is no medicine


@dataclass(frozen=True)
class Bench:
    """All that judging needs from the knowledge, as plain functions and tables."""

    rules: RuleBook
    definitions: Mapping[str, FactDefinition]
    options: Mapping[str, Option]
    limits_on: Callable[[dt.date], Mapping[str, Limits]]
    dose_limits_on: Callable[[dt.date], Limits]
    totals: Callable[[Sequence[Prescription], dt.date], DayTotals]
    read: Callable[[str], Prescription]
    medicine: Callable[[str, dt.date], Medicine]
    allergy: Callable[[str, dt.date], Allergy]
    state_limits: Mapping[str, tuple[StateLimit, ...]] = field(default_factory=dict)


def taken_now(facts: Facts) -> tuple[Taken, ...]:
    """The current medicines of the record."""
    return tuple(
        Taken(m.prescription, m.source, m.start.last if m.start else None, m.standing) for m in facts.record.current()
    )


def beside(prescriptions: Iterable[Prescription], day: dt.date) -> tuple[Taken, ...]:
    """Prescriptions of the same order, which count as taken."""
    return tuple(Taken(p, "same order", day, proposed=True) for p in prescriptions)


def prescription_tags(prescription: Prescription) -> frozenset[str]:
    """The tags of a prescription, the scopes of an anesthetic, and 'ldn' where it is low-dose naltrexone."""
    naltrexone = prescription.strength_of("naltrexone")
    tags = prescription.tags | anesthetic_tags(prescription) | salicylate_tags(prescription) | {"any_medicine"}
    if naltrexone is None or len(prescription.ingredients) > 1:
        return tags
    return tags | {"ldn"} if _may_be_low_dose(naltrexone) else tags


def _may_be_low_dose(naltrexone: Ingredient) -> bool:
    """Whether the strength is that of a compounded low dose; one that cannot be read may be."""
    if naltrexone.strength is None or naltrexone.unit not in IN_MG:
        return True
    return naltrexone.strength * IN_MG[naltrexone.unit] < LOW_DOSE_NALTREXONE_BELOW_MG


def prescription_cases(
    facts: Facts, proposed: Sequence[Prescription], indication: str | None, bench: Bench
) -> list[Case]:
    """One case for each proposed prescription; without a proposal, one for each current medicine."""
    listed = taken_now(facts)
    reviewed = facts.reviewed("medicines")
    current = tuple(taken.prescription for taken in listed)
    totals = bench.totals((*proposed, *current), facts.on)
    if not proposed:
        return [
            Case(
                facts,
                MedicineList(listed[:i] + listed[i + 1 :], reviewed),
                Judged(p.text, prescription_tags(p), p, proposed=False),
                indication,
                totals,
                state_limits=bench.state_limits,
            )
            for i, p in enumerate(current)
        ]
    return [
        Case(
            facts,
            MedicineList(listed + beside((*proposed[:i], *proposed[i + 1 :]), facts.on), reviewed),
            judged_prescription(p, bench),
            indication,
            totals,
            state_limits=bench.state_limits,
        )
        for i, p in enumerate(proposed)
    ]


def company_cases(
    facts: Facts, proposed: Sequence[Prescription], indication: str | None, bench: Bench
) -> list[tuple[Case, Case]]:
    """For each current medicine its case beside the proposed ones, and without them: what differs, the order brings."""
    listed, reviewed = taken_now(facts), facts.reviewed("medicines")
    current = tuple(taken.prescription for taken in listed)
    together, alone = bench.totals((*proposed, *current), facts.on), bench.totals(current, facts.on)
    pairs = []
    for i, medicine in enumerate(current):
        judged = Judged(medicine.text, prescription_tags(medicine), medicine, proposed=False)
        others = listed[:i] + listed[i + 1 :]
        with_order = MedicineList(others + beside(proposed, facts.on), reviewed)
        pairs.append(
            (
                Case(facts, with_order, judged, indication, together, state_limits=bench.state_limits),
                Case(facts, MedicineList(others, reviewed), judged, indication, alone, state_limits=bench.state_limits),
            )
        )
    return pairs


def judged_prescription(prescription: Prescription, bench: Bench) -> Judged:
    """A proposed prescription as rules see it; one that is not understood stands for all that its name may mean."""
    if prescription.recognised:
        return Judged(prescription.text, prescription_tags(prescription), prescription)
    suggested = [bench.read(name) for part in prescription.unread for name in part.suggestions]
    tags = frozenset().union(*(prescription_tags(one) for one in suggested)) if suggested else bench.rules.scopes
    return Judged(prescription.text, tags, prescription, unread=True)


def option_case(
    option_id: str,
    facts: Facts,
    proposed: Sequence[Prescription],
    indication: str | None,
    bench: Bench,
    *,
    nsaid_ruled_out: bool = False,
) -> Case:
    """The case of an option in place of the proposed analgesics, at the dose that fits this patient."""
    return judged_option(option_id, facts, proposed, indication, bench, nsaid_ruled_out=nsaid_ruled_out)[0]


def judged_option(
    option_id: str,
    facts: Facts,
    proposed: Sequence[Prescription],
    indication: str | None,
    bench: Bench,
    *,
    nsaid_ruled_out: bool = False,
) -> tuple[Case, Dose | None]:
    """The case of an option and its dose; raises UnknownNameError for an option that the knowledge does not hold."""
    option = bench.options.get(option_id)
    if option is None:
        raise UnknownNameError(f"There is no option '{option_id}'.", mend="See docs/options.md for the ids.")
    set_aside = tuple(p for p in proposed if p.tags & ANALGESICS)
    kept = tuple(p for p in proposed if not p.tags & ANALGESICS)
    listed = taken_now(facts)
    medicines = MedicineList(listed + beside(kept, facts.on), facts.reviewed("medicines"))
    others = tuple(taken.prescription for taken in medicines.taken)
    dose = dose_for(option, facts, bench.dose_limits_on(facts.on), nsaid_ruled_out) if option.prescription else None
    taken = dose.prescription if dose is not None else option.prescription
    judged = Judged(option.id, _option_tags(option), taken)
    totals = bench.totals((*((taken,) if dose is not None and taken is not None else ()), *others), facts.on)
    return Case(facts, medicines, judged, indication, totals, set_aside, bench.state_limits), dose


def _option_tags(option: Option) -> frozenset[str]:
    tags = option.scopes | {option.id}
    if option.prescription is not None:
        tags |= option.prescription.tags
    return tags | {"any_medicine"} if option.kind == "medicine" else tags
