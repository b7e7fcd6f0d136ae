"""Several workers behind one address: what one of them showed or took, the others know through the store."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dentalpain.errors import StoreError
from dentalpain.knowledge.load import load_knowledge
from dentalpain.service import Service
from dentalpain.storage.sql_store import SQLStore

from .cds import SURGERY, CdsHost, asked, of_record, order, taking
from .samples import Host

WHEN = "2026-11-24T09:31:00Z"
KEPT = {"DENTALPAIN_CDS_OPEN": True, "DENTALPAIN_STORE_HOOKS": True}
NORCO = order("Norco 5/325", "1 tab every 6 hours as needed, #12", reasonCode=SURGERY)


class Workers:
    """Two hosts on one SQLite file, each with its own memory, as two processes have."""

    def __init__(self, folder: Path, config: Any) -> None:
        url = f"sqlite:///{folder / 'office.db'}"
        self.stores = [SQLStore(url, create=True) for _ in range(2)]
        self.hosts = [CdsHost(config=config, service=Service(load_knowledge(), store)) for store in self.stores]

    def close(self) -> None:
        for store in self.stores:
            store.close()


@pytest.fixture
def workers(tmp_path: Path) -> Any:
    held = Workers(tmp_path, KEPT)
    yield held
    held.close()


def feedback(host: CdsHost, card: str, **more: Any) -> Any:
    entry = {"card": card, "outcome": "overridden", "outcomeTimestamp": WHEN, **more}
    return host.client.post("/cds-services/dentalpain-order-sign/feedback", json={"feedback": [entry]})


def test_feedback_finds_the_assessment_of_a_card_that_another_process_gave(workers: Any) -> None:
    first, second = workers.hosts
    card = first.cards(asked(NORCO, prefetch=of_record(taking("alprazolam 0.5 mg bid"))))[0]
    [entry] = workers.stores[1].trail()  # the assessment and its cards are one row of the trail
    assert entry.entry.action == "save"
    told = {"reason": {"code": "tolerated_before"}, "userComment": "Took it for years"}
    assert feedback(second, card["uuid"], overrideReason=told).get_json() == {"stored": 1}
    [held] = workers.stores[0].overrides(entry.entry.assessment)
    assert (held.rule, held.reason_code, held.reason_text) == ("OPI-BENZO", "tolerated_before", "Took it for years")


def test_the_same_request_again_lets_its_cards_lead_to_the_newer_assessment(workers: Any) -> None:
    first, second = workers.hosts
    body = asked(NORCO, prefetch=of_record(taking("alprazolam 0.5 mg bid")))
    card = first.cards(body)[0]["uuid"]
    assert second.cards(body)[0]["uuid"] == card
    saved = [one.entry.assessment for one in workers.stores[0].trail()]
    feedback(first, card)
    assert [len(workers.stores[0].overrides(one)) for one in saved] == [0, 1]


def test_feedback_is_in_the_report_of_overrides_with_and_without_kept_assessments(workers: Any, tmp_path: Path) -> None:
    first, second = workers.hosts
    card = first.cards(asked(NORCO, prefetch=of_record(taking("alprazolam 0.5 mg bid"))))[0]["uuid"]
    feedback(second, card, overrideReason={"reason": {"code": "will_be_monitored"}})
    accepted = [{"id": "11111111-1111-4111-8111-111111111111"}]
    feedback(second, card, outcome="accepted", acceptedSuggestions=accepted)
    unkept = card[:14] + "5000-8000-000000000000"  # the rule of a card stands in its first 48 bits
    feedback(first, unkept)
    report = first.client.get("/pain/api/v1/overrides").get_json()["decisions"]
    assert [(one["rule"], one["outcome"], one["reason"], one["count"]) for one in report] == [
        ("OPI-BENZO", "accepted", None, 1),
        ("OPI-BENZO", "overridden", None, 1),
        ("OPI-BENZO", "overridden", "will_be_monitored", 1),
    ]


# -- tokens ------------------------------------------------------------------------------------------------------------


def test_a_token_that_one_process_took_is_refused_by_the_others(tmp_path: Path) -> None:
    pytest.importorskip("jwt", reason="no PyJWT: install dentalpain[cds]")
    from .test_cds_hooks_trust import BASE, ISSUER, key_set, refused, send, token

    held = Workers(tmp_path, {"DENTALPAIN_CDS_ISSUERS": {ISSUER: key_set()}, "DENTALPAIN_CDS_BASE_URL": BASE})
    first, second = held.hosts
    used = token()
    assert send(first, used).status_code == 200
    refused(send(second, used))
    refused(send(first, used))
    assert send(second, token(jti="another")).status_code == 200
    rows = [one for store in held.stores for one in store.trail()]
    assert len(rows) == 4  # two answers, seen through both stores: what was refused is no answer
    held.close()


def test_where_the_store_does_not_answer_no_token_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jwt", reason="no PyJWT: install dentalpain[cds]")
    from .test_cds_hooks_trust import host, send, token

    one = host()

    def silent(*_: Any) -> bool:
        raise StoreError("The database of the store does not answer.")

    monkeypatch.setattr(one.store, "use_once", silent)
    response = send(one, token(exp=int(time.time()) + 60))
    assert (response.status_code, response.content_type) == (503, "application/problem+json")


# -- frames of other sites -----------------------------------------------------------------------------------------------

FRAMED = {"DENTALPAIN_FRAME_ANCESTORS": ["https://ehr.example", "https://portal.example:8443"]}
CROSS_SITE = {"SESSION_COOKIE_SAMESITE": "None", "SESSION_COOKIE_SECURE": True}


def policy(response: Any) -> str:
    [frames] = [part.strip() for part in response.headers["Content-Security-Policy"].split(";") if "frame-ancestors" in part]
    return str(frames)


def test_only_our_own_site_may_hold_our_pages_in_a_frame_unless_others_are_named() -> None:
    assert policy(Host().client.get("/pain/")) == "frame-ancestors 'self'"
    framed = Host(config={**FRAMED, **CROSS_SITE})
    expected = "frame-ancestors 'self' https://ehr.example https://portal.example:8443"
    assert policy(framed.client.get("/pain/")) == expected
    assert policy(framed.client.get("/pain/visits/nothing")) == expected


def test_a_handout_as_a_page_keeps_to_the_same_frames() -> None:
    host = Host(config={**FRAMED, **CROSS_SITE})
    host.client = host.app.test_client()
    visit = open_over_https(host)
    token = form_token(host)
    page = host.client.post(
        f"{visit}/handout",
        data={"csrf_token": token, "kind": "html", "topic": "tmj-self-care"},
        base_url="https://localhost",
    )
    assert page.status_code == 200 and policy(page).endswith("https://ehr.example https://portal.example:8443")


def form_token(host: Host) -> str:
    host.client.get("/pain/", base_url="https://localhost")
    with host.client.session_transaction(base_url="https://localhost") as session:
        return str(session["_dentalpain_form"])


def open_over_https(host: Host) -> str:
    data = {"csrf_token": form_token(host), "patient": "ref-1"}
    sent = host.client.post("/pain/visits", data=data, base_url="https://localhost")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return str(sent.headers["Location"]).split("#")[0]


def test_the_cookie_of_a_framed_page_is_sent_in_the_frame_of_another_site() -> None:
    host = Host(config={**FRAMED, **CROSS_SITE})
    cookie = host.client.get("/pain/", base_url="https://localhost").headers["Set-Cookie"]
    assert "SameSite=None" in cookie and "Secure" in cookie and "HttpOnly" in cookie and "Partitioned" not in cookie


@pytest.mark.skipif("SESSION_COOKIE_PARTITIONED" not in Flask.default_config, reason="partitioned cookies came with Flask 3.1")
def test_the_cookie_of_each_site_that_holds_a_frame_can_be_one_of_its_own() -> None:
    apart = Host(config={**FRAMED, **CROSS_SITE, "SESSION_COOKIE_PARTITIONED": True})
    cookie = apart.client.get("/pain/", base_url="https://localhost").headers["Set-Cookie"]
    assert {"SameSite=None", "Secure", "HttpOnly", "Partitioned"} <= set(cookie.split("; "))


def test_frames_whose_cookie_no_browser_would_send_are_refused_at_start() -> None:
    from dentalpain.errors import SettingsError

    with pytest.raises(SettingsError, match="SESSION_COOKIE_SECURE"):
        Host(config={**FRAMED, "SESSION_COOKIE_SAMESITE": "None"})
    assert Host(config={**FRAMED, "SESSION_COOKIE_SAMESITE": "Lax"})  # frames of the host's own site


def test_in_a_layout_of_the_host_only_the_frames_are_ours_to_say() -> None:
    from jinja2 import DictLoader

    layout = "<title>{% block title %}{% endblock %}</title>{% block head %}{% endblock %}{% block content %}{% endblock %}"
    framed = Host(config={**FRAMED, **CROSS_SITE}, base_template="layout.html")
    framed.app.jinja_loader = DictLoader({"layout.html": layout})
    held = framed.client.get("/pain/").headers["Content-Security-Policy"]
    assert held == "frame-ancestors 'self' https://ehr.example https://portal.example:8443"


def test_the_json_api_answers_no_page_of_another_site_also_where_frames_are_allowed() -> None:
    host = Host(config={**FRAMED, **CROSS_SITE})
    sent = host.client.post(
        "/pain/api/v1/screen",
        json={"record": {}},
        headers={"Origin": "https://ehr.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert sent.status_code == 403 and "Access-Control-Allow-Origin" not in sent.headers
