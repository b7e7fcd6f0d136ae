"""A host that record systems open: `SMART_ISSUER=https://… SMART_CLIENT_ID=… flask --app examples.smart run`.

Who signs in, and whose record is open, the record system says (SMART App Launch 2); the record comes from its FHIR
server. There is no password here and no list of people.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from typing import Any

from flask import Flask

from dentalpain import DentalPain
from dentalpain.practice.fhir_server import SmartClient
from dentalpain.web.smart import SmartLaunch


def create_app(
    issuers: Sequence[str] = (), redirect_uri: str = "", *, config: dict[str, Any] | None = None, **options: Any
) -> Flask:
    """The host for these FHIR servers, else for the one in SMART_ISSUER; `options` go to `init_app`."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ.get("OFFICE_SECRET_KEY") or secrets.token_hex(), SESSION_COOKIE_SAMESITE="Lax")
    app.config.update(DENTALPAIN_SIGN_IN_ENDPOINT="dentalpain_smart.start", **(config or {}))
    address = redirect_uri or os.environ.get("SMART_REDIRECT_URI", "http://127.0.0.1:5000/smart/callback")
    client = SmartClient(os.environ.get("SMART_CLIENT_ID", "dentalpain-public"), address, issuers or [os.environ["SMART_ISSUER"]])
    smart = SmartLaunch(client)
    DentalPain().init_app(
        app,
        authorize=lambda actor, action, patient_ref: patient_ref in (None, smart.patient),
        current_user=smart.current_user,
        practice=smart.practice,
        **options,
    )
    app.register_blueprint(smart.blueprint())
    return app
