"""The host that record systems open, through whole launches against a record system in another process."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from dentalpain.errors import AccessDenied, SignInError
from dentalpain.storage import MemoryStore
from examples.smart import create_app
from tests.practice.fhir_server.test_smart_client import sent_back
from tests.practice.fhir_stub import Stub, open_stub
from tests.practice.fhir_stub.charts import ANN, BO

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
BACK = "http://localhost/smart/callback"


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with open_stub() as found:
        yield found


class Host:
    """The example host over one record system, and a browser at it."""

    def __init__(self, stub: Stub, *modes: str) -> None:
        self.stub, self.base, self.store = stub, stub.base("smart", *modes), MemoryStore()
        self.app = create_app([self.base], BACK, store=self.store, clock=lambda: NOW, config={"TESTING": True})
        self.client = self.app.test_client()

    def leave(self, browser: FlaskClient | None = None, **asked: str) -> str:
        """The address at which the record system gives the browser back, after a launch."""
        query = asked or {"iss": self.base, "launch": "launch-ann"}
        response = (browser or self.client).get("/smart/launch", query_string=query)
        assert response.status_code == 302, response.get_data(as_text=True)
        return sent_back(response.headers["Location"])

    def open(self, **asked: str) -> Any:
        """The answer to the browser that comes back."""
        return self.client.get(self.leave(**asked))

    def visit(self, **asked: str) -> str:
        response = self.open(**asked)
        assert response.status_code == 303, response.get_data(as_text=True)
        return str(response.headers["Location"])

    def page(self, address: str) -> str:
        return words_of(self.client.get(address).get_data(as_text=True))

    def post(self, address: str, **fields: str) -> Any:
        with self.client.session_transaction() as session:
            token = session["_dentalpain_form"]
        return self.client.post(address, data={"csrf_token": token, **fields})

    def looks(self) -> list[tuple[str, str, str, str | None]]:
        return [(one["who"], one["action"], one["result"], one["patient_ref"]) for one in self.store._audit]


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


# -- the whole way -----------------------------------------------------------------------------------------------------


def test_a_launch_opens_the_visit_of_its_patient_and_a_prescription_is_reviewed_there(stub: Stub) -> None:
    host = Host(stub, "banner")
    address = host.visit()
    assert re.fullmatch(r"/pain/visits/[0-9a-zA-Z_-]{16,}", address)
    page = host.page(address)
    assert "Ann Berg" in page and "warfarin" in page and "Codeine" in page and "29 mL/min/1.73 m²" in page
    reviewed = host.post(address, prescribe="ibuprofen 400 mg q6h #12", indication="simple_extraction")
    assert reviewed.status_code == 303
    page = host.page(reviewed.headers["Location"].split("#")[0])
    # eGFR 29 < 30 (KDIGO: avoid), and warfarin with an NSAID
    assert "NSAID with badly reduced kidney function" in page and "anticoagulant" in page.casefold()


def test_the_look_stands_in_the_trail_under_the_clinician_whom_the_record_system_named(stub: Stub) -> None:
    host = Host(stub)
    host.visit()
    assert (f"{host.base}/Practitioner/reyes", "see", "done", ANN) in host.looks()


@pytest.mark.parametrize(("modes", "shown"), [(("banner",), True), ((), False)])
def test_the_banner_is_drawn_unless_the_record_system_draws_it(stub: Stub, modes: tuple[str, ...], shown: bool) -> None:
    host = Host(stub, *modes)
    page = host.page(host.visit())
    assert ("Ann Berg" in page) is shown and ("born" in page) is shown
    assert "warfarin" in page  # what the review rests on is shown either way


def test_somebody_who_opens_us_from_nowhere_is_sent_to_the_record_system_and_picks_a_patient(stub: Stub) -> None:
    host = Host(stub)
    door = host.client.get("/pain/")
    assert door.status_code == 302 and door.headers["Location"].startswith("/smart/start")
    away = host.client.get(door.headers["Location"]).headers["Location"]
    assert parse_qs(urlsplit(away).query)["scope"] == ["launch/patient openid fhirUser patient/*.rs"]
    visit = host.client.get(sent_back(away)).headers["Location"]
    assert host.client.get(visit).status_code == 200
    assert "Ruiz, Bo" in host.page("/pain/")  # the day's list is the one patient of the launch


def test_every_page_names_the_clinician_and_keeps_the_strict_policy(stub: Stub) -> None:
    host = Host(stub)
    answer = host.client.get(host.visit())
    assert "Signed in through the record system: Dr. Dana Reyes" in words_of(answer.get_data(as_text=True))
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'self'"} <= set(policy)
    assert host.client.get("/").headers["Location"] == "/pain/"


def test_frames_of_the_record_system_are_let_in_beside_the_strict_policy(stub: Stub) -> None:
    base = stub.base("smart")
    cookies = {"SESSION_COOKIE_SAMESITE": "None", "SESSION_COOKIE_SECURE": True}
    config = {"TESTING": True, "DENTALPAIN_FRAME_ANCESTORS": ["https://ehr.example"], **cookies}
    client = create_app([base], BACK, store=MemoryStore(), config=config).test_client()
    policy = client.get("/pain/why/NSAID-CKD", base_url="https://localhost").headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy and "frame-ancestors 'self' https://ehr.example" in policy


def test_a_cookie_goes_over_https_alone_where_the_host_stands_behind_it(stub: Stub) -> None:
    app = create_app([stub.base("smart")], "https://pain.example/smart/callback", store=MemoryStore())
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert Host(stub).app.config["SESSION_COOKIE_SECURE"] is False


def test_a_host_without_a_record_system_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SMART_ISSUER", raising=False)
    with pytest.raises(SystemExit, match="Set SMART_ISSUER"):
        create_app()


# -- who is kept out ---------------------------------------------------------------------------------------------------


def test_another_browser_cannot_come_back_in_place_of_the_one_that_left(stub: Stub) -> None:
    host = Host(stub)
    location = host.leave()
    other = host.app.test_client()
    host.leave(other)  # that one has a sign-in of its own under way
    refused = other.get(location)
    assert refused.status_code == 403 and "not begun in this browser" in words_of(refused.get_data(as_text=True))
    assert host.looks() == []


@pytest.mark.parametrize("mode", ["wrong_state", "wrong_nonce", "denied", "patient_user", "wrong_key"])
def test_a_sign_in_that_is_not_in_order_opens_nothing(stub: Stub, mode: str) -> None:
    host = Host(stub, mode)
    response = host.open()
    assert response.status_code == 403 and host.looks() == []
    assert host.client.get("/pain/").headers["Location"].startswith("/smart/start")  # nobody is signed in


def test_an_answer_is_taken_once(stub: Stub) -> None:
    host = Host(stub)
    location = host.leave()
    assert host.client.get(location).status_code == 303
    again = host.client.get(location)
    assert again.status_code == 403 and "not begun in this browser" in words_of(again.get_data(as_text=True))


@pytest.mark.parametrize("asked", [{"iss": "https://evil.example/r4", "launch": "x"}, {"launch": "x"}, {"iss": "{base}"}])
def test_a_launch_by_a_stranger_goes_nowhere(stub: Stub, asked: dict[str, str]) -> None:
    host = Host(stub)
    query = {name: value.format(base=host.base) for name, value in asked.items()}
    response = host.client.get("/smart/launch", query_string=query)
    assert response.status_code == 403 and "Location" not in response.headers and "evil" not in response.get_data(as_text=True)
    assert stub.seen(host.base) == []


def test_a_sign_in_for_one_patient_opens_no_other(stub: Stub) -> None:
    host = Host(stub)
    first = host.visit()
    host.visit(iss=host.base, launch="launch-bo")
    assert host.client.get(first).status_code == 403  # the launch of Bo ended that of Ann
    host.visit()
    assert host.client.get(first).status_code == 200


def test_even_a_host_that_grants_everything_reads_no_other_patient_and_nothing_without_a_sign_in(stub: Stub) -> None:
    host = Host(stub)
    practice = host.app.extensions["dentalpain"]["dentalpain"].practice
    with host.client:
        host.visit()
        assert practice.find_record(ANN, NOW.date())["resourceType"] == "Bundle"
        # the record system shows who Ann is around our page, and nobody else
        assert not practice.needs_patient_banner(ANN) and practice.needs_patient_banner(BO)
        with pytest.raises(AccessDenied, match="another patient"):
            practice.find_record(BO, NOW.date())
    with host.app.test_request_context(), pytest.raises(SignInError, match="Nobody is signed in"):
        practice.find_record(ANN, NOW.date())


def test_signing_out_ends_it(stub: Stub) -> None:
    host = Host(stub)
    address = host.visit()
    host.client.get(address)
    assert host.client.post("/smart/sign-out").status_code == 400  # a form of another site
    assert host.post("/smart/sign-out").status_code == 200
    assert host.client.get(address).status_code == 302


# -- tokens ------------------------------------------------------------------------------------------------------------


def test_a_token_that_the_record_system_no_longer_takes_is_renewed_without_a_word(stub: Stub) -> None:
    host = Host(stub, "expired")
    assert host.client.get(host.visit()).status_code == 200
    tokens = [one for one in stub.seen(host.base) if one["path"].endswith("/token")]
    assert ["refresh_token" in one["body"] for one in tokens] == [False, True]  # one renewal for all questions


def test_a_sign_in_that_cannot_be_renewed_says_to_open_the_patient_again(stub: Stub) -> None:
    host = Host(stub, "expired", "no_refresh")
    response = host.open()
    assert response.status_code == 403 and "Open the patient from it again" in words_of(response.get_data(as_text=True))


def test_tokens_stand_in_no_cookie_no_page_and_no_log(stub: Stub, caplog: pytest.LogCaptureFixture) -> None:
    host = Host(stub)
    with caplog.at_level(logging.DEBUG):
        address = host.visit()
        page = host.client.get(address).get_data(as_text=True)
    with host.client.session_transaction() as session:
        cookie = str(dict(session))
    sent = " ".join(one["authorization"] for one in stub.seen(host.base) if one["authorization"])
    assert "Bearer access-" in sent
    assert not [text for text in (cookie, page, caplog.text) if "access-" in text or "refresh-" in text]


def test_no_address_of_a_sign_in_is_kept_or_told_to_others(stub: Stub) -> None:
    host = Host(stub)
    for response in (host.client.get("/smart/launch", query_string={"iss": host.base, "launch": "launch-ann"}), host.open()):
        assert response.headers["Referrer-Policy"] == "no-referrer" and response.headers["Cache-Control"] == "no-store"


def test_a_list_that_the_record_system_withholds_is_never_shown_as_empty(stub: Stub) -> None:
    host = Host(stub, "forbidden", "banner")
    page = host.page(host.visit())
    assert "Allergies Could not be read: this sign-in may not read it No review recorded" in page
    assert "Nothing recorded" not in page and "AllergyIntolerance" in page.split("What this review did not do")[1]


def test_a_list_of_which_a_part_came_is_not_shown_as_whole(stub: Stub) -> None:
    page_of = Host(stub, "foreign", "banner")
    page = page_of.page(page_of.visit())
    assert "osteoarthritis" in page and "Not all of it could be read: the FHIR server pointed to another server" in page
