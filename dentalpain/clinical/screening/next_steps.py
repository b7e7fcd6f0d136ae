"""What to do next, and why: red flags first, three questions before six, the long forms after a positive."""

from __future__ import annotations

from collections.abc import Iterable

from ..findings import NO, UNKNOWN, YES
from ..instruments.instrument import COMPLETE, NOT_SCORABLE, Score, as_number
from .assessing import ScreenResult, Step
from .examination import SIDES
from .joint_disorders import limited_without_lock, lock_contradicts_opening
from .tables import ScreeningKnowledge
from .told import Told

SCREENERS = ("tmd-pain-screener", "tmd-pain-screener-short")
SYMPTOM_QUESTIONNAIRE = "dc-tmd-sq"
PAINFUL_TMD = ("myalgia", "arthralgia")  # where neither is met there is no painful TMD
# The two sets of the DC/TMD for its second axis (Schiffman 2014, table 7).
SCREENING_SET = ("phq-4", "gcps-6-month", "jfls-8", "obc", "pain-drawing")
COMPREHENSIVE_SET = ("phq-9", "gad-7", "phq-15", "jfls-20", "gcps-6-month", "obc", "pain-drawing")
CENTRAL_SET = ("fm-2016", "csi")
EITHER = {"gcps-6-month": "gcps-1-month", "jfls-8": "jfls-20", "phq-4": "phq-9"}


def next_steps(result: ScreenResult, knowledge: ScreeningKnowledge) -> tuple[Step, ...]:
    """The steps in their order; a red flag stands above every score and every diagnosis."""
    keys = (*_about_infection(result), *_about_screening(result), *_about_diagnoses(result))
    return (
        *_about_red_flags(result, knowledge),
        *(_step(knowledge, key) for key in keys),
        *(_step(knowledge, key, names) for key, names in _about_forms(result)),
        *(_step(knowledge, key) for key in _about_central_pain(result)),
    )


def _step(knowledge: ScreeningKnowledge, key: str, names: Iterable[str] = ()) -> Step:
    texts, named = knowledge.steps[key], tuple(names)
    forms = tuple(name for name in named if name in knowledge.instruments)
    told = ", ".join(named).replace(", (", " (")  # the reasons stand in brackets behind the last form
    return Step(texts["do"], f"{texts['why']} {told}".strip(), forms)


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
    elif scores:
        yield "screen_negative"
    else:
        yield "confirm_history" if _has_symptom_questionnaire(result) else "three_questions"


def _has_symptom_questionnaire(result: ScreenResult) -> bool:
    """It holds what the screener asks of pain and of what changes it (scoring manual of 30 March 2021)."""
    return any(held.instrument == SYMPTOM_QUESTIONNAIRE and held.score.status == COMPLETE for held in result.scores)


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


# -- which questionnaire next ----------------------------------------------------------------------------------


def _about_forms(result: ScreenResult) -> Iterable[tuple[str, tuple[str, ...]]]:
    scores = {held.instrument: held.score for held in result.scores}
    open_forms = tuple(n for n, s in scores.items() if s.status == NOT_SCORABLE and n not in SCREENERS)
    if open_forms:
        yield "complete_forms", open_forms
    yield from _about_single_answers(result)
    likely = any(scores[name].positive for name in SCREENERS if name in scores) or _painful(result)
    first = _not_handed_in(_first_set(result), scores) if likely else ()
    if first:
        yield "screening_set", first
    reasons = _reasons_to_look_further(result, scores)
    long = tuple(name for name in _not_handed_in(COMPREHENSIVE_SET, scores) if name not in first)
    if reasons and long:
        yield "comprehensive_set", (*long, f"({', '.join(reasons)})")
    if _band(scores, "obc") == "high":
        yield "counsel_habits", ()
    many_places = _band(scores, "pain-drawing") == "severe" or bool(result.central.widespread)
    if many_places and (due := _not_handed_in(CENTRAL_SET, scores)):
        yield "central_set", due


def _about_single_answers(result: ScreenResult) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Answers that are read one by one, whatever the sum: item 9 left blank, chest pain or fainting marked."""
    points = {sheet.instrument: sheet.points for sheet in result.answers}
    if "phq-9" in points and points["phq-9"].get("9") is None:
        yield "ask_item_nine", ()
    symptoms = points.get("phq-15", {})
    if any((as_number(symptoms.get(key)) or 0) > 0 for key in ("7", "9")):
        yield "ask_chest_pain", ()


def _painful(result: ScreenResult) -> bool:
    return any(d.answer is YES for d in result.diagnoses if d.diagnosis.id in PAINFUL_TMD)


def _first_set(result: ScreenResult) -> tuple[str, ...]:
    """The symptom questionnaire first, unless the interview has asked for the pain already."""
    asked = result.findings.history.pain_last_30_days is not None
    return SCREENING_SET if asked else ("dc-tmd-sq", *SCREENING_SET)


def _not_handed_in(forms: Iterable[str], scores: dict[str, Score]) -> tuple[str, ...]:
    return tuple(name for name in forms if name not in scores and EITHER.get(name) not in scores)


def _band(scores: dict[str, Score], name: str) -> str | None:
    return scores[name].band if name in scores else None


def _reasons_to_look_further(result: ScreenResult, scores: dict[str, Score]) -> tuple[str, ...]:
    """The findings after which the long set or a referral is due (stepped use, built on Schiffman 2014)."""
    grades = {_band(scores, "gcps-1-month"), _band(scores, "gcps-6-month")}
    reasons = {
        "pain-related disability": bool(grades & {"III", "IV"}),
        "distress": _band(scores, "phq-4") in ("moderate", "severe"),
        "pain in three areas or more": _band(scores, "pain-drawing") == "severe",
        "fibromyalgia screen positive": bool(result.central.fm_2016),
        "pain for six months or more": _lasting(result),
        "earlier treatment failed": Told(result.findings).has("earlier_treatment_failed").answer is YES,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _lasting(result: ScreenResult) -> bool:
    """Pain for as long as makes the second axis mandatory, by the clinician's word or by the questionnaire."""
    months = Told(result.findings).number("duration_months").value
    written = (as_number(sheet.points.get("2")) for sheet in result.answers if sheet.instrument == "dc-tmd-sq")
    return any(held is not None and held >= result.limits["axis_two_months"] for held in (months, *written))


def _about_central_pain(result: ScreenResult) -> Iterable[str]:
    central = result.central
    if (central.widespread or central.fm_2016) and central.nociplastic == "not_determinable":
        yield "grade_nociplastic"
    if central.options:
        yield "central_options"
