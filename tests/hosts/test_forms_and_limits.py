"""Hosts with Flask-WTF and Flask-Limiter: their protection covers our forms, their limits cover our addresses."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Flask, render_template_string
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import StringField

from .office import API, REQUEST, an_app, mount, open_visit, send


class ChairForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    color = StringField()


def protected(**config: Any) -> Flask:
    """A host with Flask-WTF and a form of its own."""
    app = an_app(**config)
    CSRFProtect(app)

    @app.route("/chairs", methods=["GET", "POST"])
    def chairs() -> str:
        form = ChairForm()
        if form.validate_on_submit():
            return f"painted {form.color.data}"
        field = '<input type="hidden" name="{{ form.csrf_token.name }}" value="{{ form.csrf_token._value() }}">'
        return render_template_string(field, form=form)

    mount(app)
    return app


def test_our_forms_carry_the_hosts_token_and_its_own_forms_still_work() -> None:
    client = protected().test_client()
    visit = open_visit(client)
    assert send(client, visit, visit, prescribe="ibuprofen 400 mg").status_code == 303
    assert send(client, "/chairs", "/chairs", color="blue").get_data(as_text=True) == "painted blue"


def test_the_hosts_name_for_the_field_is_used() -> None:
    client = protected(WTF_CSRF_FIELD_NAME="host_token").test_client()
    assert 'name="host_token"' in client.get("/pain/").get_data(as_text=True)
    open_visit(client)


def test_a_form_without_the_hosts_token_is_refused_on_our_page() -> None:
    refused = protected().test_client().post("/pain/visits", data={"patient": "ref-1"})
    assert refused.status_code == 400 and "Something in the request" in refused.get_data(as_text=True)


def test_a_token_that_the_host_gave_for_its_own_form_opens_ours_too() -> None:
    client = protected().test_client()
    assert send(client, "/pain/visits", "/chairs", patient="ref-1").status_code == 303


def test_programs_need_no_form_token_and_other_sites_are_refused() -> None:
    client = protected().test_client()
    assert client.post(API, json=REQUEST).status_code == 200
    assert client.post(API, json=REQUEST, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def handed(client: Any) -> str:
    """The path of a patient's page that the staff made."""
    made = send(client, "/pain/forms", patient="ref-1", instrument="tmd-pain-screener", make="1")
    found = re.search(r"/pain/p/[\w-]+", made.get_data(as_text=True))
    assert found, made.get_data(as_text=True)
    return found[0]


def test_a_patient_answers_without_a_token_of_the_host_and_the_staff_hands_with_one() -> None:
    app = protected()
    assert app.test_client().post("/pain/forms", data={"patient": "ref-1"}).status_code == 400
    answered = app.test_client().post(handed(app.test_client()), data={"screener-1": "1"})
    assert answered.status_code == 303


def test_a_host_that_switches_its_protection_off_still_has_ours() -> None:
    client = protected(WTF_CSRF_ENABLED=False).test_client()
    assert client.post("/pain/visits", data={"patient": "ref-1"}).status_code == 400
    open_visit(client)


# -- Flask-Limiter ---------------------------------------------------------------------------------------------------


def limited(**limits: Any) -> tuple[Flask, Limiter]:
    app = an_app()
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True, **limits)
    mount(app)
    return app, limiter


def test_the_hosts_limit_holds_on_our_pages_and_the_answer_is_a_page_that_says_when() -> None:
    client = limited(default_limits=["2 per hour"])[0].test_client()
    assert [client.get("/pain/").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/pain/")
    assert "Too many requests" in refused.get_data(as_text=True) and int(refused.headers["Retry-After"]) > 0


def test_the_hosts_limit_holds_on_our_api_and_the_answer_is_a_problem() -> None:
    client = limited(default_limits=["1 per hour"])[0].test_client()
    client.post(API, json=REQUEST)
    refused = client.post(API, json=REQUEST)
    assert refused.status_code == 429 and refused.mimetype == "application/problem+json"
    assert json.loads(refused.data)["status"] == 429


def test_a_host_can_limit_our_blueprint_alone() -> None:
    app, limiter = limited()
    app.add_url_rule("/own", "own", lambda: "own")
    limiter.limit("1 per hour")(app.blueprints["dentalpain"])
    client = app.test_client()
    assert [client.get("/pain/").status_code for _ in range(2)] == [200, 429]
    assert [client.get("/own").status_code for _ in range(2)] == [200, 200]


def test_where_the_host_sets_limits_its_own_count_on_the_patients_pages() -> None:
    app = an_app(RATELIMIT_STORAGE_URI="memory://")
    limiter = Limiter(get_remote_address, app=app)
    mount(app)
    limiter.limit("40/minute")(app.blueprints["dentalpain"])
    client = app.test_client()
    codes = [client.get("/pain/p/wrong").status_code for _ in range(41)]
    assert codes == [410] * 40 + [429]
