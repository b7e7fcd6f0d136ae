"""A host beside Open Dental: `OPEN_DENTAL_URL=mysql+pymysql://… flask --app examples.open_dental run`.

Open Dental opens it through a Program Link whose address is `http://this-machine:5000/launch?PatNum=[PatNum]`. People
sign in as in the example office; the list of the day and the charts come from the database of Open Dental. Handouts go
into the chart through its API where OPEN_DENTAL_IMAGE_CATEGORY names a category and the two keys are set.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask, session

from dentalpain import DentalPain
from dentalpain.practice.open_dental import Api, ApiDocuments, ApiKeys, OpenDental
from examples.office import pages, people

from .launch import make_launch


def create_app(
    url: Any = None,
    *,
    authorize: Callable[[Any, str, str | None], bool] = people.may,
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    store: Any = None,
    config: dict[str, Any] | None = None,
) -> Flask:
    """The host over the Open Dental database at `url`, else at the environment variable OPEN_DENTAL_URL."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ.get("OFFICE_SECRET_KEY") or secrets.token_hex(), **(config or {}))
    documents = documents_from_environment()
    app.config.setdefault("DENTALPAIN_FILE_DOCUMENTS", documents is not None)
    app.config.update(SESSION_COOKIE_SAMESITE="Lax", DENTALPAIN_SIGN_IN_ENDPOINT="office.sign_in")
    practice, pain = OpenDental(url or _address(), documents=documents), DentalPain()
    who = {"authorize": authorize, "current_user": lambda: people.by_id(session.get("person"))}
    app.register_blueprint(pages.make_blueprint(practice, pain, clock))
    app.register_blueprint(make_launch(practice, pain, clock))
    pain.init_app(app, **who, practice=practice, store=store, base_template="office/layout.html", clock=clock)
    return app


def _address() -> str:
    held = os.environ.get("OPEN_DENTAL_URL", "")
    return held or sys.exit("Set OPEN_DENTAL_URL to the database, such as mysql+pymysql://dentalpain:password@127.0.0.1/opendental")


def documents_from_environment() -> ApiDocuments | None:
    """Filing through the API, off unless a category is named. OPEN_DENTAL_API is the address of an API service."""
    category = os.environ.get("OPEN_DENTAL_IMAGE_CATEGORY", "")
    if not category:
        return None
    address = os.environ.get("OPEN_DENTAL_API")
    api = Api(ApiKeys.from_environment(), address) if address else Api(ApiKeys.from_environment())
    return ApiDocuments(api, int(category) if category.isdecimal() else 0)
