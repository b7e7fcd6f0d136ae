"""Requests that are not as they should be: 4xx as JSON with a short reason that echoes nothing, or a card; never a fault."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .cds import CdsHost, asked, order, patient
from .cds_schemas import RESPONSE, check

SECRET = "Zanzibar"
HOST = CdsHost()
GOOD = asked(order("Norco 5/325", "1 tab every 6 hours, #12"))


def refused(response: Any, status: int = 400) -> dict[str, Any]:
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    body = response.get_json()
    assert body["status"] == status and 0 < len(body["detail"]) < 300
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
        json.dumps(GOOD).encode() + b"}",
        json.dumps(GOOD).encode() + b"}}",
        b'{"hook": NaN}',
        b'{"hook": -Infinity}',
        b'{"hook": 1e999999}',
        b'{"hook": "order-sign", "hook": "Zanzibar"}',
        b'{"hook": "\xff\xfe"}',
        b'{"hook": "\\ud800"}',
        b'{"context": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"context": ' + b'{"a":' * 150 + b"1" + b"}" * 150 + b"}",
    ],
)
def test_what_is_not_one_bounded_json_object_is_a_400(body: bytes) -> None:
    refused(HOST.post(body))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("hook", None),
        ("hook", "patient-view"),
        ("hook", SECRET),
        ("hook", [SECRET]),
        ("hookInstance", None),
        ("hookInstance", ""),
        ("hookInstance", 7),
        ("hookInstance", "x" * 5000),
        ("context", None),
        ("context", SECRET),
        ("context", [SECRET]),
        ("context/patientId", None),
        ("context/patientId", 5),
        ("context/patientId", {"x": SECRET}),
        ("context/userId", 5),
        ("context/draftOrders", None),
        ("context/draftOrders", SECRET),
        ("context/draftOrders", []),
        ("context/draftOrders", {}),
        ("context/draftOrders", {"resourceType": SECRET}),
        ("context/draftOrders", {"resourceType": "Bundle", "entry": SECRET}),
        ("prefetch", SECRET),
        ("prefetch", [SECRET]),
        ("fhirServer", 5),
        ("fhirAuthorization", SECRET),
        ("fhirAuthorization", {"access_token": "a\nb"}),
    ],
)
def test_a_member_that_is_missing_or_of_the_wrong_kind_is_named_by_its_place(path: str, value: Any) -> None:
    body = copy.deepcopy(GOOD)
    place = body
    *way, last = path.split("/")
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    assert refused(HOST.post(body))["errors"][0]["pointer"].startswith("/" + path.split("/")[0])


@pytest.mark.parametrize("selections", [None, SECRET, [5], {"a": SECRET}])
def test_order_select_needs_its_selections(selections: Any) -> None:
    body = asked(order("ibuprofen 400 mg", "q6h"), hook="order-select", selections=selections)
    if selections is None:
        del body["context"]["selections"]
    refused(HOST.post(body, "order-select"))


@pytest.mark.parametrize("prefetch", [None, {}, {"patient": None}, {"patient": {"resourceType": "OperationOutcome"}}])
def test_opening_a_patient_of_whom_nothing_arrived_is_a_412(prefetch: Any) -> None:
    body = asked(hook="patient-view") | {"prefetch": prefetch}
    refused(HOST.post(body, "patient-view"), 412)


def test_another_patient_in_the_prefetch_is_not_taken_for_this_one() -> None:
    body = asked(hook="patient-view", prefetch={"patient": patient() | {"id": "p2"}})
    refused(HOST.post(body, "patient-view"), 412)


def test_more_orders_than_anybody_signs_at_once_are_refused() -> None:
    many = [order("ibuprofen 400 mg", "q6h", f"d{n}") for n in range(51)]
    refused(HOST.post(asked(*many)))
    assert HOST.post(asked(*many[:50])).status_code == 200


@pytest.mark.parametrize(("size", "status"), [(4096, 400), (4097, 413)])
def test_the_limit_of_a_body_holds_to_the_byte(size: int, status: int) -> None:
    host = CdsHost(config={"DENTALPAIN_CDS_OPEN": True, "DENTALPAIN_MAX_BODY": 4096})
    refused(host.post(b" " * size), status)


NO_ORDERS = [None, 5, SECRET, [], {}, *({"resource": each} for each in (None, SECRET, {"resourceType": 5}))]


@pytest.mark.parametrize("entry", [*NO_ORDERS, {"resource": {"resourceType": "OperationOutcome"}}])
@pytest.mark.parametrize("beside", [0, 1])
def test_an_order_that_cannot_be_read_is_never_answered_with_silence(entry: Any, beside: int) -> None:
    body = copy.deepcopy(GOOD)
    orders = body["context"]["draftOrders"]
    orders["entry"] = [*orders["entry"][:beside], entry]
    response = HOST.post(body)
    assert response.status_code == 200 and SECRET not in response.text
    # What could not be read might be any medicine; the orders beside it are reviewed as ever.
    [card] = [card for card in response.get_json()["cards"] if card["source"]["topic"]["code"] == "NOT-CHECKED"]
    assert "could not be read" in card["detail"]


def test_orders_that_did_not_arrive_in_full_are_told_of() -> None:
    body = copy.deepcopy(GOOD)
    body["context"]["draftOrders"]["link"] = [{"relation": "next", "url": "https://ehr.example/2"}]
    assert "did not arrive" in HOST.post(body).text


def test_a_body_of_another_kind_is_a_415() -> None:
    refused(HOST.client.post("/cds-services/dentalpain-order-sign", data={"a": SECRET}), 415)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_discovery_is_asked_with_get(method: str) -> None:
    assert refused(getattr(HOST.client, method)("/cds-services", json={}), 405) and method
    assert getattr(HOST.client, method)("/cds-services", json={}).headers["Allow"] == "GET"


@pytest.mark.parametrize("path", ["dentalpain-order-sign", "dentalpain-patient-view/feedback"])
@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_a_service_is_called_with_post(method: str, path: str) -> None:
    response = getattr(HOST.client, method)(f"/cds-services/{path}")
    refused(response, 405)
    assert response.headers["Allow"] == "POST"


@pytest.mark.parametrize("path", ["/", "/Zanzibar", "/Zanzibar/feedback", "/dentalpain-order-sign/Zanzibar"])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_every_other_path_is_a_404_of_ours(method: str, path: str) -> None:
    refused(getattr(HOST.client, method)(f"/cds-services{path}", json={}), 404)


# -- searched ----------------------------------------------------------------------------------------------------

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([0.5, SECRET, "", "Patient/p1", "MedicationRequest"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["resourceType", "entry", "x"]), inner),
    max_leaves=6,
)
RICH = asked(
    order("Norco 5/325", "1 tab every 6 hours, #12", reasonCode=[{"text": "surgical extraction"}]),
    hook="order-select",
    selections=["MedicationRequest/d1"],
) | {"fhirServer": "https://ehr.example"}


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for key, inner in pairs for place in places(inner, (*way, key)))]


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(places(RICH)[1:]), ANYTHING, st.booleans())
def test_no_change_of_a_member_makes_a_fault_or_an_answer_out_of_shape(
    place: tuple[Any, ...], value: Any, remove: bool
) -> None:
    body = copy.deepcopy(RICH)
    holder: Any = body
    for step in place[:-1]:
        holder = holder[step]
    if remove:
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    response = HOST.post(body, "order-select")
    if response.status_code == 200:
        check(response.get_json(), RESPONSE)
    else:
        refused(response, response.status_code)
        assert 400 <= response.status_code < 500


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(json.dumps(GOOD))), st.binary(max_size=4))
def test_no_torn_body_makes_a_fault(at: int, torn: bytes) -> None:
    whole = json.dumps(GOOD).encode()
    response = HOST.post(whole[:at] + torn + whole[at + len(torn) :])
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        check(response.get_json(), RESPONSE)
