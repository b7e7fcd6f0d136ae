"""A screening in the public JSON shape; what the service knows (assessment id, knowledge) it adds itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..case import Limits
from ..findings import NO, UNKNOWN, YES, Because
from ..instruments.instrument import Scored
from .assessing import Flagged, ScreenResult
from .criteria import Diagnosed
from .differential.condition import Considered
from .next_steps import next_steps
from .tables import ScreeningKnowledge

STATUS = {YES: "met", NO: "not_met", UNKNOWN: "not_determinable"}


def as_json(result: ScreenResult, knowledge: ScreeningKnowledge) -> dict[str, Any]:
    """The result of `screen` as `screen --json` prints it, without the keys assessment and knowledge."""
    return {
        "on": result.on.isoformat(),
        "scores": [_score(scored) for scored in result.scores],
        "diagnoses": [_diagnosis(diagnosed, result) for diagnosed in result.diagnoses],
        "corrected_opening_mm": number(result.findings.examination.corrected_opening_mm),
        "red_flags": [_red_flag(flagged) for flagged in result.red_flags],
        "differential": [_considered(one) for one in result.differential],
        "central_pain": {
            "widespread": result.central.widespread,
            "fm_2016": result.central.fm_2016,
            "csi_band": result.central.csi_band,
            "nociplastic": result.central.nociplastic,
            "options_in_view": list(result.central.options),
            "missing": list(result.central.missing),
        },
        "next": [{"do": s.do, "why": s.why, "forms": list(s.forms)} for s in next_steps(result, knowledge)],
        "icd10cm": list(result.codes.default),
        "icd10cm_optional": list(result.codes.optional),
        "icd10cm_conflicts": list(result.codes.conflicts),
        "not_checked": list(result.not_checked),
        "not_read": [],
    }


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def reason(because: Because) -> dict[str, Any]:
    """One fact with its value, source and date."""
    value = because.value
    return {
        "fact": because.fact,
        "value": number(value) if isinstance(value, Decimal) else value,
        "source": because.source,
        "date": because.date.isoformat() if because.date else None,
        "stale": because.stale,
    }


def _score(scored: Scored) -> dict[str, Any]:
    score = scored.score
    return {
        "instrument": scored.instrument,
        "status": score.status,
        "score": number(score.score),
        "subscales": {name: number(value) for name, value in score.subscales.items()},
        "band": score.band,
        "positive": score.positive,
        "partial_sum": number(score.partial_sum),
        "missing": list(score.missing),
        "cautions": list(scored.cautions),
    }


def _diagnosis(diagnosed: Diagnosed, result: ScreenResult) -> dict[str, Any]:
    diagnosis, met = diagnosed.diagnosis, diagnosed.answer is YES
    return {
        "id": diagnosis.id,
        "side": diagnosed.side,
        "status": STATUS[diagnosed.answer],
        "provisional": met and not _reaches_target(diagnosed, result.limits),
        "criteria": [
            {
                "letter": criterion.letter,
                "text": diagnosis.criteria[criterion.letter],
                "answer": criterion.finding.answer.value,
                "because": [reason(because) for because in criterion.finding.because],
            }
            for criterion in diagnosed.criteria
        ],
        "missing": list(diagnosed.missing()),
        "sensitivity": number(diagnosis.sensitivity),
        "specificity": number(diagnosis.specificity),
        "icd10cm": [diagnosis.codes[diagnosed.side]] if met else [],
        "cautions": [diagnosis.for_minors] if result.minor else [],
    }


def _considered(one: Considered) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "status": one.status,
        "missing": list(one.missing),
        "icd10cm": list(one.codes),
    }


def _reaches_target(diagnosed: Diagnosed, limits: Limits) -> bool:
    """Schiffman 2014: a definitive diagnosis needs both figures; where none was established, it is provisional."""
    sensitivity, specificity = diagnosed.diagnosis.sensitivity, diagnosed.diagnosis.specificity
    if sensitivity is None or specificity is None:
        return False
    return sensitivity >= limits["definitive_sensitivity"] and specificity >= limits["definitive_specificity"]


def _red_flag(flagged: Flagged) -> dict[str, Any]:
    levels = flagged.levels
    return {
        "rule": flagged.flag.id,
        "title": flagged.flag.texts["title"],
        "urgency": None if levels.urgency is None else levels.urgency.value,
        "answer": levels.answer.value,
        "because": [reason(because) for because in levels.because],
        "action": flagged.action,
        "missing": list(levels.missing()),
        "questions": [{"fact": fact, "ask": ask} for fact, ask in flagged.questions.items()],
        "cautions": list(flagged.cautions),
    }
