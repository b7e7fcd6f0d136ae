"""Under /fhir/: questionnaires, scoring and what was assessed; denied until granted, written down, and no value in an error."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from fhir.r4 import valid  # tests/fhir

from dentalpain.clinical.record import Record
from dentalpain.clinical.screening.tables import ALL_INSTRUMENTS
from dentalpain.knowledge.load import load_knowledge
from dentalpain.service import Service
from dentalpain.storage import MemoryStore

from .samples import NOW, Host

FHIR = "application/fhir+json"
SECRET = "Zanzibar"
Json = dict[str, Any]


class RealHost(Host):
    """A host with the real service, and one screening of the patient ref-1 that was kept."""

    def __init__(self, **more: Any) -> None:
        self.real = Service(load_knowledge(), MemoryStore())
        super().__init__(service=self.real, **more)
        self.store = self.real.store

    def keep(self, **answers: Any) -> str:
        given = [{"instrument": name, "answered_by": "patient", "items": items} for name, items in answers.items()]
        record = Record(dt.date(2026, 11, 24))
        result = self.real.screen(record, answers=given)
        who = {"patient_ref": "ref-1", "actor": "user-7", "at": NOW}
        return self.real.save("screen", record, {"answers": given}, result, **who)


def get(host: Host, path: str, status: int = 200) -> Json:
    response = host.client.get(f"/pain/fhir/{path}")
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == FHIR and response.headers["Cache-Control"] == "no-store"
    body = response.get_json(force=True)
    assert valid(body)
    return dict(body)


def send(host: Host, body: Any, status: int = 200, content_type: str = FHIR, **headers: str) -> Json:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    path = "/pain/fhir/QuestionnaireResponse/$score"
    response = host.client.post(path, data=data, content_type=content_type, headers=headers or None)
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == FHIR
    assert SECRET not in response.get_data(as_text=True)
    answer = response.get_json(force=True)
    assert valid(answer)
    return dict(answer)


def refused(answer: Json, code: str) -> str:
    assert answer["resourceType"] == "OperationOutcome"
    (issue,) = answer["issue"]
    assert (issue["severity"], issue["code"]) == ("error", code)
    return str(issue["diagnostics"])


def response(*items: Json, name: str = "phq-4", **more: Any) -> Json:
    head = {"resourceType": "QuestionnaireResponse", "questionnaire": f"urn:dentalpain:questionnaire:{name}"}
    return {**head, "status": "completed", "subject": {"reference": "Patient/17"}, "item": list(items), **more}


def item(link_id: str, points: int) -> Json:
    return {"linkId": link_id, "answer": [{"valueInteger": points}]}


PHQ_4 = [item("nervous", 3), item("worry", 2), item("interest", 1), item("down", 0)]


# -- questionnaires ----------------------------------------------------------------------------------------------------


def test_the_capability_statement_says_what_is_answered() -> None:
    statement = get(RealHost(), "metadata")
    (rest,) = statement["rest"]
    kinds = {resource["type"]: resource for resource in rest["resource"]}
    assert set(kinds) == {"Questionnaire", "QuestionnaireResponse", "Observation", "Condition"}
    assert kinds["QuestionnaireResponse"]["operation"][0]["name"] == "score"
    assert statement["fhirVersion"] == "4.0.1" and statement["implementation"]["url"].endswith("/pain/fhir")


def test_all_questionnaires_are_found_and_one_by_its_url_or_id() -> None:
    host = RealHost()
    every = get(host, "Questionnaire")
    assert every["total"] == len(ALL_INSTRUMENTS) == 18
    (one,) = get(host, "Questionnaire?url=urn:dentalpain:questionnaire:peg|2026.11")["entry"]
    assert one["resource"]["id"] == "peg" and one["fullUrl"] == "http://localhost/pain/fhir/Questionnaire/peg"
    assert get(host, "Questionnaire?_id=obc")["total"] == 1
    none = get(host, "Questionnaire?url=http://loinc.org/q/69724-3")
    assert none["total"] == 0 and "entry" not in none


def test_a_questionnaire_is_read_by_its_id() -> None:
    host = RealHost()
    assert get(host, "Questionnaire/dc-tmd-sq")["title"] == "DC/TMD Symptom Questionnaire"
    refused(get(host, "Questionnaire/phq-2", 404), "not-found")


# -- scoring -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content_type", [FHIR, "application/json"])
def test_a_response_is_scored(content_type: str) -> None:
    host = RealHost()
    bundle = send(host, response(*PHQ_4), content_type=content_type)
    by_kind = {entry["resource"]["resourceType"]: entry for entry in bundle["entry"]}
    score = by_kind["Observation"]["resource"]
    assert score["valueQuantity"]["value"] == 6  # 3 + 2 + 1 + 0
    assert score["interpretation"][1]["text"] == "moderate"  # moderate from 6
    assert score["derivedFrom"] == [{"reference": by_kind["QuestionnaireResponse"]["fullUrl"]}]
    assert score["subject"] == {"reference": "Patient/17", "type": "Patient"}
    assert ("api", "done", None) in host.audit()


def test_parameters_may_carry_the_response() -> None:
    sent = {"resourceType": "Parameters", "parameter": [{"name": "response", "resource": response(*PHQ_4)}]}
    assert len(send(RealHost(), sent)["entry"]) == 2
    refused(send(RealHost(), {"resourceType": "Parameters"}, 400), "invalid")


def test_thoughts_of_death_come_back_as_a_red_flag_with_the_score() -> None:
    bundle = send(RealHost(), response(item("9", 1), name="phq-9"))
    codes = [entry["resource"]["code"]["coding"][0]["code"] for entry in bundle["entry"][1:]]
    assert "RF-12" in codes  # item 9 from one point on, though eight blanks leave no score


def test_an_answer_under_an_unknown_link_id_is_a_warning_and_is_not_repeated() -> None:
    bundle = send(RealHost(), response(*PHQ_4, {"linkId": SECRET, "answer": [{"valueString": SECRET}]}))
    (warning,) = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "OperationOutcome"]
    assert warning["issue"][0]["severity"] == "warning" and "item/4" in warning["issue"][0]["diagnostics"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        {"resourceType": "Patient"},
        response(name=SECRET),
        response(item("nervous", 7)),
        response(item("nervous", 1), item("nervous", 1)),
        response({"linkId": "nervous", "answer": [{"valueString": SECRET}]}),
        response(status=SECRET),
        response(authored="2027-01-01"),
    ],
)
def test_what_cannot_be_scored_is_an_operation_outcome(body: Any) -> None:
    assert refused(send(RealHost(), body, 400), "invalid")


def test_another_sites_page_cannot_have_anything_scored() -> None:
    host = RealHost()
    send(host, response(*PHQ_4), 403, **{"Sec-Fetch-Site": "cross-site"})
    send(host, b"a=b", 400, content_type="application/x-www-form-urlencoded")
    send(host, b"x" * (2 * 1024 * 1024 + 1), 413)


def test_the_hosts_form_token_is_not_asked_of_a_program() -> None:
    from flask import Flask
    from flask_wtf import CSRFProtect

    from dentalpain import DentalPain

    app = Flask("host with protection")
    app.config.update(SECRET_KEY="for tests", TESTING=True)
    CSRFProtect(app)
    host = RealHost()
    given = {"authorize": lambda *asked: True, "current_user": lambda: host.person, "practice": host.practice}
    DentalPain().init_app(app, service=host.real, clock=lambda: NOW, **given)
    sent = app.test_client().post(
        "/pain/fhir/QuestionnaireResponse/$score", data=json.dumps(response(*PHQ_4)), content_type=FHIR
    )
    assert sent.status_code == 200


# -- what was assessed -------------------------------------------------------------------------------------------------


def test_what_was_assessed_is_found_by_the_assessment_and_read_by_its_id() -> None:
    host = RealHost()
    kept = host.keep(**{"phq-4": {"nervous": 3, "worry": 2, "interest": 1, "down": 0}, "peg": {"1": 4, "2": 5, "3": 6}})
    found = get(host, f"Observation?identifier=urn:dentalpain:assessment|{kept}")
    values = {e["resource"]["code"]["coding"][-1]["code"]: e["resource"]["valueQuantity"]["value"] for e in found["entry"]}
    assert values == {"phq-4": 6, "peg": 5}  # 3 + 2 + 1 + 0; (4 + 5 + 6) / 3
    entry = found["entry"][0]
    one = get(host, entry["fullUrl"].removeprefix("http://localhost/pain/fhir/"))
    assert one == entry["resource"]
    assert one["identifier"] == [{"system": "urn:dentalpain:assessment", "value": kept}]
    source = get(host, one["derivedFrom"][0]["reference"])
    assert source["resourceType"] == "QuestionnaireResponse" and source["source"]["type"] == "Patient"
    assert get(host, f"Observation?_id={one['id']}")["total"] == 1
    assert get(host, f"QuestionnaireResponse?identifier={kept}")["total"] == 2
    assert get(host, f"Condition?identifier={kept}")["total"] == 0
    assert ("see", "done", "ref-1") in host.audit()


def test_a_visit_gives_the_resources_of_its_screening() -> None:
    host = Host()  # its screening found myalgia and one red flag
    visit = host.open().rpartition("/")[2]
    (condition,) = get(host, f"Condition?identifier={visit}")["entry"]
    assert [code["code"] for code in condition["resource"]["code"]["coding"]][-1] == "myalgia"
    (flag,) = get(host, f"Observation?identifier={visit}")["entry"]
    assert flag["resource"]["code"]["coding"][0]["code"] == "RF-02"


def test_a_patient_is_shown_to_nobody_whom_the_host_does_not_let_see_that_patient() -> None:
    host = RealHost()
    kept = host.keep(peg={"1": 4, "2": 5, "3": 6})
    host.granted = lambda actor, action, patient_ref: action == "api"
    refused(get(host, f"Observation?identifier={kept}", 403), "forbidden")
    assert ("see", "refused", "ref-1") in host.audit()
    host.granted = lambda actor, action, patient_ref: action == "see"
    refused(get(host, f"Observation?identifier={kept}", 403), "forbidden")


@pytest.mark.parametrize("path", ["metadata", "Questionnaire", "Questionnaire/peg", "Condition?identifier=x", "nothing"])
def test_nothing_is_answered_to_somebody_who_may_not_use_the_api(path: str) -> None:
    host = RealHost()
    host.granted = lambda actor, action, patient_ref: False
    refused(get(host, path, 403), "forbidden")
    host.person = None
    refused(get(host, path, 403), "forbidden")
    send(host, response(*PHQ_4), 403)


def test_a_search_names_an_assessment() -> None:
    host = RealHost()
    refused(get(host, "Observation", 400), "invalid")
    assert "patient" not in refused(get(host, f"Observation?patient={SECRET}", 400), "invalid")
    assert get(host, "Observation?identifier=nothingnothingnothing1")["total"] == 0
    refused(get(host, "Observation/nothingnothingnothing1.peg", 404), "not-found")
    refused(get(host, "Observation/nothing", 404), "not-found")
    refused(get(host, "Questionnaire?_format=xml", 400), "invalid")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "QuestionnaireResponse/$score", "POST"),
        ("DELETE", "Questionnaire/peg", "GET"),
        ("POST", "Observation", "GET"),
        ("PUT", "metadata", "GET"),
    ],
)
def test_another_method_is_a_405_that_names_the_right_one(method: str, path: str, allowed: str) -> None:
    answer = RealHost().client.open(f"/pain/fhir/{path}", method=method, content_type=FHIR)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    refused(answer.get_json(force=True), "not-supported")


def test_another_path_is_a_404() -> None:
    host = RealHost()
    for path in ("", "Patient", "Observation/a/b", "Questionnaire/peg/$populate"):
        refused(get(host, path, 404), "not-found")


def test_without_the_api_there_is_no_fhir() -> None:
    host = RealHost(config={"DENTALPAIN_API": False})
    assert host.client.get("/pain/fhir/metadata").status_code == 404


# -- and in the JSON API -----------------------------------------------------------------------------------------------


def test_the_json_api_takes_a_response_as_answers() -> None:
    host = RealHost()
    body = {"record": {"patient": {"id": "x", "birth_date": "1955-03-04"}}, "answers": [response(*PHQ_4)]}
    answer = host.client.post("/pain/api/v1/screen", json=body)
    assert answer.status_code == 200
    (score,) = answer.get_json()["scores"]
    assert (score["instrument"], score["score"]) == ("phq-4", 6)
    body["answers"] = [response({"linkId": "nervous", "answer": [{"valueString": SECRET}]})]
    answer = host.client.post("/pain/api/v1/screen", json=body)
    assert answer.status_code == 400 and SECRET not in answer.get_data(as_text=True)
    assert answer.get_json()["errors"][0]["pointer"] == "answers 1/item/0"
