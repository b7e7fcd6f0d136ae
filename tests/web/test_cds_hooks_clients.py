"""Ways in which guides and record systems send a request that the specification does not have: read, never passed over."""

from __future__ import annotations

import pytest

from .cds import CdsHost
from .outside_requests import (
    ALPRAZOLAM,
    IBUPROFEN,
    ME,
    OXYCODONE,
    OXYCODONE_ER,
    THREE_LISTS,
    Json,
    allergy,
    asked,
    concept,
    found,
    healthy,
    request,
    said,
)

SIGN = "order-sign"


@pytest.fixture(scope="module")
def host() -> CdsHost:
    return CdsHost()


def rules(host: CdsHost, body: Json) -> list[str]:
    return [rule for rule, _ in said(host, body)]


@pytest.mark.parametrize("hook", [SIGN, "order-select"])
@pytest.mark.parametrize("shape", ["a resource", "a list", "entries alone", "a Bundle"])
def test_orders_that_stand_in_no_bundle_are_reviewed_alike(host: CdsHost, hook: str, shape: str) -> None:
    """The specification has a Bundle; the requests of opioid guides have had a resource in its place, or a list."""
    order = request(OXYCODONE)
    whole = asked(hook, order, prefetch=healthy(), context={"selections": ["MedicationRequest/mr1"]})
    expected = rules(host, whole)
    given: Json = {"a resource": order, "a list": [order], "entries alone": {"entry": [{"resource": order}]}}
    given["a Bundle"] = whole["context"]["draftOrders"]
    context = {"selections": ["MedicationRequest/mr1"], "draftOrders": given[shape]}
    assert expected and rules(host, asked(hook, prefetch=healthy(), context=context)) == expected


def test_an_order_that_is_stored_already_is_not_taken_beside_itself(host: CdsHost) -> None:
    stored = request(OXYCODONE, status="active")
    assert "OPI-DUP" not in rules(host, asked(SIGN, request(OXYCODONE), prefetch=healthy(medicationRequests=found(stored))))


def test_a_medicine_under_the_id_of_the_order_is_still_a_medicine_that_is_taken(host: CdsHost) -> None:
    """A published request gives the benzodiazepine on the list and the opioid that is ordered one id."""
    listed = healthy(medicationRequests=found(request(ALPRAZOLAM, status="active", name="mr1")))
    assert "OPI-BENZO" in rules(host, asked(SIGN, request(OXYCODONE, name="mr1"), prefetch=listed))
    in_words = request(None, status="active", name="mr1", medicationCodeableConcept={"text": "alprazolam 0.5 mg"})
    opioid = request(None, name="mr1", medicationCodeableConcept={"text": "oxycodone 15 mg"})
    assert "OPI-BENZO" in rules(host, asked(SIGN, opioid, prefetch=healthy(medicationRequests=found(in_words))))


def test_a_part_of_the_record_that_names_nobody_is_read_as_this_patients_and_told(host: CdsHost) -> None:
    """`subject` is a reference in FHIR; a bare id names no type, and to drop it would hide the medicine."""
    stray = request(ALPRAZOLAM, status="active", name="b1", subject={"reference": "somebody"})
    body = asked(SIGN, request(OXYCODONE), prefetch=healthy(medicationRequests=found(stray)))
    assert "OPI-BENZO" in rules(host, body)
    last = host.post(body, SIGN).get_json()["cards"][-1]
    assert "names its patient in a form that FHIR does not know; it was read as this patient's" in last["detail"]
    other = request(ALPRAZOLAM, status="active", name="b1", subject={"reference": "Patient/p2"})
    body = asked(SIGN, request(OXYCODONE), prefetch=healthy(lists=None, medicationRequests=found(other)))
    assert "OPI-BENZO" not in rules(host, body)
    last = host.post(body, SIGN).get_json()["cards"][-1]
    assert "1 × MedicationRequest: they name another patient and were left out" in last["detail"]


def test_an_allergy_that_names_nobody_is_this_patients_too(host: CdsHost) -> None:
    stray = {**allergy({"text": "ibuprofen"}, "anaphylaxis"), "patient": {"reference": "somebody"}}
    assert "NSAID-ALLERGY" in rules(host, asked(SIGN, request(IBUPROFEN), prefetch=healthy(allergies=found(stray))))


def test_a_dose_in_an_object_instead_of_a_list_is_the_same_dose(host: CdsHost) -> None:
    dose = {"doseQuantity": {"value": 1, "unit": "tablet"}}
    daily = {"timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}}
    bodies = [
        asked(SIGN, request(OXYCODONE, dosageInstruction=[{**daily, "doseAndRate": held}]), prefetch=healthy())
        for held in (dose, [dose])
    ]
    as_object, as_list = (rules(host, body) for body in bodies)
    assert as_object == as_list and "OPI-MME90" in as_list  # CDC 2022: 15 mg, four times a day, times 1.5 are 90


def test_the_resources_of_a_prefetch_in_an_envelope_are_read(host: CdsHost) -> None:
    """`{"response": …, "resource": …}`, as an entry of a batch answer has it, stands in place of the resource."""
    patient = {"resourceType": "Patient", "id": "p1", "birthDate": "1980-05-06", "gender": "male"}
    taken = {"resourceType": "MedicationStatement", "status": "active", "subject": ME}
    parts = [patient, {**taken, "medicationCodeableConcept": concept(OXYCODONE_ER)}, *THREE_LISTS]
    prefetch = {f"item{n}": {"response": {"status": "200 OK"}, "resource": part} for n, part in enumerate(parts)}
    prefetch["item9"] = None
    assert "OPI-DUP" in rules(host, asked(SIGN, request(OXYCODONE), prefetch=prefetch))
    assert rules(host, asked(SIGN, request(IBUPROFEN), prefetch=prefetch)) == []
