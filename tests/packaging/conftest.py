"""The wheel, built once for all workers, and a port that is free."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.packaging.building import build_once


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    mine = tmp_path_factory.getbasetemp()
    return build_once(mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine)


@pytest.fixture
def free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])
