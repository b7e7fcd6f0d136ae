"""The one page of a visit: each step is kept as an assessment of its own, and the page is drawn from what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from werkzeug.exceptions import BadRequest

from ..errors import AnswersError, NotStoredError
from ..handouts.wording import language_names
from ..practice.chart_note import chart_note
from ..signals import alert_overridden, alert_shown, chart_read, screen_completed
from . import advice, complaint_form, findings_form, forms, handing, patient, questionnaires, words
from .glance import glance
from .mount import mount
from .pages import render
from .pages import words as known_words

LONGEST_REASON = 300


def assess(actor: Any, patient_ref: str, record: Any, arguments: Mapping[str, Any]) -> str:
    """Screen and review a record with these arguments and keep both; the id of what was kept."""
    service = mount.service
    shared = {name: arguments[name] for name in ("answers", "findings", "facts")}
    reviewed = service.review(
        record,
        prescribe=tuple(arguments["prescribe"]),
        indication=arguments["indication"],
        consider=tuple(arguments["consider"]),
        state=arguments["state"],
        legacy_mme=arguments["legacy_mme"],
        **shared,
    )
    result = {"screen": service.screen(record, **shared), "review": mount.mutes.marked(reviewed, patient_ref)}
    return str(
        service.save(
            "visit", record, arguments, result, patient_ref=patient_ref, actor=str(actor.id), at=mount.clock()
        )
    )


def opened(visit_id: str, action: str) -> tuple[Any, dict[str, Any]]:
    """The kept visit and the person at the screen, if the host grants this. Raises NotStoredError, AccessDenied.

    A flag that was muted or lifted since is marked as it stands now.
    """
    found = dict(mount.service.find(visit_id))
    if found["kind"] != "visit":
        raise NotStoredError("No visit has this id.")
    actor = mount.allow(action, found["patient_ref"])
    marked = mount.mutes.marked(found["result"]["review"], found["patient_ref"])
    return actor, {**found, "result": {**found["result"], "review": marked}}


def show(visit_id: str) -> str:
    """The visit as it was kept."""
    actor, found = opened(visit_id, "see")
    mount.note(actor, "see", found["patient_ref"], visit_id)
    shown = page(visit_id, found)
    mount.tell(chart_read, actor, found["patient_ref"], visit_id)
    if alerts := [*_red_flags(found["result"]), *_flags(found["result"])]:
        mount.tell(alert_shown, actor, found["patient_ref"], visit_id, alerts)
    return shown


def _red_flags(result: Mapping[str, Any]) -> list[str]:
    return [flag["rule"] for flag in result["screen"]["red_flags"] if flag["answer"] == "yes"]


def _flags(result: Mapping[str, Any]) -> list[str]:
    return [flag["rule"] for flag in result["review"]["flags"] if flag["answer"] == "yes" and not flag.get("muted")]


def page(visit_id: str, found: Mapping[str, Any], *, fields: Any = None, errors: Mapping[str, str] | None = None) -> str:
    """The page of a kept visit; `fields` and `errors` show a form that could not be used."""
    arguments, result = arguments_of(found), found["result"]
    day = advice.day_of(found["on"])
    names = known_words()
    record = mount.record(found["patient_ref"], day)
    instruments = mount.service.tools.screening.instruments
    shown = forms.fields_of(arguments, instruments) if fields is None else fields
    screened = advice.screening(result["screen"], names)
    reviewed = advice.review(result["review"], arguments, names)
    return render(
        "visit.html",
        visit_id=visit_id,
        header=patient.header(record, result["review"], arguments["facts"], names)
        | {"banner": mount.needs_patient_banner(found["patient_ref"])},
        fields=shown,
        errors=errors or {},
        screen=screened | {"next": questionnaires.steps(result["screen"], instruments)},
        review=reviewed,
        glance=glance(screened, reviewed),
        answered=advice.answered(arguments, names),
        decisions=mount.trail.decisions([*arguments["decided_in"], visit_id]),
        reasons=[(code, words.OVERRIDE_REASONS.get(code, code)) for code in mount.trail.reasons],
        handed=handing.of_patient(found["patient_ref"]) if mount.settings.patient_link_minutes else [],
        may_hand=_may("hand", found["patient_ref"]),
        hears_news=_may("list", None),  # each question that is refused would stand in the trail
        mute_days=(mount.today(), mount.mutes.last_day),
        unread=advice.unread(result),
        note=chart_note(result["review"], result["screen"], handed_out=None),
        topics=advice.topics(result, arguments),
        languages=language_names(),
        letters=advice.letters(result),
        settings=mount.settings,
        instruments=instruments,
        questionnaires=questionnaires,
        sheets=questionnaires.shown(result["screen"], shown, request.args.get("form", ""), instruments, _language()),
        exam=findings_form,
        complaint=complaint_form,
        words=words,
        names=names,
    )


def _may(action: str, patient_ref: str | None) -> bool:
    """Whether there are patients' pages here and the person at the screen is granted this."""
    return bool(mount.settings.patient_link_minutes) and mount.granted(mount.actor(), action, patient_ref)


def arguments_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that a kept visit was assessed with."""
    return forms.empty_arguments() | dict(found["inputs"]["arguments"])


def revise(visit_id: str) -> Any:
    """Assess again with what was typed, ticked or answered, and go to the new visit."""
    actor, found = opened(visit_id, "assess")
    before = arguments_of(found)
    instruments = mount.service.tools.screening.instruments
    arguments, errors = forms.read(
        request.form, before, mount.today(), known_words(), mount.settings.max_prescription, instruments
    )
    if errors:
        return page(visit_id, found, fields=_as_typed(), errors=errors), 422
    if mount.trail.decisions([visit_id]):
        arguments["decided_in"] = [*arguments["decided_in"], visit_id]
    patient_ref = found["patient_ref"]
    try:
        new = assess(actor, patient_ref, mount.record(patient_ref), arguments)
    except AnswersError as error:  # an answer that only the reader of answers can refuse
        place = error.where.replace("fact ", "fact-") if error.where.startswith("fact ") else "prescribe"
        return page(visit_id, found, fields=_as_typed(), errors={place: str(error)}), 422
    _tell_assessed(actor, patient_ref, new, before, arguments)
    return redirect(_address(new, instruments), 303)


def _address(visit_id: str, instruments: Mapping[str, Any]) -> str:
    """The visit at the place from which it was sent; a questionnaire that was asked for is open there."""
    form, _, _ = request.form.get("open-form", "").partition(" ")
    spoken: dict[str, Any] = {questionnaires.LANGUAGE: language} if (language := _language()) else {}
    if form in instruments:
        return url_for(".visit", visit_id=visit_id, form=form, _anchor=f"form-{form}", **spoken)
    return url_for(".visit", visit_id=visit_id, _anchor=request.form.get("then") or "advice", **spoken)


def _language() -> str:
    """The language in which questionnaires are shown, as it was clicked last; '' for that of each form."""
    _, _, clicked = request.form.get("open-form", "").partition(" ")
    return clicked or request.values.get(questionnaires.LANGUAGE, "")


def _tell_assessed(actor: Any, patient_ref: str, new: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    mount.tell(chart_read, actor, patient_ref, new)
    asked = [now[name] for name in ("answers", "findings")]
    if any(asked) and asked != [before[name] for name in ("answers", "findings")]:
        mount.tell(screen_completed, actor, patient_ref, new, _red_flags(mount.service.find(new)["result"]))


def _as_typed() -> dict[str, str]:
    """The fields as they were sent; boxes of a list under 'name=value', as `forms.fields_of` names them."""
    typed = {name: request.form[name] for name in request.form if name != "answer"}
    return typed | {f"{name}={value}": "1" for name in request.form for value in request.form.getlist(name) if value}


def override(visit_id: str) -> Any:
    """Keep a decision against a flag, with its reason; the flag stays and shows the decision."""
    actor, found = opened(visit_id, "assess")
    rule, code, text = decision(found)
    mount.trail.override(visit_id, rule, str(actor.id), code, text)
    mount.tell(alert_overridden, actor, found["patient_ref"], visit_id, [rule])
    return redirect(url_for(".visit", visit_id=visit_id, _anchor=f"flag-{rule}"), 303)


def decision(found: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    """The rule, the code and the words of a decision about a flag of a visit. Raises BadRequest."""
    rule = request.form.get("rule", "")
    code = request.form.get("reason") or None
    text = request.form.get("reason-text", "").strip()[:LONGEST_REASON] or None
    flags = [flag["rule"] for flag in found["result"]["review"]["flags"]]
    if rule not in flags or (code is not None and code not in mount.trail.reasons):
        raise BadRequest("This decision names no flag of this visit, or no reason of the list.")
    if code is None and text is None:
        raise BadRequest("Choose a reason from the list, or write one.")
    return rule, code, text
