"""Questionnaires from the staff's side: handed to a patient, looked at when answers came, taken over into a visit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, jsonify, redirect, request, url_for
from werkzeug.exceptions import BadRequest

from ..clinical.instruments.instrument import Instrument, Item
from ..clinical.instruments.language import languages_of
from ..errors import AnswersError
from ..handouts.qr import drawn_code
from ..signals import screen_completed
from . import questionnaires, visit
from .mount import mount
from .pages import render
from .patient_words import NAMES, UNREAD


def hand() -> Any:
    """Hand questionnaires to a patient of the list."""
    patient_ref = request.form.get("patient", "")
    if not patient_ref:
        raise BadRequest("No patient was named. Choose one from the list.")
    return _hand(patient_ref, url_for(".hand"), (), {"patient": patient_ref})


def hand_in_visit(visit_id: str) -> Any:
    """Hand questionnaires to the patient of a visit; those that are due there are ticked."""
    _, found = visit.opened(visit_id, "hand")
    due = [name for step in found["result"]["screen"]["next"] for name in step.get("forms", ())]
    return _hand(found["patient_ref"], url_for(".hand_in_visit", visit_id=visit_id), due, {"visit": visit_id})


def close(form_id: str) -> Any:
    """Close an address before its time; answers that came are put aside by who may assess the patient alone."""
    kept = mount.forms.find(form_id)
    actor = mount.allow("assess" if kept.waits else "hand", kept.form.patient_ref)
    mount.forms.close(form_id, str(actor.id))
    back = request.form.get("visit", "")
    return redirect(url_for(".visit", visit_id=back) if back else url_for(".today"), 303)


def take(visit_id: str, form_id: str) -> Any:
    """Take the patient's answers over into a visit: it is assessed anew with them."""
    actor, found = visit.opened(visit_id, "assess")
    kept = mount.forms.find(form_id)
    patient_ref = found["patient_ref"]
    if kept.form.patient_ref != patient_ref or not kept.waits:
        raise BadRequest("These answers are not of this patient, or were taken over already.")
    before = visit.arguments_of(found)
    arguments = {**before, "answers": questionnaires.merged(before["answers"], (dict(sheet) for sheet in kept.answers))}
    if mount.trail.decisions([visit_id]):
        arguments["decided_in"] = [*arguments["decided_in"], visit_id]
    try:
        new = visit.assess(actor, patient_ref, mount.record(patient_ref), arguments)
    except AnswersError:
        raise BadRequest("The questionnaire has changed since it was answered. Enter the answers by hand.") from None
    mount.forms.take(form_id, new)
    flags = [
        flag["rule"] for flag in mount.service.find(new)["result"]["screen"]["red_flags"] if flag["answer"] == "yes"
    ]
    mount.tell(screen_completed, actor, patient_ref, new, flags)
    return redirect(url_for(".visit", visit_id=new, _anchor="advice"), 303)


def news() -> Response:
    """How many patients' answers wait, and how many of them are urgent, for a list or a visit that stands open."""
    actor = mount.allow("list")
    waiting = [
        kept for kept in mount.forms.of_today() if kept.waits and mount.granted(actor, "see", kept.form.patient_ref)
    ]
    return jsonify({"waiting": len(waiting), "urgent": sum(_presses(kept) for kept in waiting)})


# -- what pages show ---------------------------------------------------------------------------------------------------


def of_patient(patient_ref: str) -> list[dict[str, Any]]:
    """The forms of a patient that are open or whose answers wait, as pages show them."""
    return [shown for kept in mount.forms.of_patient(patient_ref) if (shown := _shown(kept)) is not None]


def of_today(actor: Any) -> dict[str, list[dict[str, Any]]]:
    """The forms that are open or whose answers wait, by patient, of those whom this person may see."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kept in mount.forms.of_today():
        ref = kept.form.patient_ref
        if mount.granted(actor, "see", ref) and (shown := _shown(kept)) is not None:
            found.setdefault(ref, []).append(shown)
    return found


def _presses(kept: Any) -> bool:
    """Whether a clinician must look before the patient leaves: a red flag, or answers that nobody can read for one."""
    return bool(mount.forms.urgent(kept) or mount.forms.unread(kept))


def _title(name: str) -> str:
    held: Mapping[str, Instrument] = mount.service.tools.screening.instruments
    return str(held[name].texts["title"]) if name in held else name


def _shown(kept: Any) -> dict[str, Any] | None:
    if not kept.waits and not mount.forms.is_open(kept):
        return None
    held: Mapping[str, Instrument] = mount.service.tools.screening.instruments
    titles = [str(held[name].texts["title"]) for name in kept.form.instruments if name in held]
    answered = {sheet["instrument"]: sheet for sheet in kept.answers}
    zone = mount.clock().tzinfo
    return {
        "id": kept.id,
        "waits": kept.waits,
        "titles": titles,
        "until": kept.form.expires_at.astimezone(zone),
        "answered": kept.answered_at.astimezone(zone) if kept.answered_at else None,
        "urgent": mount.forms.urgent(kept) if kept.waits else [],
        "unread": [_title(name) for name in mount.forms.unread(kept)] if kept.waits else [],
        "presses": kept.waits and _presses(kept),
        "told": [
            {"title": held[name].texts["title"], "answers": list(_told(held[name], sheet["items"]))}
            for name, sheet in answered.items()
            if name in held
        ],
        "blank": [
            str(held[name].texts["title"]) for name in kept.form.instruments if name in held and name not in answered
        ],
    }


def _told(instrument: Instrument, items: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Each question with its answer as the patient gave it; a blank one says so."""
    for item in instrument.items:
        if item.asked:
            yield item.ask, _said(item, items.get(item.key))


def _said(item: Item, value: Any) -> str:
    if value is None:
        return "not answered"
    if item.kind == "names":
        return ", ".join(value) or "none of these"
    if item.kind == "months":
        return " ".join(f"{number} {part}" for part, number in value.items())
    if item.kind in ("yes_no", "sides"):
        return "yes" if value else "no"
    return item.options.get(value, str(value))


# -- the way to the patient --------------------------------------------------------------------------------------------


def _hand(patient_ref: str, action: str, due: Iterable[str], hidden: Mapping[str, str]) -> Any:
    actor = mount.allow("hand", patient_ref)
    offered = _offered()
    chosen = [name for name in request.form.getlist("instrument") if name in offered]
    language = request.form.get("language", "en")
    wrong = _wrong([offered[name] for name in chosen], language) if "make" in request.form else ""
    if "make" in request.form and not wrong:
        return _address(actor, patient_ref, chosen, language, hidden)
    ticked = chosen or [name for name in due if name in offered] or [questionnaires.SCREENER]
    page = render(
        "handing.html",
        action=action,
        hidden=hidden,
        offered=offered.values(),
        ticked=ticked,
        wrong=wrong,
        languages=_languages(offered.values()),
        names_of=NAMES,
        chosen_language=request.form.get("language", mount.settings.language),
        minutes=mount.forms.minutes,
    )
    return (page, 422) if wrong else page


def _wrong(chosen: list[Instrument], language: str) -> str:
    """Why this cannot be handed over, and what to do; an empty text where it can."""
    if not chosen:
        return "Tick at least one questionnaire."
    if {questionnaires.SCREENER, questionnaires.SHORT_SCREENER} <= {one.id for one in chosen}:
        return "The short screener is the beginning of the long one: tick one of the two."
    missing = [str(one.texts["title"]) for one in chosen if language not in languages_of(one)]
    if language not in NAMES or missing:
        return f"Not to be had in this language: {'; '.join(missing)}. Leave it out, install its official form, or choose English."
    return ""


def _address(actor: Any, patient_ref: str, chosen: list[str], language: str, hidden: Mapping[str, str]) -> str:
    held = _offered()
    kept, token = mount.forms.hand(patient_ref, chosen, language, str(actor.id))
    address = url_for(".patient_form", token=token, _external=True)
    shapes, size = drawn_code(address)  # not remembered: the address is a key
    return render(
        "handed.html",
        form_id=kept.id,
        address=address,
        code=shapes[0].path,
        size=size,
        until=kept.form.expires_at.astimezone(mount.clock().tzinfo),
        titles=[str(held[name].texts["title"]) for name in chosen],
        language=NAMES[language],
        unread=language in UNREAD,
        visit=hidden.get("visit", ""),
    )


def _offered() -> dict[str, Instrument]:
    """The questionnaires that a patient answers."""
    held: Mapping[str, Instrument] = mount.service.tools.screening.instruments
    return {name: one for name, one in held.items() if one.texts["answered_by"] == "patient"}


def _languages(offered: Iterable[Instrument]) -> dict[str, list[str]]:
    """The languages of the pages by their tag, each with the questionnaires that can be asked in it."""
    spoken = [(str(one.texts["title"]), languages_of(one)) for one in offered]
    return {tag: titles for tag in NAMES if (titles := [title for title, tags in spoken if tag in tags])}
