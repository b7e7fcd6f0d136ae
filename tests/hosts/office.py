"""What the small hosts of these tests share: an app, our mount on it, and the way a person sends our forms."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from dentalpain import DentalPain
from dentalpain.practice.port import ListedPatient
from dentalpain.storage import MemoryStore
from tests.web.samples import NOW, HandwrittenService, Person, ReadPractice

API = "/pain/api/v1/review"
REQUEST = {"record": {"patient": {"id": "p1"}}, "prescribe": ["ibuprofen 400 mg q6h #12"]}


def an_app(**config: Any) -> Flask:
    app = Flask("somebody")
    app.config.update(SECRET_KEY="for tests", TESTING=True, **config)
    return app


def mount(app: Flask, **more: Any) -> None:
    """Our mount, with everything granted to everybody unless the host says otherwise."""
    given: dict[str, Any] = {
        "authorize": lambda actor, action, ref: True,
        "current_user": Person,
        "practice": ReadPractice({"ref-1": {}}, [ListedPatient("ref-1", "Ann Example")]),
        "clock": lambda: NOW,
        "service": HandwrittenService(MemoryStore()),
    }
    DentalPain().init_app(app, **{**given, **more})


def send(client: FlaskClient, path: str, page: str = "/pain/", **data: Any) -> Any:
    """Fill the form of a page as a browser does: with the hidden fields that stand on it."""
    request = data.pop("request", {})
    text = client.get(page, **request).get_data(as_text=True)
    hidden = re.search(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', text)
    assert hidden, text
    return client.post(path, data={hidden[1]: hidden[2], **data}, **request)


def open_visit(client: FlaskClient, prefix: str = "/pain", **more: Any) -> str:
    """Open a patient; the address of the visit."""
    response = send(client, f"{prefix}/visits", f"{prefix}/", patient="ref-1", **more)
    assert response.status_code == 303, response.get_data(as_text=True)
    return str(response.headers["Location"]).split("#")[0]
