"""What all tests share: outside records when there are any, no silent skips where everything is required, silent logs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import flask
import hypothesis
import pytest
from jinja2.bccache import Bucket, BytecodeCache

from tests.log_watch import LogWatch

NO_RECORDS = "no outside records: set DENTALPAIN_RECORDS to a folder of FHIR R4 Bundles"
NIGHT = os.environ.get("DENTALPAIN_NIGHTLY") == "1"
LONGER = 20  # how many times the examples of a search are tried at night


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


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """With DENTALPAIN_REQUIRE_ALL=1 a skipped test fails, except for want of outside records."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("DENTALPAIN_REQUIRE_ALL") == "1" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NO_RECORDS not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped, but everything is required here: {reason}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked `nightly` for the night, and make every search longer then."""
    if not NIGHT:
        kept = [item for item in items if item.get_closest_marker("nightly") is None]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
        return
    for test in {getattr(item, "obj", None) for item in items}:
        held = getattr(test, "_hypothesis_internal_use_settings", None)
        if held is not None:
            test._hypothesis_internal_use_settings = hypothesis.settings(held, max_examples=LONGER * held.max_examples)


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
