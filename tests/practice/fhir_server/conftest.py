"""One process of the stub for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.practice.fhir_stub import Stub, open_stub


@pytest.fixture(scope="session")
def stub() -> Iterator[Stub]:
    with open_stub() as found:
        yield found
