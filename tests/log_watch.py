"""No name, answer or free text in logs: everything that is logged in a test run is searched for those of its patients.

A plugin of pytest that conftest.py registers. It listens at the root logger, at DEBUG and to every library, and fails the
test in which a record holds what belongs to a patient; what is logged outside of a test fails the whole run.
"""

from __future__ import annotations

import json
import logging
import os
import re
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

PATIENTS = Path(__file__).parent.parent / "examples" / "patients"
LIBRARIES = ("alembic", "flask", "sqlalchemy", "urllib3", "werkzeug")
# Engines that a test makes for itself, to fill tables or to be a host: ours log under a name of their own.
OTHERS = {"sqlalchemy.engine.Engine"}
SHORTEST_NAME = 6  # "Bell" and "Raman" alone are words of medicine; with the first name before them they are people
WEB_SAMPLE = "Lovelace"  # who stands on the pages of tests/web
SHORTEST_TEXT = 15  # a shorter one, such as "naproxen", is a word of our own

# Members that say what kind of thing stands there: codes, units and the like are no words of a patient.
CODED = {"system", "code", "unit", "url", "resourceType", "status", "reference", "id", "instrument", "source", "use", "profile"}


# Members that every record has; Python 3.12 adds one, pytest another.
USUAL = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}


class Watch(logging.Handler):
    """Searches each record; `found` tells which kind of word stood in the records of which logger."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(logging.DEBUG)
        self.words = sorted({word.casefold() for word in words})
        self.found: list[str] = []
        self.seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if record.name in OTHERS:
            return
        text = told(record).casefold()
        if text in self.seen:
            return
        self.seen.add(text)
        for word in self.words:
            if word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                self.found.append(f"{record.name} ({record.levelname}) logged {word!r}: {text[:400]}")

    def take(self) -> list[str]:
        """What was found since the last call."""
        found, self.found = self.found, []
        if found:  # the next test that logs the same is to fail as well
            self.seen.clear()
        return found


def told(record: logging.LogRecord) -> str:
    """All that a record can tell: its message, its traceback, and what was added to it."""
    try:
        parts = [record.getMessage()]
    except (TypeError, ValueError):  # a message that does not fit its arguments
        parts = [f"{record.msg} {record.args}"]
    if record.exc_info and record.exc_info[0]:
        parts += traceback.format_exception(*record.exc_info)
    return "\n".join([*parts, record.stack_info or "", *(str(v) for k, v in vars(record).items() if k not in USUAL)])


# -- what belongs to a patient -----------------------------------------------------------------------------------------


def words_of_patients() -> set[str]:
    """Names, dates of birth, answers and free texts: of the examples, of outside records, and of the tests' samples."""
    words: set[str] = set()
    for path in PATIENTS.rglob("*.json"):
        words |= words_of(json.loads(path.read_text(encoding="utf-8")))
    folder = os.environ.get("DENTALPAIN_RECORDS", "")
    for path in Path(folder).glob("*.json") if folder else ():
        words |= words_of_bundle(json.loads(path.read_text(encoding="utf-8")))
    return words | words_of_samples()


def words_of(document: Any) -> set[str]:
    """The words of a native record, answers or findings."""
    patient = document.get("patient", {}) if isinstance(document, dict) else {}
    return {*names(patient.get("name", "")), *filter(None, [patient.get("birth_date")]), *texts(document)}


def words_of_bundle(bundle: Any) -> set[str]:
    """The words of a FHIR Bundle: how the patient is called, where they live, and what somebody wrote in full."""
    resources = [entry.get("resource", {}) for entry in bundle.get("entry", ())] if isinstance(bundle, dict) else []
    words: set[str] = set()
    for patient in (one for one in resources if one.get("resourceType") == "Patient"):
        for name in patient.get("name", ()):
            words |= names(f"{' '.join(name.get('given', ()))} {name.get('family', '')}")
        words |= {patient.get("birthDate", ""), *(t["value"] for t in patient.get("telecom", ()) if "value" in t)}
        words |= {line for address in patient.get("address", ()) for line in address.get("line", ())}
    for one in resources:
        words |= {note["text"] for note in one.get("note", ()) if len(note.get("text", "")) >= SHORTEST_TEXT}
    return words - {""}


def words_of_samples() -> set[str]:
    from tests.practice.fhir_stub import charts as stub
    from tests.practice.open_dental import office

    charts = {f"{row['FName']} {row['LName']}" for row in office.TABLES["patient"]}  # "Nobody" alone is nobody
    launched = words_of_bundle({"entry": [{"resource": one} for one in stub.RESOURCES]})
    return {*charts, *launched, WEB_SAMPLE, office.DATABASE_SSN}


def names(whole: str) -> set[str]:
    """A name as people write it: in full, and the last part alone where it is long enough to be nobody else's."""
    parts = whole.split()
    found = {" ".join(parts), ", ".join(parts[-1:] + parts[:1])} if len(parts) > 1 else set()
    return found | {part for part in parts[-1:] if len(part) >= SHORTEST_NAME}


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Everything in a document that reads like words of a person."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, key)
    elif isinstance(value, str) and key not in CODED and len(value) >= SHORTEST_TEXT and " " in value:
        yield value


# -- the plugin --------------------------------------------------------------------------------------------------------


class LogWatch:
    """One watch for each process: with xdist for each worker, which hands what is left to the one that started it."""

    def __init__(self) -> None:
        self.watch: Watch | None = None
        self.outside: list[str] = []

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        self.watch = Watch(words_of_patients())
        root = logging.getLogger()
        root.setLevel(logging.DEBUG)
        root.addHandler(self.watch)
        for library in LIBRARIES:  # SQLAlchemy keeps to WARNING where nobody has chosen a level
            logging.getLogger(library).setLevel(logging.DEBUG)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        outcome = yield
        report = outcome.get_result()
        if call.when == "teardown" and self.watch and (found := self.watch.take()):
            report.outcome = "failed"
            report.longrepr = "what belongs to a patient was logged:\n" + "\n".join(found)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        self.outside += getattr(node, "workeroutput", {}).get("log_watch", [])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self.outside += self.watch.take() if self.watch else []
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["log_watch"] = self.outside
        elif self.outside:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.outside:
            terminalreporter.section("what belongs to a patient was logged outside of a test")
            terminalreporter.write_line("\n".join(self.outside))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LogWatch(), "log-watch")
