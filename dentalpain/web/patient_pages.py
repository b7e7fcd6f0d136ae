"""The pages that a patient sees: the questions that were handed over, and thanks. No name, no advice, no result.

The address is the key: nobody signs in, the host's session is neither read nor written, and the host's layout is not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, render_template, request, url_for

from ..clinical.instruments.instrument import Instrument
from ..clinical.instruments.language import spoken_in
from ..errors import NotStoredError
from ..signals import screen_completed
from . import questionnaires
from .mount import mount
from .patient_words import words_in
from .security import POLICY

ENDPOINTS = ("patient_form", "patient_answer", "patient_thanks")
IDLE_SECONDS = 600  # then the page asks, and a minute later it is cleared


def add_routes(blueprint: Blueprint, app: Flask) -> None:
    """Add the patient's pages; the host's form protection has nothing to check there, since nobody is signed in."""
    add = blueprint.add_url_rule
    add("/p/<token>", "patient_form", show)
    add("/p/<token>", "patient_answer", answer, methods=["POST"])
    add("/p/thanks", "patient_thanks", thanks)
    host = app.extensions.get("csrf")
    if host is not None:
        host.exempt(answer)


def is_patient_page() -> bool:
    """Whether this request is for one of the patient's pages."""
    return (request.endpoint or "").rpartition(".")[2] in ENDPOINTS


def show(token: str) -> Response:
    """The questions that wait for answers, or a page that says that it is closed."""
    if _must_wait():
        return _slow()
    try:
        kept = mount.forms.opened(token)
    except NotStoredError:
        return _closed()
    return _form(kept, {}, {})


def answer(token: str) -> Response:
    """Keep the answers, once, and thank; what cannot be read is asked again, and nothing is kept then."""
    if _must_wait():
        return _slow()
    try:
        kept = mount.forms.opened(token)
        errors: dict[str, str] = {}
        day = mount.today()
        read = [
            questionnaires.answered_by_patient(one, request.form, day, errors) for one in _instruments(kept).values()
        ]
        sheets = [sheet for sheet in read if sheet is not None]
        words = words_in(kept.form.language)
        if errors or not sheets:
            return _form(kept, _as_typed(), errors or {"": words["nothing"]})
        kept = mount.forms.answer(token, sheets)
    except NotStoredError:
        return _closed()
    _tell(kept)
    return make_response(redirect(url_for(".patient_thanks", language=kept.form.language), 303))


def thanks() -> Response:
    """Thanks, and nothing else."""
    return _page("patient_thanks.html", request.args.get("language", "en"), 200)


def refused(status: int) -> Response:
    """An error, without a way to the pages of the staff."""
    return _slow() if status == HTTPStatus.TOO_MANY_REQUESTS else _failed("failed", status)


def _tell(kept: Any) -> None:
    """Tell the host at once, with the red flags that the answers raise: nobody of the staff has seen them yet."""
    rules = [flag["rule"] for flag in mount.forms.urgent(kept)]
    mount.tell(screen_completed, "patient", kept.form.patient_ref, None, rules)


def _instruments(kept: Any) -> dict[str, Instrument]:
    """The questionnaires of a form in its language, by id; one that is gone or not in it any more stays as it is."""
    held: Mapping[str, Instrument] = mount.service.tools.screening.instruments
    asked = (held[name] for name in kept.form.instruments if name in held)
    return {one.id: spoken_in(one, kept.form.language) or one for one in asked}


def _form(kept: Any, fields: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    forms = [_shown(one) for one in _instruments(kept).values()]
    status = 422 if errors else 200
    language = kept.form.language
    return _page("patient_form.html", language, status, forms=forms, fields=fields, errors=errors, idle=IDLE_SECONDS)


def _shown(instrument: Instrument) -> dict[str, Any]:
    texts: Mapping[str, Any] = instrument.texts
    return {
        "id": instrument.id,
        "title": texts["title"],
        "window": texts["window"],
        "language": texts.get("spoken", texts.get("language", "en")),
        "around": texts.get("language", "en"),
        "own_wording": not questionnaires.is_official(instrument),
        "wording": texts["wording"],
        "licence": texts["licence"]["note"],
        "questions": questionnaires.nested(instrument),
    }


def _as_typed() -> dict[str, str]:
    typed = dict(request.form.items())
    return typed | {f"{name}={value}": "1" for name in request.form for value in request.form.getlist(name) if value}


def _closed() -> Response:
    mount.slowing.failed(request.remote_addr or "")
    return _failed("closed", HTTPStatus.GONE)


def _slow() -> Response:
    return _failed("slow", HTTPStatus.TOO_MANY_REQUESTS)


def _failed(what: str, status: int) -> Response:
    return _page("patient_closed.html", "en", status, title=what, why=f"{what}_why")


def _must_wait() -> bool:
    """Whether this caller tried too many addresses; a host with a limiter sets its own limits."""
    return "limiter" not in current_app.extensions and mount.slowing.must_wait(request.remote_addr or "")


def _page(template: str, language: str, status: int, **values: Any) -> Response:
    """A page of the patient's own: nothing of it is kept, framed, found by a search or named to another site."""
    office = str(mount.settings.office["name"])
    words = {name: text.replace("{office}", office) for name, text in words_in(language).items()}
    shown = {
        "words": words,
        "language": language if words_in(language) is not words_in("en") else "en",
        "office": office,
    }
    html = render_template(f"dentalpain/{template}", url_of=mount.url, field=questionnaires.field, **shown, **values)
    response = make_response(html, status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
