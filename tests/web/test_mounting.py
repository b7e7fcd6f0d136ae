"""A guest in somebody's app: what it asks for, what it leaves alone, and how often it can be mounted."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from dentalpain import DentalPain
from dentalpain.errors import SettingsError

from .samples import NOW, HandwrittenService, Host, Person, ReadPractice


def app(**config: Any) -> Flask:
    made = Flask("somebody")
    made.config.update({"SECRET_KEY": "x", "TESTING": True, **config})
    return made


def needed() -> dict[str, Any]:
    return {
        "authorize": lambda actor, action, ref: True,
        "current_user": Person,
        "practice": ReadPractice({"ref-1": {}}),
        "clock": lambda: NOW,
        "service": HandwrittenService(),
    }


@pytest.mark.parametrize("missing", ["authorize", "current_user", "practice"])
def test_it_refuses_to_start_without_what_only_the_host_can_say(missing: str) -> None:
    with pytest.raises(SettingsError, match=rf"pass {missing}="):
        DentalPain().init_app(app(), **{**needed(), missing: None})


def test_it_refuses_to_start_without_a_secret_for_the_forms() -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        DentalPain().init_app(Flask("no_secret"), **needed())


@pytest.mark.parametrize("prefix", ["", "/", "pain", "/pain/"])
def test_it_refuses_a_prefix_that_would_hide_its_static_files(prefix: str) -> None:
    with pytest.raises(SettingsError, match="url_prefix"):
        DentalPain().init_app(app(), **needed(), url_prefix=prefix)


@pytest.mark.parametrize(
    ("argument", "value", "advice"),
    [
        ("authorize", lambda actor, action: True, "write authorize=lambda actor, action, patient_ref"),
        ("practice", ReadPractice, "make an object of it"),
        ("cds_prefix", "hooks", "Write cds_prefix with a slash in front"),
        ("cds_prefix", "/hooks/", "Write cds_prefix with a slash in front"),
        ("clock", NOW, "Write clock=lambda"),
    ],
)
def test_an_argument_that_would_fail_at_the_first_request_is_refused_at_start(argument: str, value: Any, advice: str) -> None:
    with pytest.raises(SettingsError) as refused:
        DentalPain().init_app(app(), **{**needed(), argument: value})
    assert advice in str(refused.value)


def test_a_clock_that_gives_a_day_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    host = app(TESTING=False)
    DentalPain().init_app(host, **{**needed(), "clock": NOW.date})
    assert host.test_client().get("/pain/").status_code == 500
    assert "clock=… gives no time: return datetime.now().astimezone()" in caplog.text


def test_a_clock_without_a_zone_is_that_of_this_machine() -> None:
    host = app()
    DentalPain().init_app(host, **{**needed(), "clock": lambda: NOW.replace(tzinfo=None)})
    assert host.test_client().get("/pain/").status_code == 200
    told = host.extensions["dentalpain"]["dentalpain"].clock()
    assert told.tzinfo is not None and told.replace(tzinfo=None) == NOW.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("setting", "value", "advice"),
    [
        ("DENTALPAIN_PAPER", "legal", 'write "letter" or "a4"'),
        ("DENTALPAIN_LARGE_PRINT", "no", "write True or False"),
        ("DENTALPAIN_MAX_BODY", 10, "from 1024"),
        ("DENTALPAIN_MAX_BODY", "2000", "without quotes"),
        ("DENTALPAIN_STATE", "Ohio", "two letters"),
        ("DENTALPAIN_LANGUAGE", "English please", "language tag"),
        ("DENTALPAIN_STORE", "office.db", "database URL"),
        ("DENTALPAIN_OFFICE", {"phone": "1"}, "missing"),
        ("DENTALPAIN_OFFICE", "Maple Street", "dictionary"),
        ("DENTALPAIN_PAPPER", "a4", "did you mean DENTALPAIN_PAPER"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_with_what_to_write(setting: str, value: Any, advice: str) -> None:
    with pytest.raises(SettingsError, match=setting) as refused:
        DentalPain().init_app(app(**{setting: value}), **needed())
    assert advice in str(refused.value)


def test_the_same_name_cannot_be_mounted_twice() -> None:
    host = app()
    DentalPain().init_app(host, **needed())
    with pytest.raises(SettingsError, match="another name"):
        DentalPain().init_app(host, **needed(), url_prefix="/other")


def test_two_mounts_in_one_app_keep_to_themselves() -> None:
    host, first, second = app(), needed(), needed()
    second["authorize"] = lambda actor, action, ref: False
    extension = DentalPain()
    extension.init_app(host, **first)
    extension.init_app(host, **second, url_prefix="/second", name="second")
    client = host.test_client()
    assert client.get("/pain/").status_code == 200
    assert client.get("/second/").status_code == 403
    assert set(host.extensions["dentalpain"]) == {"dentalpain", "second"}


def test_two_apps_in_one_process_keep_to_themselves() -> None:
    extension, one, two = DentalPain(), app(), app()
    extension.init_app(one, **needed())
    extension.init_app(two, **needed(), url_prefix="/elsewhere")
    assert one.test_client().get("/elsewhere/").status_code == 404
    assert two.test_client().get("/elsewhere/").status_code == 200


def test_links_and_redirects_keep_the_prefix_of_a_proxy() -> None:
    host = Host()
    host.app.wsgi_app = ProxyFix(host.app.wsgi_app, x_prefix=1)  # type: ignore[method-assign]  # as Flask's own page on proxies does
    page = host.client.get("/pain/", headers={"X-Forwarded-Prefix": "/office"}).get_data(as_text=True)
    assert 'action="/office/pain/visits"' in page
    assert 'href="/office/pain/static/dentalpain.css"' in page


def test_the_hosts_own_error_pages_stay_the_hosts() -> None:
    host = Host()
    host.app.register_error_handler(404, lambda error: ("the host's page", 404))
    assert host.client.get("/nowhere").get_data(as_text=True) == "the host's page"
    assert host.client.get("/pain/nowhere").get_data(as_text=True) == "the host's page"
    assert "There is nothing here" in host.client.get("/pain/visits/never").get_data(as_text=True)


def test_the_hosts_layout_takes_the_page_in() -> None:
    host = Host(base_template="host.html")
    host.app.jinja_loader = _layout()
    page = host.client.get("/pain/").get_data(as_text=True)
    assert page.startswith("<host>") and "Today's patients" in page
    assert "Content-Security-Policy" not in host.client.get("/pain/").headers


def _layout() -> Any:
    from jinja2 import DictLoader

    return DictLoader({"host.html": "<host>{% block head %}{% endblock %}{% block content %}{% endblock %}</host>"})


def test_a_host_with_its_own_blueprint_of_that_name_is_told() -> None:
    host = app()
    host.register_blueprint(Blueprint("dentalpain", "elsewhere"))
    with pytest.raises(SettingsError, match="mounted already"):
        DentalPain().init_app(host, **needed())


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


def test_importing_the_package_loads_not_even_flask() -> None:
    assert not loaded_by("import dentalpain") & {"flask", "sqlalchemy", "alembic", "reportlab", "marshmallow"}


def test_attaching_it_loads_no_database_and_no_pdf_library() -> None:
    code = """
from flask import Flask
from dentalpain import DentalPain
app = Flask("x"); app.secret_key = "x"
DentalPain().init_app(app, authorize=lambda a, b, c: False, current_user=lambda: None, practice=object())
"""
    loaded = loaded_by(code)
    assert "flask" in loaded
    assert not loaded & {"sqlalchemy", "alembic", "reportlab", "dentalpain.knowledge.load", "dentalpain.service"}
    assert not loaded & {"urllib3", "jwt", "dentalpain.practice.fhir_server", "dentalpain.web.smart"}
