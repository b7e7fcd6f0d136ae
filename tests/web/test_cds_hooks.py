"""CDS Hooks 2.0 as a client sees it: discovery, and the cards of the orders that dentists write."""

from __future__ import annotations

from typing import Any

import pytest

from .cds import (
    LISTS,
    ME,
    SURGERY,
    CdsHost,
    asked,
    of_record,
    order,
    patient,
    reviewed,
    searchset,
    taking,
    topics,
)
from .cds_schemas import DISCOVERY, check

NORCO = ("Norco 5/325", "1 tab every 6 hours as needed for pain, #12")


@pytest.fixture(scope="module")
def host() -> CdsHost:
    return CdsHost()


def test_discovery_names_the_three_services_and_what_they_need(host: CdsHost) -> None:
    answer = host.client.get("/cds-services").get_json()
    check(answer, DISCOVERY)
    assert {(one["id"], one["hook"]) for one in answer["services"]} == {
        ("dentalpain-patient-view", "patient-view"),
        ("dentalpain-order-select", "order-select"),
        ("dentalpain-order-sign", "order-sign"),
    }


def test_the_services_stand_under_the_prefix_of_the_mount_by_default() -> None:
    client = CdsHost(cds_prefix=None).client
    assert client.get("/pain/cds-services").status_code == 200
    assert client.get("/cds-services").status_code == 404


# -- orders ------------------------------------------------------------------------------------------------------


def test_ibuprofen_for_a_patient_with_none_of_the_hazards_raises_no_card(host: CdsHost) -> None:
    assert host.cards(asked(order("ibuprofen 400 mg tablet", "1 tab every 6 hours as needed, #12"))) == []


def test_a_woman_of_46_who_is_not_pregnant_raises_no_card_either(host: CdsHost) -> None:
    test = {"resourceType": "Observation", "status": "final", "subject": ME, "effectiveDateTime": "2026-11-23"}
    test |= {
        "code": {"coding": [{"system": "http://loinc.org", "code": "82810-3"}]},
        "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "60001007"}]},
    }
    body = asked(
        order("ibuprofen 400 mg tablet", "1 tab every 6 hours as needed, #12"),
        prefetch=of_record(test, gender="female"),
    )
    assert host.cards(body) == []


def test_a_norco_for_a_healthy_adult_makes_at_most_three_cards(host: CdsHost) -> None:
    assert len(host.cards(asked(order(*NORCO, reasonCode=SURGERY)))) <= 3


def test_norco_beside_alprazolam_warns_of_the_benzodiazepine_first(host: CdsHost) -> None:
    cards = host.cards(asked(order(*NORCO, reasonCode=SURGERY), prefetch=of_record(taking("alprazolam 0.5 mg bid"))))
    assert topics(cards)[0] == "OPI-BENZO" and cards[0]["indicator"] == "warning"
    assert "alprazolam" in cards[0]["detail"]
    # 5 mg of hydrocodone × 4 a day × factor 1 (CDC 2022); 325 mg of acetaminophen × 4
    assert "5 mg × 4 × 1 = 20" in cards[0]["detail"] and "325 mg × 4 = 1300 mg" in cards[0]["detail"]


def test_codeine_for_a_child_of_ten_is_critical(host: CdsHost) -> None:
    drafted = order("Tylenol with codeine #3", "1 tab every 6 hours as needed, #12", reasonCode=SURGERY)
    cards = host.cards(asked(drafted, prefetch=of_record(birth="2016-03-01")))
    assert (topics(cards)[0], cards[0]["indicator"]) == ("OPI-COD-TRAM-LT12", "critical")


def test_a_fentanyl_patch_for_acute_pain_is_critical(host: CdsHost) -> None:
    cards = host.cards(asked(order("fentanyl 25 mcg/hr patch", "apply 1 patch every 72 hours", reasonCode=SURGERY)))
    assert ("OPI-ER-ACUTE", "critical") in [(c["source"]["topic"]["code"], c["indicator"]) for c in cards]


def test_an_opioid_for_somebody_on_naltrexone_is_critical(host: CdsHost) -> None:
    drafted = order("oxycodone 5 mg tablet", "1 tab every 6 hours as needed, #12", reasonCode=SURGERY)
    cards = host.cards(asked(drafted, prefetch=of_record(taking("naltrexone 50 mg daily"))))
    assert (topics(cards)[0], cards[0]["indicator"]) == ("OPI-OPIOID-ANTAG", "critical")


def test_an_order_without_a_quantity_says_what_could_not_be_checked(host: CdsHost) -> None:
    drafted = order("oxycodone 5 mg tablet", "1 tab every 6 hours as needed", reasonCode=SURGERY)
    cards = host.cards(asked(drafted))
    assert topics(cards)[-1] == "NOT-CHECKED" and "OPI-DAYS7" in cards[-1]["detail"]


def test_an_opioid_without_a_strength_says_why_its_sum_cannot_be_calculated(host: CdsHost) -> None:
    cards = host.cards(asked(order("oxycodone", "1 TAB every 6 hours, #12", reasonCode=SURGERY)))
    assert topics(cards)[-1] == "NOT-CHECKED"
    assert "cannot calculate, because of oxycodone: strength not known" in cards[-1]["detail"]


def test_a_dose_in_units_of_tab_is_counted(host: CdsHost) -> None:
    every_six = {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}}
    dose = {"timing": every_six, "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "TAB"}}]}
    drafted = order("oxycodone 5 mg tablet", reasonCode=SURGERY) | {"dosageInstruction": [dose]}
    cards = host.cards(asked(drafted))
    # 5 mg × 2 tablets × 4 times a day × factor 1.5 (CDC 2022) = 60, at or above 50
    assert "OPI-MME50" in topics(cards)
    assert "5 mg × 8 × 1.5 = 60" in next(c for c in cards if c["source"]["topic"]["code"] == "OPI-MME50")["detail"]


def test_a_second_acetaminophen_product_counts_into_the_day(host: CdsHost) -> None:
    body = asked(
        order("Norco 5/325", "2 tabs every 6 hours as needed, #24", reasonCode=SURGERY),
        prefetch=of_record(taking("Tylenol extra strength 500 mg 2 tabs every 6 hours")),
    )
    cards = host.cards(body)
    # 325 mg × 8 + 500 mg × 8 = 6600 mg, above 4000 mg
    assert "APAP-MAX" in topics(cards)
    over = next(card for card in cards if card["source"]["topic"]["code"] == "APAP-MAX")
    assert over["indicator"] == "critical" and "325 mg × 8 + 500 mg × 8 = 6600 mg" in over["detail"]
    taken = [one["actions"][-1]["resource"]["medicationCodeableConcept"]["text"] for one in over["suggestions"]]
    assert "acetaminophen" not in taken


def test_low_dose_naltrexone_is_never_named_for_acute_pain(host: CdsHost) -> None:
    written = str(host.cards(asked(order(*NORCO, reasonCode=SURGERY), prefetch={}))).lower()
    assert "low-dose naltrexone" not in written and "low_dose_naltrexone" not in written


def test_a_suggestion_takes_the_order_back_and_writes_the_alternative_with_its_dose(host: CdsHost) -> None:
    card = host.cards(asked(order(*NORCO, reasonCode=SURGERY), prefetch=of_record(taking("alprazolam 0.5 mg bid"))))[0]
    assert card["selectionBehavior"] == "at-most-one"
    removed, made = card["suggestions"][0]["actions"]
    assert removed["type"] == "delete" and removed["resourceId"] == "MedicationRequest/d1"
    request = made["resource"]
    assert request["medicationCodeableConcept"]["coding"][0]["code"] == "5640"  # RxNorm: ibuprofen
    assert request["subject"] == ME and request["status"] == "draft" and request["reasonCode"] == SURGERY
    dose = request["dosageInstruction"][0]
    assert dose["doseAndRate"][0]["doseQuantity"]["value"] == 400  # ADA 2024: 400 mg every 6 hours
    assert dose["timing"]["repeat"]["period"] == 6


def test_what_is_suggested_is_not_flagged_for_the_same_reason_when_it_is_ordered(host: CdsHost) -> None:
    record = of_record(taking("alprazolam 0.5 mg bid"))
    before = host.cards(asked(order(*NORCO, reasonCode=SURGERY), prefetch=record))
    for suggestion in before[0]["suggestions"]:
        made = {**suggestion["actions"][-1]["resource"], "id": "d2"}
        assert topics(before)[0] not in topics(host.cards(asked(made, prefetch=record)))


# -- what is under review ----------------------------------------------------------------------------------------


def test_a_draft_in_the_record_is_not_an_order_under_review(host: CdsHost) -> None:
    body = asked(
        order("ibuprofen 400 mg tablet", "1 tab every 6 hours as needed, #12"),
        prefetch=of_record(order(*NORCO, name="elsewhere")),
    )
    assert host.cards(body) == []


def test_an_order_that_is_signed_again_is_not_held_against_itself(host: CdsHost) -> None:
    signed = order("ibuprofen 400 mg tablet", "1 tab every 6 hours as needed, #12", status="active")
    assert host.cards(asked(signed, prefetch=of_record({**signed, "authoredOn": "2026-11-20"}))) == []


def test_an_order_of_tomorrow_is_reviewed_all_the_same(host: CdsHost) -> None:
    drafted = order(*NORCO, reasonCode=SURGERY, authoredOn="2026-11-25")
    assert "OPI-BENZO" in topics(host.cards(asked(drafted, prefetch=of_record(taking("alprazolam 0.5 mg bid")))))


def test_only_selected_orders_make_cards_and_the_others_count_as_company(host: CdsHost) -> None:
    norco, xanax = order(*NORCO, reasonCode=SURGERY), order("alprazolam 0.5 mg tablet", "1 tab twice daily", "d2")
    fine = order("ibuprofen 400 mg tablet", "1 tab every 6 hours as needed, #12", "d3")
    picked = {"hook": "order-select", "selections": ["MedicationRequest/d1"]}
    assert "OPI-BENZO" in topics(host.cards(asked(norco, xanax, **picked), "order-select"))
    only = {"hook": "order-select", "selections": ["MedicationRequest/d3"]}
    assert host.cards(asked(order("fentanyl 25 mcg/hr patch", "1 patch every 72 hours"), fine, **only), "order-select") == []


@pytest.mark.parametrize("selections", [["MedicationRequest/not-here"], ["not-here"], []])
def test_a_selection_that_names_nothing_lets_every_order_count(host: CdsHost, selections: list[str]) -> None:
    body = asked(
        order("fentanyl 25 mcg/hr patch", "1 patch every 72 hours", reasonCode=SURGERY),
        hook="order-select",
        selections=selections,
    )
    assert "OPI-ER-ACUTE" in topics(host.cards(body, "order-select"))


def test_orders_of_other_kinds_make_no_card(host: CdsHost) -> None:
    assert host.cards(asked({"resourceType": "NutritionOrder", "id": "n", "status": "draft", "patient": ME})) == []


def test_an_order_for_somebody_else_is_said_not_to_be_reviewed(host: CdsHost) -> None:
    cards = host.cards(asked(order(*NORCO) | {"subject": {"reference": "Patient/other"}}))
    assert topics(cards) == ["NOT-CHECKED"] and "another patient" in cards[0]["detail"]


def test_opening_a_patient_shows_what_is_hazardous_about_the_medicines_taken(host: CdsHost) -> None:
    record = of_record(taking("oxycodone 5 mg every 6 hours"), taking("alprazolam 0.5 mg bid"))
    cards = host.cards(asked(hook="patient-view", prefetch=record), "patient-view")
    assert "OPI-BENZO" in topics(cards) and not any("suggestions" in card for card in cards)


# -- what was sent -----------------------------------------------------------------------------------------------


def ibuprofen(prefetch: Any, **more: Any) -> dict[str, Any]:
    return asked(order("ibuprofen 400 mg tablet", "1 tab every 6 hours as needed, #12"), prefetch=prefetch, **more)


@pytest.mark.parametrize(
    "prefetch",
    [
        {},
        {"patient": patient(), "lists": None},
        {"patient": patient(), "lists": {"resourceType": "OperationOutcome"}},
        {"patient": patient(), "lists": LISTS, "conditions": {"resourceType": "OperationOutcome"}},
        {"patient": patient(), "lists": searchset(*[e["resource"] for e in LISTS["entry"]], total=9)},
        {"patient": patient(), "lists": LISTS | {"link": [{"relation": "next", "url": "https://ehr.example/2"}]}},
        {"patient": patient(), "lists": searchset(reviewed("11450-4", "Condition/lost"), reviewed("48765-2"), reviewed("10160-0"))},
        {"patient": patient(), "lists": "a text"},
    ],
)
def test_a_record_that_came_in_part_proves_nothing_by_its_silence(host: CdsHost, prefetch: Any) -> None:
    cards = host.cards(ibuprofen(prefetch))
    assert topics(cards) == ["NOT-CHECKED"]
    assert cards[0]["indicator"] == "info" and len(cards[0]["links"]) >= 1


def test_at_most_three_facts_are_named_in_the_order_of_the_questions(host: CdsHost) -> None:
    card = host.cards(ibuprofen({}))[0]
    asked_for = card["detail"].partition("**To be asked**")[2].partition("**Open**")[0].partition("**Not read**")[0]
    assert asked_for.count("\n- ") == 3


def test_resources_are_read_wherever_they_sit(host: CdsHost) -> None:
    odd = {"item1": {"response": {"status": "200"}, "resource": patient()}, "item2": [LISTS], "item3": None}
    assert host.cards(ibuprofen(odd)) == []


def test_references_to_the_senders_own_server_are_understood(host: CdsHost) -> None:
    whole = {"reference": "https://ehr.example/r4/Patient/p1"}
    record = of_record(taking("alprazolam 0.5 mg bid") | {"subject": whole})
    body = asked(order(*NORCO, reasonCode=SURGERY, subject=whole), prefetch=record)
    assert "OPI-BENZO" in topics(host.cards({**body, "fhirServer": "https://ehr.example/r4/"}))
    assert "OPI-BENZO" in topics(host.cards(body))


def test_a_patient_id_may_be_written_as_a_reference(host: CdsHost) -> None:
    assert host.cards(ibuprofen(None, patientId="Patient/p1")) == []


def test_the_same_request_gives_the_same_cards(host: CdsHost) -> None:
    body = asked(order(*NORCO, reasonCode=SURGERY))
    assert host.cards(body) == host.cards(body)
    assert host.cards(body)[0]["uuid"] != host.cards({**body, "hookInstance": "another"})[0]["uuid"]


def test_every_answer_leaves_one_row_in_the_trail() -> None:
    host = CdsHost()
    host.cards(ibuprofen(None))
    row = host.audit()[-1]
    assert (row.who, row.action, row.result) == ("cds-hooks open Practitioner/d", "cds-hooks", "done")
    assert row.patient_ref == "p1" and len(host.audit()) == 1


def test_the_links_of_a_card_open_the_page_that_says_why(host: CdsHost) -> None:
    card = host.cards(asked(order(*NORCO, reasonCode=SURGERY)))[0]
    page = host.client.get(card["links"][0]["url"])
    assert page.status_code == 200 and card["source"]["topic"]["code"] in page.get_data(as_text=True)
