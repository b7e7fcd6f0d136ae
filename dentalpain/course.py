"""How a patient's measures have gone: from what the store keeps and from dated answers, for the page `my-course`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .outcomes import GIVEN_BY

if TYPE_CHECKING:
    from .clinical.record import Record
    from .service import Service
    from .storage.port import AssessmentStore, StoredAssessment

Value = dict[str, Any]
MOST_KEPT = 100  # assessments that are looked through, the newest


def course_of(service: Service, record: Record, answers: Sequence[Mapping[str, Any]], patient_ref: str | None) -> list[Value]:
    """The values of the record, of these answers and, with a `patient_ref`, of the store, the stored ones first.

    What cannot be scored is left out. Raises AnswersError for answers that do not fit their form.
    """
    kept = service.course(patient_ref) if patient_ref else []
    found = service.outcomes(record, trial={"started": record.on.isoformat()}, answers=answers)
    return [*kept, *(_value(one) for one in found["measured"])]


def stored_course(store: AssessmentStore, patient_ref: str) -> list[Value]:
    """The values in the patient's kept assessments, the earliest first; each once, on the day when it was answered.

    An assessment of the outcome holds the values of the earlier ones again.
    """
    kept = store.for_patient(patient_ref, limit=MOST_KEPT)
    values = [value for filed in reversed(kept) for value in _of_assessment(filed.assessment)]
    return list({(one["measure"], str(one["on"]), one["value"]): one for one in values}.values())


def _of_assessment(assessment: StoredAssessment) -> Iterable[Value]:
    """The measured values of an outcome, or the scores of a screening that give a measure."""
    result = assessment.result
    yield from (_value(one) for one in result.get("measured", ()))
    for score in result.get("screen", result).get("scores", ()):
        if score["instrument"] in GIVEN_BY and score["score"] is not None:
            day = score.get("answered_on") or assessment.on.isoformat()
            yield {"measure": GIVEN_BY[score["instrument"]], "value": score["score"], "on": day}


def _value(one: Mapping[str, Any]) -> Value:
    return {name: one[name] for name in ("measure", "value", "on")}
