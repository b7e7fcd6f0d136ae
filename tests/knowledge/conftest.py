"""The tools of judging, with all knowledge in hand, once for these tests."""

from __future__ import annotations

from typing import Any

import pytest

from dentalpain.clinical.prescribing.judging import Bench
from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.load import Knowledge, load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def bench(knowledge: Knowledge) -> Bench:
    return tools(knowledge).bench


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many combinations of facts the search for unsafe offers tried."""
    reports = [report for held in terminalreporter.stats.values() for report in held if isinstance(report, pytest.TestReport)]
    told = [pair for report in reports if report.when == "call" for pair in report.user_properties]
    tried = sum(number for name, number in told if name == "combinations")
    if tried:
        broken = any(report.failed for report in reports if "test_no_unsafe_offer" in report.nodeid)
        found = "A TEST OF THE SEARCH FAILED" if broken else "no unsafe offer"
        terminalreporter.write_line(f"{tried} combinations of facts tried: {found}")
