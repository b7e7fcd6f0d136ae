"""What all tests share: outside records when there are any, no silent skips where everything is required, silent logs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import flask
import hypothesis
import pytest
from _pytest.reports import CollectErrorRepr
from jinja2.bccache import Bucket, BytecodeCache

from tests.log_watch import LogWatch

NO_RECORDS = "no outside records: set DENTALPAIN_RECORDS to a folder of FHIR R4 Bundles"
NIGHT = os.environ.get("DENTALPAIN_NIGHTLY") == "1"
ROOT = Path(__file__).parent
# By day the tests of what decides must reach every line of it by themselves; counting lines doubles the time of the rest.
COUNTED = ("clinical", "knowledge")
LONGER = 20  # how many times the examples of a search are tried at night
BY_DAY = 4  # the part of them that is tried by day


def outside_records() -> list[Path]:
    folder = os.environ.get("DENTALPAIN_RECORDS", "")
    return sorted(p for p in Path(folder).glob("*.json") if p.name != "index.json") if folder else []


class _Compiled(BytecodeCache):
    """Templates compiled once for all the small hosts of a run: compiling ours takes half a second for each."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def pytest_configure(config: pytest.Config) -> None:
    flask.Flask.jinja_options = {**flask.Flask.jinja_options, "bytecode_cache": _Compiled()}
    config.pluginmanager.register(LogWatch(), "log-watch")
    if hasattr(config, "workerinput") and config.pluginmanager.hasplugin("pytest_cov"):
        _stop_the_early_count()


def _stop_the_early_count() -> None:
    """In a worker pytest-cov starts a second count and reads nothing of this one, which slows every line."""
    from coverage import Coverage  # a clean environment runs these tests without it

    early = Coverage.current()
    if early is not None:
        early.stop()


def _required(report: pytest.TestReport | pytest.CollectReport) -> str | None:
    """Why this report fails although it was skipped: everything is required here, except outside records."""
    if not report.skipped or os.environ.get("DENTALPAIN_REQUIRE_ALL") != "1" or hasattr(report, "wasxfail"):
        return None
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return None if NO_RECORDS in reason else f"skipped, but everything is required here: {reason}"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """With DENTALPAIN_REQUIRE_ALL=1 a skipped test fails, except for want of outside records."""
    report = (yield).get_result()
    if said := _required(report):
        report.outcome, report.longrepr = "failed", said


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    """A file that leaves itself out while it is loaded fails in the same way."""
    report = (yield).get_result()
    if said := _required(report):
        report.outcome, report.longrepr = "failed", CollectErrorRepr(said)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked `nightly` for the night, and make every search longer then."""
    if not NIGHT:
        for item in items if config.pluginmanager.hasplugin("pytest_cov") else ():
            if item.path.relative_to(ROOT).parts[0] not in COUNTED:
                item.add_marker("no_cover")
        kept = [item for item in items if item.get_closest_marker("nightly") is None]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    for test in {getattr(item, "obj", None) for item in items}:
        held = getattr(test, "_hypothesis_internal_use_settings", None)
        if held is not None:
            wanted = LONGER * held.max_examples if NIGHT else -(-held.max_examples // BY_DAY)
            test._hypothesis_internal_use_settings = hypothesis.settings(held, max_examples=wanted)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what the night added."""
    reports = [one for found in ("passed", "failed") for one in terminalreporter.stats.get(found, []) if one.when == "call"]
    if not NIGHT or not reports:
        return
    full = sorted(one.nodeid for one in reports if "nightly" in one.keywords)
    searches = sum("hypothesis" in one.keywords for one in reports)
    terminalreporter.write_line(f"at night: {searches} searches with {LONGER} times the examples, and {len(full)} full products")
    for name in full:
        terminalreporter.write_line(f"at night: {name}")
