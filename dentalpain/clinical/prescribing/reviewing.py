"""The review of a prescription: what stands against it, what would serve better, and what must be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..case import Case, DayTotals, Limits
from ..facts import Facts
from ..findings import UNKNOWN, YES, Answer, Finding, any_of
from ..rules import Judgement, Rule, Severity, verdict
from .doses.dosing import Dose
from .judging import Bench, company_cases, judged_option, prescription_cases
from .prescription import Prescription


@dataclass(frozen=True, slots=True)
class Flag:
    """A rule that answers yes or unknown for at least one prescription; `about` indexes the prescriptions."""

    rule: Rule
    finding: Finding
    about: tuple[int, ...]
    cases: tuple[Case, ...]

    @property
    def answer(self) -> Answer:
        """Yes as soon as one prescription answers yes."""
        return self.finding.answer


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option that a guideline lists for the indication, or that the dentist wants judged."""

    option_id: str
    line: int | None
    strength: str
    certainty: str
    citations: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """A candidate judged for this patient; `judgements` hold the rules that answer yes or unknown, deciding ones first."""

    candidate: Candidate
    verdict: str
    dose: Dose | None
    judgements: tuple[Judgement, ...]
    case: Case
    unbuilt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """All that a review found, before it is put into words."""

    facts: Facts
    proposed: tuple[Prescription, ...]
    current: tuple[Prescription, ...]
    indication: str | None
    totals: DayTotals
    flags: tuple[Flag, ...]
    alternatives: tuple[Alternative, ...]


def review(
    facts: Facts,
    proposed: Sequence[Prescription],
    indication: str | None,
    candidates: Iterable[Candidate],
    bench: Bench,
    unbuilt: Mapping[str, frozenset[str]],
) -> ReviewResult:
    """Judge the proposed prescriptions (else the current ones) and every candidate.

    `unbuilt`: for each contraindicated rule that is not built yet its scope, so that what it covers is not offered.
    """
    limits = bench.limits_on(facts.on)
    cases = prescription_cases(facts, proposed, indication, bench)
    current = tuple(m.prescription for m in facts.record.current())
    return ReviewResult(
        facts,
        tuple(proposed),
        current,
        indication,
        bench.totals((*proposed, *current), facts.on),
        flags_of(cases, limits, bench, company_cases(facts, proposed, indication, bench) if proposed else ()),
        tuple(alternatives(facts, proposed, indication, candidates, bench, unbuilt)),
    )


def flags_of(
    cases: Sequence[Case], limits: Mapping[str, Limits], bench: Bench, company: Sequence[tuple[Case, Case]] = ()
) -> tuple[Flag, ...]:
    """One flag for each rule that does not answer no for every prescription, worst first, yes before unknown.

    `company` are the current medicines beside the order and without it: a rule about one of them that answers yes only
    with the order is a flag too. A benzodiazepine that is ordered harms with the opioid on the list.
    """
    asked: dict[str, list[tuple[int, Case, Finding]]] = {}
    for index, case in enumerate(cases):
        for judgement in bench.rules.ask(case, limits):
            asked.setdefault(judgement.rule.id, []).append((index, case, judgement.finding))
    said = [(rule_id, one) for rule_id, held in asked.items() for _, _, one in held if one.answer is YES]
    told = [(bench.rules.by_id[rule_id].severity, because.value) for rule_id, one in said for because in one.because]
    own = {rule_id for rule_id, _ in said}
    for index, case, judgement in _brought(company, limits, bench, len(cases)):
        if judgement.rule.id not in own and not _is_told(case, judgement.rule.severity, told):
            held = [each for each in asked.get(judgement.rule.id, ()) if each[2].answer is YES]
            asked[judgement.rule.id] = [*held, (index, case, judgement.finding)]
    flags = [_joined(bench.rules.by_id[rule_id], held) for rule_id, held in asked.items()]
    return tuple(sorted(flags, key=lambda flag: (-flag.rule.severity, flag.answer is not YES)))


def _brought(
    company: Sequence[tuple[Case, Case]], limits: Mapping[str, Limits], bench: Bench, first: int
) -> Iterator[tuple[int, Case, Judgement]]:
    """What the order makes true of a current medicine; `first` is the index of the first of these."""
    for index, (together, alone) in enumerate(company, start=first):
        before = {j.rule.id for j in bench.rules.ask(alone, limits) if j.answer is YES}
        for judgement in bench.rules.ask(together, limits):
            if judgement.answer is YES and judgement.rule.id not in before:
                yield index, together, judgement


def _is_told(case: Case, severity: Severity, told: Sequence[tuple[Severity, object]]) -> bool:
    """Whether a flag about the order that weighs as much names this current medicine: one thought is told once."""
    prescription = case.judged.prescription
    names = {one.name for one in prescription.ingredients} if prescription else set()
    return any(weight >= severity and value in names for weight, value in told)


def _joined(rule: Rule, held: list[tuple[int, Case, Finding]]) -> Flag:
    whole = any_of(*(finding for _, _, finding in held))
    concerned = [(index, case) for index, case, finding in held if finding.answer is whole.answer]
    return Flag(rule, whole, tuple(index for index, _ in concerned), tuple(case for _, case in concerned))


def alternatives(
    facts: Facts,
    proposed: Sequence[Prescription],
    indication: str | None,
    candidates: Iterable[Candidate],
    bench: Bench,
    unbuilt: Mapping[str, frozenset[str]],
) -> list[Alternative]:
    """Every candidate in the order given, judged at the dose that fits this patient."""
    held = list(candidates)
    ruled_out = nsaid_ruled_out(facts, proposed, indication, held, bench)
    return [_judge(c, facts, proposed, indication, bench, unbuilt, ruled_out) for c in held]


def nsaid_ruled_out(
    facts: Facts, proposed: Sequence[Prescription], indication: str | None, candidates: list[Candidate], bench: Bench
) -> bool:
    """Whether a contraindicated rule stands against ibuprofen, so that acetaminophen is given in full dose."""
    if not any(c.option_id == "ibuprofen" for c in candidates):
        return False
    case, _ = judged_option("ibuprofen", facts, proposed, indication, bench)
    held = bench.rules.ask(case, bench.limits_on(facts.on))
    return any(j.answer is YES and j.rule.severity is Severity.CONTRAINDICATED for j in held)


def _judge(
    candidate: Candidate,
    facts: Facts,
    proposed: Sequence[Prescription],
    indication: str | None,
    bench: Bench,
    unbuilt: Mapping[str, frozenset[str]],
    ruled_out: bool,
) -> Alternative:
    case, dose = judged_option(
        candidate.option_id, facts, proposed, indication, bench, nsaid_ruled_out=ruled_out
    )
    held = bench.rules.ask(case, bench.limits_on(facts.on))
    missing = tuple(rule for rule, scope in unbuilt.items() if scope & case.judged.tags)
    decided = verdict(held, candidate.strength, bool(missing))
    return Alternative(candidate, decided, dose, deciding_first(held, decided), case, missing)


def deciding_first(judgements: Iterable[Judgement], decided: str) -> tuple[Judgement, ...]:
    """The judgements in the order in which they weigh on the verdict."""
    wanted = {"blocked": YES, "ask_first": UNKNOWN}.get(decided, YES)
    return tuple(sorted(judgements, key=lambda j: (j.answer is not wanted, -j.rule.severity)))

