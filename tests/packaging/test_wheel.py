"""What is built is what is installed: a wheel in a clean environment finds its pages, texts, tables and migrations."""

from __future__ import annotations

import os
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.packaging.building import ROOT, run

SERVE = """
import json

from flask import Flask
from dentalpain import DentalPain
from dentalpain.practice.memory import MemoryPractice

class Somebody:
    id = "7"; name = "Dr. Example"

app = Flask(__name__)
app.secret_key = "clean environment"
patient = {"patient": {"id": "p", "name": "Ada Example", "birth_date": "1980-01-01", "sex": "female"}}
DentalPain().init_app(
    app, current_user=Somebody, authorize=lambda *who: True, practice=MemoryPractice({"p": patient}), store="sqlite:///kept.db"
)
client = app.test_client()
page = client.get("/pain/", follow_redirects=True)
style = client.get("/pain/static/dentalpain.css")
answer = client.post("/pain/api/v1/review", json={"record": patient, "prescribe": ["ibuprofen 400 mg q6h #12"]})
print(json.dumps([page.status_code, style.status_code, answer.status_code, len(answer.get_json()["flags"])]))
"""


@pytest.fixture(scope="module")
def clean(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The python of a new environment that holds the wheel, with the oldest marshmallow that we support."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    wheel = next(built.glob("*.whl"))
    wanted = [str(wheel), "marshmallow==3.26.*", "pytest", "hypothesis"]
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted, cwd=folder)
    return python


def test_the_wheel_and_the_sdist_hold_all_that_is_read_at_run_time(built: Path) -> None:
    held = {
        path.relative_to(ROOT).as_posix()
        for folder in ("dentalpain", "static")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ".toml", ".csv", ".html", ".css", ".js", ".svg", ".ttf", ".txt", ".md", ".sql"}
        and "__pycache__" not in path.parts
    }
    wheel = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    as_installed = {f"dentalpain/{path}" if path.startswith("static/") else path for path in held}
    assert as_installed - wheel == set()
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        source = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert held - source == set()


def test_a_host_in_a_clean_environment_serves_a_page_and_reviews_a_prescription(clean: Path, tmp_path: Path) -> None:
    page, style, answer, flags = eval(run(clean, "-W", "error::SyntaxWarning", "-c", SERVE, cwd=tmp_path))
    assert (page, style, answer) == (200, 200, 200)
    assert flags > 10  # nothing is recorded of this patient, so the rules about an NSAID are open


def test_the_installed_command_checks_its_own_knowledge(clean: Path, tmp_path: Path) -> None:
    command = clean.parent / ("dentalpain.exe" if os.name == "nt" else "dentalpain")
    run(command, "knowledge", "check", cwd=tmp_path)
    run(command, "db", "upgrade", "--store", "sqlite:///office.db", cwd=tmp_path)


def test_schemas_and_api_hold_with_the_oldest_marshmallow_that_is_supported(clean: Path) -> None:
    tests = ["tests/knowledge/test_schemas.py", "tests/practice/test_native.py", "tests/web/test_api.py"]
    run(clean, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", *tests, cwd=ROOT)
