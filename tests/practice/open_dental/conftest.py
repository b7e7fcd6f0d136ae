"""One database of Open Dental for the tests of this folder, read through the account that the grants made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dentalpain.practice.open_dental import OpenDental

from .server import Office, open_office


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    with open_office() as found:
        yield found


@pytest.fixture(scope="session")
def practice(office: Office) -> Iterator[OpenDental]:
    adapter = OpenDental(office.url)
    yield adapter
    adapter.close()
