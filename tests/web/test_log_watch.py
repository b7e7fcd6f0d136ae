"""The search of the logs can fail: a name, a date of birth, an answer or a traceback in any library's log is found."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.log_watch import SHORTEST_NAME, WEB_SAMPLE, Watch, words_of, words_of_bundle, words_of_patients

from .samples import NAME

ROOT = Path(__file__).parents[2]
RECORD = {
    "patient": {"id": "p1", "name": "Ottoline Quillfeather", "birth_date": "1903-02-01"},
    "problems": ["aches since the bicycle fell on her"],
    "medicines": [{"text": "aspirin", "source": "the chart of another office"}],
}
BUNDLE = {
    "entry": [
        {"resource": {"resourceType": "Patient", "birthDate": "1904-05-06", "name": [{"given": ["Ivo"], "family": "Umberweather"}],
                      "address": [{"line": ["99 Nowhere Lane"]}]}},
        {"resource": {"resourceType": "Condition", "note": [{"text": "cannot chew an apple"}]}},
    ]
}  # fmt: skip


@pytest.fixture
def watch() -> Watch:
    return Watch(words_of(RECORD) | words_of_bundle(BUNDLE))


@pytest.fixture
def log(watch: Watch) -> logging.Logger:
    """A logger that reaches this watch alone: the one of the test run is not to be alarmed."""
    logger = logging.Logger("some.library")
    logger.addHandler(watch)
    return logger


@pytest.mark.parametrize(
    "said",
    [
        "Ottoline Quillfeather", "Quillfeather, Ottoline", "user quillfeather came", "born 1903-02-01", "name=['Umberweather']",
        "she ACHES since the bicycle fell on her", "99 Nowhere Lane", "cannot chew an apple",
    ],
)  # fmt: skip
def test_what_belongs_to_a_patient_is_found(watch: Watch, log: logging.Logger, said: str) -> None:
    log.debug("seen: %s", said)
    assert watch.take() and not watch.take()
    log.debug("seen: %s", said)
    assert watch.take(), "also when it is logged again"


@pytest.mark.parametrize("said", ["patient p1 opened", "rule NSAID-EGFR30", "aspirin", "the chart of another office", "2026-11-24"])
def test_ids_rules_and_words_of_our_own_are_not(watch: Watch, log: logging.Logger, said: str) -> None:
    log.error("seen: %s", said)
    assert watch.take() == []


def test_tracebacks_extras_and_broken_messages_are_searched_too(watch: Watch, log: logging.Logger) -> None:
    try:
        raise ValueError("Ottoline " + "Quillfeather")
    except ValueError:
        log.exception("failed")
    log.info("a form", extra={"form": {"name": "Quill" + "feather"}})
    log.info("%d", "1903-" + "02-01")
    assert len([line for line in watch.take() if "seen" not in line]) >= 3


def test_the_examples_give_names_days_and_texts_to_look_for() -> None:
    words = words_of_patients()
    assert {"Margaret Oyelaran", "Oyelaran", "1955-03-04", "Chronic kidney disease stage 4", "Delia Marsh"} <= words
    assert not {word for word in words if len(word) < SHORTEST_NAME}
    assert NAME.endswith(f" {WEB_SAMPLE}") and WEB_SAMPLE in words


@pytest.mark.parametrize(
    "workers", [pytest.param([], id="alone"), pytest.param(["-n", "1"], id="with xdist", marks=pytest.mark.nightly)]
)
def test_a_patients_name_in_a_log_fails_the_test_and_outside_of_tests_the_run(tmp_path: Path, workers: list[str]) -> None:
    (tmp_path / "test_leak.py").write_text(
        "import logging\n"
        "def test_quiet(): pass\n"
        "def test_loud(): logging.getLogger('sqlalchemy.engine').info('row %s', 'Margaret Oyelaran')\n",
        encoding="utf-8",
    )
    (tmp_path / "conftest.py").write_text(
        "import logging\ndef pytest_sessionfinish(): logging.getLogger('x').debug('goodbye, Delia Marsh')\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "-q", "-p", "no:cacheprovider", "-p", "tests.log_watch", *workers]
    done = subprocess.run([*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    within, _, outside = done.stdout.partition("logged outside of a test")
    assert "ERROR" in within and "test_loud" in within and "margaret oyelaran" in within
    assert "2 passed, 1 error" in outside and "delia marsh" in outside  # the bodies passed, and the logs did not
