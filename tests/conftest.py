"""What all tests share: outside records when there are any, and no silent skips where everything is required."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

NO_RECORDS = "no outside records: set DENTALPAIN_RECORDS to a folder of FHIR R4 Bundles"


def outside_records() -> list[Path]:
    folder = os.environ.get("DENTALPAIN_RECORDS", "")
    return sorted(p for p in Path(folder).glob("*.json") if p.name != "index.json") if folder else []


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
