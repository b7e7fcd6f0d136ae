"""One screening: scores, diagnoses and red flags from the record, the answers and the findings; nothing is averaged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ..case import Limits
from ..facts import Facts
from ..findings import YES
from ..instruments.answers import AnswerSheet, one_sheet_each
from ..instruments.instrument import Instrument, Scored
from ..quantities import PartialDate
from ..record import StatedValue, Statement
from .central_pain import CentralPain, central_pain
from .codes import Codes, codes_of
from .criteria import Diagnosed
from .differential.condition import CONSIDER, CRITERIA_MET, Considered, joined, judged
from .examination import Findings
from .red_flags.urgency import Levels, RedFlag, Urgency
from .reports import SYMPTOM_QUESTIONNAIRE, differing, with_reports
from .tables import ARTERITIS, ScreeningKnowledge
from .told import Told

DEPRESSION_FORM, ITEM_OF_DEATH = "phq-9", "9"
NEURALGIA, NEURALGIA_FACT = "DDX-TN", "tn_criteria_met"
ARTERITIS_FLAG, ARTERITIS_CODES = "RF-01", ("M31.6", "M31.5")  # the second one with polymyalgia
ADULT_FROM = Decimal(18)  # DC/TMD, the screener and the limits of vital signs are those of adults


@dataclass(frozen=True, slots=True)
class Flagged:
    """A red flag whose answer is not no, what to do, the questions that settle it, and what limits it."""

    flag: RedFlag
    levels: Levels
    action: str
    questions: Mapping[str, str]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next, and why; `forms` are the questionnaires that it asks for."""

    do: str
    why: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreenResult:
    """All that one screening gives. `findings` are those that were read; `minor` is true unless 18 years are sure."""

    on: dt.date
    answers: tuple[AnswerSheet, ...]
    scores: tuple[Scored, ...]
    diagnoses: tuple[Diagnosed, ...]
    red_flags: tuple[Flagged, ...]
    differential: tuple[Considered, ...]
    central: CentralPain
    codes: Codes
    findings: Findings
    facts: Facts
    not_checked: tuple[str, ...]
    limits: Limits
    minor: bool


def screen(
    facts: Facts, answers: Iterable[AnswerSheet], findings: Findings | None, knowledge: ScreeningKnowledge
) -> ScreenResult:
    """Screen one patient on the day of the record; `findings` None: nobody was interviewed or examined.

    Raises AnswersError when one questionnaire is handed in twice.
    """
    sheets, on = tuple(answers), facts.on
    one_sheet_each(sheets)
    found = with_reports(findings or Findings(on), sheets)
    limits = knowledge.limits_on(on)
    conditions = _conditions(found, knowledge, limits)
    told = _with_neuralgia(with_complaint(facts, sheets, found, knowledge), conditions)
    minor = told.age().at_least(ADULT_FROM).answer is not YES
    diagnoses = tuple(_diagnosed(found, knowledge, limits))
    red_flags = _flagged(told, knowledge, limits, minor)
    scores = tuple(_scored(sheets, found, knowledge, limits, minor))
    central = central_pain(found, sheets, {held.instrument: held.score for held in scores}, limits)
    return ScreenResult(
        on=on,
        answers=sheets,
        scores=scores,
        diagnoses=diagnoses,
        red_flags=red_flags,
        differential=(*conditions, *_arteritis(red_flags)),
        central=central,
        codes=codes_of(diagnoses, found, told, limits, beyond=_beyond(conditions), fibromyalgia_screen=bool(central.fm_2016)),
        findings=found,
        facts=told,
        not_checked=knowledge.not_checked(),
        limits=limits,
        minor=minor,
    )


def with_complaint(
    facts: Facts, sheets: Iterable[AnswerSheet], found: Findings, knowledge: ScreeningKnowledge
) -> Facts:
    """The facts with what the complaint, the examination and the red-flag form say; the newest word comes first."""
    day = PartialDate(found.on, found.on)
    told = _stated(found.complaint, day, "clinician")
    opening = found.examination.max_assisted_interincisal_mm
    for sheet in sheets:
        told += _stated(sheet.facts, PartialDate(sheet.on, sheet.on), sheet.answered_by)
        told += _thoughts_of_death(sheet)
    if opening is not None and not any(statement.fact == "interincisal_opening_mm" for statement in told):
        told.append(Statement("interincisal_opening_mm", opening, day, "examination"))
    record = replace(facts.record, statements=(*told, *facts.record.statements))
    return Facts(record, facts.definitions)


def _stated(values: Mapping[str, StatedValue], day: PartialDate, source: str) -> list[Statement]:
    return [Statement(key, value, day, source) for key, value in values.items()]


def _thoughts_of_death(sheet: AnswerSheet) -> list[Statement]:
    """Item 9 of the PHQ-9 from one point on, whatever its sum; no points clear nobody (RF-12)."""
    points = sheet.points.get(ITEM_OF_DEATH) if sheet.instrument == DEPRESSION_FORM else None
    if not points:
        return []
    return [Statement("suicidality", True, PartialDate(sheet.on, sheet.on), f"{DEPRESSION_FORM}, item {ITEM_OF_DEATH}")]


def limits_for(limits: Limits, names: Iterable[str]) -> dict[str, Decimal]:
    """The limits that a file names, and no others: a function that reads an undeclared one fails at once."""
    return {name: limits[name] for name in names}


def _scored(
    sheets: Iterable[AnswerSheet], found: Findings, knowledge: ScreeningKnowledge, limits: Limits, minor: bool
) -> Iterable[Scored]:
    for sheet in sheets:
        instrument = knowledge.instruments.get(sheet.instrument)
        if instrument is not None:
            score = instrument.function(sheet.points, limits_for(limits, instrument.limits))
            said = (*instrument.cautions, *((instrument.for_minors,) if minor else ()), *_contradictions(sheet, found))
            yield Scored(instrument.id, score, (*said, *_too_old(sheet, instrument, found.on)))


def _too_old(sheet: AnswerSheet, instrument: Instrument, on: dt.date) -> Iterable[str]:
    """Answers older than the time they were asked about say nothing of the days before the assessment."""
    days = (on - sheet.on).days
    if instrument.window_days is not None and days > instrument.window_days:
        asked = f"the form asks about {instrument.window_days} days"
        yield f"Answered {days} days before this assessment, and {asked}: it says nothing of the time since. Ask again."


def _contradictions(sheet: AnswerSheet, found: Findings) -> Iterable[str]:
    """Answers under a question that was answered with no, and where the interview says otherwise than the form."""
    if sheet.passed_over:
        yield f"Answered although an earlier no passes it over, and not read: item {', '.join(sheet.passed_over)}."
    if sheet.instrument == SYMPTOM_QUESTIONNAIRE:
        keys = ", ".join(differing(found))
        if keys:
            yield f"The interview differs from this form, and the interview counts: {keys}."


def _diagnosed(found: Findings, knowledge: ScreeningKnowledge, limits: Limits) -> Iterable[Diagnosed]:
    for diagnosis in knowledge.diagnoses.values():
        for side in diagnosis.sides:
            yield Diagnosed(diagnosis, side, diagnosis.function(found, side, limits_for(limits, diagnosis.limits)))


def _flagged(facts: Facts, knowledge: ScreeningKnowledge, limits: Limits, minor: bool) -> tuple[Flagged, ...]:
    """Every flag that is not answered no, the most urgent first, undecided ones last."""
    asked = ((flag, flag.function(facts, limits_for(limits, flag.limits))) for flag in knowledge.red_flags.values())
    flags = [_flag(flag, levels, knowledge, minor) for flag, levels in asked if levels.answer.value != "no"]
    return tuple(sorted(flags, key=lambda flagged: flagged.levels.rank))


def _flag(flag: RedFlag, levels: Levels, knowledge: ScreeningKnowledge, minor: bool) -> Flagged:
    urgency = levels.urgency
    action = flag.if_unknown if urgency is None else flag.then[urgency.value]
    advice = [flag.advice[name] for name in levels.advice] if urgency else []
    return Flagged(
        flag=flag,
        levels=levels,
        action=" ".join((action, *advice)),
        questions={fact: knowledge.questions[fact] for fact in levels.missing()},
        cautions=(flag.for_minors,) if minor and flag.for_minors else (),
    )


# -- beyond muscle and joint -----------------------------------------------------------------------------------


def _conditions(found: Findings, knowledge: ScreeningKnowledge, limits: Limits) -> tuple[Considered, ...]:
    told = Told(found)
    asked = ((each, each.function(told, limits_for(limits, each.limits))) for each in knowledge.conditions)
    return joined(held for each, criteria in asked if (held := judged(each, criteria)) is not None)


def _beyond(conditions: Iterable[Considered]) -> tuple[str, ...]:
    """The codes of what is met beyond muscle and joint."""
    return tuple(code for one in conditions if one.status == CRITERIA_MET for code in one.codes)


def _with_neuralgia(facts: Facts, conditions: Iterable[Considered]) -> Facts:
    """Trigeminal neuralgia whose criteria are met in the complaint is known to its red flag (RF-06)."""
    if facts.stated(NEURALGIA_FACT) or not any(c.id == NEURALGIA and c.status == CRITERIA_MET for c in conditions):
        return facts
    today = PartialDate(facts.on, facts.on)
    found = Statement(NEURALGIA_FACT, True, today, f"criteria of {NEURALGIA} in the complaint")
    return Facts(facts.record.with_statements(found), facts.definitions)


def _arteritis(red_flags: Iterable[Flagged]) -> Iterable[Considered]:
    """Giant cell arteritis is for the physician to find: its red flag brings it up, and nothing here confirms it."""
    for flagged in red_flags:
        if flagged.flag.id == ARTERITIS_FLAG and flagged.levels.urgency in (Urgency.EMERGENCY_NOW, Urgency.SAME_DAY):
            title = str(flagged.flag.texts["title"])
            yield Considered(ARTERITIS, title, CONSIDER, flagged.levels.missing(), ARTERITIS_CODES)
