"""SMART App Launch 2 without pages: what is asked, what is accepted, and above all what is refused."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from dentalpain.errors import NotAnsweredError, SettingsError, SignInError
from dentalpain.practice.fhir_server import ClientKey, ClientSecret, MemoryShelf, SmartClient
from dentalpain.practice.fhir_server.signed_in import GrantAccess
from dentalpain.practice.fhir_server.smart import Grant, Pending
from tests.practice.fhir_stub import Stub
from tests.practice.fhir_stub.charts import ANN, BO
from tests.practice.fhir_stub.sign_in import KEY_CLIENT, PUBLIC, SECRET, SECRET_CLIENT

BACK = "http://localhost/smart/callback"
STATE = "s" * 43


class Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def sent_back(address: str) -> str:
    """Where the record system sends the browser."""
    try:
        urllib.request.build_opener(Stays).open(address, timeout=10)
    except urllib.error.HTTPError as answer:
        assert answer.code == 302, answer.read()
        return str(answer.headers["Location"])
    raise AssertionError("the record system sent nobody anywhere")


def client_for(base: str, client_id: str = PUBLIC, **options: Any) -> SmartClient:
    return SmartClient(client_id, BACK, [base], **options)


def begun(client: SmartClient, launch: str | None = "launch-ann") -> tuple[dict[str, str], Pending]:
    """What the browser brings back, and what was kept."""
    address, pending = client.begin(client.issuers[0], launch)
    location = sent_back(f"{address}&state={STATE}")
    assert location.startswith(BACK)
    return dict(parse_qsl(urlsplit(location).query)), pending


def granted(client: SmartClient, launch: str | None = "launch-ann") -> Grant:
    answered, pending = begun(client, launch)
    assert answered["state"] == STATE
    return client.finish(pending, answered)


# -- what is asked -----------------------------------------------------------------------------------------------------


def test_the_browser_is_sent_with_everything_that_the_specification_wants(stub: Stub) -> None:
    base = stub.base()
    address, pending = client_for(base).begin(base, "launch-ann")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["response_type"] == "code" and asked["client_id"] == PUBLIC and asked["redirect_uri"] == BACK
    assert asked["aud"] == base and asked["launch"] == "launch-ann" and asked["nonce"] == pending.nonce
    assert asked["scope"] == "launch openid fhirUser patient/*.rs"
    assert asked["code_challenge_method"] == "S256" and 43 <= len(pending.verifier) <= 128  # RFC 7636, 4.1
    assert pending.verifier not in address


def test_the_challenge_is_that_of_the_specification(stub: Stub) -> None:
    from dentalpain.practice.fhir_server.smart import _challenge

    # RFC 7636, appendix B
    assert _challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_standalone_launch_asks_for_a_patient(stub: Stub) -> None:
    base = stub.base()
    address, _ = client_for(base).begin(base)
    asked = parse_qs(urlsplit(address).query)
    assert "launch" not in asked and asked["scope"] == ["launch/patient openid fhirUser patient/*.rs"]


def test_the_configuration_is_asked_for_once_for_many_launches(stub: Stub) -> None:
    base = stub.base()
    client = client_for(base)
    for _ in range(3):
        client.begin(base, "launch-ann")
    assert len(stub.seen(base)) == 1


# -- what is granted ---------------------------------------------------------------------------------------------------


def test_a_launch_from_the_record_system_names_clinician_and_patient(stub: Stub) -> None:
    base = stub.base()
    grant = granted(client_for(base))
    assert grant.patient == ANN and grant.base == base and grant.of_one_patient
    assert grant.clinician.id == f"{base}/Practitioner/reyes" and grant.clinician.name == "Dr. Dana Reyes"


def test_a_standalone_launch_names_the_patient_who_was_picked(stub: Stub) -> None:
    assert granted(client_for(stub.base()), None).patient == BO


def test_a_relative_clinician_belongs_to_the_record_system(stub: Stub) -> None:
    base = stub.base("relative_user")
    assert granted(client_for(base)).clinician.id == f"{base}/Practitioner/reyes"


def test_the_keys_are_found_by_openid_discovery_where_the_configuration_leaves_them_out(stub: Stub) -> None:
    assert granted(client_for(stub.base("no_jwks"))).patient == ANN


@pytest.mark.parametrize(("mode", "shown"), [("banner", True), ("unsaid_banner", True), ("plain", False)])
def test_a_banner_is_spared_only_where_the_record_system_says_so(stub: Stub, mode: str, shown: bool) -> None:
    assert granted(client_for(stub.base(mode))).need_patient_banner is shown


def test_a_client_with_a_secret_sends_it_in_the_header_alone(stub: Stub) -> None:
    base = stub.base()
    assert granted(client_for(base, SECRET_CLIENT, proof=ClientSecret(SECRET))).patient == ANN
    token = next(one for one in stub.seen(base) if one["path"].endswith("/token"))
    assert token["authorization"].startswith("Basic ") and "client_id" not in token["body"] and "s3cret" not in token["body"]


def test_a_wrong_secret_is_refused(stub: Stub) -> None:
    with pytest.raises(SignInError, match="gave no access"):
        granted(client_for(stub.base(), SECRET_CLIENT, proof=ClientSecret("another")))


def test_a_client_with_a_key_pair_signs_each_request_anew(stub: Stub) -> None:
    client = client_for(stub.base(), KEY_CLIENT, proof=ClientKey(stub.client_pem, "c1"))
    assert granted(client).patient == granted(client).patient == ANN  # the stub takes no statement twice


@pytest.mark.parametrize(
    ("scope", "one"), [("launch patient/*.rs", True), ("user/*.rs", False), ("patient/*.rs user/Appointment.rs", False)]
)
def test_only_scopes_of_the_user_reach_beyond_the_patient_of_the_launch(stub: Stub, scope: str, one: bool) -> None:
    assert replace(granted(client_for(stub.base())), scope=scope).of_one_patient is one


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9/r4", "https://evil.example/r4", "", "{base}x", "{base}/../r4"])
def test_a_record_system_that_the_host_did_not_name_is_not_even_asked(stub: Stub, issuer: str) -> None:
    base = stub.base()
    with pytest.raises(SignInError, match="not one of those"):
        client_for(base).begin(issuer.format(base=base), "launch-ann")
    assert stub.seen(base) == []


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("denied", "did not grant access"), ("wrong_iss_answer", "Another record system"), ("wrong_nonce", "another sign-in"),
        ("wrong_aud", "did not prove"), ("two_auds", "another application"), ("wrong_iss", "did not prove"),
        ("old_id_token", "did not prove"), ("wrong_key", "did not prove"), ("unsigned", "did not prove"),
        ("no_id_token", "did not prove"), ("patient_user", "for clinicians"), ("no_user", "for clinicians"),
        ("no_patient", "named no patient"), ("no_scope", "no access to the record"),
    ],
)  # fmt: skip
def test_what_the_record_system_does_not_say_or_prove_is_refused(stub: Stub, mode: str, said: str) -> None:
    client = client_for(stub.base(mode))
    answered, pending = begun(client)
    with pytest.raises(SignInError, match=said):
        client.finish(pending, answered)


@pytest.mark.parametrize(("mode", "said"), [("plain_pkce", "PKCE"), ("unsafe_token", "no safe address")])
def test_a_sign_in_that_would_not_be_safe_is_not_begun(stub: Stub, mode: str, said: str) -> None:
    base = stub.base(mode)
    with pytest.raises(SignInError, match=said):
        client_for(base).begin(base, "launch-ann")


def test_a_code_is_good_for_the_sign_in_that_asked_for_it_alone(stub: Stub) -> None:
    client = client_for(stub.base())
    stolen, _ = begun(client)
    _, mine = begun(client)
    with pytest.raises(SignInError, match="gave no access"):
        client.finish(mine, stolen)  # the verifier does not fit


def test_a_code_is_good_once(stub: Stub) -> None:
    client = client_for(stub.base())
    answered, pending = begun(client)
    client.finish(pending, answered)
    with pytest.raises(SignInError, match="gave no access"):
        client.finish(pending, answered)


@pytest.mark.parametrize("launch", ["", "x" * 4001])
def test_a_launch_that_says_nothing_or_too_much_is_refused(stub: Stub, launch: str) -> None:
    base = stub.base()
    with pytest.raises(SignInError, match="did not say what it opens"):
        client_for(base).begin(base, launch)


def test_a_record_system_that_is_down_is_said() -> None:
    with pytest.raises(NotAnsweredError, match="could not be reached"):
        client_for("http://127.0.0.1:9/r4").begin("http://127.0.0.1:9/r4", "x")


# -- renewing ----------------------------------------------------------------------------------------------------------


def test_a_token_is_renewed_and_the_patient_stays(stub: Stub) -> None:
    client = client_for(stub.base())
    first = granted(client)
    second = client.refreshed(first)
    assert second is not None and second.access_token != first.access_token and second.patient == ANN
    assert second.refresh_token != first.refresh_token and client.refreshed(first) is None  # good for one use


@pytest.mark.parametrize("mode", ["no_refresh", "no_refresh_token"])
def test_a_sign_in_that_is_not_renewed_ends(stub: Stub, mode: str) -> None:
    client = client_for(stub.base(mode))
    assert client.refreshed(granted(client)) is None


def test_a_token_is_no_longer_used_just_before_its_end(stub: Stub) -> None:
    now = [1_000_000.0]
    client = client_for(stub.base(), clock=lambda: now[0])
    grant = granted(client)  # the stub says 3600 seconds
    for later, over in ((0.0, False), (3569.0, False), (3570.0, True)):
        now[0] = 1_000_000.0 + later
        assert client.runs_out(grant) is over


def test_those_who_were_refused_together_renew_once(stub: Stub) -> None:
    client, shelf = client_for(stub.base()), MemoryShelf()
    grant = granted(client)
    key, lock = shelf.put(grant, 60.0), threading.Lock()
    access = [GrantAccess(client, shelf, key, lock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        tokens = set(pool.map(lambda one: one.renewed(grant.access_token), access))
    assert len(tokens) == 1 and tokens == {access[0].token()} != {grant.access_token}


def test_a_sign_in_that_is_not_renewed_is_forgotten(stub: Stub) -> None:
    client, shelf = client_for(stub.base("no_refresh")), MemoryShelf()
    grant = granted(client)
    key = shelf.put(grant, 60.0)
    with pytest.raises(SignInError, match="has ended"):
        GrantAccess(client, shelf, key, threading.Lock()).renewed(grant.access_token)
    assert shelf.get(key) is None


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_no_token_stands_in_any_text_made_from_a_grant(stub: Stub) -> None:
    client = client_for(stub.base())
    answered, pending = begun(client)
    grant = client.finish(pending, answered)
    shown = repr(grant) + str(grant) + repr(pending) + repr(ClientSecret(SECRET)) + repr(ClientKey(stub.client_pem, "c1"))
    for secret in (grant.access_token, grant.refresh_token, pending.verifier, pending.nonce, SECRET, "PRIVATE KEY"):
        assert secret and secret not in shown


@pytest.mark.parametrize(
    "make",
    [
        lambda: SmartClient("", BACK, ["https://ehr.example/r4"]),
        lambda: SmartClient("c", BACK, []),
        lambda: SmartClient("c", BACK, "https://ehr.example/r4"),
        lambda: SmartClient("c", "http://office.example/smart/callback", ["https://ehr.example/r4"]),
        lambda: SmartClient("c", BACK, ["http://ehr.example/r4"]),
        lambda: SmartClient("c", BACK, ["https://ehr.example/r4"], scopes=["patient/*.rs"]),
    ],
)
def test_a_client_that_could_not_work_safely_is_refused_at_start(make: Callable[[], SmartClient]) -> None:
    with pytest.raises(SettingsError, match="SmartClient"):
        make()
