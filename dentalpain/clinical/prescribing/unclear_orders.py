"""What has to be asked of a prescription itself: which medicine it is, and how much of it is taken for how long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..facts import FactDefinition
from ..findings import UNKNOWN
from ..rules import Severity
from .prescription import Prescription
from .questions import WEIGHT, Question, missing
from .reviewing import Flag, ReviewResult

NAME, DIRECTIONS, TAKEN = "unrecognised_medicine", "proposed_directions", "current_directions"
SUMMED = frozenset({"acetaminophen", "ibuprofen", "naproxen", "aspirin", "tramadol"})


@dataclass(frozen=True, slots=True)
class UnclearOrder:
    """Prescriptions that raise one question, with the rules that its answer would settle."""

    question: Question
    about: tuple[Prescription, ...]


def unclear_orders(result: ReviewResult) -> tuple[UnclearOrder, ...]:
    """The questions about the texts themselves: names first, then directions; none when all of it is understood."""
    computed = [flag for flag in result.flags if _misses_an_amount(flag, result)]
    nameless = [(i, p) for i, p in enumerate(result.proposed) if not p.recognised]
    read = [(i, p) for i, p in enumerate(result.proposed) if p.recognised and not _read_by_no_rule(p)]
    vague = [(i, p) for i, p in read if p.unread or _needed(i, p, computed)]
    named = [flag for flag in result.flags if _reads(flag, {NAME}) and set(flag.about) & {i for i, _ in nameless}]
    found = [_asked(NAME, nameless, named), _asked(DIRECTIONS, vague, computed)]
    if computed and not vague:
        found.append(_asked(TAKEN, list(enumerate(_uncounted(result.current))), computed))
    return tuple(one for one in found if one.about)


def lacking(prescription: Prescription) -> tuple[str, ...]:
    """What a text leaves open, in its own words where it has some; else the part that nobody wrote."""
    if prescription.unread:
        return tuple(part.what for part in prescription.unread)
    open_parts = {
        "the dose and how often": prescription.units_per_day_max is None,
        "the quantity or the days": prescription.days_supply is None,
    }
    return tuple(name for name, is_open in open_parts.items() if is_open)


def _asked(fact: str, about: Sequence[tuple[int, Prescription]], flags: Iterable[Flag]) -> UnclearOrder:
    settled = [flag.rule for flag in flags]
    weight = sum(WEIGHT[rule.severity] for rule in settled)
    return UnclearOrder(Question(fact, tuple(rule.id for rule in settled), weight), tuple(p for _, p in about))


def _read_by_no_rule(prescription: Prescription) -> bool:
    """Whether no rule reads any part of it, such as an antibiotic: its amounts decide nothing, and nobody is asked."""
    return all("recognised_no_rule" in part.classes for part in prescription.ingredients)


def _needed(index: int, prescription: Prescription, flags: Iterable[Flag]) -> bool:
    """Whether a rule of more than a note waits for an amount that this text does not hold."""
    waiting = any(index in flag.about and flag.rule.severity > Severity.INFO for flag in flags)
    return waiting and bool(lacking(prescription))


def _misses_an_amount(flag: Flag, result: ReviewResult) -> bool:
    """Whether a rule is open for want of a number that is worked out from the texts of prescriptions."""
    definitions = result.facts.definitions
    return flag.answer is UNKNOWN and any(_is_amount(definitions.get(fact)) for fact in missing(flag.finding))


def _is_amount(definition: FactDefinition | None) -> bool:
    return definition is not None and definition.obtained in ("order", "computed") and definition.value == "number"


def _reads(flag: Flag, facts: set[str]) -> bool:
    return flag.answer is UNKNOWN and not facts.isdisjoint(missing(flag.finding))


def _uncounted(current: Iterable[Prescription]) -> list[Prescription]:
    """Medicines of the list whose amount belongs to a total and cannot be read."""
    summed = (p for p in current if p.units_per_day_max is None)
    return [p for p in summed if not p.tags.isdisjoint(SUMMED) or "opioid" in p.tags]
