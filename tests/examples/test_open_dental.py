"""The host beside Open Dental: the number in the address of the Program Link opens nothing by itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dentalpain.storage import MemoryStore
from examples.office import people
from examples.open_dental import create_app
from tests.practice.open_dental.api_stub import CATEGORY, CUSTOMER, DEVELOPER, open_stub
from tests.practice.open_dental.office import DELETED, DELIA, DIED, MERGED
from tests.practice.open_dental.server import Office, open_office

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with open_office() as found:
        yield found


class Clock:
    """The time at the office, which a test can move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(office: Office, store: MemoryStore, clock: Clock) -> Flask:
    return create_app(office.url, store=store, clock=clock, config={"TESTING": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def sign_in(client: FlaskClient, address: str = "/sign-in") -> Any:
    client.get(address)
    with client.session_transaction() as session:
        token = session["office_token"]
    password = next(one.password for one in people.PEOPLE if one.id == "dana")
    return client.post(address, data={"user": "dana", "password": password, "office_token": token})


def launched(client: FlaskClient, number: int | str = DELIA) -> str:
    response = client.get("/launch", query_string={"PatNum": number})
    assert response.status_code == 303
    return str(response.headers["Location"])


def looks(store: MemoryStore) -> list[tuple[str, str, str | None]]:
    return [(entry["action"], entry["result"], entry["patient_ref"]) for entry in store._audit]


def test_the_number_leaves_the_address_at_once_and_no_page_may_be_kept_or_named_to_others(client: FlaskClient) -> None:
    response = client.get("/launch?PatNum=101")
    assert response.status_code == 303
    assert re.fullmatch(r"/launch/[0-9A-Za-z_-]{22}", response.headers["Location"])  # 16 bytes by chance
    assert response.headers["Referrer-Policy"] == "no-referrer" and response.headers["Cache-Control"] == "no-store"


def test_nobody_sees_a_patient_without_signing_in(client: FlaskClient, store: MemoryStore) -> None:
    page = client.get(launched(client))
    assert page.status_code == 302 and page.headers["Location"].startswith("/sign-in?next=/launch/")
    assert b"Marsh" not in page.data and looks(store) == []


def test_after_signing_in_the_patient_is_shown_the_look_is_kept_and_the_visit_has_an_opaque_id(
    client: FlaskClient, store: MemoryStore
) -> None:
    address = launched(client)
    landed = sign_in(client, str(client.get(address).headers["Location"]))
    assert landed.headers["Location"] == address
    page = client.get(address)
    words = re.sub(r"<[^>]+>", "", page.get_data(as_text=True))
    assert page.status_code == 200 and "Delia Marsh, born Jun 2, 1951" in words and "Maple Street" not in words
    assert page.headers["Cache-Control"] == "no-store" and looks(store) == [("see", "done", "101")]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.get_data(as_text=True)))
    visit = client.post("/pain/visits", data=fields).headers["Location"]
    assert re.fullmatch(r"/pain/visits/[0-9a-zA-Z_-]{16,}", visit)
    assert "Coumadin 5 mg daily" in client.get(visit).get_data(as_text=True)


def test_somebody_who_may_not_see_the_patient_sees_nothing_and_the_attempt_is_kept(office: Office, store: MemoryStore) -> None:
    def nobody_but_102(actor: Any, action: str, patient_ref: str | None) -> bool:
        return patient_ref in (None, "102")

    client = create_app(office.url, store=store, authorize=nobody_but_102, clock=Clock()).test_client()
    sign_in(client)
    page = client.get(launched(client))
    assert page.status_code == 403 and b"Marsh" not in page.data
    assert looks(store) == [("see", "refused", "101")]


@pytest.mark.parametrize("number", [DELETED, MERGED, 0, 999_999, "00101"])
def test_a_chart_that_is_deleted_or_merged_or_never_was_is_nobodys_and_the_list_is_one_step_away(
    client: FlaskClient, number: int | str
) -> None:
    sign_in(client)
    page = client.get(launched(client, number))
    assert page.status_code == 404 and "archived, merged or deleted" in page.text and 'href="/">Appointments' in page.text


def test_a_patient_who_has_died_is_named_as_such_before_anything_is_opened(client: FlaskClient) -> None:
    sign_in(client)
    assert "this patient has died" in client.get(launched(client, DIED)).text
    assert "this patient has died" not in client.get(launched(client, DELIA)).text


def test_a_host_without_a_database_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPEN_DENTAL_URL", raising=False)
    with pytest.raises(SystemExit, match="Set OPEN_DENTAL_URL"):
        create_app()


@pytest.mark.parametrize("number", ["", "x", "1 OR 1=1", "-1", "9" * 30])
def test_what_is_no_number_is_refused(client: FlaskClient, number: str) -> None:
    assert client.get("/launch", query_string={"PatNum": number}).status_code == 400


def test_a_link_runs_out_after_ten_minutes(client: FlaskClient, clock: Clock) -> None:
    sign_in(client)
    address = launched(client)
    clock.now = NOW + dt.timedelta(minutes=10)
    assert client.get(address).status_code == 200
    clock.now = NOW + dt.timedelta(minutes=10, seconds=1)
    assert client.get(address).status_code == 404
    assert client.get("/launch/never-given-out").status_code == 404


def test_many_launches_by_strangers_do_not_fill_the_memory(client: FlaskClient) -> None:
    sign_in(client)
    first = launched(client)
    for _ in range(200):
        launched(client)
    assert client.get(first).status_code == 404


def test_the_day_and_its_patients_come_from_open_dental(client: FlaskClient) -> None:
    sign_in(client)
    page = client.get("/").get_data(as_text=True)
    assert page.index("Ochoa, Pilar") < page.index("Marsh, Delia") and "D7140" in page


def test_a_database_that_does_not_answer_is_no_fault_of_ours(store: MemoryStore) -> None:
    client = create_app("mysql+pymysql://x:y@127.0.0.1:1/opendental", store=store, clock=Clock()).test_client()
    sign_in(client)
    page = client.get(launched(client))
    assert page.status_code == 503 and "does not answer" in page.text and "Beside Open Dental" in page.text  # within the layout
    assert client.get("/pain/").status_code == 503


def test_a_handout_goes_from_the_visit_through_the_api_into_the_chart(
    office: Office, store: MemoryStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("urllib3", reason="no urllib3: install dentalpain[fhir]")
    with open_stub() as stub:
        named = {"API": stub.base, "IMAGE_CATEGORY": CATEGORY, "DEVELOPER_KEY": DEVELOPER, "CUSTOMER_KEY": CUSTOMER}
        for name, value in named.items():
            monkeypatch.setenv(f"OPEN_DENTAL_{name}", str(value))
        client = create_app(office.url, store=store, clock=clock, config={"TESTING": True}).test_client()
        sign_in(client)
        page = client.get(launched(client)).get_data(as_text=True)
        visit = client.post("/pain/visits", data=dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))).headers["Location"]
        page = client.get(visit).get_data(as_text=True)
        token = re.search(r'name="(csrf_token|dentalpain_token)" value="([^"]*)"', page)
        assert token is not None
        typed = {token[1]: token[2], "prescribe": "ibuprofen 400 mg q6h #12", "indication": "simple_extraction"}
        visit = client.post(visit, data=typed).headers["Location"].partition("#")[0]
        page = client.get(visit).get_data(as_text=True)
        form = {token[1]: token[2], "give": re.findall(r'name="give" value="([^"]+)"', page)[:1]}
        assert client.post(f"{visit}/chart", data=form).status_code == 303
        (filed,) = stub.filed
        stub.drop = True
        unclear = client.post(f"{visit}/chart", data=form)
        assert unclear.status_code == 503 and "before filing it again" in unclear.get_data(as_text=True)
    assert filed["PatNum"] == 101 and filed["data"].startswith(b"%PDF-") and "Marsh" not in filed["Description"]
    assert [one for one in looks(store) if one[0] == "file"] == [("file", "done", "101"), ("file", "failed", "101")]
