"""Reading what was not sent from the client's FHIR server: from a named server alone, and honest about what failed."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from .cds import LISTS, ME, CdsHost, asked, order, patient, reviewed, searchset, taking, topics

ACTIVE = {"clinicalStatus": {"coding": [{"code": "active"}]}, "verificationStatus": {"coding": [{"code": "confirmed"}]}}
CARIES = {"resourceType": "Condition", "id": "c1", "subject": ME, "code": {"text": "dental caries"}, **ACTIVE}
CARIES |= {"recordedDate": "2025-01-01"}
PENICILLIN = {"resourceType": "AllergyIntolerance", "id": "a1", "patient": ME, "code": {"text": "Penicillin"}, **ACTIVE}
PENICILLIN |= {"reaction": [{"manifestation": [{"text": "hives"}]}]}


class Ehr:
    """A FHIR server of one patient; `broken` types answer 500, `held` are the resources by type."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[tuple[str, str | None]] = []
        self.broken: set[str] = set()
        self.held: dict[str, Any] = {"Patient": patient(), "List": LISTS}

    def answer(self, path: str) -> tuple[int, Any]:
        kind = urlsplit(path).path.removeprefix("/r4/").partition("/")[0]
        if kind in self.broken:
            return 500, {"resourceType": "OperationOutcome"}
        return 200, self.held.get(kind, searchset())


@pytest.fixture
def ehr() -> Iterator[Ehr]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            mine.asked.append((self.path, self.headers.get("Authorization")))
            status, body = mine.answer(self.path)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", body)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        mine = Ehr(f"http://127.0.0.1:{server.server_address[1]}/r4")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield mine
        server.shutdown()


def host(ehr: Ehr) -> CdsHost:
    return CdsHost(config={"DENTALPAIN_CDS_OPEN": True, "DENTALPAIN_CDS_FHIR_SERVERS": [ehr.address + "/"]})


def request_for(ehr: Ehr, prefetch: Any = None) -> dict[str, Any]:
    body = asked(order("ibuprofen 400 mg tablet", "1 tab every 6 hours as needed, #12"), prefetch=prefetch or {})
    granted = {"access_token": "a-token", "token_type": "Bearer", "expires_in": 300, "scope": "x", "subject": "y"}
    return {**body, "fhirServer": ehr.address, "fhirAuthorization": granted}


def test_what_was_not_sent_is_read_with_the_token_of_the_request(ehr: Ehr) -> None:
    assert host(ehr).cards(request_for(ehr)) == []
    assert len(ehr.asked) == 11 and {said for _, said in ehr.asked} == {"Bearer a-token"}
    searches = [parse_qs(urlsplit(path).query) for path, _ in ehr.asked if "?" in path]
    assert all(search["patient"] == ["p1"] for search in searches)


HARMLESS = {
    "Condition": searchset(CARIES),
    "AllergyIntolerance": searchset(PENICILLIN),
    "MedicationStatement": searchset(taking("amoxicillin 500 mg 1 cap tid") | {"id": "s1"}),
    "List": searchset(
        reviewed("11450-4", "Condition/c1"),
        reviewed("48765-2", "AllergyIntolerance/a1"),
        reviewed("10160-0", "MedicationStatement/s1"),
    ),
}


@pytest.mark.parametrize("sent", [{}, {"patient": patient()}, {"patient": patient(), "conditions": searchset(CARIES)}])
def test_ibuprofen_for_a_healthy_adult_is_silent_where_only_the_server_holds_the_lists(ehr: Ehr, sent: dict[str, Any]) -> None:
    ehr.held |= HARMLESS  # caries, penicillin and amoxicillin concern no rule on an NSAID
    assert host(ehr).cards(request_for(ehr, sent)) == []


def test_a_list_of_the_server_whose_entries_do_not_come_from_it_proves_nothing(ehr: Ehr) -> None:
    ehr.held |= {**HARMLESS, "Condition": searchset()}
    assert topics(host(ehr).cards(request_for(ehr))) == ["NOT-CHECKED"]


def test_what_was_sent_is_not_read_again(ehr: Ehr) -> None:
    host(ehr).cards(request_for(ehr, {"patient": patient(), "lists": LISTS, "conditions": None}))
    assert not [path for path, _ in ehr.asked if path.startswith(("/r4/Patient", "/r4/List", "/r4/Condition"))]


def test_a_server_that_the_host_did_not_name_is_never_asked(ehr: Ehr) -> None:
    cards = CdsHost().cards(request_for(ehr))
    assert topics(cards) == ["NOT-CHECKED"] and "is not allowed here" in cards[0]["detail"]
    assert ehr.asked == []


def test_what_could_not_be_read_is_said_and_proves_nothing(ehr: Ehr) -> None:
    ehr.broken = {"Condition"}
    cards = host(ehr).cards(request_for(ehr))
    assert topics(cards) == ["NOT-CHECKED"] and "could not be read from the FHIR server" in cards[0]["detail"]


def test_a_server_that_is_down_leaves_a_card_and_no_fault() -> None:
    gone = Ehr("http://127.0.0.1:9/r4")
    assert topics(host(gone).cards(request_for(gone))) == ["NOT-CHECKED"]


def test_all_pages_of_a_search_are_read(ehr: Ehr) -> None:
    first = searchset() | {"link": [{"relation": "next", "url": f"{ehr.address}/Page2?x=1"}]}
    ehr.held |= {"MedicationStatement": first, "Page2": searchset(taking("warfarin 5 mg daily"))}
    assert "NSAID-ANTICOAG" in topics(host(ehr).cards(request_for(ehr)))


def test_a_further_page_on_another_server_is_not_followed(ehr: Ehr) -> None:
    elsewhere = searchset() | {"link": [{"relation": "next", "url": "http://127.0.0.1:9/r4/Page2"}]}
    ehr.held |= {"Condition": elsewhere}
    assert topics(host(ehr).cards(request_for(ehr))) == ["NOT-CHECKED"]


def test_a_redirect_does_not_carry_the_token_away(ehr: Ehr, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ehr, "answer", lambda path: (302, f"{ehr.address}/stolen"))
    host(ehr).cards(request_for(ehr))
    assert not [path for path, _ in ehr.asked if path.endswith("/stolen")]


def test_a_patient_id_cannot_leave_its_place_in_the_address(ehr: Ehr) -> None:
    body = request_for(ehr)
    body["context"]["patientId"] = "p1/../../admin?x=1&y"
    host(ehr).cards(body)
    assert not [path for path, _ in ehr.asked if "/admin" in path or "&y" in path]
