"""How a treatment on trial is going: what was measured over the visits, and whether it works by its marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import redirect, request, url_for

from ..clinical.outcomes import ABOUT, MEASURES
from ..errors import AnswersError
from . import words
from .mount import mount
from .pages import render
from .visit import opened

WEEKS = 12
# What is asked on the page; the questionnaires give the other measures.
TYPED = ("pain_0_10", "quality_of_life_0_10", "mme_per_day")


def show(visit_id: str) -> str:
    """What was measured of the patient of a visit, and the last judgement."""
    actor, found = opened(visit_id, "see")
    held = mount.service.latest(found["patient_ref"], "outcomes")
    mount.note(actor, "see", found["patient_ref"], visit_id)
    return _page(visit_id, found["patient_ref"], held)


def judge(visit_id: str) -> Any:
    """Judge the treatment with the measures of today, and keep the judgement."""
    actor, found = opened(visit_id, "assess")
    patient_ref, errors = found["patient_ref"], dict[str, str]()
    watched = [about for about in ABOUT if about in request.form.getlist("watched")]
    trial = {
        "started": request.form.get("started") or None,
        "judged_after_weeks": _number("weeks", errors),
        "watched": watched,
    }
    today = [
        {"measure": name, "value": value, "on": mount.today().isoformat()}
        for name in TYPED
        if (value := _number(name, errors)) is not None
    ]
    record = mount.record(patient_ref)
    measures = [*mount.service.course(patient_ref), *today]
    arguments: dict[str, Any] = {"trial": trial, "answers": [], "measures": measures}
    try:
        if errors:
            raise AnswersError("What was typed is no number.", where="", mend="Write digits.")
        result = mount.service.outcomes(record, **arguments)
    except AnswersError as error:
        errors = errors or {_field(error.where, measures): f"{error.what} {error.mend}"}
        return _page(visit_id, patient_ref, None, request.form, errors, watched), 422
    kept = {"patient_ref": patient_ref, "actor": str(actor.id), "at": mount.clock()}
    mount.service.save("outcomes", record, arguments, result, **kept)
    return redirect(url_for(".course", visit_id=visit_id), 303)


def _page(
    visit_id: str,
    patient_ref: str,
    held: Mapping[str, Any] | None,
    fields: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    watched: Iterable[str] = ABOUT,
) -> str:
    result = held["result"] if held else None
    return render(
        "course.html",
        visit_id=visit_id,
        result=result,
        rows=_rows(mount.service.course(patient_ref)),
        fields=_fields(result) if fields is None else fields,
        watched=result["trial"]["watched"] if result else watched,
        errors=errors or {},
        about=ABOUT,
        typed=[(name, words.MEASURES[name], MEASURES[name].highest) for name in TYPED],
        today=mount.today(),
        words=words,
    )


def _fields(result: Mapping[str, Any] | None) -> dict[str, str]:
    if result is None:
        return {"weeks": str(WEEKS)}
    trial = result["trial"]
    return {"started": trial["started"], "weeks": str(trial["judged_after_weeks"])}


def _rows(course: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each measure with its values by day, the earliest first; of one day the last that was kept."""
    found: dict[str, dict[str, str]] = {}
    for one in course:
        found.setdefault(one["measure"], {})[str(one["on"])] = words.number(round(Decimal(str(one["value"])), 2))
    return [
        (words.MEASURES[name], [(words.day(day), value) for day, value in sorted(found[name].items())])
        for name in MEASURES
        if name in found
    ]


def _number(name: str, errors: dict[str, str]) -> Decimal | None:
    text = request.form.get(name, "").strip()
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        value = Decimal("NaN")
    if value is None or value.is_finite():
        return value
    errors[name] = "Write a number, such as 4 or 4.5."
    return None


def _field(where: str, measures: list[dict[str, Any]]) -> str:
    """The field of the page that an error of the reader is about."""
    place = where.removeprefix("trial/")
    names = {"started": "started", "judged_after_weeks": "weeks", "watched": "watched"}
    count = where.removeprefix("measures ").partition("/")[0]
    if count.isdigit() and int(count) <= len(measures):
        return str(measures[int(count) - 1]["measure"])
    return names.get(place, "started")

