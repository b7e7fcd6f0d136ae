"""Denied until granted; forms from elsewhere are refused; nothing stays in a cache; every look is kept."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFProtect

from .samples import NAME, REVIEW, Host


@pytest.mark.parametrize("answer", [None, False, 0, 1, "yes"])
def test_anything_but_true_denies(answer: Any) -> None:
    host = Host()
    visit = host.open()
    host.granted = lambda actor, action, ref: answer
    assert host.client.get(visit).status_code == 403
    assert ("see", "refused", "ref-1") in host.audit()


def test_an_error_in_the_hosts_check_denies_and_the_log_says_where(caplog: pytest.LogCaptureFixture) -> None:
    host = Host()
    visit = host.open()

    def broken(actor: Any, action: str, ref: str | None) -> bool:
        raise RuntimeError("the host's own fault")

    host.granted = broken
    assert host.client.get(visit).status_code == 403
    assert "authorize raised RuntimeError in broken line" in caplog.text and "own fault" not in caplog.text


def test_nobody_signed_in_sees_nothing() -> None:
    host = Host()
    visit = host.open()
    host.person = None
    for address in ("/pain/", visit, "/pain/why/NSAID-EGFR30"):
        assert host.client.get(address).status_code == 403


def test_nobody_signed_in_is_sent_to_the_hosts_sign_in() -> None:
    host = Host(config={"DENTALPAIN_SIGN_IN_ENDPOINT": "door"})
    host.app.add_url_rule("/door", "door", lambda: "door")
    host.person = None
    response = host.client.get("/pain/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/door?next=/pain/"


def test_the_list_shows_only_whom_one_may_see() -> None:
    host = Host()
    host.granted = lambda actor, action, ref: action == "list" or ref == "ref-2"
    page = host.client.get("/pain/").get_data(as_text=True)
    assert "Bo Second" in page and "Ada" not in page


@pytest.mark.parametrize(
    ("path", "denied"),
    [("", "assess"), ("/overrides", "assess"), ("/handout", "print"), ("/chart", "file")],
)
def test_each_deed_is_granted_on_its_own(path: str, denied: str) -> None:
    host = Host(config={"DENTALPAIN_FILE_DOCUMENTS": True})
    visit = host.open()
    host.granted = lambda actor, action, ref: action != denied
    response = host.post(visit + path, rule="OPI-BENZO", reason="tolerated_before", topic="muscle-pain")
    assert response.status_code == 403
    assert (denied, "refused", "ref-1") in host.audit()


LOST = "what was typed or ticked in it was not kept"  # the cookie may be gone in the middle of a visit


@pytest.mark.parametrize("path", ["/pain/visits", "VISIT", "VISIT/overrides", "VISIT/handout", "VISIT/chart"])
def test_a_form_without_our_token_is_refused(path: str) -> None:
    host = Host(config={"DENTALPAIN_FILE_DOCUMENTS": True})
    address = path.replace("VISIT", host.open())
    assert host.client.post(address, data={"patient": "ref-1"}).status_code == 400
    refused = host.client.post(address, data={"patient": "ref-1", "csrf_token": "guessed"})
    assert refused.status_code == 400 and LOST in refused.get_data(as_text=True)


def protect(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    CSRFProtect(app)


def test_the_hosts_own_protection_is_used_where_there_is_one() -> None:
    host = Host()
    protect(host.app)
    page = host.client.get("/pain/").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    refused = host.client.post("/pain/visits", data={"patient": "ref-1"})
    assert refused.status_code == 400 and LOST in refused.get_data(as_text=True)
    assert host.client.post("/pain/visits", data={"patient": "ref-1", "csrf_token": token}).status_code == 303
    with host.client.session_transaction() as session:
        assert "_dentalpain_form" not in session


def test_no_page_about_a_patient_may_be_kept_by_a_cache() -> None:
    host = Host()
    visit = host.open()
    for address in ("/pain/", visit, "/pain/visits/never", "/pain/why/NSAID-EGFR30"):
        assert host.client.get(address).headers["Cache-Control"] == "no-store"
    assert host.post(visit + "/handout", topic="muscle-pain").headers["Cache-Control"] == "no-store"
    with host.client.get("/pain/static/dentalpain.css") as sheet:
        assert sheet.status_code == 200 and sheet.headers["Cache-Control"] != "no-store"


def test_pages_need_no_inline_script_and_no_inline_style() -> None:
    host = Host()
    policy = host.client.get("/pain/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "script-src 'self'" in policy
    for address in ("/pain/", host.open(), "/pain/why/NSAID-EGFR30"):
        page = host.client.get(address).get_data(as_text=True)
        assert "<script>" not in page and "<style" not in page and " style=" not in page and " onclick=" not in page


def test_the_patients_reference_stands_in_no_address() -> None:
    host = Host()
    visit = host.open()
    page = host.client.get(visit).get_data(as_text=True)
    assert "ref-1" not in visit and "ref-1" not in page


def test_every_look_print_and_decision_is_kept() -> None:
    host = Host(config={"DENTALPAIN_FILE_DOCUMENTS": True})
    visit = host.open()
    host.client.get(visit)
    host.post(visit + "/handout", topic="muscle-pain")
    host.post(visit + "/chart", topic="muscle-pain")
    kept = [entry for entry in host.audit() if entry[0] != "list"]
    assert kept == [(deed, "done", "ref-1") for deed in ("see", "see", "print", "file")]
    assert host.store is not None and host.store.verify() is None


def test_a_fault_of_ours_tells_a_number_and_logs_no_word_of_the_patient(caplog: pytest.LogCaptureFixture) -> None:
    host = Host()
    visit = host.open()
    host.app.testing = False
    host.service.review_result = {**REVIEW, "prescriptions": NAME}
    with caplog.at_level(logging.DEBUG):
        response = host.post(visit, prescribe="secret words")
        shown = host.client.get(response.headers.get("Location", visit))
    assert shown.status_code == 500
    number = shown.get_data(as_text=True).split("under the number ")[1].split(".")[0]
    assert number in caplog.text
    assert "Ada" not in caplog.text and "secret words" not in caplog.text
