"""`flask dentalpain check` in small hosts: what only a running app can know about its settings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dentalpain import DentalPain, cli
from dentalpain.practice.memory import MemoryPractice
from dentalpain.storage import MemoryStore
from tests.web.samples import Person

from .office import an_app


def attach(app: Flask, **more: Any) -> None:
    given: dict[str, Any] = {"current_user": Person, "practice": MemoryPractice({}), "store": MemoryStore()}
    DentalPain().init_app(app, authorize=lambda actor, action, ref: True, **{**given, **more})


def check(app: Flask) -> Any:
    app.cli.add_command(cli.flask_commands)
    return app.test_cli_runner().invoke(args=["dentalpain", "check"])


def test_a_sign_in_page_that_the_app_does_not_have_is_refused() -> None:
    app = an_app(DENTALPAIN_SIGN_IN_ENDPOINT="auth.login")
    attach(app)
    ended = check(app)
    assert ended.exit_code == 2
    assert ended.stderr.startswith("dentalpain: DENTALPAIN_SIGN_IN_ENDPOINT: no page of this app has this endpoint")


def test_a_sign_in_page_may_be_registered_after_us() -> None:
    app = an_app(DENTALPAIN_SIGN_IN_ENDPOINT="login")
    attach(app)
    app.add_url_rule("/login", "login", lambda: "Sign in")
    assert check(app).exit_code == 0


class HalfAnAdapter:
    """Practice software whose day's list nobody wrote."""

    def find_record(self, patient_ref: str, on: dt.date) -> None:
        return None


def test_an_adapter_that_lacks_a_method_is_told_which() -> None:
    app = an_app()
    attach(app, practice=HalfAnAdapter())
    ended = check(app)
    assert ended.exit_code == 2 and "practice (HalfAnAdapter) has no patients_on; its methods are" in ended.stderr


def test_a_layout_that_the_app_does_not_have_is_told_and_its_pages_still_say_so() -> None:
    app = an_app()
    app.config.update(TESTING=False)
    attach(app, base_template="nowhere.html")
    page = app.test_client().get("/pain/")
    assert page.status_code == 500 and "Your log holds it under the number" in page.text
    assert "the app has no template 'nowhere.html'" in check(app).stderr


class Silent(MemoryPractice):
    """Practice software that does not answer."""

    def check(self) -> str:
        from dentalpain.errors import PracticeError

        raise PracticeError("The practice software does not answer.")


def test_each_mount_of_an_app_is_asked() -> None:
    app = an_app()
    attach(app, name="north", url_prefix="/north")
    attach(app, name="south", url_prefix="/south")
    told = check(app).output
    assert "checked here: north" in told and "also mounted: south: MemoryPractice" in told
    silent = an_app()
    attach(silent, name="north", url_prefix="/north")
    attach(silent, name="south", url_prefix="/south", practice=Silent({}))
    assert check(silent).exit_code == 2


def test_a_folder_of_official_forms_that_is_not_there_is_named(tmp_path: Path) -> None:
    for folder, said in ((tmp_path, False), (tmp_path / "gone", True)):
        app = an_app(DENTALPAIN_PACKS=str(folder))
        attach(app)
        assert ("the folder of DENTALPAIN_PACKS is not there" in check(app).output) is said


@pytest.mark.parametrize(("partitioned", "warned"), [(True, False), (False, True)])
def test_a_cookie_that_browsers_keep_from_frames_is_named(partitioned: bool, warned: bool) -> None:
    frames = {"DENTALPAIN_FRAME_ANCESTORS": ["https://ehr.example"], "SESSION_COOKIE_SAMESITE": "None"}
    app = an_app(**frames, SESSION_COOKIE_SECURE=True, SESSION_COOKIE_PARTITIONED=partitioned)
    attach(app)
    assert ("SESSION_COOKIE_PARTITIONED is not set" in check(app).output) is warned


@pytest.mark.parametrize(
    ("url", "mend"),
    [
        ("sqlite://", "An SQLite store needs a file"),
        ("mysql://db/pain", "A store on mysql is not supported. Write sqlite:///office.db or postgresql://…"),
    ],
)
def test_a_store_that_cannot_be_opened_is_told_with_its_setting(url: str, mend: str) -> None:
    app = an_app(DENTALPAIN_STORE=url)
    attach(app, store=None)
    ended = check(app)
    assert ended.exit_code == 2 and ended.stderr.startswith(f"dentalpain: DENTALPAIN_STORE: {mend}")
