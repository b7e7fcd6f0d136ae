"""The page "Embed it in ten minutes", followed as it stands there in a clean virtual environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "embed.md"
PORT = "5000"  # as on the page

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the page is for a shell: no Windows"),
    pytest.mark.skipif(shutil.which("curl") is None, reason="no curl: install curl"),
]


@dataclass
class Steps:
    """The fenced blocks of the page in their order, each with its language."""

    blocks: list[tuple[str, str]]

    def taking(self, language: str, words: str) -> str:
        """The next block; it has to be this one, so that a step that is added is not left out."""
        found, text = self.blocks.pop(0)
        assert found == language and words in text, f"the next step is another one:\n{text}"
        return text


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """An empty folder; "dentalpain" is the wheel that was built, instead of what an index has."""
    wheel = next(built.glob("*.whl"))
    (tmp_path / "constraints.txt").write_text(f"dentalpain @ {wheel.as_uri()}\n", encoding="utf-8")
    here = tmp_path / "empty"
    here.mkdir()
    return here


def shell(folder: Path, text: str) -> str:
    """What a block of the page prints; it is run as it stands there."""
    done = subprocess.run(["bash", "-euc", text], cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{text}\n{done.stdout[-1500:]}{done.stderr[-1500:]}"
    return done.stdout


def environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_", "DENTALPAIN_", "FLASK_"))}
    return {**kept, "PIP_CONSTRAINT": str(folder.parent / "constraints.txt"), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


@pytest.fixture
def server(folder: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        process.terminate()
        process.wait(10)


def wait_for(address: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                assert answer.status == 200
                return
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_whoever_follows_the_page_has_a_host_that_answers(
    folder: Path, server: list[subprocess.Popen[bytes]], free_port: str
) -> None:
    steps = Steps(re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8").replace(PORT, free_port), re.S))
    shell(folder, steps.taking("sh", "pip install"))
    ten_lines = steps.taking("python", "DentalPain().init_app")
    assert len([line for line in ten_lines.splitlines() if line.strip()]) <= 10
    (folder / "app.py").write_text(ten_lines, encoding="utf-8")
    shell(folder, steps.taking("sh", "dentalpain check"))
    run = ["bash", "-euc", "exec " + steps.taking("sh", "run --port")]
    server.append(subprocess.Popen(run, cwd=folder, env=environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    wait_for(f"http://127.0.0.1:{free_port}/pain/")
    with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/pain/", timeout=10) as page:
        assert "Ann Example" in page.read().decode()  # there is somebody to open
    review = json.loads(shell(folder, steps.taking("sh", "curl")))
    # As the page says: alprazolam is a benzodiazepine, Norco holds hydrocodone.
    assert "OPI-BENZO" in [flag["rule"] for flag in review["flags"] if flag["answer"] == "yes"]
    assert review["questions"] and steps.blocks == []
    assert (folder / "instance" / "dentalpain.sqlite3").is_file()
