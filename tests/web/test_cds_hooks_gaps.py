"""Requests of outside systems that lack something, or are of another release: a card says so; what is no request is a 400."""

from __future__ import annotations

from typing import Any

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


def cards_of(host: CdsHost, body: Json) -> list[Json]:
    """The cards of an answer that is in form and repeats nobody."""
    assert said(host, body)
    cards: list[Json] = host.post(body, body["hook"]).get_json()["cards"]
    return cards


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
    ("/context/draftOrders", asked(SIGN, context={"draftOrders": []})),
    ("/context/draftOrders", asked(SIGN, context={"draftOrders": ["MedicationRequest/mr1"]})),
    ("/context/draftOrders", asked(SIGN, context={"draftOrders": {"resourceType": "Medication"}})),
    ("/context/draftOrders", {**without(GOOD, "draftOrders"), "medications": [request(IBUPROFEN)]}),
    ("/context/patientId", without(GOOD, "patientId")),
    ("/context/selections", asked(SELECT, request(IBUPROFEN))),
]


@pytest.mark.parametrize(("pointer", "body"), REFUSED)
def test_a_request_of_another_version_is_refused_by_its_place(host: CdsHost, pointer: str, body: Json) -> None:
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


# -- resources of other releases of FHIR ------------------------------------------------------------------------------

DSTU2_ORDER = {"resourceType": "MedicationOrder", "id": "old", "patient": ME, "medicationCodeableConcept": concept(IBUPROFEN)}
R5_ORDER = request(None, medication={"concept": concept(IBUPROFEN)}, name="old")


@pytest.mark.parametrize(
    ("order", "named"),
    [
        (DSTU2_ORDER, "MedicationOrder came as FHIR DSTU2"),
        (R5_ORDER, "MedicationRequest came as FHIR R5"),
    ],
)
def test_an_order_of_another_release_is_named_as_not_reviewed_and_the_others_are_reviewed(
    host: CdsHost, order: Json, named: str
) -> None:
    """A client shows nobody a 400: the person would sign beside an empty list of cards."""
    [card] = cards_of(host, asked(SIGN, order, prefetch=healthy()))
    assert card["source"]["topic"]["code"] == "NOT-CHECKED" and f"{named} and was not reviewed" in card["detail"]
    both = cards_of(host, asked(SIGN, order, request(OXYCODONE), prefetch=healthy()))
    # CDC 2022: a tablet of 15 mg every 6 hours, times 1.5.
    assert "15 mg × 4 × 1.5 = 90" in both[0]["detail"] and named in both[-1]["detail"]


STATEMENT_OF_STU3 = {"resourceType": "MedicationStatement", "taken": "y", "medicationCodeableConcept": concept(WARFARIN)}
ALLERGY_OF_DSTU2 = {"resourceType": "AllergyIntolerance", "patient": ME, "substance": {"text": f"ibuprofen {MARK}"}}
STATEMENT_OF_DSTU2 = {"resourceType": "MedicationStatement", "wasNotTaken": False, "medicationCodeableConcept": concept(WARFARIN)}


@pytest.mark.parametrize(
    ("member", "resource", "named"),
    [
        ("medicationStatements", STATEMENT_OF_STU3, "1 × MedicationStatement came as FHIR STU3"),
        ("medicationStatements", STATEMENT_OF_DSTU2, "1 × MedicationStatement came as FHIR DSTU2"),
        ("allergies", ALLERGY_OF_DSTU2, "1 × AllergyIntolerance came as FHIR DSTU2"),
        ("medicationRequests", DSTU2_ORDER, "1 × MedicationOrder came as FHIR DSTU2"),
    ],
)
def test_a_record_of_another_release_leaves_the_order_reviewed_and_is_named_as_unread(
    host: CdsHost, member: str, resource: Json, named: str
) -> None:
    body = asked(SIGN, request(IBUPROFEN), prefetch=healthy(**{member: found(resource)}))
    assert said(host, body) == [("NOT-CHECKED", "info")]  # without that resource the same order has no card at all
    [card] = cards_of(host, body)
    assert named in card["detail"] and "these rules could not be decided" in card["detail"]
    assert said(host, asked(SIGN, request(IBUPROFEN), prefetch=healthy())) == []


def test_a_chart_of_another_release_is_no_silent_chart(host: CdsHost) -> None:
    body = asked("patient-view", prefetch=healthy(conditions=found({**condition("K25.0", "Ulcer"), "clinicalStatus": "active"})))
    [card] = cards_of(host, body)
    assert "1 × Condition came as FHIR STU3: nothing in it was used" in card["detail"]


def test_the_encounter_of_stu3_in_an_order_or_a_medicine_changes_nothing_that_is_read(host: CdsHost) -> None:
    """Published requests for opioid support name it `context`; the rest of such a resource stands where R4 has it."""
    old = {"context": {"reference": "Encounter/1"}}
    taken = healthy(medicationRequests=found(request(WARFARIN, name="w1", status="active", **old)))
    assert "NSAID-ANTICOAG" in dict(said(host, asked(SIGN, request(IBUPROFEN, **old), prefetch=taken)))
    assert said(host, asked(SIGN, request(IBUPROFEN, **old), prefetch=healthy())) == []


# -- a patient who has died --------------------------------------------------------------------------------------------

DEAD = {"deceasedBoolean": True}, {"deceasedDateTime": "2026-11-01"}
NOT_DEAD = {"deceasedBoolean": False}, {"deceasedDateTime": "2026-12-24"}  # the day is 24 November 2026
HEADLINE = "The record says that this patient has died: check whose record it is."


def patient(**more: Any) -> Json:
    return {"resourceType": "Patient", "id": "p1", "birthDate": "1980-05-06", "gender": "male", **more}


@pytest.mark.parametrize("died", DEAD)
@pytest.mark.parametrize("hook", [SIGN, SELECT, "patient-view"])
def test_the_first_card_of_a_patient_who_has_died_asks_whose_record_it_is(host: CdsHost, hook: str, died: Json) -> None:
    more = {"context": {"selections": ["MedicationRequest/mr1"]}} if hook == SELECT else {}
    cards = cards_of(host, asked(hook, request(OXYCODONE), prefetch=healthy(patient=patient(**died)), **more))
    assert cards[0]["summary"] == HEADLINE and cards[0]["source"]["topic"]["code"] == "NOT-CHECKED"
    assert (len(cards) > 1) is (hook != "patient-view")  # an opioid still has its own cards


@pytest.mark.parametrize("alive", NOT_DEAD)
def test_a_death_that_is_denied_or_dated_later_makes_no_card(host: CdsHost, alive: Json) -> None:
    assert said(host, asked(SIGN, request(IBUPROFEN), prefetch=healthy(patient=patient(**alive)))) == []
