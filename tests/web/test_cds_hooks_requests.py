"""Requests as guides and record systems write them: each is answered in form, repeats nobody, and is silent only when it may be.

What is expected is worked out from the rule that is named beside it, for a man of 46 (born 1980-05-06) unless said otherwise.
"""

from __future__ import annotations

import pytest

from .cds import CdsHost
from .outside_requests import (
    ACETAMINOPHEN,
    ALPRAZOLAM,
    CODEINE,
    DIAZEPAM,
    EHR,
    IBUPROFEN,
    MARK,
    ME,
    NALTREXONE,
    NAPROXEN,
    NORCO,
    OXYCODONE,
    OXYCODONE_ER,
    RXNORM,
    SERTRALINE,
    THREE_LISTS,
    WARFARIN,
    Json,
    allergy,
    asked,
    by_reference,
    concept,
    condition,
    every_hours,
    found,
    healthy,
    medication,
    observation,
    patient,
    request,
    reviewed,
    said,
    statement,
)

SIGN, SELECT, VIEW = "order-sign", "order-select", "patient-view"
URN = "urn:uuid:6f0c2a0e-7d1a-4a52-9b1e-1e2f3a4b5c6d"
SERVICE = {
    "resourceType": "ServiceRequest",
    "id": "sr",
    "status": "draft",
    "intent": "order",
    "subject": ME,
    "code": {"text": MARK},
}


@pytest.fixture(scope="module")
def host() -> CdsHost:
    return CdsHost()


AMOXICILLIN = ("308182", "amoxicillin 250 MG Oral Capsule")
HARMLESS = {
    "lists": found(
        reviewed("11450-4", "Condition/c1"),
        reviewed("48765-2", "AllergyIntolerance/a1"),
        reviewed("10160-0", "MedicationStatement/ms1"),
    ),
    "conditions": found(condition("K02.9", "Dental caries, unspecified")),
    "allergies": found(allergy({"text": "Penicillin"}, "hives")),
    "medicationStatements": found(statement(AMOXICILLIN)),
}  # fmt: skip
WRAPPED = {f"item{n}": {"response": {"status": "200 OK"}, "resource": r} for n, r in enumerate([patient(), *THREE_LISTS], 1)}
IN_PARTS = {"resourceType": "Medication", "id": "med1", "ingredient": [{
    "itemCodeableConcept": {"coding": [{"system": RXNORM, "code": "5640", "display": "ibuprofen"}]},
    "strength": {"numerator": {"value": 400, "unit": "mg"}, "denominator": {"value": 1, "unit": "tablet"}},
}]}  # fmt: skip
BY_CODE = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": "QID"}]}
IN_WORDS = "Take 1 tablet (400 mg total) by mouth every 6 (six) hours as needed for Pain"


# -- silence: ibuprofen 400 mg every six hours for a healthy adult whose lists were gone through -----------------------

SILENT = {
    "the clinical drug by code and name": asked(SIGN, request(IBUPROFEN), prefetch=healthy()),
    "a contained product": asked(SIGN, by_reference("#med1", medication(IBUPROFEN)), prefetch=healthy()),
    "a contained product by its ingredient": asked(SIGN, by_reference("#med1", IN_PARTS), prefetch=healthy()),
    "a product among the drafts": asked(SIGN, by_reference("Medication/med1"), medication(IBUPROFEN), prefetch=healthy()),
    "a product among the drafts by urn": asked(
        SIGN, by_reference(URN), {"fullUrl": URN, "resource": medication(IBUPROFEN)}, prefetch=healthy()
    ),
    "a product of the prefetch by absolute address": asked(
        SIGN, by_reference(f"{EHR}/Medication/med1"), prefetch=healthy(products=found(medication(IBUPROFEN), base=EHR))
    ),
    "the same beside the server's name": asked(
        SIGN,
        by_reference(f"{EHR}/Medication/med1"),
        prefetch=healthy(products=found(medication(IBUPROFEN), base=EHR)),
        fhirServer=EHR,
    ),
    "a product by the display of its reference": asked(
        SIGN,
        request(None, medicationReference={"reference": "Medication/x", "display": "ibuprofen (MOTRIN) 400 mg tablet"}),
        prefetch=healthy(),
    ),
    "a code without its name beside words": asked(
        SIGN,
        request(None, medicationCodeableConcept=concept(IBUPROFEN, display=False, text="Ibuprofen 400 mg tab")),
        prefetch=healthy(),
    ),
    "the patient by reference": asked(SIGN, request(IBUPROFEN), prefetch=healthy(), context={"patientId": "Patient/p1"}),
    "bare resources under names of the sender": asked(
        SIGN, request(IBUPROFEN), prefetch={"item1": patient(), **{f"l{n}": each for n, each in enumerate(THREE_LISTS)}}
    ),
    "answers with their status, and nulls": asked(SIGN, request(IBUPROFEN), prefetch={**WRAPPED, "item8": None, "item9": None}),
    "the answer to a batch": asked(
        SIGN,
        request(IBUPROFEN),
        prefetch={
            "all": {
                "resourceType": "Bundle",
                "type": "batch-response",
                "entry": [{"resource": found(each), "response": {"status": "200"}} for each in (patient(), *THREE_LISTS)],
            }
        },
    ),
    # Caries, penicillin and amoxicillin concern no rule on an NSAID.
    "lists that name harmless entries": asked(SIGN, request(IBUPROFEN), prefetch=healthy(**HARMLESS)),
    "directions in words": asked(SIGN, request(IBUPROFEN, dosageInstruction=[{"text": IN_WORDS}]), prefetch=healthy()),
    "words beside structure": asked(
        SIGN, request(IBUPROFEN, dosageInstruction=[{**every_hours(6), "text": IN_WORDS}]), prefetch=healthy()
    ),
    "the times by a code": asked(
        SIGN,
        request(IBUPROFEN, dosageInstruction=[{"timing": {"code": BY_CODE}, "doseAndRate": every_hours(6)["doseAndRate"]}]),
        prefetch=healthy(),
    ),
    "members that we do not know": asked(
        SIGN, request(IBUPROFEN), prefetch=healthy(), extension={"davinci-crd.configuration": {"x": MARK}}, applyCql=True
    ),
    "an order among others of no medicine": asked(SIGN, SERVICE, request(IBUPROFEN), prefetch=healthy()),
    "selected by its reference": asked(
        SELECT, request(IBUPROFEN), prefetch=healthy(), context={"selections": ["MedicationRequest/mr1"]}
    ),
    "selected by its bare id": asked(SELECT, request(IBUPROFEN), prefetch=healthy(), context={"selections": ["mr1"]}),
}


@pytest.mark.parametrize("name", SILENT)
def test_ibuprofen_for_a_healthy_adult_is_silent_however_it_is_written(host: CdsHost, name: str) -> None:
    assert said(host, SILENT[name]) == []


@pytest.mark.parametrize("name", SILENT)
def test_the_same_request_with_warfarin_on_the_list_warns(host: CdsHost, name: str) -> None:
    body = dict(SILENT[name])
    body["prefetch"] = {**body["prefetch"], "more": found(statement(WARFARIN, "ms7"))}
    assert ("NSAID-ANTICOAG", "warning") in said(host, body)


@pytest.mark.parametrize(
    "body",
    [
        asked(SIGN, prefetch=healthy()),
        asked(SIGN, prefetch=healthy(), context={"draftOrders": {"resourceType": "Bundle"}}),
        asked(SIGN, SERVICE, prefetch=healthy()),
        asked(SIGN, request(NORCO, status="cancelled"), prefetch=healthy(more=found(statement(ALPRAZOLAM)))),
        asked(SIGN, request(NORCO, doNotPerform=True), prefetch=healthy(more=found(statement(ALPRAZOLAM)))),
        asked(VIEW, prefetch=healthy()),
    ],
)
def test_where_nothing_is_ordered_or_taken_there_is_no_card(host: CdsHost, body: Json) -> None:
    assert said(host, body) == []


# -- what must speak ---------------------------------------------------------------------------------------------------

LAST_MONTH = {"status": "active", "authoredOn": "2026-11-01", "dispenseRequest": {}}
IBUPROFEN_800 = ("197807", "ibuprofen 800 MG Oral Tablet")
SPEAKING: list[tuple[str, str, Json]] = [
    # An opioid beside a benzodiazepine, on the list or in the same order.
    ("OPI-BENZO", "warning", asked(SIGN, request(NORCO), prefetch=healthy(more=found(statement(ALPRAZOLAM))))),
    (
        "OPI-BENZO",
        "warning",
        asked(
            SIGN,
            request(NORCO),
            prefetch=healthy(
                more=found({**by_reference("Medication/m9"), **LAST_MONTH, "id": "old"}, medication(ALPRAZOLAM, "m9"), base=EHR)
            ),
        ),
    ),
    ("OPI-BENZO", "warning", asked(SIGN, request(NORCO), request(DIAZEPAM, 12, name="mr2"), prefetch=healthy())),
    (
        "OPI-BENZO",
        "warning",
        asked(VIEW, prefetch=healthy(more=found(statement(OXYCODONE_ER, dosage=[every_hours(12)]), statement(ALPRAZOLAM, "b")))),
    ),
    (
        "OPI-BENZO",
        "warning",
        asked(
            SELECT,
            request(IBUPROFEN),
            request(NORCO, name="mr2"),
            prefetch=healthy(more=found(statement(ALPRAZOLAM))),
            context={"selections": ["MedicationRequest/mr2"]},
        ),
    ),
    # A selection that names no order here: all of them count.
    (
        "OPI-BENZO",
        "warning",
        asked(
            SELECT,
            request(NORCO),
            prefetch=healthy(more=found(statement(ALPRAZOLAM))),
            context={"selections": ["MedicationRequest/of-another-session"]},
        ),
    ),
    # An order that is signed again after a change comes as active.
    ("NSAID-ANTICOAG", "warning", asked(SIGN, request(IBUPROFEN, status="active"), prefetch=healthy(w=statement(WARFARIN)))),
    (
        "NSAID-ANTICOAG",
        "warning",
        asked(SIGN, request(IBUPROFEN), prefetch=healthy(w=found({**request(WARFARIN, 24, name="old"), **LAST_MONTH}))),
    ),
    # eGFR 25 is below 30.
    (
        "NSAID-EGFR30",
        "critical",
        asked(SIGN, request(IBUPROFEN), prefetch=healthy(observations=found(observation("98979-8", 25, "mL/min/{1.73_m2}")))),
    ),
    (
        "NSAID-ALLERGY",
        "critical",
        asked(
            SIGN,
            request(IBUPROFEN),
            prefetch=healthy(
                allergies=found(allergy({"coding": [{"system": RXNORM, "code": "5640", "display": "ibuprofen"}]}, "anaphylaxis"))
            ),
        ),
    ),
    # 800 mg × 4 = 3200 mg a day, above 2400.
    ("IBU-MAX", "warning", asked(SIGN, request(IBUPROFEN_800), prefetch=healthy())),
    ("NSAID-SSRI-SNRI", "info", asked(SIGN, request(IBUPROFEN), prefetch=healthy(more=found(statement(SERTRALINE))))),
    ("NSAID-AGE65", "info", asked(SIGN, request(IBUPROFEN), prefetch=healthy(patient=patient("1955-05-06")))),  # 71 years
    ("NSAID-DUP", "warning", asked(SIGN, request(IBUPROFEN), request(NAPROXEN, 12, name="mr2"), prefetch=healthy())),
    ("OPI-OPIOID-ANTAG", "critical", asked(SIGN, request(NORCO), prefetch=healthy(more=found(statement(NALTREXONE))))),
    ("OPI-COD-TRAM-LT12", "critical", asked(SIGN, request(CODEINE), prefetch=healthy(patient=patient("2016-05-06")))),  # 10 years
    (
        "OPI-ER-ACUTE",
        "critical",
        asked(SIGN, request(OXYCODONE_ER, 12, reasonCode=[{"text": "surgical extraction"}]), prefetch=healthy()),
    ),
    # 15 mg × 2 tablets × 6 a day × 1.5 = 270 MME.
    ("OPI-MME90", "warning", asked(SIGN, request(OXYCODONE, 4, 2), prefetch=healthy())),
    # 325 mg × 2 × 6 = 3900 mg, and 500 mg × 2 × 4 = 4000 mg: 7900 mg a day, above 4000.
    (
        "APAP-MAX",
        "critical",
        asked(SIGN, request(NORCO, 4, 2), request(ACETAMINOPHEN, 6, 2, name="mr2"), prefetch=healthy()),
    ),
]


@pytest.mark.parametrize(("rule", "indicator", "body"), SPEAKING, ids=[f"{rule}-{n}" for n, (rule, _, _) in enumerate(SPEAKING)])
def test_a_hazard_makes_its_card(host: CdsHost, rule: str, indicator: str, body: Json) -> None:
    assert (rule, indicator) in said(host, body)


def test_the_selected_order_alone_makes_cards(host: CdsHost) -> None:
    orders, held = (request(IBUPROFEN), request(NORCO, name="mr2")), healthy(more=found(statement(ALPRAZOLAM)))
    assert said(host, asked(SELECT, *orders, prefetch=held, context={"selections": ["MedicationRequest/mr1"]})) == []
