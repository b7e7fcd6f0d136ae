"""The CDS Hooks example does what its page says, also as a server of its own."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from examples.cds_hooks.app import CLOCK, create_app, tell_time
from tests.web.cds_schemas import RESPONSE, check

FOLDER = Path(__file__).parents[2] / "examples" / "cds_hooks"
DAY = dt.datetime(2022, 5, 1, 9, 30, tzinfo=dt.UTC)
SAID = {
    "order-sign-ibuprofen.json": [],
    "order-sign-nothing-known.json": ["NOT-CHECKED"],
    "order-sign-norco-alprazolam.json": ["OPI-BENZO"],
    "order-select-two-orders.json": [],
    "patient-view.json": ["OPI-BENZO"],
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_each_example_request_is_answered_as_its_page_says(name: str) -> None:
    body = json.loads((FOLDER / "requests" / name).read_text(encoding="utf-8"))
    client = create_app(clock=lambda: DAY, config={"TESTING": True}).test_client()
    response = client.post(f"/cds-services/dentalpain-{body['hook']}", json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    answer: dict[str, Any] = response.get_json()
    check(answer, RESPONSE)
    topics = [card["source"]["topic"]["code"] for card in answer["cards"]]
    assert set(SAID[name]) <= set(topics) and (SAID[name] or name.startswith("order-select") or not topics)


def test_every_request_is_shown_on_the_page() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"requests/([\w-]+\.json)", page)) == set(SAID)
    assert set(SAID) == {path.name for path in (FOLDER / "requests").iterdir()}


def test_the_clock_can_be_set_to_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CLOCK, "2022-05-01")
    assert tell_time().date() == dt.date(2022, 5, 1)
    monkeypatch.delenv(CLOCK)
    assert tell_time().date() == dt.datetime.now().astimezone().date()


def test_it_runs_as_a_server_with_its_services_at_the_root() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "flask", "--app", "examples.cds_hooks.app", "run", "--port", str(port)]
    environment = {**os.environ, CLOCK: "2022-05-01"}
    started = subprocess.Popen(
        command, cwd=FOLDER.parents[1], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert len(asked(port)["services"]) == 3
    finally:
        started.terminate()
        started.wait(10)


def asked(port: int) -> Any:
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/cds-services", timeout=10) as response:
                return json.load(response)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
