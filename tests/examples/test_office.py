"""The example office: signing in, opening a patient, and the whole way to the handout with the real service."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dentalpain.storage import MemoryStore
from examples.office import create_app, people, schedule

TOPICS = {"topic": "after-extraction"}


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def office() -> FlaskClient:
    app = create_app(store=MemoryStore(), config={"TESTING": True})
    return app.test_client()


def sign_in(client: FlaskClient, user: str = "dana") -> Any:
    client.get("/sign-in")
    with client.session_transaction() as session:
        token = session["office_token"]
    password = next(one.password for one in people.PEOPLE if one.id == user)
    return client.post("/sign-in", data={"user": user, "password": password, "office_token": token})


def post(client: FlaskClient, path: str, **data: Any) -> Any:
    client.get("/pain/")
    with client.session_transaction() as session:
        token = session["_dentalpain_form"]
    return client.post(path, data={"csrf_token": token, **data})


def follow(client: FlaskClient, path: str, **data: Any) -> tuple[str, str]:
    """Send a form; the address and the words of the page it leads to."""
    response = post(client, path, **data)
    assert response.status_code == 303, words_of(response.get_data(as_text=True))
    address = response.headers["Location"].split("#")[0]
    return address, words_of(client.get(address).get_data(as_text=True))


def test_nobody_comes_in_without_signing_in(office: FlaskClient) -> None:
    assert office.get("/").headers["Location"] == "/sign-in"
    assert office.get("/pain/").headers["Location"] == "/sign-in?next=/pain/"


def test_a_wrong_password_is_refused(office: FlaskClient) -> None:
    office.get("/sign-in")
    with office.session_transaction() as session:
        token = session["office_token"]
    wrong = office.post("/sign-in", data={"user": "dana", "password": "x", "office_token": token})
    assert wrong.status_code == 401
    assert office.post("/sign-in", data={"user": "dana", "password": "open-wide"}).status_code == 400


@pytest.mark.parametrize("outside", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"])
def test_signing_in_leads_to_no_other_site(office: FlaskClient, outside: str) -> None:
    office.get("/sign-in")
    with office.session_transaction() as session:
        token = session["office_token"]
    form = {"user": "dana", "password": "open-wide", "office_token": token}
    assert office.post("/sign-in", query_string={"next": outside}, data=form).headers["Location"] == "/"


def test_every_example_patient_can_be_opened(office: FlaskClient) -> None:
    sign_in(office)
    names = []
    for path in sorted(schedule.PATIENTS.glob("*.json")):
        patient = json.loads(path.read_text(encoding="utf-8"))["patient"]
        _, page = follow(office, "/pain/visits", patient=patient["id"])
        assert patient["name"] in page
        names.append(patient["name"])
    assert len(names) == len(set(names)) >= 2


def test_the_front_desk_may_look_and_print_and_may_not_assess(office: FlaskClient) -> None:
    sign_in(office, "finn")
    visit, _ = follow(office, "/pain/visits", patient="office-1042")
    assert post(office, visit, prescribe="ibuprofen 400 mg q6h").status_code == 403
    assert post(office, visit + "/handout", **TOPICS).status_code == 200


def test_an_nsaid_is_blocked_at_an_egfr_of_29_and_the_handout_follows(office: FlaskClient) -> None:
    sign_in(office)
    visit, _ = follow(office, "/pain/visits", patient="office-1042")
    _, page = follow(office, visit, prescribe="ibuprofen 400 mg q6h #12", indication="simple_extraction")
    assert "NSAID with badly reduced kidney function" in page
    blocked = page.split("Not for this patient")[1].split("What this review did not do")[0]
    assert "Ibuprofen" in blocked and "29 mL/min/1.73 m² laboratory Sep 30, 2026" in page


def test_the_handout_of_that_visit_is_a_pdf_and_goes_into_the_chart(office: FlaskClient) -> None:
    sign_in(office)
    visit, _ = follow(office, "/pain/visits", patient="office-1042")
    visit, _ = follow(office, visit, prescribe="ibuprofen 400 mg q6h #12", indication="simple_extraction")
    pdf = post(office, visit + "/handout", kind="pdf", **TOPICS)
    assert pdf.status_code == 200 and pdf.data.startswith(b"%PDF-")
    html = post(office, visit + "/handout", kind="html", **TOPICS)
    assert "Maple Street Dental" in html.get_data(as_text=True)
    assert post(office, visit + "/chart", **TOPICS).status_code == 303


def test_a_decision_against_a_flag_stays_visible_at_the_next_step(office: FlaskClient) -> None:
    sign_in(office)
    visit, _ = follow(office, "/pain/visits", patient="office-1042")
    visit, _ = follow(office, visit, prescribe="ibuprofen 400 mg q6h #12", indication="simple_extraction")
    decision = {"rule": "NSAID-EGFR30", "reason": "agreed_with_physician", "reason-text": "Dr. Lee <b>agreed</b>"}
    _, page = follow(office, visit + "/overrides", **decision)
    assert "Decided otherwise: Agreed with the physician. Dr. Lee <b>agreed</b>" in page
    _, page = follow(office, visit, prescribe="ibuprofen 200 mg q6h #12", indication="simple_extraction")
    assert "Decided otherwise: Agreed with the physician" in page


def test_the_norco_text_is_shown_with_its_arithmetic(office: FlaskClient) -> None:
    sign_in(office)
    visit, _ = follow(office, "/pain/visits", patient="office-1042")
    text = "Norco 5/325 1-2 tabs q4-6h prn #20, max 8/day"
    _, page = follow(office, visit, prescribe=text, indication="simple_extraction")
    # 2 tablets x 6 times a day = 12 by the sig, 8 after the cap; 8 x 5 mg hydrocodone x 1 = 40 MME (CDC 2022)
    assert "8 units (12 by the sig alone)" in page and "40 MME" in page
    assert "2600 mg" in page  # 8 x 325 mg acetaminophen


def test_every_rule_named_on_the_page_explains_itself(office: FlaskClient) -> None:
    sign_in(office)
    response = post(office, "/pain/visits", patient="office-1042")
    visit = response.headers["Location"].split("#")[0]
    form = {"prescribe": "Norco 5/325 q6h #12", "indication": "simple_extraction"}
    page = office.get(post(office, visit, **form).headers["Location"].split("#")[0]).get_data(as_text=True)
    rules = set(re.findall(r'href="(/pain/why/[^"?]+)', page))
    assert len(rules) > 5
    for rule in rules:
        assert office.get(rule).status_code == 200, rule


def test_signing_out_ends_it(office: FlaskClient) -> None:
    sign_in(office)
    office.get("/")
    with office.session_transaction() as session:
        token = session["office_token"]
    office.post("/sign-out", data={"office_token": token})
    assert office.get("/pain/").status_code == 302


def test_the_office_runs_without_a_store_of_its_own_in_its_instance_folder(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'pain.sqlite3').as_posix()}"
    app = create_app(config={"TESTING": True, "DENTALPAIN_STORE": url})
    client = app.test_client()
    sign_in(client)
    follow(client, "/pain/visits", patient="office-1042")
    assert (tmp_path / "pain.sqlite3").is_file()
