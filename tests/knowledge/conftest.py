"""The tools of judging, with all knowledge in hand, once for these tests."""

from __future__ import annotations

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
