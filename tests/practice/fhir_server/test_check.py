"""`dentalpain check` asks the FHIR server of a host whether it is one that can be read."""

from __future__ import annotations

import logging
import os
from typing import Any

import pytest

from dentalpain.errors import PracticeError, SettingsError
from dentalpain.practice.fhir_server import FhirServer, Limits, SmartClient
from dentalpain.practice.fhir_server.shelf import MemoryShelf
from dentalpain.web.smart import SmartLaunch
from tests.practice.fhir_stub import Stub

QUICK = Limits(answer_seconds=1.0, total_seconds=3.0)


def test_a_server_of_r4_is_fit_and_says_what_it_does_not_offer(stub: Stub) -> None:
    told = FhirServer(stub.base(), limits=QUICK).check()
    assert told == "the server answers with FHIR R4; it names every search that is made; filing is off"
    told = FhirServer(stub.base("requests_alone"), "a-token", limits=QUICK, file_documents=True).check()
    assert "no search for MedicationDispense" in told and "accepts the token" in told and "are filed there" in told


def test_a_check_asks_for_nobodys_record(stub: Stub) -> None:
    base = stub.base()
    FhirServer(base, "a-token", limits=QUICK).check()
    asked = [one["path"].partition("/r4/")[2] for one in stub.seen(base)]
    assert asked == ["metadata", "Patient/dentalpain-check-of-nobody"]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("no_metadata", "did not say what it can do"),
        ("other_page", "no CapabilityStatement"),
        ("newer", "another version than R4"),
        ("token_refused", "no longer accepts"),
    ],
)
def test_a_server_that_cannot_be_read_is_named_with_its_mend_and_without_its_words(stub: Stub, mode: str, words: str) -> None:
    with pytest.raises(PracticeError, match=words) as raised:
        FhirServer(stub.base(mode), "a-token", limits=QUICK).check()
    assert "Ann Berg" not in str(raised.value)


def test_a_host_of_smart_is_told_that_one_process_holds_its_sign_ins(stub: Stub) -> None:
    client = SmartClient("us", "http://127.0.0.1/smart/callback", [stub.base("smart")], limits=QUICK)
    told = SmartLaunch(client).practice.check()
    assert "SMART sign-in" in told and "memory of one process" in told
    shared: Any = object()
    assert "are shared" in SmartLaunch(client, shelf=shared, waiting=shared).practice.check()


def test_several_workers_without_a_shared_shelf_do_not_start(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    client = SmartClient("us", "http://127.0.0.1/smart/callback", [stub.base("smart")], limits=QUICK)
    monkeypatch.setenv("WEB_CONCURRENCY", "4")
    with pytest.raises(SettingsError, match="one worker"):
        SmartLaunch(client)
    shared: Any = object()
    SmartLaunch(client, shelf=shared, waiting=shared)
    monkeypatch.setenv("WEB_CONCURRENCY", "1")
    SmartLaunch(client)


def test_a_key_of_another_process_is_told_to_the_operator(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = MemoryShelf()
    key = shelf.put("grant", 60)
    assert shelf.get(key) == "grant" and not caplog.records
    monkeypatch.setattr(os, "getpid", lambda: 1)
    with caplog.at_level(logging.ERROR):
        MemoryShelf().get(key)
    assert "several workers" in caplog.text and key not in caplog.text
