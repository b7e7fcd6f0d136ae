"""An adapter of one's own: the practice software "Chairside", an SQLite file with four tables, read by dentalpain.

`flask --app examples.own_adapter run` shows it with two invented patients. Open http://127.0.0.1:5000/pain/.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path
from typing import Any

from flask import Flask

from dentalpain import DentalPain
from dentalpain.testing import Access

from .adapter import Chairside, make_database


def create_app(folder: Path | None = None, *, config: dict[str, Any] | None = None) -> Flask:
    """A host over a Chairside database in `folder`, which is made when it is not there. Everybody may do everything."""
    app = Flask(__name__)
    place = folder or Path(app.instance_path)
    place.mkdir(parents=True, exist_ok=True)
    database = place / "chairside.sqlite3"
    if not database.exists():
        make_database(database, dt.date.today())
    app.config.update(SECRET_KEY=os.environ.get("OFFICE_SECRET_KEY") or secrets.token_hex(), **(config or {}))
    anybody = Access()
    anybody.allow()
    people = {"authorize": anybody.authorize, "current_user": anybody.current_user}
    store = f"sqlite:///{(place / 'dentalpain.sqlite3').as_posix()}"
    DentalPain().init_app(app, practice=Chairside(database), store=store, **people)
    return app
