"""The office's own pages: signing in, today's appointments, a patient."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, session, url_for

from dentalpain import DentalPain
from dentalpain.practice.memory import MemoryPractice

from . import people


def make_blueprint(practice: MemoryPractice, pain: DentalPain, clock: Callable[[], dt.datetime]) -> Blueprint:
    """The pages of the office."""
    folders = {"template_folder": "templates", "static_folder": "static"}
    pages = Blueprint("office", __name__, static_url_path="/office", **folders)

    @pages.app_context_processor
    def who_is_here() -> dict[str, Any]:
        return {
            "person": people.by_id(session.get("person")),
            "office_day": clock().date(),
            "office_token": _token,
        }

    @pages.get("/")
    def today() -> Any:
        if people.by_id(session.get("person")) is None:
            return redirect(url_for(".sign_in"))
        listed = practice.patients_on(clock().date())
        return render_template("office/today.html", listed=[(one, pain.open_button(one.ref)) for one in listed])

    pages.add_url_rule("/sign-in", "sign_in", sign_in, methods=["GET", "POST"])
    pages.add_url_rule("/sign-out", "sign_out", sign_out, methods=["POST"])
    return pages


def sign_in() -> Any:
    """Sign in, and go on to where one wanted to go in this app."""
    failed = False
    if request.method == "POST":
        _check_token()
        person = people.sign_in(request.form.get("user", ""), request.form.get("password", ""))
        if person is not None:
            session.clear()
            session["person"] = person.id
            return redirect(_inside(request.args.get("next", "")) or url_for(".today"), 303)
        failed = True
    return render_template("office/sign_in.html", people=people.PEOPLE, failed=failed), 401 if failed else 200


def sign_out() -> Any:
    """Sign out."""
    _check_token()
    session.clear()
    return redirect(url_for(".sign_in"), 303)


def _inside(address: str) -> str:
    """The address if it is a path of this app, else nothing."""
    parts = urlsplit(address)
    outside = parts.scheme or parts.netloc or not address.startswith("/") or address.startswith(("//", "/\\"))
    return "" if outside else address


def _token() -> str:
    if "office_token" not in session:
        session["office_token"] = secrets.token_urlsafe(16)
    return str(session["office_token"])


def _check_token() -> None:
    expected = session.get("office_token", "")
    if not expected or not hmac.compare_digest(expected.encode(), request.form.get("office_token", "").encode()):
        abort(400, "This form is no longer valid. Reload the page.")
