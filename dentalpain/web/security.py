"""Forged forms, caches and referrers: what each request is checked for and what each answer says."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from flask import Response, current_app, g, request, session
from werkzeug.exceptions import BadRequest, Forbidden

from .mount import Mount

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION_KEY = "_dentalpain_form"
FIELD = "csrf_token"
LOST = (
    "This form is no longer valid, and what was typed or ticked in it was not kept. Go back and copy what your browser "
    "still shows; then reload the page, enter it again and send it."
)

# Our own layout needs no more than this; a host with its own layout sets its own policy.
OWN_FRAMES = "frame-ancestors 'self'"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
    f"form-action 'self'; base-uri 'none'; {OWN_FRAMES}"
)


def host_protection() -> Any:
    """The host's CSRFProtect, if it has one that is switched on."""
    held = current_app.extensions.get("csrf")
    return held if held is not None and current_app.config.get("WTF_CSRF_ENABLED", True) else None


def token_field() -> dict[str, str]:
    """Name and value of the hidden field that every form carries: the host's token where it has one, else ours."""
    if host_protection() is not None:
        make: Any = current_app.jinja_env.globals["csrf_token"]
        return {"name": current_app.config.get("WTF_CSRF_FIELD_NAME", FIELD), "value": make()}
    if SESSION_KEY not in session:
        session[SESSION_KEY] = secrets.token_urlsafe(24)
    return {"name": FIELD, "value": session[SESSION_KEY]}


def check_form() -> None:
    """Refuse a form that did not come from one of our pages. Raises BadRequest."""
    host = host_protection()
    if host is not None:
        if not g.get("csrf_valid"):
            host.protect()
        return
    expected, given = session.get(SESSION_KEY), request.form.get(FIELD, "")
    if not expected or not hmac.compare_digest(expected.encode(), given.encode()):
        raise BadRequest(LOST)


def check_api(*also: str) -> None:
    """Refuse what another site's page could send without asking. Raises BadRequest or Forbidden.

    A form of another site cannot send `application/json` or `application/fhir+json`, and browsers name the site that sends.
    """
    if request.mimetype not in ("application/json", *also):
        raise BadRequest(f"Send the request with Content-Type: {' or '.join(('application/json', *also))}.")
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        raise Forbidden("This API answers no pages of other sites.")


def check_patient() -> None:
    """Refuse an answer that another site's page sends: nobody but who holds the address can send one. Raises Forbidden."""
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        raise Forbidden("Answers are taken from our own page alone.")


def finish(mount: Mount, response: Response) -> Response:
    """Headers of an answer: nothing about a patient stays in a cache or leaves in a referrer."""
    if request.endpoint is not None and request.endpoint.rpartition(".")[2] == "static":
        return response
    response.headers["Cache-Control"] = "no-store"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    _set_policy(mount, response)
    return response


def _set_policy(mount: Mount, response: Response) -> None:
    """Our policy where the layout is ours; whose frames may hold a page is ours to say in a layout of the host too."""
    frames = " ".join((OWN_FRAMES, *mount.settings.frame_ancestors))
    if mount.base_template is None:
        response.headers.setdefault("Content-Security-Policy", POLICY)
    elif mount.settings.frame_ancestors:
        response.headers.setdefault("Content-Security-Policy", OWN_FRAMES)
    if held := response.headers.get("Content-Security-Policy"):
        response.headers["Content-Security-Policy"] = held.replace(OWN_FRAMES, frames)
