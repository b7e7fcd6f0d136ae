"""Charts over a FHIR server: what came is read, and what did not come is unknown and says so."""

from __future__ import annotations

import datetime as dt
import sys
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dentalpain.clinical.record import Record
from dentalpain.errors import (
    AccessDenied,
    NotAnsweredError,
    PracticeError,
    SettingsError,
    SignInError,
    UnknownNameError,
)
from dentalpain.fhir.unread import REASONS
from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.load import load_knowledge
from dentalpain.practice.fhir_server import FhirServer, FixedAccess, Limits
from dentalpain.practice.fhir_server.appointments import listed
from dentalpain.practice.fhir_server.transport import Transport
from dentalpain.practice.files import read_document
from dentalpain.settings import read_settings
from dentalpain.testing import check_practice_software
from tests.practice.fhir_stub import Stub
from tests.practice.fhir_stub.charts import ANN, BO

ON = dt.date(2026, 11, 24)
QUICK = Limits(answer_seconds=1.0, total_seconds=6.0, most_bytes=100_000)
CHICAGO = dt.timezone(dt.timedelta(hours=-6))


def record_of(base: str, ref: str = ANN, limits: Limits = QUICK) -> Record:
    held = tools(load_knowledge())
    found: Any = FhirServer(base, limits=limits).find_record(ref, ON)
    return read_document(found, on=ON, vocabulary=held.vocabulary, names=held.names)


def unread(record: Record) -> dict[str, str]:
    return {entry.what: entry.why for entry in record.not_read if entry.why in REASONS.values()}


# -- a server that answers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("modes", [(), ("paging",), ("no_include",), ("no_location",)])
def test_a_fhir_server_keeps_the_contract(stub: Stub, modes: tuple[str, ...]) -> None:
    server = FhirServer(stub.base(*modes), "a-token", file_documents=True, zone=CHICAGO)
    check_practice_software(server, ANN, "pt-99", ON, files=True)


def test_every_list_of_a_chart_is_read_and_stands_as_reviewed(stub: Stub) -> None:
    record = record_of(stub.base())
    assert record.name == "Ann Berg" and record.sex == "female" and str(record.birth) == "1955-02-01"
    assert [one.text for one in record.problems] == ["high blood pressure", "atrial fibrillation", "osteoarthritis"]
    assert [one.text for one in record.allergies] == ["Codeine"]
    assert any("warfarin" in one.prescription.text for one in record.medicines)  # its name stands in an included Medication
    assert {name: review.date for name, review in record.reviewed.items()} == dict.fromkeys(
        ("problems", "allergies", "medicines"), dt.date(2026, 11, 20)
    )
    assert any(one.fact == "egfr" and one.value == 29 for one in record.statements)
    assert unread(record) == {}


def test_the_pages_of_a_search_are_put_together(stub: Stub) -> None:
    base = stub.base("paging")
    assert len(record_of(base).problems) == 3
    assert len(stub.paths(base, "Condition")) == 3  # one entry a page


def test_a_next_page_may_be_named_without_its_server(stub: Stub) -> None:
    assert len(record_of(stub.base("paging", "relative")).problems) == 3


def test_each_search_names_the_patient_and_carries_the_token(stub: Stub) -> None:
    base = stub.base()
    FhirServer(base, "a-token").find_record(ANN, ON)
    asked = stub.seen(base)
    searches = [parse_qs(urlsplit(one["path"]).query) for one in asked if "?" in one["path"]]
    assert len(searches) == 11 and all(search["patient"] == [ANN] for search in searches)
    assert {one["authorization"] for one in asked} == {"Bearer a-token"}


def test_a_server_without_includes_is_asked_without_them(stub: Stub) -> None:
    record = record_of(stub.base("no_include"))
    assert unread(record) == {} and len(record.medicines) == 2


def test_a_server_that_gives_measurements_by_category_is_asked_by_category(stub: Stub) -> None:
    record = record_of(stub.base("by_category"))
    assert unread(record) == {} and {"egfr", "weight_kg"} <= {one.fact for one in record.statements}


def test_a_server_that_holds_medicines_as_requests_alone_is_believed(stub: Stub) -> None:
    record = record_of(stub.base("requests_alone"), BO)  # whose list names a request
    assert unread(record) == dict.fromkeys(("MedicationStatement", "MedicationDispense"), REASONS["absent"])
    assert len(record.medicines) == 1 and record.reviewed["medicines"].date == dt.date(2026, 11, 20)


def test_it_is_not_believed_where_its_list_names_a_statement(stub: Stub) -> None:
    record = record_of(stub.base("requests_alone"), ANN)
    assert unread(record)["MedicationStatement"] == REASONS["withheld"] and "medicines" not in record.reviewed


def test_resources_of_somebody_else_are_left_out(stub: Stub) -> None:
    record = record_of(stub.base("stranger"), BO)  # a server that takes no notice of patient=
    assert record.problems == () and record.allergies == ()
    assert any(entry.what == "3 × Condition" for entry in record.not_read)


# -- a server that fails -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("fault_once", "fault"), ("outcome", "unreadable"), ("garbage", "unreadable"), ("zipped", "unreadable"),
        ("large", "large"), ("redirect", "elsewhere"), ("cut_off", "unreachable"), ("hung", "late"), ("long_pause", "busy"),
    ],
)  # fmt: skip
def test_a_search_that_failed_leaves_its_list_unknown_and_the_others_standing(stub: Stub, mode: str, reason: str) -> None:
    base = stub.base(mode)
    record = record_of(base)
    assert unread(record) == {"Condition": REASONS[reason]}
    assert record.problems == () and "problems" not in record.reviewed
    assert set(record.reviewed) == {"allergies", "medicines"} and len(record.allergies) == 1
    assert len(stub.paths(base, "Condition")) == 1  # what is not busy is not asked again


@pytest.mark.parametrize(
    ("mode", "reason"), [("foreign", "elsewhere"), ("loop", "cut"), ("short", "cut"), ("warned", "cut")]
)
def test_a_search_that_did_not_come_whole_keeps_what_came_and_proves_nothing(stub: Stub, mode: str, reason: str) -> None:
    record = record_of(stub.base(mode))
    assert unread(record) == {"Condition": REASONS[reason]}
    assert len(record.problems) == 3 and "problems" not in record.reviewed


def test_too_many_pages_are_cut_off_and_said(stub: Stub) -> None:
    record = record_of(stub.base("paging"), limits=Limits(most_pages=2))
    assert len(record.problems) == 2 and unread(record)["Condition"] == REASONS["cut"]


@pytest.mark.parametrize(("mode", "reason"), [("forbidden", "refused"), ("not_offered", "absent")])
def test_allergies_that_may_not_be_read_are_unknown_and_the_words_of_the_server_are_not_repeated(
    stub: Stub, mode: str, reason: str
) -> None:
    record = record_of(stub.base(mode))
    assert unread(record) == {"AllergyIntolerance": REASONS[reason]}
    assert "allergies" not in record.reviewed and "problems" in record.reviewed
    assert not any("Ann Berg" in entry.why + entry.what for entry in record.not_read)


def test_a_list_that_names_more_than_came_proves_nothing(stub: Stub) -> None:
    record = record_of(stub.base("list_more"))
    assert unread(record) == {"AllergyIntolerance": REASONS["withheld"]} and "allergies" not in record.reviewed


def test_a_remark_of_the_server_takes_nothing_away(stub: Stub) -> None:
    assert unread(record_of(stub.base("informed"))) == {}


# -- patience ----------------------------------------------------------------------------------------------------------


def test_a_busy_server_is_asked_again_after_the_time_that_it_names(stub: Stub) -> None:
    base, started = stub.base("busy_once"), time.monotonic()
    record = record_of(base)
    assert time.monotonic() - started >= 1.0  # Retry-After: 1
    assert len(record.problems) == 3 and len(stub.paths(base, "Condition")) == 2


def test_a_server_that_stays_busy_is_asked_three_times(stub: Stub) -> None:
    base = stub.base("away")
    assert unread(record_of(base)) == {"Condition": REASONS["busy"]}
    assert len(stub.paths(base, "Condition")) == 3


def test_a_server_that_drips_its_answer_does_not_hold_anybody_up(stub: Stub) -> None:
    started = time.monotonic()
    record = record_of(stub.base("drip"), limits=Limits(answer_seconds=1.0, total_seconds=1.5))
    assert time.monotonic() - started < 3.0 and unread(record)["Condition"] == REASONS["late"]


def test_an_address_on_another_server_is_refused_before_a_byte_is_sent(stub: Stub) -> None:
    base = stub.base()
    transport = Transport(base, FixedAccess("a-token"))
    for other in (base.replace("127.0.0.1", "localhost"), base.replace("http:", "https:"), "https://ehr.example/r4", "file:///etc/passwd"):
        with pytest.raises(NotAnsweredError, match="another server"):
            transport.read(other, transport.until())
    assert stub.seen(base) == []


@pytest.mark.parametrize("mode", ["foreign", "redirect"])
def test_the_token_never_goes_to_another_server(stub: Stub, mode: str) -> None:
    base = stub.base(mode)
    record_of(base)
    assert not [one for one in stub.seen(base) if "stolen" in one["path"] or one["host"].startswith("localhost")]


# -- one patient -------------------------------------------------------------------------------------------------------


def test_a_chart_that_was_merged_into_another_is_nobodys(stub: Stub) -> None:
    with pytest.raises(UnknownNameError):
        FhirServer(stub.base("merged")).find_record(BO, ON)


@pytest.mark.parametrize("ref", [".", "..", "pt-17/../pt-42", "pt-17?x=1", "pt_17", "pt-17\n"])
def test_a_reference_never_leaves_its_place_in_the_address(stub: Stub, ref: str) -> None:
    base = stub.base()
    with pytest.raises(UnknownNameError):
        FhirServer(base).find_record(ref, ON)
    assert stub.seen(base) == []


def test_a_token_that_the_server_does_not_take_reads_nothing(stub: Stub) -> None:
    with pytest.raises(SignInError, match="no longer accepts this sign-in"):
        FhirServer(stub.base("smart"), "not-a-token").find_record(ANN, ON)


def test_a_patient_whom_the_server_withholds_is_denied(stub: Stub) -> None:
    with pytest.raises(AccessDenied):
        FhirServer(stub.base("withheld")).find_record(BO, ON)


def test_without_urllib3_the_host_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "urllib3", None)
    with pytest.raises(SettingsError, match=r"dentalpain\[fhir\]"):
        FhirServer("https://ehr.example/r4")
    with pytest.raises(SettingsError, match=r"DENTALPAIN_CDS_FHIR_SERVERS: .* dentalpain\[fhir\]"):
        read_settings({"DENTALPAIN_CDS_FHIR_SERVERS": ["https://ehr.example/r4"]})


def test_a_server_that_is_not_there_is_a_practice_error() -> None:
    with pytest.raises(NotAnsweredError, match="could not be reached"):
        FhirServer("http://127.0.0.1:9/r4").find_record(ANN, ON)


@pytest.mark.parametrize(
    "base",
    ["http://ehr.example/r4", "ftp://ehr.example", "ehr.example", "https://me:pw@ehr.example", "https://ehr.example/?x=1", ""],
)
def test_a_base_that_would_send_a_chart_in_the_clear_is_refused_at_start(base: str) -> None:
    with pytest.raises(SettingsError, match="https://"):
        FhirServer(base)


# -- the list of a day -------------------------------------------------------------------------------------------------


def test_the_day_shows_who_is_expected_in_the_time_of_the_office(stub: Stub) -> None:
    listed = FhirServer(stub.base(), zone=CHICAGO).patients_on(ON)
    # 14:00Z and 15:30Z are 8:00 and 9:30 at UTC-6; the cancelled one and tomorrow's are not there
    assert [(one.ref, one.name, one.time, one.reason) for one in listed] == [
        (BO, "Ruiz, Bo", dt.time(8, 0), "Checkup"),
        (ANN, "Berg, Ann", dt.time(9, 30), "Extraction"),
    ]


def test_the_day_is_asked_for_from_midnight_to_midnight_of_the_office(stub: Stub) -> None:
    base = stub.base()
    FhirServer(base, zone=CHICAGO).patients_on(ON)
    asked = parse_qs(urlsplit(stub.paths(base, "Appointment")[0]).query)
    assert asked["date"] == ["ge2026-11-24T00:00:00-06:00", "lt2026-11-25T00:00:00-06:00"]


def test_a_day_without_the_names_of_its_patients_still_opens_them(stub: Stub) -> None:
    assert [one.name for one in FhirServer(stub.base("no_include"), zone=CHICAGO).patients_on(ON)] == ["Name not recorded"] * 2


def test_an_appointment_without_a_time_comes_last_and_without_a_reason_says_none() -> None:
    cy = {"reference": "https://ehr.example/r4/Patient/17", "display": "Cy Ode"}
    people = [{"actor": cy}, {"actor": {"reference": "Patient/18/x"}}]
    planned = {"resourceType": "Appointment", "status": "pending", "participant": people}
    booked = {**planned, "status": "booked", "start": "2026-11-24T09:00:00-06:00", "description": "Pain"}
    entries = [{"resource": one} for one in (planned, booked, {**booked, "start": "2026-11-24T23:00:00-05:00", "status": "noshow"})]
    found = listed(entries, ON, CHICAGO, "https://ehr.example/r4")
    assert [(one.ref, one.name, one.time, one.reason) for one in found] == [
        ("17", "Cy Ode", dt.time(9), "Pain"),
        ("17", "Cy Ode", None, ""),
    ]


def test_a_list_that_did_not_come_whole_is_not_shown_as_the_day(stub: Stub) -> None:
    with pytest.raises(PracticeError, match="more than was read"):
        FhirServer(stub.base("paging"), limits=Limits(most_pages=1), zone=CHICAGO).patients_on(ON)
