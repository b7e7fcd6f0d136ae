"""A host with Flask-Login: its people are ours, its sign-in page is where strangers are sent."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, redirect, request
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from dentalpain.storage import MemoryStore
from tests.web.samples import HandwrittenService

from .office import an_app, mount, open_visit


class User(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    def __init__(self, user_id: str) -> None:
        self.id, self.name = user_id, f"Dr. {user_id.title()}"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def app(store: MemoryStore) -> Flask:
    made = an_app(DENTALPAIN_SIGN_IN_ENDPOINT="sign_in")
    manager = LoginManager(made)
    manager.user_loader(User)

    @made.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> Any:
        if request.method == "POST":
            login_user(User(request.form["user"]))
            return redirect(request.args.get("next", "/"))
        return "the host's own sign-in"

    made.add_url_rule("/sign-out", "sign_out", lambda: (logout_user(), "")[1])
    mount(
        made,
        current_user=lambda: current_user if current_user.is_authenticated else None,
        authorize=lambda actor, action, ref: actor.id == "dana",
        service=HandwrittenService(store),
    )
    return made


def test_a_stranger_is_sent_to_the_hosts_sign_in_and_comes_back(app: Flask) -> None:
    client = app.test_client()
    door = client.get("/pain/").headers["Location"]
    assert door == "/sign-in?next=/pain/"
    assert client.post(door, data={"user": "dana"}).headers["Location"] == "/pain/"
    assert client.get("/pain/").status_code == 200


def test_who_is_signed_in_stands_in_the_trail_by_id(app: Flask, store: MemoryStore) -> None:
    client = app.test_client()
    client.post("/sign-in", data={"user": "dana"})
    open_visit(client)
    assert {one.entry.who for one in store.trail()} == {"dana"}


def test_a_person_whom_the_host_grants_nothing_is_refused_and_kept(app: Flask, store: MemoryStore) -> None:
    client = app.test_client()
    client.post("/sign-in", data={"user": "finn"})
    assert client.get("/pain/").status_code == 403
    assert [(one.entry.who, one.entry.result) for one in store.trail()] == [("finn", "refused")]


def test_after_signing_out_nothing_is_shown(app: Flask) -> None:
    client = app.test_client()
    client.post("/sign-in", data={"user": "dana"})
    visit = open_visit(client)
    client.get("/sign-out")
    assert client.get(visit).status_code == 302
