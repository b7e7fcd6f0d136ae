"""CDS Hooks at the root of an app, open to anybody and without storage: for trying it out, never for patients.

`flask --app examples.cds_hooks.app run` or `gunicorn examples.cds_hooks.app:app`. DENTALPAIN_EXAMPLE_CLOCK=2022-05-01
makes it that day, so that old requests are judged at their own date.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from dentalpain import DentalPain
from dentalpain.practice.memory import MemoryPractice
from dentalpain.service import default_service

CLOCK = "DENTALPAIN_EXAMPLE_CLOCK"


@dataclass(frozen=True)
class Visitor:
    """Whoever follows a link of a card: the pages behind them concern no patient."""

    id: str = "visitor"
    name: str = "Visitor"


def create_app(*, clock: Callable[[], dt.datetime] | None = None, config: dict[str, Any] | None = None) -> Flask:
    """The host. Cards link to its pages under /pain/why/, which are all that it shows to people."""
    (clock or tell_time)()  # a day that is none stops the start, not the first request
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(), DENTALPAIN_CDS_OPEN=True, DENTALPAIN_CDS_ORIGINS=["*"])
    app.config.update(config or {})
    DentalPain().init_app(
        app,
        authorize=lambda actor, action, patient_ref: action == "why",
        current_user=Visitor,
        practice=MemoryPractice({}),
        service=default_service(),
        clock=clock or tell_time,
        cds_prefix="",
    )
    return app


def tell_time() -> dt.datetime:
    """Now, or the time of day on the day that DENTALPAIN_EXAMPLE_CLOCK names."""
    now = dt.datetime.now().astimezone()
    day = os.environ.get(CLOCK)
    if not day:
        return now
    fixed = dt.date.fromisoformat(day)
    return now.replace(year=fixed.year, month=fixed.month, day=fixed.day)


app = create_app()
