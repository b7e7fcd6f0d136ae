"""Signals: sent when the work is committed and not before, with ids alone, and no receiver can break an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dentalpain import signals
from dentalpain.errors import StoreError
from dentalpain.storage.sql_store import SQLStore
from dentalpain.testing import Access, MemoryPractice

from .cds import SURGERY, CdsHost, asked, of_record, order, taking
from .samples import Host, Person

Heard = list[tuple[str, Any, dict[str, Any]]]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Everything that is sent while the test runs: name, sender, payload."""
    found: Heard = []

    def listen_to(signal: Any) -> Callable[..., None]:
        return lambda app, **told: found.append((signal.name, app, told))

    with ExitStack() as stack:
        for signal in signals.SIGNALS:
            stack.enter_context(signal.connected_to(listen_to(signal)))
        yield found


def names(heard: Heard) -> list[str]:
    return [name for name, _, _ in heard]


def told(heard: Heard, name: str) -> dict[str, Any]:
    [payload] = [payload for sent, _, payload in heard if sent == name]
    return payload


def test_opening_a_patient_says_that_the_chart_was_read(heard: Heard) -> None:
    host = Host()
    visit = host.open().rpartition("/")[2]
    assert names(heard) == ["chart_read"]
    _, app, payload = heard[0]
    assert app is host.app
    nothing_else = {"mount": "dentalpain", "actor": "user-7", "patient_ref": "ref-1", "assessment": visit, "rules": ()}
    assert payload == nothing_else


def test_a_page_with_alerts_names_the_rules_that_speak_and_no_rule_that_is_open(heard: Heard) -> None:
    host = Host()
    visit = host.open()
    heard.clear()
    host.client.get(visit)
    assert names(heard) == ["chart_read", "alert_shown"]
    # samples.SCREEN: RF-02 is present, RF-01 unknown; samples.REVIEW: OPI-BENZO speaks, OPI-OUD is unknown.
    assert told(heard, "alert_shown")["rules"] == ("RF-02", "OPI-BENZO")


def test_a_page_without_alerts_says_nothing_about_alerts(heard: Heard) -> None:
    host = Host()
    host.service.screen_result = {**host.service.screen_result, "red_flags": []}
    host.service.review_result = {**host.service.review_result, "flags": []}
    host.client.get(host.open())
    assert "alert_shown" not in names(heard)


def test_a_screen_is_completed_when_somebody_answered_and_not_again_without_a_new_answer(heard: Heard) -> None:
    host = Host()
    first = host.open()
    host.post(first, prescribe="ibuprofen 400 mg q6h #12")
    assert "screen_completed" not in names(heard)
    answered = host.post(first, **{"screener-1": "2"}).headers["Location"].split("#")[0]
    assert told(heard, "screen_completed")["rules"] == ("RF-02",)
    heard.clear()
    host.post(answered, **{"screener-1": "2", "prescribe": "naproxen 220 mg"})
    assert "screen_completed" not in names(heard)
    host.post(answered, **{"screener-1": "1"})
    assert "screen_completed" in names(heard)


@pytest.mark.parametrize("path", ["/handout", "/chart"])
def test_a_handout_is_told_of_when_it_was_printed_or_filed(heard: Heard, path: str) -> None:
    host = Host(config={"DENTALPAIN_FILE_DOCUMENTS": True})
    host.post(host.open() + path, topic="muscle-pain")
    assert told(heard, "handout_made")["patient_ref"] == "ref-1"


def test_what_was_refused_is_told_to_nobody(heard: Heard) -> None:
    host = Host()
    visit = host.open()
    heard.clear()
    host.post(visit + "/handout")  # nothing ticked
    host.post(visit + "/overrides", rule="OPI-BENZO")  # no reason
    host.granted = lambda actor, action, ref: False
    host.client.get(visit)
    assert heard == []


def test_two_mounts_are_told_apart(heard: Heard) -> None:
    host = Host(name="second", url_prefix="/second")
    host.client.post("/second/visits", data={"patient": "ref-1", "csrf_token": host.token("/second")})
    assert told(heard, "chart_read")["mount"] == "second"


# -- never before the commit -----------------------------------------------------------------------------------------


@pytest.fixture
def office(dentalpain_mount: Any, dentalpain_access: Access, tmp_path: Path) -> Flask:
    """A host with the real service over an SQLite file."""
    dentalpain_access.allow()
    app = Flask("office")
    app.config.update(SECRET_KEY="x", TESTING=True, DENTALPAIN_FILE_DOCUMENTS=True)
    record = {
        "patient": {"id": "ref-1", "birth_date": "1955-03-04", "sex": "female"},
        "medicines": ["alprazolam 0.5 mg twice daily"],
        "reviewed_on": {"medicines": "2026-11-20"},
    }
    store = SQLStore(address(tmp_path), create=True)
    return dentalpain_mount(app, practice=MemoryPractice({"ref-1": record}), store=store)  # type: ignore[no-any-return]  # the fixture is untyped for hosts


def address(folder: Path) -> str:
    return f"sqlite:///{(folder / 'pain.sqlite3').as_posix()}"


def send(client: Any, path: str, **data: str) -> Any:
    client.get("/pain/")
    with client.session_transaction() as session:
        token = session["_dentalpain_form"]
    return client.post(path, data={"csrf_token": token, **data})


def test_when_a_signal_arrives_another_connection_sees_what_it_speaks_of(
    office: Flask, heard: Heard, tmp_path: Path
) -> None:
    other = SQLStore(address(tmp_path))  # what a receiver sees through a connection of its own is committed
    seen: dict[str, list[Any]] = {}

    def look(name: str) -> Callable[..., None]:
        def receive(app: Any, **told: Any) -> None:
            last = other.trail(limit=1000)[-1].entry
            kept = other.find(told["assessment"]).patient_ref
            seen[name] = [last.action, last.patient_ref, kept, [one.rule for one in other.overrides(told["assessment"])]]

        return receive

    client = office.test_client()
    with ExitStack() as stack:
        for signal in signals.SIGNALS:
            stack.enter_context(signal.connected_to(look(signal.name), sender=office))
        visit = send(client, "/pain/visits", patient="ref-1").headers["Location"].split("#")[0]
        opioid = {"prescribe": "Norco 5/325 1 tab q6h prn #12", "indication": "simple_extraction", "screener-1": "2"}
        visit = send(client, visit, **opioid).headers["Location"].split("#")[0]
        client.get(visit)
        assert seen["chart_read"][:3] == seen["alert_shown"][:3] == ["see", "ref-1", "ref-1"]
        send(client, f"{visit}/overrides", rule="OPI-BENZO", **{"reason-text": "Zanzibar"})
        send(client, f"{visit}/handout", topic="after-extraction")
    assert seen["screen_completed"][:3] == ["save", "ref-1", "ref-1"]
    assert seen["alert_overridden"] == ["override", "ref-1", "ref-1", ["OPI-BENZO"]]
    assert told(heard, "alert_overridden")["rules"] == ("OPI-BENZO",) and "Zanzibar" not in str(heard)
    assert seen["handout_made"][:3] == ["print", "ref-1", "ref-1"]


@pytest.mark.parametrize(
    ("method", "signal"), [("save", "chart_read"), ("override", "alert_overridden"), ("append", "handout_made")]
)
def test_what_could_not_be_committed_is_told_to_nobody(
    office: Flask, heard: Heard, monkeypatch: pytest.MonkeyPatch, method: str, signal: str
) -> None:
    client = office.test_client()
    office.testing = False
    visit = send(client, "/pain/visits", patient="ref-1").headers["Location"].split("#")[0]
    opioid = {"prescribe": "Norco 5/325 1 tab q6h prn #12", "indication": "simple_extraction"}
    visit = send(client, visit, **opioid).headers["Location"].split("#")[0]
    with client.session_transaction() as session:
        token = session["_dentalpain_form"]
    heard.clear()

    def fail(*arguments: Any, **more: Any) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(SQLStore, method, fail)
    path, data = {
        "save": ("/pain/visits", {"patient": "ref-1"}),
        "override": (f"{visit}/overrides", {"rule": "OPI-BENZO", "reason": "tolerated_before"}),
        "append": (f"{visit}/handout", {"topic": "after-extraction"}),
    }[method]
    assert client.post(path, data={"csrf_token": token, **data}).status_code == 500
    assert signal not in names(heard)


# -- receivers -------------------------------------------------------------------------------------------------------


def test_a_receiver_that_raises_breaks_no_answer_and_keeps_nobody_else_from_hearing(
    heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(app: Any, **told: Any) -> None:
        raise RuntimeError("Zanzibar")

    host = Host()
    with signals.chart_read.connected_to(broken), caplog.at_level(logging.ERROR):
        assert host.post("/pain/visits", patient="ref-1").status_code == 303
    assert names(heard) == ["chart_read"]
    [line] = [record.getMessage() for record in caplog.records if "receiver" in record.getMessage()]
    assert "chart_read raised RuntimeError in broken line" in line
    assert "Zanzibar" not in caplog.text  # a message could hold a patient's words


def test_a_host_that_mutes_a_signal_hears_nothing(heard: Heard) -> None:
    with signals.chart_read.muted():
        Host().open()
    assert "chart_read" not in names(heard)


def test_cards_and_feedback_of_cds_hooks_are_told_as_alerts(heard: Heard) -> None:
    host = CdsHost()
    drafted = order("Norco 5/325", "1 tab every 6 hours as needed, #12", reasonCode=SURGERY)
    card = host.cards(asked(drafted, prefetch=of_record(taking("alprazolam 0.5 mg bid"))))[0]
    payload = told(heard, "alert_shown")
    assert payload["rules"][0] == card["source"]["topic"]["code"] == "OPI-BENZO"
    assert payload["patient_ref"] == "p1" and payload["assessment"] is None
    entry = {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-11-24T09:31:00Z"}
    host.client.post("/cds-services/dentalpain-order-sign/feedback", json={"feedback": [entry]})
    assert told(heard, "alert_overridden")["rules"] == ("OPI-BENZO",)


def test_the_person_of_a_signal_is_an_id_and_not_a_name(heard: Heard) -> None:
    host = Host()
    host.person = Person("user-9", "Dr. Nameable")
    host.client.get(host.open())
    assert {payload["actor"] for _, _, payload in heard} == {"user-9"}
    assert "Nameable" not in str([payload for _, _, payload in heard])
