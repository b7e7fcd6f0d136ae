"""The page that a Program Link of Open Dental opens. The number in its address is a hint and proves nothing.

Anybody can type such an address, so it shows nothing by itself: the number is taken out of the address at once, then
the person signs in, the host says whether they may see this patient, the look is written into the trail, and a button
leads to a visit under an id that says nothing. The numbers wait in the memory of this process; a host with several
processes keeps them where it keeps its sessions.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from dentalpain import DentalPain
from dentalpain.errors import AccessDenied, PracticeError, UnknownNameError
from dentalpain.practice.open_dental import OpenDental

WAIT = dt.timedelta(minutes=10)
MOST_WAITING = 200


class Hints:
    """Numbers that wait for somebody to sign in, each under an id that cannot be guessed."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock, self._held = clock, OrderedDict[str, tuple[str, dt.datetime]]()

    def keep(self, number: str) -> str:
        """The id under which the number waits; the oldest goes when there are too many."""
        while len(self._held) >= MOST_WAITING:
            self._held.popitem(last=False)
        name = secrets.token_urlsafe(16)
        self._held[name] = (number, self._clock())
        return name

    def find(self, name: str) -> str | None:
        """The number, or None after ten minutes."""
        number, since = self._held.get(name, ("", dt.datetime.min.replace(tzinfo=dt.UTC)))
        return number if self._clock() - since <= WAIT else None


def make_launch(practice: OpenDental, pain: DentalPain, clock: Callable[[], dt.datetime]) -> Blueprint:
    """The two addresses of the launch: one with the number, which is left at once, and one without."""
    pages, hints = Blueprint("launch", __name__, template_folder="templates", url_prefix="/launch"), Hints(clock)

    @pages.get("")
    def arrive() -> Any:
        number = request.args.get("PatNum", "")
        if not (number.isascii() and number.isdigit() and len(number) <= 19):
            abort(400, "This address names no patient. Open it from Open Dental.")
        return redirect(url_for(".show", name=hints.keep(number)), 303)

    @pages.get("/<name>")
    def show(name: str) -> Any:
        number = hints.find(name)
        if number is None:
            abort(404, "This link has run out. Open the patient from Open Dental again.")
        mount = current_app.extensions["dentalpain"]["dentalpain"]
        if mount.actor() is None:
            return redirect(url_for("office.sign_in", next=url_for(".show", name=name)))
        actor = mount.allow("see", number)
        chart = practice.find_record(number, clock().date())
        mount.note(actor, "see", number)
        patient = chart["entry"][0]["resource"]
        told = {"born": _born(patient), "died": "deceasedDateTime" in patient or "deceasedBoolean" in patient}
        return render_template("open_dental/launch.html", patient=patient, **told, button=pain.open_button(number))

    @pages.after_request
    def keep_quiet(response: Response) -> Response:
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    for error, status in ((AccessDenied, 403), (UnknownNameError, 404), (PracticeError, 503)):
        pages.register_error_handler(error, lambda problem, status=status: _refused(str(problem), status))
    pages.register_error_handler(HTTPException, lambda problem: _refused(problem.description, problem.code))
    return pages


def _born(patient: dict[str, Any]) -> str:
    if "birthDate" not in patient:
        return "on a day that is not recorded"
    day = dt.date.fromisoformat(patient["birthDate"])
    return f"{day:%b} {day.day}, {day.year}"


def _refused(why: str, status: int) -> tuple[str, int]:
    return render_template("open_dental/refused.html", why=why), status
