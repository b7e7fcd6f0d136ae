"""Signing in through the record system: the pages of SMART App Launch, and who is at the screen because of it.

The cookie holds keys that cannot be guessed and nothing else; tokens stay on the server.
"""

from __future__ import annotations

import datetime as dt
import hmac
import os
import secrets
import threading
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, request, session

from ..errors import AccessDenied, SettingsError, SignInError
from ..practice.fhir_server.adapter import FhirServer
from ..practice.fhir_server.appointments import NO_NAME, name_of
from ..practice.fhir_server.identity import Clinician
from ..practice.fhir_server.shelf import MemoryShelf, Shelf
from ..practice.fhir_server.signed_in import GrantAccess
from ..practice.fhir_server.smart import Grant, SmartClient
from ..practice.port import Document, ListedPatient
from . import errors, patients, security
from .mount import mount
from .pages import render

SIGNED_IN, BROWSER = "_dentalpain_smart", "_dentalpain_smart_browser"
WAITING_SECONDS = 600.0  # from leaving for the record system to coming back
SIGNED_IN_SECONDS = 8 * 3600.0  # a working day
NOT_BEGUN = "This sign-in was not begun in this browser, or took too long. Open the patient from the record system again."
NOBODY = "Nobody is signed in. Open the patient from the record system."


class SmartLaunch:
    """The sign-in of a host through its record systems: pass `practice` and `current_user` to `init_app`.

    `shelf` keeps grants and `waiting` keeps sign-ins under way; by default both stand in the memory of one process.
    `name` is the mount that a launch opens. `server` are arguments of `FhirServer` for each record system.
    """

    def __init__(
        self,
        client: SmartClient,
        *,
        shelf: Shelf | None = None,
        waiting: Shelf | None = None,
        name: str = "dentalpain",
        server: Mapping[str, Any] | None = None,
    ) -> None:
        self._client, self._name, self._lock = client, name, threading.Lock()
        self._shelf, self._waiting = shelf or MemoryShelf(), waiting or MemoryShelf()
        shared: dict[str, Any] = {"limits": client.limits, "ca_file": client.ca_file, **(server or {})}
        _refuse_several_workers(self._shelf, self._waiting)
        self._servers = {base: FhirServer(base, **shared) for base in client.issuers}
        self.practice = SmartPractice(self)

    # -- who is there ------------------------------------------------------------------------------------------------

    def current_user(self) -> Clinician | None:
        """The clinician whom the record system named, or None."""
        grant = self.grant()
        return grant.clinician if grant else None

    @property
    def patient(self) -> str | None:
        """The patient of the launch."""
        grant = self.grant()
        return grant.patient if grant else None

    def grant(self) -> Grant | None:
        """What was granted to this browser, as long as it holds."""
        found = self._shelf.get(str(session.get(SIGNED_IN, "")))
        return found if isinstance(found, Grant) else None

    def server(self, patient_ref: str | None = None) -> FhirServer:
        """The record system under this sign-in. Raises SignInError, and AccessDenied for a patient it was not given for."""
        grant = self.grant()
        if grant is None:
            raise SignInError(NOBODY)
        if patient_ref is not None and grant.of_one_patient and patient_ref != grant.patient:
            raise AccessDenied("This sign-in is for another patient. Open this one from the record system.")
        access = GrantAccess(self._client, self._shelf, str(session[SIGNED_IN]), self._lock)
        return self._servers[grant.base].signed_in(access)

    def check(self) -> str:
        """Whether each record system answers and offers its sign-in, in a sentence. Raises PracticeError."""
        told = []
        for base, server in self._servers.items():
            told.append(server.check())
            self._client.check(base)
        own = isinstance(self._shelf, MemoryShelf) or isinstance(self._waiting, MemoryShelf)
        kept = "stand in the memory of one process: run one worker, or pass shelf= and waiting=" if own else "are shared"
        return "; ".join([*dict.fromkeys(told), "it offers the SMART sign-in", f"sign-ins {kept}"])

    # -- pages -------------------------------------------------------------------------------------------------------

    def blueprint(self, *, name: str = "dentalpain_smart", url_prefix: str = "/smart") -> Blueprint:
        """`/launch` for record systems, `/start` for a standalone launch, `/callback` and `/sign-out`."""
        pages = Blueprint(name, __name__, template_folder="templates", url_prefix=url_prefix)
        pages.add_url_rule("/launch", "launch", self._launch)
        pages.add_url_rule("/start", "start", self._start)
        pages.add_url_rule("/callback", "callback", self._callback)
        pages.add_url_rule("/sign-out", "sign_out", self._sign_out, methods=["POST"])
        pages.before_request(self._use_mount)
        pages.after_request(_keep_quiet)
        errors.register(pages)
        return pages

    def _use_mount(self) -> None:
        g._dentalpain = current_app.extensions["dentalpain"][self._name]

    def _launch(self) -> Any:
        """The record system opens us: `?iss=…&launch=…`."""
        return self._leave(request.args.get("iss", ""), request.args.get("launch", ""))

    def _start(self) -> Any:
        """Somebody opens us from nowhere; the record system asks which patient."""
        return self._leave(request.args.get("iss") or self._client.issuers[0], None)

    def _leave(self, issuer: str, launch: str | None) -> Any:
        address, pending = self._client.begin(issuer, launch)
        browser = session.setdefault(BROWSER, secrets.token_urlsafe(32))
        state = self._waiting.put((pending, browser), WAITING_SECONDS)
        return redirect(f"{address}&state={state}", 302)

    def _callback(self) -> Any:
        """The browser comes back: the patient of the launch is opened."""
        pending, browser = self._waiting.take(request.args.get("state", "")) or (None, "")
        if pending is None or not hmac.compare_digest(browser.encode(), str(session.get(BROWSER, "")).encode()):
            raise SignInError(NOT_BEGUN)
        grant = self._client.finish(pending, request.args)
        self._forget()
        session[SIGNED_IN] = self._shelf.put(grant, SIGNED_IN_SECONDS)
        return redirect(mount.url("visit", visit_id=patients.open_patient(grant.patient)), 303)

    def _sign_out(self) -> str:
        security.check_form()
        self._forget()
        return render("error.html", title="Signed out", detail="The record system itself may still be open.")

    def _forget(self) -> None:
        self._shelf.take(str(session.pop(SIGNED_IN, "")))


class SmartPractice:
    """The record system of whoever is signed in, as practice software."""

    def __init__(self, launch: SmartLaunch) -> None:
        self._smart = launch

    def find_record(self, patient_ref: str, on: dt.date) -> Document:
        """See `FhirServer.find_record`. Raises SignInError and AccessDenied."""
        return self._smart.server(patient_ref).find_record(patient_ref, on)

    def patients_on(self, day: dt.date) -> list[ListedPatient]:
        """The patient of the launch; the day's appointments where the sign-in may read all."""
        server, grant = self._smart.server(), self._smart.grant()
        if grant is not None and grant.of_one_patient:
            patient = server.patient(grant.patient)
            return [ListedPatient(grant.patient, name_of(patient) or NO_NAME, reason="Opened from the record system")]
        return server.patients_on(day)

    def file_document(self, patient_ref: str, name: str, data: bytes) -> None:
        """See `FhirServer.file_document`. Raises SignInError and AccessDenied."""
        self._smart.server(patient_ref).file_document(patient_ref, name, data)

    def check(self) -> str:
        """See `SmartLaunch.check`."""
        return self._smart.check()

    def needs_patient_banner(self, patient_ref: str) -> bool:
        """False only where the record system shows this very patient around our page."""
        grant = self._smart.grant()
        return grant is None or grant.patient != patient_ref or grant.need_patient_banner


def _refuse_several_workers(*shelves: Shelf) -> None:
    """gunicorn and others read the number of workers from WEB_CONCURRENCY; what is said elsewhere shows in the log later."""
    told = os.environ.get("WEB_CONCURRENCY", "1")
    if told.isdecimal() and int(told) > 1 and any(isinstance(shelf, MemoryShelf) for shelf in shelves):
        raise SettingsError(
            "SmartLaunch keeps sign-ins in the memory of one process, and WEB_CONCURRENCY asks for several: "
            "pass shelf=… and waiting=… that they share, or run one worker with threads."
        )


def _keep_quiet(response: Response) -> Response:
    """The addresses of a sign-in hold what is good for one use: nobody keeps them or is told of them."""
    response = security.finish(mount, response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
