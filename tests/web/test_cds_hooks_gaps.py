"""Requests of outside systems that lack something, or are of another release: a card that says so, or a 400 with its place."""

from __future__ import annotations

import pytest

from .cds import CdsHost
from .outside_requests import (
    EHR,
    IBUPROFEN,
    MARK,
    ME,
    OXYCODONE,
    THREE_LISTS,
    WARFARIN,
    Json,
    asked,
    by_reference,
    concept,
    condition,
    found,
    healthy,
    request,
    reviewed,
    said,
)

SIGN, SELECT = "order-sign", "order-select"
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing", "diagnostics": MARK}]}


@pytest.fixture(scope="module")
def host() -> CdsHost:
    return CdsHost()


# -- what is missing ---------------------------------------------------------------------------------------------------

GRANTED = {"access_token": MARK, "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.rs", "subject": "dentalpain"}
OPEN = {
    "no prefetch at all": asked(SIGN, request(IBUPROFEN)),
    "an empty prefetch": asked(SIGN, request(IBUPROFEN), prefetch={}),
    "all of it null": asked(SIGN, request(IBUPROFEN), prefetch=dict.fromkeys(healthy())),
    "the lists null": asked(SIGN, request(IBUPROFEN), prefetch=healthy(lists=None)),
    "a server that may not be read": asked(SIGN, request(IBUPROFEN), fhirServer=EHR, fhirAuthorization=GRANTED),
    "an outcome in place of a search": asked(SIGN, request(IBUPROFEN), prefetch=healthy(conditions=OUTCOME)),
    "an outcome among the entries": asked(
        SIGN, request(IBUPROFEN), prefetch=healthy(conditions=found(OUTCOME, condition("K02.9", "Dental caries")))
    ),
    "fewer entries than there are": asked(SIGN, request(IBUPROFEN), prefetch=healthy(conditions=found(total=3))),
    "a further page": asked(
        SIGN,
        request(IBUPROFEN),
        prefetch=healthy(conditions=found(link=[{"relation": "next", "url": f"{EHR}/Condition?page=2"}])),
    ),
    "a list whose entry did not come": asked(
        SIGN, request(IBUPROFEN), prefetch=healthy(lists=found(reviewed("11450-4", "Condition/hidden"), *THREE_LISTS[1:]))
    ),
    "no day of birth": asked(SIGN, request(IBUPROFEN), prefetch=healthy(patient={"resourceType": "Patient", "id": "p1"})),
    "a code without its name": asked(
        SIGN, request(None, medicationCodeableConcept=concept(IBUPROFEN, display=False)), prefetch=healthy()
    ),
    "an order without a medicine": asked(SIGN, request(None), prefetch=healthy()),
    "a product that was not sent": asked(SIGN, by_reference("Medication/elsewhere"), prefetch=healthy()),
    "an order of another patient": asked(SIGN, request(IBUPROFEN, subject={"reference": "Patient/p2"}), prefetch=healthy()),
    "an extension that may change the meaning": asked(
        SIGN,
        request(IBUPROFEN, modifierExtension=[{"url": "http://ehr.example/not", "valueBoolean": True}]),
        prefetch=healthy(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OPEN)
def test_what_did_not_arrive_makes_one_card_and_never_silence(host: CdsHost, name: str) -> None:
    assert said(host, OPEN[name]) == [("NOT-CHECKED", "info")]


# -- what is refused ---------------------------------------------------------------------------------------------------


def without(body: Json, name: str) -> Json:
    context = {key: value for key, value in body["context"].items() if key != name}
    return {**body, "context": context}


GOOD = asked(SIGN, request(IBUPROFEN), prefetch=healthy())
REFUSED: list[tuple[str, Json]] = [
    ("/context/draftOrders/entry/0/resource", asked(SIGN, request(IBUPROFEN, context=ME), prefetch=healthy())),
    ("/context/draftOrders/entry/0/resource", asked(SIGN, {"resourceType": "MedicationOrder", "patient": ME})),
    ("/context/draftOrders/entry/0/resource", asked(SIGN, request(None, medication={"concept": concept(IBUPROFEN)}))),
    (
        "/prefetch/medicationRequests/entry/0/resource",
        asked(
            SIGN,
            request(IBUPROFEN),
            prefetch=healthy(medicationRequests=found(request(WARFARIN, status="active", context={"reference": "Encounter/1"}))),
        ),
    ),
    ("/context/draftOrders", asked(SIGN, context={"draftOrders": [request(IBUPROFEN)]})),
    ("/context/draftOrders", {**without(GOOD, "draftOrders"), "medications": [request(IBUPROFEN)]}),
    ("/context/patientId", without(GOOD, "patientId")),
    ("/context/selections", asked(SELECT, request(IBUPROFEN))),
]


@pytest.mark.parametrize(("pointer", "body"), REFUSED)
def test_a_request_of_another_release_or_version_is_refused_by_its_place(host: CdsHost, pointer: str, body: Json) -> None:
    response = host.post(body, body["hook"])
    told = response.get_json()
    assert response.status_code == 400 and response.content_type == "application/problem+json"
    assert told["errors"][0]["pointer"] == pointer and MARK not in response.get_data(as_text=True)


def test_a_dose_where_releases_before_r4_had_it_is_read_as_the_same_dose(host: CdsHost) -> None:
    """The dose stands in doseAndRate since R4; an example of the hook's own page still has it beside."""
    twice = {"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}}
    dose = {"doseQuantity": {"value": 2, "unit": "TAB"}}
    answers = [
        host.post(asked(SIGN, request(OXYCODONE, dosageInstruction=[{**twice, **held}]), prefetch=healthy()), SIGN)
        for held in (dose, {"doseAndRate": [dose]})
    ]
    beside, inside = ([(card["summary"], card["detail"]) for card in one.get_json()["cards"]] for one in answers)
    assert beside == inside
    # CDC 2022: 2 tablets of 15 mg, twice a day, times 1.5.
    assert any("15 mg × 4 × 1.5 = 90" in detail for _, detail in beside), beside


@pytest.mark.parametrize(
    ("raw", "what", "mend"),
    [
        (b" ", "The body is empty.", "Send a JSON object."),
        (b'{"hook": "order-sign"', "The body ends in the middle.", "Content-Length"),
        (b"<Bundle/>", "This is not JSON", "Let a JSON library write the body."),
        (b"[]", "This is JSON, but not an object.", "Send an object"),
        ('{"a": "é"}'.encode("latin-1"), "The text is not UTF-8.", "Send the body in UTF-8."),
        (b'{"a": "\\ud800"}', "A text holds half a character.", "surrogate pair"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "The body is nested deeper than 100 levels.", "No resource of FHIR needs that."),
    ],
)
def test_what_is_no_request_is_told_to_a_developer_and_not_to_somebody_with_a_file(
    host: CdsHost, raw: bytes, what: str, mend: str
) -> None:
    detail = host.post(raw).get_json()["detail"]
    assert what in detail and mend in detail and not {"xport", "file"} & set(detail.replace("Export", "xport").split())


def test_resources_of_another_release_are_asked_for_in_the_words_of_a_request(host: CdsHost) -> None:
    detail = host.post(REFUSED[0][1]).get_json()["detail"]
    assert "has the shape of FHIR STU3. Send resources of FHIR R4 (4.0.1)." in detail
