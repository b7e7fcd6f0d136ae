"""What to do next, and why: red flags first, three questions before six, an examination after a positive screen."""

from __future__ import annotations

from collections.abc import Iterable

from ..findings import NO, UNKNOWN, YES
from ..instruments.instrument import NOT_SCORABLE
from .assessing import ScreenResult, Step
from .examination import SIDES
from .joint_disorders import limited_without_lock, lock_contradicts_opening
from .tables import ScreeningKnowledge

PAINFUL_TMD = ("myalgia", "arthralgia")  # where neither is met there is no painful TMD
SCREENERS = ("tmd-pain-screener", "tmd-pain-screener-short")


def next_steps(result: ScreenResult, knowledge: ScreeningKnowledge) -> tuple[Step, ...]:
    """The steps in their order; a red flag stands above every score and every diagnosis."""
    keys = (*_about_infection(result), *_about_screening(result), *_about_diagnoses(result))
    return (*_about_red_flags(result, knowledge), *(_step(knowledge, key) for key in keys))


def _step(knowledge: ScreeningKnowledge, key: str, names: Iterable[str] = ()) -> Step:
    texts, listed = knowledge.steps[key], ", ".join(names)
    return Step(texts["do"], f"{texts['why']} {listed}".strip())


def _about_red_flags(result: ScreenResult, knowledge: ScreeningKnowledge) -> Iterable[Step]:
    for flagged in result.red_flags:
        if flagged.levels.urgency is not None:
            yield Step(flagged.action, f"{flagged.flag.id}: {flagged.flag.texts['title']}")
    undecided = [flagged.flag.id for flagged in result.red_flags if flagged.levels.urgency is None]
    if undecided:
        yield _step(knowledge, "ask_red_flags", undecided)


def _about_infection(result: ScreenResult) -> Iterable[str]:
    """Swelling that RF-03 does not raise still needs its tooth treated within a day."""
    raised = {flagged.flag.id for flagged in result.red_flags if flagged.levels.urgency is not None}
    if "RF-03" not in raised and result.facts.finding("swelling_face_or_neck").answer is YES:
        yield "treat_swelling"


def _about_screening(result: ScreenResult) -> Iterable[str]:
    if any(diagnosed.answer is not UNKNOWN for diagnosed in result.diagnoses):
        return  # the examination has gone past the screener
    scores = [held.score for held in result.scores if held.instrument in SCREENERS]
    if any(score.positive for score in scores):
        yield "examine"
    elif any(score.status == NOT_SCORABLE for score in scores):
        yield "complete_screener"
    else:
        yield "screen_negative" if scores else "three_questions"


def _about_diagnoses(result: ScreenResult) -> Iterable[str]:
    examination, limits = result.findings.examination, result.limits
    answers = {diagnosed.answer for diagnosed in result.diagnoses}
    if any(lock_contradicts_opening(result.findings, side, limits).answer is YES for side in SIDES):
        yield "settle_lock"
    if limited_without_lock(result.findings, limits).answer is YES:
        yield "explain_limited_opening"
    if YES in answers:
        yield "decide_diagnosis"
    if examination.palpation is not None and UNKNOWN in answers:
        yield "complete_findings"
    if {d.answer for d in result.diagnoses if d.diagnosis.id in PAINFUL_TMD} == {NO}:
        yield "look_elsewhere"
