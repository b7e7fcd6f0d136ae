"""What became of cards: a card is found by its uuid, and an override is kept with its reason."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest

from dentalpain.fhir.card_ids import card_uuid

from .cds import SURGERY, CdsHost, asked, of_record, order, taking
from .cds_schemas import FEEDBACK

CARD = card_uuid("OPI-BENZO", "somewhere")
WHEN = "2026-11-24T09:31:00Z"
SECRET = "Zanzibar"


def overridden(card: str = CARD, **more: Any) -> dict[str, Any]:
    return {"card": card, "outcome": "overridden", "outcomeTimestamp": WHEN, **more}


def reason(code: str, comment: str | None = None) -> dict[str, Any]:
    return {"reason": {"code": code}} | ({"userComment": comment} if comment else {})


def send(host: CdsHost, *entries: Any) -> Any:
    return host.client.post("/cds-services/dentalpain-order-sign/feedback", json={"feedback": list(entries)})


def shown(host: CdsHost) -> dict[str, Any]:
    """The first card of a Norco beside alprazolam."""
    drafted = order("Norco 5/325", "1 tab every 6 hours as needed, #12", reasonCode=SURGERY)
    return host.cards(asked(drafted, prefetch=of_record(taking("alprazolam 0.5 mg bid"))))[0]


def test_an_override_is_kept_with_rule_and_reason_also_where_no_assessment_is() -> None:
    host = CdsHost()
    entry = overridden(shown(host)["uuid"], overrideReason=reason("will_be_monitored", SECRET))
    jsonschema.validate({"feedback": [entry]}, FEEDBACK)
    response = send(host, entry)
    assert (response.status_code, response.get_json()) == (200, {"stored": 1})
    row = host.audit()[-1]
    assert (row.action, row.result) == ("cds-feedback", "overridden OPI-BENZO will_be_monitored")
    assert SECRET not in str(host.audit())


def test_with_kept_assessments_an_override_stands_with_its_own() -> None:
    host = CdsHost(config={"DENTALPAIN_CDS_OPEN": True, "DENTALPAIN_STORE_HOOKS": True})
    card = shown(host)
    kept = host.audit()[-1].assessment
    assert kept and host.service.find(kept)["patient_ref"] == "p1" and len(host.audit()) == 1
    assert host.service.replay(kept)["equal"]
    send(host, overridden(card["uuid"], overrideReason=reason("tolerated_before", "Took it for years")))
    held = host.store.overrides(kept)[0]
    assert (held.rule, held.reason_code, held.reason_text) == ("OPI-BENZO", "tolerated_before", "Took it for years")


def test_a_reason_of_the_clients_own_is_kept_in_its_words() -> None:
    host = CdsHost(config={"DENTALPAIN_CDS_OPEN": True, "DENTALPAIN_STORE_HOOKS": True})
    card = shown(host)
    kept = str(host.audit()[-1].assessment)
    own = {"reason": {"code": "x17", "display": "Second opinion"}}
    send(host, overridden(card["uuid"], overrideReason=own), overridden(card["uuid"]))
    assert [one.reason_text for one in host.store.overrides(kept)] == ["Second opinion", "No reason was given."]


def test_an_accepted_suggestion_is_kept() -> None:
    host = CdsHost()
    card = shown(host)
    entry = {"card": card["uuid"], "outcome": "accepted", "outcomeTimestamp": WHEN}
    entry["acceptedSuggestions"] = [{"id": card["suggestions"][0]["uuid"]}]
    assert send(host, entry).get_json() == {"stored": 1}
    assert host.audit()[-1].result == "accepted OPI-BENZO"


def test_a_card_that_is_none_of_ours_is_not_counted() -> None:
    host = CdsHost()
    assert send(host, overridden("00000000-0000-4000-8000-000000000000")).get_json() == {"stored": 0}
    assert host.audit() == []


def test_the_card_of_what_was_not_checked_is_known_too() -> None:
    host = CdsHost()
    send(host, overridden(card_uuid("NOT-CHECKED", "x")))
    assert host.audit()[-1].result == "overridden NOT-CHECKED"


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        (SECRET, ""),
        ({}, "/outcome"),
        (overridden(outcome=SECRET), "/outcome"),
        (overridden(card=SECRET), "/card"),
        (overridden(card=5), "/card"),
        (overridden(outcomeTimestamp=SECRET), "/outcomeTimestamp"),
        (overridden(outcomeTimestamp="2026-11-24"), "/outcomeTimestamp"),
        (overridden(outcomeTimestamp="2026-13-24T09:31:00Z"), "/outcomeTimestamp"),
        (overridden(overrideReason=SECRET), "/overrideReason"),
        (overridden(overrideReason={"reason": SECRET}), "/overrideReason/reason"),
        (overridden(overrideReason={"reason": {"display": SECRET}}), "/overrideReason/reason"),
        (overridden(overrideReason={"userComment": [SECRET]}), "/overrideReason/userComment"),
        (overridden(overrideReason={"userComment": SECRET * 1000}), "/overrideReason/userComment"),
        (overridden(outcome="accepted"), "/acceptedSuggestions"),
        (overridden(outcome="accepted", acceptedSuggestions=[]), "/acceptedSuggestions"),
        (overridden(outcome="accepted", acceptedSuggestions=[{"id": SECRET}]), "/acceptedSuggestions/0/id"),
    ],
)
def test_feedback_out_of_shape_is_refused_as_a_whole(entry: Any, place: str) -> None:
    host = CdsHost()
    response = send(host, overridden(), copy.deepcopy(entry))
    assert response.status_code == 400 and response.content_type == "application/problem+json"
    assert response.get_json()["errors"][0]["pointer"] == f"/feedback/1{place}"
    assert SECRET not in response.get_data(as_text=True) and host.audit() == []


@pytest.mark.parametrize("feedback", [None, [], {}, SECRET, [overridden()] * 101])
def test_feedback_is_a_list_of_a_hundred_at_most(feedback: Any) -> None:
    response = CdsHost().client.post("/cds-services/dentalpain-order-sign/feedback", json={"feedback": feedback})
    assert response.status_code == 400 and SECRET not in response.get_data(as_text=True)
