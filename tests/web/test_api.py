"""The JSON API: strict in what it takes, RFC 9457 in what it refuses, and no value of the input in any error."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .samples import REVIEW, Host

RECORD: dict[str, Any] = {"patient": {"id": "x", "birth_date": "1955-03-04"}}
SECRET = "Zanzibar"


def send(host: Host, body: Any, path: str = "review", **headers: str) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return host.client.post(
        f"/pain/api/v1/{path}", data=data, content_type="application/json", headers=headers or None
    )


def test_a_review_is_asked_with_what_was_sent_and_answered_as_the_command_line_does() -> None:
    host = Host()
    body = {
        "record": RECORD,
        "prescribe": ["ibuprofen 400 mg q6h"],
        "for": "simple_extraction",
        "consider": ["naproxen"],
        "facts": {"pregnant": False, "weight_kg": 68.2},
        "answers": [],
        "findings": None,
        "state": "OH",
        "on": "2026-11-30",
    }
    response = send(host, body)
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.get_json() == REVIEW
    said = host.service.last("review")
    assert said["prescribe"] == ("ibuprofen 400 mg q6h",) and said["indication"] == "simple_extraction"
    assert said["consider"] == ("naproxen",) and said["state"] == "OH"
    assert response.headers["Cache-Control"] == "no-store"
    assert ("api", "done", None) in host.audit()


def test_a_screening_takes_no_prescription() -> None:
    host = Host()
    assert send(host, {"record": RECORD}, "screen").status_code == 200
    assert send(host, {"record": RECORD, "prescribe": []}, "screen").status_code == 400


def refused(response: Any, status: int = 400) -> dict[str, Any]:
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    body = response.get_json()
    assert body["status"] == status and body["title"] and body["detail"]
    assert SECRET not in response.get_data(as_text=True)
    return dict(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"Zanzibar"',
        b'{"record": {}} }',
        b'{"record": {"x": NaN}}',
        b'{"record": {"x": Infinity}}',
        b'{"record": {"x": 1e999999}}',
        b'{"record": ' + b"9" * 5000 + b"}",
        b'{"record": "\xff\xfe"}',
        b'{"record": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"record": ' + b'{"a":' * 150 + b"1" + b"}" * 150 + b"}",
    ],
)
def test_what_is_not_one_bounded_json_object_is_a_400(body: bytes) -> None:
    refused(send(Host(), body))


@pytest.mark.parametrize(
    ("member", "value", "pointer"),
    [
        ("prescribe", SECRET, "/prescribe"),
        ("prescribe", [1], "/prescribe/0"),
        ("for", SECRET, "/for"),
        ("state", SECRET, "/state"),
        ("on", SECRET, "/on"),
        ("on", "2026-02-30", "/on"),
        ("facts", {SECRET: [1]}, "/facts/…"),
        ("facts", SECRET, "/facts"),
        ("answers", {}, "/answers"),
        ("findings", [], "/findings"),
        ("record", None, "/record"),
        (SECRET, 1, "/…"),
    ],
)
def test_a_member_that_cannot_be_used_is_named_by_its_place(member: str, value: Any, pointer: str) -> None:
    problem = refused(send(Host(), {"record": RECORD, member: value}))
    assert pointer in problem["errors"][0]["pointer"]


def test_a_missing_record_is_named() -> None:
    assert refused(send(Host(), {}))["errors"] == [{"pointer": "/record", "detail": "This member is missing."}]


def test_a_record_that_does_not_fit_is_named_by_its_place() -> None:
    problem = refused(send(Host(), {"record": {"patient": {"birth_date": SECRET}}}))
    assert "/patient/birth_date" in problem["errors"][0]["pointer"]


@pytest.mark.parametrize(("size", "status"), [(2048, 400), (2049, 413)])
def test_the_limit_of_a_body_holds_to_the_byte(size: int, status: int) -> None:
    host = Host(config={"DENTALPAIN_MAX_BODY": 2048})
    assert refused(send(host, b" " * size), status)


def test_a_form_of_another_site_cannot_use_the_api() -> None:
    host = Host()
    refused(host.client.post("/pain/api/v1/review", data={"record": "{}"}))
    refused(host.client.post("/pain/api/v1/review", data=b"{}", content_type="text/plain"))
    refused(send(host, {"record": RECORD}, **{"Sec-Fetch-Site": "cross-site"}), 403)


def test_the_api_is_denied_until_granted() -> None:
    host = Host()
    host.granted = lambda actor, action, ref: action != "api"
    refused(send(host, {"record": RECORD}), 403)
    host.person = None
    refused(send(host, {"record": RECORD}), 403)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_another_method_is_a_405_that_names_the_right_one(method: str) -> None:
    response = getattr(Host().client, method)("/pain/api/v1/review", json={})
    assert refused(response, 405)
    assert response.headers["Allow"] == "POST"


@pytest.mark.parametrize("path", ["", "nothing", "review/more", "review/"])
def test_every_other_path_of_the_api_is_a_404_of_ours(path: str) -> None:
    refused(Host().client.get(f"/pain/api/v1/{path}"), 404)


def test_a_host_can_leave_the_api_out() -> None:
    host = Host(config={"DENTALPAIN_API": False})
    assert send(host, {"record": RECORD}).content_type != "application/problem+json"
    assert send(host, {"record": RECORD}).status_code == 404


def test_a_fault_of_ours_is_a_problem_with_a_number() -> None:
    host = Host()
    host.app.testing = False
    host.service.review = lambda *a, **k: 1 / 0  # type: ignore[method-assign,assignment,return-value]  # a method that breaks
    assert "under the number" in refused(send(host, {"record": RECORD}), 500)["detail"]


def test_a_letter_is_asked_with_the_same_body_and_comes_as_a_file() -> None:
    host = Host()
    body = {"record": RECORD, "for": "chronic_tmd", "letter": "physiotherapy", "paper": "a4", "facts": {"pregnant": False}}
    response = send(host, body, "letter")
    assert response.status_code == 200 and response.content_type == "application/pdf"
    said = host.service.last("letter")
    assert said["letter"] == "physiotherapy" and said["paper"] == "a4" and said["facts"] == {"pregnant": False}
    assert host.service.last("review")["indication"] == "chronic_tmd"
    referral = send(host, body | {"form": "fhir", "letter": "referral-orofacial-pain"}, "letter")
    assert referral.content_type == "application/fhir+json"


def test_a_letter_stands_in_the_trail_under_its_patient_and_needs_the_right_to_print() -> None:
    host = Host()
    body = {"record": RECORD, "letter": "physiotherapy", "patient": "ref-1"}
    assert send(host, body, "letter").status_code == 200
    assert host.store is not None
    [row] = [held.entry for held in host.store.trail(0, 10) if held.entry.action == "print"]
    assert (row.patient_ref, row.result, row.who) == ("ref-1", "done", "user-7")
    host.granted = lambda actor, action, patient_ref: action != "print"
    refused(send(host, body, "letter"), 403)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_is_no_operation_says_so_whatever_its_body(method: str) -> None:
    client = Host().client
    response = getattr(client, method)("/pain/api/v1/review")
    assert refused(response, 405) and response.headers["Allow"] == "POST"
    refused(getattr(client, method)("/pain/api/v1/nothing", data="a=b"), 404)


def test_options_names_what_an_address_answers_to_and_nothing_else() -> None:
    response = Host().client.options("/pain/api/v1/review")
    assert response.status_code == 204 and response.headers["Allow"] == "POST, OPTIONS"


def test_a_letter_that_does_not_exist_is_refused_by_its_place() -> None:
    answer = send(Host(), {"record": RECORD, "letter": SECRET}, "letter")
    assert answer.status_code == 400 and answer.get_json()["errors"][0]["pointer"] == "/letter"
    assert SECRET not in answer.get_data(as_text=True)
