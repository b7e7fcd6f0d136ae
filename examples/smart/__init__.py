"""A host that record systems open: `SMART_ISSUER=https://… SMART_CLIENT_ID=… flask --app examples.smart run`.

Who signs in, and whose record is open, the record system says (SMART App Launch 2); the record comes from its FHIR
server. There is no password here and no list of people.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, redirect, url_for

from dentalpain import DentalPain
from dentalpain.practice.fhir_server import SmartClient
from dentalpain.web.smart import SmartLaunch

OWN = "; ".join(f"{what}-src 'self'" for what in ("style", "script", "img", "font"))
STRICT = f"default-src 'none'; {OWN}; form-action 'self'; base-uri 'none'"


def create_app(
    issuers: Sequence[str] = (), redirect_uri: str = "", *, config: dict[str, Any] | None = None, **options: Any
) -> Flask:
    """The host for these FHIR servers, else for the one in SMART_ISSUER; `options` go to `init_app`."""
    app = Flask(__name__)
    address = redirect_uri or os.environ.get("SMART_REDIRECT_URI", "http://127.0.0.1:5000/smart/callback")
    app.config.update(SECRET_KEY=os.environ.get("OFFICE_SECRET_KEY") or secrets.token_hex(), SESSION_COOKIE_SAMESITE="Lax")
    app.config.update(SESSION_COOKIE_SECURE=address.startswith("https://"))
    app.config.update(DENTALPAIN_SIGN_IN_ENDPOINT="dentalpain_smart.start", **(config or {}))
    client = SmartClient(os.environ.get("SMART_CLIENT_ID", "dentalpain-public"), address, issuers or [_issuer()])
    smart = SmartLaunch(client)
    DentalPain().init_app(
        app,
        authorize=lambda actor, action, patient_ref: patient_ref in (None, smart.patient),
        current_user=smart.current_user,
        practice=smart.practice,
        base_template="smart/layout.html",
        **options,
    )
    app.register_blueprint(smart.blueprint())
    app.add_url_rule("/", "home", lambda: redirect(url_for("dentalpain.today")))
    app.context_processor(lambda: {"clinician": smart.current_user()})
    app.after_request(_keep_strict)
    return app


def _issuer() -> str:
    held = os.environ.get("SMART_ISSUER", "")
    return held or sys.exit("Set SMART_ISSUER to the address of the FHIR server, such as https://ehr.example/fhir")


def _keep_strict(response: Response) -> Response:
    """A host with a layout of its own says itself what its pages may load; whose frames may hold them, dentalpain adds."""
    held = response.headers.get("Content-Security-Policy", "frame-ancestors 'self'")
    response.headers["Content-Security-Policy"] = held if "default-src" in held else f"{STRICT}; {held}"
    return response
