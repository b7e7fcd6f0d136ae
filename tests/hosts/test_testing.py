"""What a host gets for its own tests: fakes, fixtures that load nothing until they are asked for, and the contract."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import coverage
import pytest

from dentalpain.testing import Access, FixedClock, MemoryPractice, MemoryStore, PracticeContract
from examples.office import STORY_DAY
from examples.office.schedule import open_practice

from .office import an_app, open_visit


class TestTheAdapterInMemory(PracticeContract):
    known_ref, unknown_ref, day, files = "ref-1", "ref-2", STORY_DAY, True

    @pytest.fixture
    def adapter(self, dentalpain_practice: MemoryPractice) -> MemoryPractice:
        return dentalpain_practice


class TestTheFilesOfTheExampleOffice(PracticeContract):
    known_ref, unknown_ref, day, files = "office-1042", "office-1", STORY_DAY, True

    @pytest.fixture
    def adapter(self) -> MemoryPractice:
        return open_practice()


class Forgetful(MemoryPractice):
    def find_record(self, patient_ref: str, on: dt.date) -> Any:
        return {"patient": {}}


def test_an_adapter_that_invents_patients_does_not_pass_the_contract() -> None:
    class Suite(PracticeContract):
        known_ref, unknown_ref, day = "ref-1", "ref-2", STORY_DAY

    with pytest.raises(AssertionError, match="raises UnknownNameError"):
        Suite().test_a_reference_that_nobody_has_is_refused_and_not_repeated(Forgetful({}))


def test_nothing_is_granted_until_a_test_says_so(dentalpain_mount: Any, dentalpain_access: Access) -> None:
    client = dentalpain_mount(an_app()).test_client()
    assert client.get("/pain/").status_code == 403
    dentalpain_access.allow("list")
    assert client.get("/pain/").status_code == 200
    dentalpain_access.deny()
    assert client.get("/pain/").status_code == 403
    assert ("user-7", "list", None) in dentalpain_access.asked


def test_access_can_be_granted_for_one_patient_alone(dentalpain_access: Access) -> None:
    dentalpain_access.allow("see", patient_ref="ref-1")
    granted = [dentalpain_access.authorize(dentalpain_access.person, "see", ref) for ref in ("ref-1", "ref-2", None)]  # type: ignore[arg-type]  # somebody is signed in
    assert granted == [True, False, True]
    assert not dentalpain_access.authorize(dentalpain_access.person, "print", "ref-1")  # type: ignore[arg-type]  # somebody is signed in


def test_the_fakes_carry_a_patient_to_a_kept_visit_on_the_day_of_the_clock(
    dentalpain_mount: Any, dentalpain_access: Access, dentalpain_store: MemoryStore, dentalpain_clock: FixedClock
) -> None:
    dentalpain_access.allow()
    dentalpain_clock.move_to(dt.datetime(2027, 1, 5, 8, 0, tzinfo=dt.UTC))
    open_visit(dentalpain_mount(an_app()).test_client())
    kept = dentalpain_store.latest("ref-1")
    assert kept is not None and kept.assessment.on == dt.date(2027, 1, 5)


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="with its zone"):
        FixedClock(dt.datetime(2026, 11, 24))


# -- the plugin in somebody's project ----------------------------------------------------------------------------------

THEIRS = """
import sys
def test_theirs():
    heavy = {"dentalpain", "flask", "sqlalchemy", "alembic", "reportlab", "marshmallow"} & set(sys.modules)
    assert "pytest_dentalpain" in sys.modules and not heavy, heavy
def test_ours(dentalpain_store):
    assert dentalpain_store.tip().number == 0
"""


def test_pytest_loads_the_plugin_everywhere_and_with_it_nothing_of_ours(tmp_path: Path) -> None:
    (tmp_path / "test_theirs.py").write_text(THEIRS, encoding="utf-8")
    ini = tmp_path / "pytest.ini"
    ini.write_text("[pytest]\nfilterwarnings = error\n", encoding="utf-8")
    # With coverage of dentalpain a plugin that had imported the package would be a warning, here an error.
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(ini)]
    command += ["--cov=dentalpain", "--cov-report="]
    done = subprocess.run([*command, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0 and "2 passed" in done.stdout, done.stdout + done.stderr
    assert "already-imported" not in done.stdout + done.stderr
    measured = coverage.CoverageData(str(tmp_path / ".coverage"))
    measured.read()
    [init] = [name for name in measured.measured_files() if Path(name).match("dentalpain/__init__.py")]
    assert measured.lines(init), "the import of the package was seen"
