"""The CDS Hooks example does what its page says, also as a server of its own."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
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


FLASK = ["-m", "flask", "--app", "examples.cds_hooks.app", "run", "--port", "PORT"]
GUNICORN = ["-m", "gunicorn", "--bind", "127.0.0.1:PORT", "examples.cds_hooks.app:app"]


@pytest.fixture(params=[FLASK, GUNICORN], ids=["flask", "gunicorn"], scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The port of the example, run as its page says, and the file of all that it prints and logs."""
    if request.param is GUNICORN and os.name == "nt":
        pytest.skip("gunicorn does not run on Windows")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, *(part.replace("PORT", port) for part in request.param)]
    printed = tmp_path_factory.mktemp("server") / "log"
    with printed.open("wb") as log:
        started = subprocess.Popen(
            command, cwd=FOLDER.parents[1], env={**os.environ, CLOCK: "2022-05-01"}, stdout=log, stderr=log
        )
        try:
            assert len(asked(port)["services"]) == 3
            yield port, printed
        finally:
            started.terminate()
            started.wait(10)


def asked(port: str) -> Any:
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/cds-services", timeout=10) as response:
                return json.load(response)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


CURL = re.findall(r"^curl (?:.*\\\n)*.*?$(?:\n  .*$)*", (FOLDER / "README.md").read_text(encoding="utf-8"), re.M)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl: install curl")
def test_every_line_of_the_page_is_answered_by_a_real_server_which_logs_nothing_of_its_patients(
    server: tuple[str, Path],
) -> None:
    port, printed = server
    answers = []
    for line in CURL:
        command = line.replace(":8000", f":{port}").replace("curl ", "curl --silent --show-error --fail ", 1)
        done = subprocess.run(["bash", "-c", command], cwd=FOLDER.parents[1], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        answers.append(json.loads(done.stdout))
    topics = [[card["source"]["topic"]["code"] for card in answer["cards"]] for answer in answers if "cards" in answer]
    # In the order of the page: ibuprofen without a hazard, Norco beside alprazolam, nothing known, selecting, opening.
    assert topics[0] == [] and "OPI-BENZO" in topics[1] and topics[2] == ["NOT-CHECKED"] and "OPI-BENZO" in topics[4]
    assert answers[-1] == {"stored": 0}  # the page says: put the uuid of a card where the zeros are
    logged = printed.read_text(encoding="utf-8")
    bodies = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "requests").iterdir())
    words = set(re.findall(r'"(?:birthDate|text)": "([^"]{8,})"', bodies))
    assert "1975-09-14" in words and not [word for word in words if word in logged]
