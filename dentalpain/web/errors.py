"""Errors of our own pages and of our own API; the host's handlers stay as they are."""

from __future__ import annotations

import json
import secrets
import traceback
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, request, url_for
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException

from ..errors import (
    AccessDenied,
    DentalPainError,
    InputError,
    NoStoreError,
    NotStoredError,
    NoValueOnDayError,
    PracticeError,
    SettingsError,
    SignInError,
    UnknownNameError,
)
from . import api, fhir_outcomes, patient_pages, security
from .mount import mount
from .pages import render

STATUS = {
    AccessDenied: 403,
    NotStoredError: 404,
    UnknownNameError: 404,
    NoStoreError: 503,
    SignInError: 403,
    PracticeError: 503,
    NoValueOnDayError: 400,
    InputError: 400,
}
NO_VALUES = "The knowledge has no values for the day that is judged. Ask for a later one."
OURS = "This is a fault of ours. Your log holds it under the number"
NOT_KNOWN = "This is not known here."

ADVICE = {
    400: "Something in the request could not be used.",
    403: "You cannot open this.",
    404: "There is nothing here.",
    405: "This page does not answer to that.",
    413: "That is too large.",
    415: "This kind of content is not read here.",
    422: "Something in the request could not be used.",
    429: "Too many requests came at once.",
    503: "This is not available now.",
}


def register(blueprint: Blueprint) -> None:
    """Handle the errors of this blueprint's own views."""
    blueprint.register_error_handler(HTTPException, _http)
    blueprint.register_error_handler(DentalPainError, _ours)
    blueprint.register_error_handler(api.InvalidRequest, _invalid)
    blueprint.register_error_handler(Exception, _fault)


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> Response:
    """Problem details (RFC 9457): a status, a sentence, and the places in the input, without any value of it."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body["detail"] = detail
    if errors:
        body["errors"] = errors
    return Response(json.dumps(body, ensure_ascii=False) + "\n", status, content_type="application/problem+json")


def _http(error: HTTPException) -> Any:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    refused_by_host = type(error).__module__.startswith("flask_wtf.")  # its sentence speaks of tokens, to a developer
    response = _answer(error.code, security.LOST if refused_by_host else error.description or "")
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _ours(error: DentalPainError) -> Any:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), None)
    if status is None:
        return _fault(error)
    if isinstance(error, AccessDenied) and (door := _sign_in_endpoint()):
        return redirect(url_for(door, next=request.script_root + request.path))
    if isinstance(error, NoValueOnDayError):
        return _answer(status, NO_VALUES)
    if isinstance(error, UnknownNameError) and api.is_api_request():
        return _answer(400, *_unknown(error))
    places = [{"pointer": error.where, "detail": error.what}] if isinstance(error, InputError) and error.where else None
    return _answer(status, str(error), places)


def _unknown(error: UnknownNameError) -> tuple[str, list[dict[str, str]] | None]:
    """The mend and the place of a name that is not known; the message of the error repeats the name."""
    places = [{"pointer": error.where, "detail": NOT_KNOWN}] if error.where else None
    return f"Something that the request names is not known here. {error.mend}".strip(), places


def _invalid(error: api.InvalidRequest) -> Response:
    return problem(400, str(error), error.places)


def _sign_in_endpoint() -> str | None:
    """Where somebody who is not signed in and asked for a page may sign in."""
    if request.method != "GET" or api.is_api_request() or mount.actor() is not None:
        return None
    return mount.settings.sign_in_endpoint


def _fault(error: Exception) -> Any:
    """A fault of ours: an id for the person and for the log, and no message, which could hold a patient's words."""
    if current_app.testing or current_app.debug:
        raise error
    fault = secrets.token_hex(6)
    if isinstance(error, SettingsError):  # our own sentence about what the host wrote: nothing of a patient is in it
        current_app.logger.error("dentalpain fault %s: %s", fault, error)
        return _answer(500, f"{OURS} {fault}.")
    places = " < ".join(f"{f.name} line {f.lineno}" for f in reversed(traceback.extract_tb(error.__traceback__)[-6:]))
    what = f"{type(error).__name__} ({error.name})" if isinstance(error, TemplateNotFound) else type(error).__name__
    current_app.logger.error("dentalpain fault %s: %s in %s", fault, what, places)
    return _answer(500, f"{OURS} {fault}.")


def _answer(status: int, detail: str, places: list[dict[str, str]] | None = None) -> Response:
    if fhir_outcomes.is_fhir_request():
        return fhir_outcomes.refused(status, detail)
    if api.is_api_request():
        return problem(status, detail, places)
    title = ADVICE.get(status, "This did not work.")
    if patient_pages.is_patient_page():
        return patient_pages.refused(status)
    try:
        return make_response(render("error.html", title=title, detail=detail), status)
    except TemplateNotFound:  # the layout of the host is not there, which may be what went wrong
        return Response(f"{title} {detail}\n", status, content_type="text/plain; charset=utf-8")
