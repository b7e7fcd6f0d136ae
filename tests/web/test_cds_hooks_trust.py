"""Whose requests are answered: signed tokens of known issuers, once each; pages of named origins; anybody only if told."""

from __future__ import annotations

import http.server
import json
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dentalpain.errors import SettingsError

from .cds import CdsHost, asked, order

jwt = pytest.importorskip("jwt", reason="no PyJWT: install dentalpain[cds]")
from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: E402  # PyJWT brings cryptography

ISSUER = "https://ehr.example"
BASE = "https://office.example/pain"
SERVICE = f"{BASE}/cds-services/dentalpain-order-sign"
KEY = ec.generate_private_key(ec.SECP384R1())
OTHER = ec.generate_private_key(ec.SECP384R1())
BODY = asked(order("ibuprofen 400 mg tablet", "1 tab every 6 hours as needed, #12"))


def key_set(key: Any = KEY, name: str = "one") -> dict[str, Any]:
    public = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA384).to_jwk(key.public_key(), as_dict=True)
    return {"keys": [{**public, "kid": name, "use": "sig", "alg": "ES384"}]}


def host(keys: Any = None, **config: Any) -> CdsHost:
    named = {"DENTALPAIN_CDS_ISSUERS": {ISSUER: key_set() if keys is None else keys}, "DENTALPAIN_CDS_BASE_URL": BASE}
    return CdsHost(config={**named, **config})


def token(key: Any = KEY, kid: str | None = "one", alg: str = "ES384", **claims: Any) -> str:
    now = int(time.time())
    held = {"iss": ISSUER, "aud": SERVICE, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4())} | claims
    held = {name: value for name, value in held.items() if value is not None}
    return str(jwt.encode(held, key, algorithm=alg, headers={"kid": kid} if kid else None))


def send(to: CdsHost, held: str | None) -> Any:
    return to.post(BODY, **({"Authorization": f"Bearer {held}"} if held else {}))


def refused(response: Any) -> None:
    assert response.status_code == 401, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert len(response.get_json()["detail"]) < 100


@pytest.fixture(scope="module")
def closed() -> CdsHost:
    return host()


def test_a_token_of_a_known_issuer_is_answered_and_its_issuer_stands_in_the_trail() -> None:
    one = host()
    assert send(one, token()).get_json() == {"cards": []}
    assert one.audit()[-1].who == f"cds-hooks {ISSUER} Practitioner/d"


def test_a_token_may_name_several_audiences(closed: CdsHost) -> None:
    assert send(closed, token(aud=["https://else.example", SERVICE])).status_code == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer x.y.z", "Bearer \xff"])
def test_without_a_token_nothing_is_answered(closed: CdsHost, header: str) -> None:
    refused(closed.post(BODY, Authorization=header))
    refused(closed.client.get("/cds-services", headers={"Authorization": header}))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://stranger.example"},
        {"iss": None},
        {"aud": f"{BASE}/cds-services/dentalpain-patient-view"},
        {"aud": "https://else.example/cds-services/dentalpain-order-sign"},
        {"aud": None},
        {"exp": None},
        {"iat": None},
        {"jti": None},
        {"jti": ""},
        {"exp": int(time.time()) - 600, "iat": int(time.time()) - 900},
        {"iat": int(time.time()) + 600, "exp": int(time.time()) + 900},
        {"exp": int(time.time()) + 7200},
    ],
)
def test_a_token_with_a_wrong_or_missing_claim_is_refused(closed: CdsHost, claims: dict[str, Any]) -> None:
    refused(send(closed, token(**claims)))


def test_a_token_signed_by_another_key_is_refused(closed: CdsHost) -> None:
    refused(send(closed, token(OTHER)))
    refused(send(closed, token(kid="two")))
    refused(send(closed, token(kid=None)))


def test_shared_secrets_and_unsigned_tokens_are_refused(closed: CdsHost) -> None:
    refused(send(closed, token("a shared secret that is long enough to sign with", alg="HS256")))
    refused(send(closed, token(None, alg="none")))


def test_a_key_of_another_kind_than_the_token_says_is_refused(closed: CdsHost) -> None:
    refused(send(closed, token(rsa.generate_private_key(65537, 2048), alg="RS384")))


def test_a_token_counts_once(closed: CdsHost) -> None:
    held = token()
    assert send(closed, held).status_code == 200
    refused(send(closed, held))


def test_the_clock_of_the_mount_does_not_bring_an_old_token_back_to_life() -> None:
    import datetime as dt

    then = dt.datetime(2022, 5, 1, tzinfo=dt.UTC)
    keys = {"DENTALPAIN_CDS_ISSUERS": {ISSUER: key_set()}, "DENTALPAIN_CDS_BASE_URL": BASE}
    old = CdsHost(config=keys, clock=lambda: then)
    refused(send(old, token(iat=int(then.timestamp()), exp=int(then.timestamp()) + 300)))
    assert send(old, token()).status_code == 200


def test_keys_are_read_from_a_file_also_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps(key_set()))
    one = host(str(file))
    assert send(one, token()).status_code == 200
    file.write_text(json.dumps(key_set(OTHER, "two")))
    assert send(one, token(OTHER, kid="two")).status_code == 200
    refused(send(one, token()))
    file.write_text("{")
    refused(send(one, token(OTHER, kid="two")))


@pytest.fixture
def served() -> Iterator[str]:
    class Keys(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(key_set()).encode())

        def log_message(self, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keys) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/jwks.json"
        server.shutdown()


def test_keys_are_read_from_an_address(served: str) -> None:
    one = host(served)
    assert send(one, token()).status_code == 200
    refused(send(one, token(kid="two")))


def test_keys_that_cannot_be_fetched_are_a_503() -> None:
    response = send(host("http://127.0.0.1:9/jwks.json"), token())
    assert response.status_code == 503 and response.content_type == "application/problem+json"


# -- open, and from pages ----------------------------------------------------------------------------------------


def test_without_issuers_and_unless_told_to_be_open_nobody_is_answered() -> None:
    one = CdsHost(config={})
    refused(one.post(BODY))
    refused(one.client.get("/cds-services"))


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"DENTALPAIN_CDS_OPEN": True, "DENTALPAIN_CDS_ISSUERS": {ISSUER: "x"}}, "CDS_OPEN"),
        ({"DENTALPAIN_CDS_ISSUERS": {ISSUER: "x"}}, "CDS_BASE_URL"),
        ({"DENTALPAIN_CDS_ISSUERS": {ISSUER: "http://ehr.example/jwks"}}, "CDS_ISSUERS"),
        ({"DENTALPAIN_CDS_ISSUERS": {ISSUER: 5}}, "CDS_ISSUERS"),
        ({"DENTALPAIN_CDS_ISSUERS": [ISSUER]}, "CDS_ISSUERS"),
        ({"DENTALPAIN_CDS_BASE_URL": "office.example"}, "CDS_BASE_URL"),
        ({"DENTALPAIN_CDS_ORIGINS": ["*"]}, "CDS_ORIGINS"),
        ({"DENTALPAIN_CDS_ORIGINS": ["https://ehr.example/page"]}, "CDS_ORIGINS"),
        ({"DENTALPAIN_CDS_ORIGINS": "https://ehr.example"}, "CDS_ORIGINS"),
        ({"DENTALPAIN_CDS_FHIR_SERVERS": ["http://ehr.example"]}, "CDS_FHIR_SERVERS"),
        ({"DENTALPAIN_CDS_OPEN": "yes"}, "CDS_OPEN"),
    ],
)
def test_settings_that_cannot_stand_are_refused_at_start(config: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        CdsHost(config=config)


def test_pages_of_a_named_origin_may_ask_and_others_may_not() -> None:
    one = CdsHost(config={"DENTALPAIN_CDS_OPEN": True, "DENTALPAIN_CDS_ORIGINS": ["https://ehr.example"]})
    ask = {"Origin": "https://ehr.example", "Access-Control-Request-Method": "POST"}
    early = one.client.options("/cds-services/dentalpain-order-sign", headers=ask)
    assert early.status_code == 200
    assert early.headers["Access-Control-Allow-Origin"] == "https://ehr.example"
    assert "Authorization" in early.headers["Access-Control-Allow-Headers"]
    assert one.post(BODY, Origin="https://ehr.example").headers["Access-Control-Allow-Origin"] == "https://ehr.example"
    other = one.post(BODY, Origin="https://stranger.example")
    assert "Access-Control-Allow-Origin" not in other.headers and "Origin" in other.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in early.headers


def test_no_page_may_ask_where_no_origin_is_named() -> None:
    assert "Access-Control-Allow-Origin" not in CdsHost().post(BODY, Origin="https://ehr.example").headers


def test_a_host_with_csrf_protection_still_answers_programs() -> None:
    from flask import Flask
    from flask_wtf import CSRFProtect

    from dentalpain import DentalPain
    from dentalpain.practice.memory import MemoryPractice

    app = Flask("protected")
    app.config.update(SECRET_KEY="x", TESTING=True, DENTALPAIN_CDS_OPEN=True)
    CSRFProtect(app)
    DentalPain().init_app(
        app,
        authorize=lambda actor, action, ref: False,
        current_user=lambda: None,
        practice=MemoryPractice({}),
        service=CdsHost().service,
    )
    sent = app.test_client().post("/pain/cds-services/dentalpain-order-sign", json=BODY)
    assert sent.status_code == 200
