"""Hosts with Flask-Babel and Flask-Talisman: their languages and their policy, and our pages in between."""

from __future__ import annotations

from flask import render_template_string, request
from flask_babel import Babel, format_date
from flask_talisman import Talisman

from tests.web.samples import NOW

from .office import an_app, mount, open_visit

STRICT = {"default-src": "'none'", "style-src": "'self'", "script-src": "'self'", "img-src": "'self'", "font-src": "'self'",
          "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'"}  # fmt: skip


def test_a_host_that_speaks_another_language_keeps_it_and_our_pages_keep_theirs() -> None:
    app = an_app()
    Babel(app, locale_selector=lambda: request.args.get("lang", "de"))
    own = "{% trans %}today{% endtrans %} {{ day }}"
    app.add_url_rule("/own", "own", lambda: render_template_string(own, day=format_date(NOW.date())))
    mount(app)
    client = app.test_client()
    assert client.get("/own").get_data(as_text=True) == "today 24.11.2026"
    page = client.get("/pain/").get_data(as_text=True)
    assert '<html lang="en">' in page and "Today" in page
    visit = open_visit(client)
    assert "Interview and examination" in client.get(visit).get_data(as_text=True)


def test_the_hosts_policy_stands_on_our_pages_and_they_keep_to_it() -> None:
    app = an_app()
    Talisman(app, content_security_policy=STRICT)
    mount(app)
    client = app.test_client()
    secure = {"base_url": "https://localhost"}
    visit = open_visit(client, request=secure)
    for address in ("/pain/", visit, "/pain/why/NSAID-EGFR30"):
        answer = client.get(address, **secure)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
        page = answer.get_data(as_text=True)
        assert "<style" not in page and " style=" not in page and "<script>" not in page and "javascript:" not in page
        assert answer.headers["Strict-Transport-Security"] and answer.headers["Cache-Control"] == "no-store"


def test_a_plain_request_is_sent_to_the_hosts_secure_address() -> None:
    app = an_app()
    Talisman(app)
    mount(app)
    app.debug = False
    answer = app.test_client().get("/pain/")
    assert answer.status_code == 302 and answer.headers["Location"] == "https://localhost/pain/"
