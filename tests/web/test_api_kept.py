"""The JSON API where something is kept: written once, read page by page, never overwritten, and all of it described."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from dentalpain.knowledge.load import load_knowledge
from dentalpain.service import Service
from dentalpain.storage import MemoryStore
from dentalpain.web import api_once

from .samples import Host

API = "/pain/api/v1"
RECORD: dict[str, Any] = {"patient": {"id": "x", "birth_date": "1955-03-04"}, "medicines": ["alprazolam 0.5 mg bid"]}
NORCO = {"record": RECORD, "prescribe": ["Norco 5/325 1 tab every 6 hours, #12"], "for": "surgical_extraction"}
OF_PATIENT = {"Dentalpain-Patient": "ref-1"}
SECRET = "Zanzibar"


@pytest.fixture
def host() -> Host:
    service = Service(load_knowledge(), MemoryStore())
    made = Host(service=service)
    made.service = service  # type: ignore[assignment]  # the real one in place of the fake
    return made


def post(host: Host, path: str, body: Any, **headers: str) -> Any:
    return host.client.post(f"{API}/{path}", json=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


def get(host: Host, path: str, **headers: str) -> Any:
    return host.client.get(f"{API}/{path}", headers={k.replace("_", "-"): v for k, v in headers.items()})


def kept(host: Host, ref: str = "ref-1") -> str:
    response = post(host, "review", {**NORCO, "patient": ref})
    assert response.status_code == 201, response.get_data(as_text=True)
    return str(response.get_json()["assessment"])


def refused(response: Any, status: int) -> str:
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert SECRET not in response.get_data(as_text=True)
    return str(response.get_json()["detail"])


def store_of(host: Host) -> Any:
    return host.service.store


# -- keeping -------------------------------------------------------------------------------------------------------


def test_a_review_without_a_patient_is_answered_and_not_kept(host: Host) -> None:
    response = post(host, "review", NORCO)
    assert (response.status_code, response.get_json()["assessment"]) == (200, None)
    assert [one.entry.action for one in store_of(host).trail()] == ["api"]


def test_a_review_of_a_patient_is_kept_and_its_address_is_given(host: Host) -> None:
    response = post(host, "review", {**NORCO, "patient": "ref-1"})
    body = response.get_json()
    assert response.headers["Location"] == f"{API}/assessments/{body['assessment']}"
    found = host.client.get(response.headers["Location"]).get_json()
    assert found["result"] == {**body, "assessment": None} and found["patient_ref"] == "ref-1"


def test_a_patient_is_kept_only_where_the_host_grants_it(host: Host) -> None:
    host.granted = lambda actor, action, ref: action == "api"
    refused(post(host, "review", {**NORCO, "patient": "ref-1"}), 403)
    assert store_of(host).for_patient("ref-1") == ()


def test_without_a_store_nothing_can_be_kept_and_the_answer_says_so() -> None:
    bare = Host(service=Service(load_knowledge(), None))
    assert "DENTALPAIN_STORE" in refused(post(bare, "review", {**NORCO, "patient": "ref-1"}), 503)
    assert post(bare, "review", NORCO, Idempotency_Key="k").status_code == 200
    refused(get(bare, "assessments", **OF_PATIENT), 503)


def test_outcomes_say_whether_a_trial_works(host: Host) -> None:
    # PEG 6 to 4: a third of the first value, past the 30 percent of the trial and of the PEG itself (Krebs 2009).
    peg = [{"measure": "peg", "value": value, "on": day} for value, day in ((6, "2026-11-01"), (4, "2026-11-23"))]
    body = {"record": RECORD, "trial": {"started": "2026-11-01", "watched": ["pain"]}, "measures": peg}
    response = post(host, "outcomes", {**body, "patient": "ref-1"})
    told = response.get_json()
    assert (response.status_code, told["working"], told["missing"]) == (201, "yes", [])
    assert host.client.get(response.headers["Location"] + "/replay").get_json()["equal"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"trial": {}}, "trial/started"),
        ({"trial": {"started": SECRET}}, "trial/started"),
        ({"trial": {"started": "2026-11-25"}}, "trial/started"),
        ({"trial": {"started": "1066-10-14"}}, "trial/started"),
        ({"trial": {"started": "2026-11-01", "judged_after_weeks": 1.5}}, "trial/judged_after_weeks"),
        ({"trial": {"started": "2026-11-01", "watched": [SECRET]}}, "trial/watched/0"),
        ({"measures": [{"measure": SECRET, "value": 1, "on": "2026-11-01"}]}, "measures 1/measure"),
        ({"measures": [{"measure": "peg", "value": 11, "on": "2026-11-01"}]}, "measures 1/value"),
        ({"measures": [{"measure": "peg", "value": None, "on": "2026-11-01"}]}, "measures 1/value"),
        ({"measures": [{"measure": "peg", "value": 1, "on": "2026-11-25"}]}, "measures 1/on"),
        ({"measures": [{"value": 1, "on": "2026-11-01"}]}, "measures 1/measure"),
    ],
)
def test_a_trial_or_measure_that_cannot_be_is_named_by_its_place(host: Host, change: Any, place: str) -> None:
    response = post(host, "outcomes", {"record": RECORD, "trial": {"started": "2026-11-01"}, **change})
    refused(response, 400)
    assert response.get_json()["errors"][0]["pointer"] == place


# -- once ----------------------------------------------------------------------------------------------------------


def test_a_write_that_is_sent_again_under_its_key_is_done_once(host: Host) -> None:
    first, second = (post(host, "review", {**NORCO, "patient": "ref-1"}, Idempotency_Key="k1") for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.get_data() == second.get_data() and first.headers["Location"] == second.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers and second.headers["Idempotency-Replayed"] == "true"
    assert len(store_of(host).for_patient("ref-1")) == 1


def test_another_body_under_the_same_key_is_refused_also_where_nothing_is_kept(host: Host) -> None:
    for body, other in (({**NORCO, "patient": "ref-1"}, NORCO), (NORCO, {**NORCO, "for": "chronic_tmd"})):
        key = f"key {len(json.dumps(other))}"
        assert post(host, "review", body, Idempotency_Key=key).status_code < 300
        refused(post(host, "review", other, Idempotency_Key=key), 422)
        assert post(host, "review", body, Idempotency_Key=key).status_code < 300


def test_a_key_is_one_persons_own_and_of_one_path(host: Host) -> None:
    body = {"record": RECORD, "patient": "ref-1"}
    post(host, "review", body, Idempotency_Key="k")
    refused(post(host, "screen", body, Idempotency_Key="k"), 422)
    host.person.id = "user-8"  # type: ignore[union-attr]  # somebody is signed in
    assert "Idempotency-Replayed" not in post(host, "review", body, Idempotency_Key="k").headers


def test_a_kept_answer_is_given_to_nobody_whose_grant_is_gone(host: Host) -> None:
    post(host, "review", {**NORCO, "patient": "ref-1"}, Idempotency_Key="k")
    host.granted = lambda actor, action, ref: action == "api"
    refused(post(host, "review", {**NORCO, "patient": "ref-1"}, Idempotency_Key="k"), 403)


def test_a_request_that_failed_leaves_its_key_free(host: Host) -> None:
    bad = {**NORCO, "record": {"patient": {"birth_date": SECRET}}, "patient": "ref-1"}
    refused(post(host, "review", bad, Idempotency_Key="k"), 400)
    assert post(host, "review", {**NORCO, "patient": "ref-1"}, Idempotency_Key="k").status_code == 201


def test_while_a_request_is_under_way_its_key_is_taken(host: Host) -> None:
    seen: list[int] = []
    real = host.service.review

    def slow(*given: Any, **more: Any) -> Any:
        if not seen:
            seen.append(0)
            seen[0] = post(host, "review", {**NORCO, "patient": "ref-1"}, Idempotency_Key="k").status_code
        return real(*given, **more)

    host.service.review = slow  # type: ignore[method-assign]  # a slow fake of one method
    assert post(host, "review", {**NORCO, "patient": "ref-1"}, Idempotency_Key="k").status_code == 201
    assert seen == [409]


def test_an_answer_is_kept_for_a_day(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    body, now = {**NORCO, "patient": "ref-1"}, api_once.time_of_day()
    post(host, "review", body, Idempotency_Key="k")
    monkeypatch.setattr(api_once, "time_of_day", lambda: now + dt.timedelta(days=1, minutes=1))
    assert "Idempotency-Replayed" not in post(host, "review", body, Idempotency_Key="k").headers
    assert len(store_of(host).for_patient("ref-1")) == 2


@pytest.mark.parametrize("key", ["", '""', "k" * 256, "Zanzibar\x7f"])
def test_a_key_that_is_none_is_refused(host: Host, key: str) -> None:
    refused(post(host, "review", NORCO, Idempotency_Key=key), 400)


# -- reading -------------------------------------------------------------------------------------------------------


def test_a_list_is_read_page_by_page_and_nothing_is_shown_twice_or_left_out(host: Host) -> None:
    saved = [kept(host) for _ in range(5)]
    kept(host, "ref-2")
    shown, cursor = [], ""
    while True:
        found = get(host, f"assessments?limit=2{cursor}", **OF_PATIENT).get_json()
        shown += [one["assessment"] for one in found["items"]]
        if found["next"] is None:
            break
        assert found["next"] not in saved  # opaque: nobody should build one
        cursor = f"&cursor={found['next']}"
    assert shown == saved[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=Zanzibar",
        "limit=٣",
        "limit=1&limit=2",
        "cursor=Zanzibar",
        "cursor=",
        "cursor=%C3%BC",
        "kind=Zanzibar",
        "Zanzibar=1",
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused(host: Host, query: str) -> None:
    refused(get(host, f"assessments?{query}", **OF_PATIENT), 400)


def test_a_cursor_of_another_patients_list_is_none(host: Host) -> None:
    kept(host), kept(host)
    cursor = get(host, "assessments?limit=1", **OF_PATIENT).get_json()["next"]
    refused(get(host, f"assessments?limit=1&cursor={cursor}", Dentalpain_Patient="ref-2"), 400)


def test_the_patient_of_a_list_is_named_in_a_header_and_granted(host: Host) -> None:
    refused(get(host, "assessments"), 400)
    refused(get(host, "assessments", Dentalpain_Patient=" "), 400)
    assert get(host, "assessments", Dentalpain_Patient="J%C3%BCrgen-7").status_code == 200
    host.granted = lambda actor, action, ref: ref != "ref-1"
    refused(get(host, "assessments", **OF_PATIENT), 403)
    assert [(e.entry.action, e.entry.result) for e in store_of(host).trail()][-1] == ("see", "refused")


def test_what_has_not_changed_is_a_304_and_still_a_look(host: Host) -> None:
    name = kept(host)
    first = get(host, f"assessments/{name}")
    looks = len(store_of(host).trail())
    again = get(host, f"assessments/{name}", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.get_data(), again.headers["Cache-Control"]) == (304, b"", "no-store")
    assert len(store_of(host).trail()) == looks + 1
    assert not first.headers["ETag"].startswith("W/")
    assert get(host, f"assessments/{name}", If_None_Match='"other"').status_code == 200


def test_a_new_assessment_gives_the_list_another_tag(host: Host) -> None:
    kept(host)
    tag = get(host, "assessments", **OF_PATIENT).headers["ETag"]
    kept(host)
    assert get(host, "assessments", If_None_Match=tag, **OF_PATIENT).status_code == 200


@pytest.mark.parametrize("path", ["", "/replay", "/explain", "/overrides"])
def test_an_assessment_that_nobody_kept_is_a_404_and_one_that_is_not_granted_a_403(host: Host, path: str) -> None:
    refused(get(host, f"assessments/{'A' * 22}{path}"), 404)
    name = kept(host)
    host.granted = lambda actor, action, ref: action == "api"
    refused(get(host, f"assessments/{name}{path}"), 403)


def test_an_assessment_is_run_again_and_explained(host: Host) -> None:
    name = kept(host)
    replayed = get(host, f"assessments/{name}/replay").get_json()
    assert replayed["equal"] and replayed["same_knowledge"] and replayed["differing_rules"] == []
    told = {one["rule"]: one for one in get(host, f"assessments/{name}/explain").get_json()["rules"]}
    # Norco beside alprazolam: an opioid with a benzodiazepine.
    assert told["OPI-BENZO"]["answer"] == "yes" and told["OPI-BENZO"]["because"]
    assert told["OPI-BENZO"]["text"]["then"] == get(host, "rules/OPI-BENZO").get_json()["then"]


def test_a_rule_and_a_red_flag_can_be_read_and_others_are_a_404(host: Host) -> None:
    assert get(host, "rules/RF-01").get_json()["id"] == "RF-01"
    refused(get(host, f"rules/{SECRET}"), 404)


# -- decisions -----------------------------------------------------------------------------------------------------


def test_a_decision_is_added_with_its_reason_and_counted_without_a_patient(host: Host) -> None:
    name = kept(host)
    sent = post(host, f"assessments/{name}/overrides", {"rule": "OPI-BENZO", "reason": "will_be_monitored"})
    assert (sent.status_code, sent.get_json()["actor"]) == (201, "user-7")
    post(host, f"assessments/{name}/overrides", {"rule": "OPI-BENZO", "text": "Took both for years"})
    held = get(host, f"assessments/{name}/overrides").get_json()["items"]
    assert [(one["reason"], one["text"]) for one in held] == [("will_be_monitored", None), (None, "Took both for years")]
    report = get(host, "overrides?from=2026-11-24&to=2026-11-24")
    assert report.get_json()["decisions"] == [
        {"rule": "OPI-BENZO", "outcome": "overridden", "reason": "in_words", "count": 1},
        {"rule": "OPI-BENZO", "outcome": "overridden", "reason": "will_be_monitored", "count": 1},
    ]
    assert not re.search("ref-1|user-7|Took", report.get_data(as_text=True))
    assert get(host, "overrides?to=2026-11-23").get_json()["decisions"] == []
    refused(get(host, "overrides?from=2026-11-24&to=2026-11-23"), 400)


def test_who_decides_on_what_others_have_decided_since_is_told_so(host: Host) -> None:
    path = f"assessments/{kept(host)}/overrides"
    tag = get(host, path).headers["ETag"]
    body = {"rule": "OPI-BENZO", "reason": "will_be_monitored"}
    first = post(host, path, body, If_Match=tag)
    assert first.status_code == 201
    refused(post(host, path, body, If_Match=tag), 412)
    assert post(host, path, body, If_Match=first.headers["ETag"]).status_code == 201
    assert post(host, path, body, If_Match="*").status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"rule": "OPI-BENZO"},
        {"rule": SECRET, "reason": "will_be_monitored"},
        {"rule": "OPI-BENZO", "reason": SECRET},
        {"rule": "OPI-BENZO", "text": " "},
        {"rule": "OPI-BENZO", "text": "Zanzibar\x00"},
        {"rule": "OPI-BENZO", "text": SECRET * 100},
    ],
)
def test_a_decision_without_alert_or_reason_is_refused(host: Host, body: Any) -> None:
    refused(post(host, f"assessments/{kept(host)}/overrides", body), 400)


# -- handouts ------------------------------------------------------------------------------------------------------


def test_a_handout_comes_as_accept_says_and_is_listed_with_what_was_given(host: Host) -> None:
    name = kept(host)
    body = {"assessment": name, "give": ["acetaminophen"], "topics": ["after-extraction"]}
    page = post(host, "handout", body, Accept="text/html", Idempotency_Key="k")
    assert page.status_code == 201 and page.mimetype == "text/html" and b"acetaminophen" in page.get_data().lower()
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    pdf = [post(host, "handout", body, Accept="application/pdf", Idempotency_Key="k2") for _ in range(2)]
    assert pdf[0].get_data() == pdf[1].get_data() and pdf[0].get_data().startswith(b"%PDF")
    assert post(host, "handout", body).mimetype == "application/pdf"
    listed = get(host, "handouts", **OF_PATIENT).get_json()["items"]
    assert len(listed) == 3 and all(one["given"]["give"] == ["acetaminophen"] for one in listed)
    again = host.client.get(page.headers["Location"] + "/replay").get_json()
    assert again["equal"] and again["kind"] == "handout"


def test_a_handout_comes_in_the_language_that_was_asked_for(host: Host) -> None:
    body = {"assessment": kept(host), "give": ["acetaminophen"], "topics": ["after-extraction"], "language": "es"}
    page = post(host, "handout", body, Accept="text/html").get_data(as_text=True)
    assert '<html lang="es">' in page and "Después de sacarle un diente" in page and "Acetaminofén" in page
    refused(post(host, "handout", {**body, "language": "xx"}), 400)


def test_a_handout_of_a_record_is_kept_only_for_a_named_patient(host: Host) -> None:
    body = {**NORCO, "topics": ["after-extraction"]}
    assert post(host, "handout", body).status_code == 200
    assert post(host, "handout", {**body, "patient": "ref-1"}).status_code == 201
    assert len(store_of(host).for_patient("ref-1")) == 1


def test_a_handout_never_names_what_the_review_blocks(host: Host) -> None:
    refused(post(host, "handout", {"assessment": kept(host), "give": ["low_dose_naltrexone"]}), 400)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"assessment": None}, 400),
        ({"record": RECORD}, 400),
        ({"assessment": "A" * 22}, 404),
        ({"topics": [SECRET]}, 400),
        ({"give": [SECRET]}, 400),
        ({"release": [SECRET]}, 400),
        ({"language": SECRET}, 400),
        ({"paper": SECRET}, 400),
    ],
)
def test_a_handout_that_cannot_be_made_is_refused(host: Host, change: Any, status: int) -> None:
    refused(post(host, "handout", {"assessment": kept(host), **change}), status)


def test_another_form_than_pdf_and_page_is_a_406(host: Host) -> None:
    refused(post(host, "handout", {"assessment": kept(host)}, Accept="image/png"), 406)


# -- the document --------------------------------------------------------------------------------------------------


def test_the_document_is_valid_openapi_3_1(host: Host) -> None:
    document = get(host, "openapi.json").get_json()
    assert document["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_route_of_the_api_is_described_and_every_description_is_a_route(host: Host) -> None:
    document = get(host, "openapi.json").get_json()
    [server] = document["servers"]
    described = {
        (method.upper(), server["url"] + path) for path, methods in document["paths"].items() for method in methods
    }
    routed = {
        (method, re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule))
        for rule in host.app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith(f"{API}/") and not rule.endpoint.endswith("api_other") and method not in ("HEAD", "OPTIONS")
    }
    assert described == routed


def test_every_operation_says_what_it_does_what_it_refuses_and_who_may_ask(host: Host) -> None:
    document = get(host, "openapi.json").get_json()
    assert document["security"] == [{"host": []}] and "host" in document["components"]["securitySchemes"]
    names = [one["operationId"] for methods in document["paths"].values() for one in methods.values()]
    assert len(set(names)) == len(names)
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            assert one["summary"].endswith("."), path
            assert {"400", "403", "500", "503"} <= set(one["responses"]), path
            assert ("requestBody" in one) == (method == "post"), path
            refusals = [answer for status, answer in one["responses"].items() if status >= "400"]
            assert all(list(answer["content"]) == ["application/problem+json"] for answer in refusals), path


def test_the_document_speaks_of_the_mount_that_it_is_read_from() -> None:
    other = Host(url_prefix="/elsewhere", name="other")
    assert other.client.get("/elsewhere/api/v1/openapi.json").get_json()["servers"] == [{"url": "/elsewhere/api/v1"}]


def test_attaching_to_an_app_does_not_load_what_writes_the_document() -> None:
    code = "import sys; from dentalpain import DentalPain; import dentalpain.web.blueprint; print('apispec' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
