"""A small dental office of its own, in which dentalpain sits: `flask --app examples.office run`.

The office signs its people in, lists its appointments and shows its patients. dentalpain is attached in
`create_app`, and asks this app who may do what.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, session

from dentalpain import DentalPain

from . import pages, people, schedule

# The stories of the example patients are told for this day.
STORY_DAY = dt.date(2026, 11, 24)


def create_app(
    *, clock: Callable[[], dt.datetime] | None = None, store: Any = None, config: dict[str, Any] | None = None
) -> Flask:
    """The office app. It is always `STORY_DAY` here unless a clock is given."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=os.environ.get("OFFICE_SECRET_KEY") or secrets.token_hex(),
        SESSION_COOKIE_SAMESITE="Lax",
        DENTALPAIN_OFFICE={
            "name": "Maple Street Dental",
            "phone": "555-0142",
            "lines": ["12 Maple Street, Springfield", "Monday to Friday, 8 AM to 5 PM"],
        },
        DENTALPAIN_SIGN_IN_ENDPOINT="office.sign_in",
        DENTALPAIN_FILE_DOCUMENTS=True,
        **(config or {}),
    )
    tell_time = clock or story_clock
    pain = DentalPain()
    practice = schedule.open_practice()
    app.register_blueprint(pages.make_blueprint(practice, pain, tell_time))
    pain.init_app(
        app,
        authorize=people.may,
        current_user=lambda: people.by_id(session.get("person")),
        practice=practice,
        store=store,
        base_template="office/layout.html",
        clock=tell_time,
    )
    return app


def story_clock() -> dt.datetime:
    """The time of day as it is, on the day of the stories."""
    now = dt.datetime.now().astimezone()
    return now.replace(year=STORY_DAY.year, month=STORY_DAY.month, day=STORY_DAY.day)
