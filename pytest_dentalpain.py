"""The pytest plugin of dentalpain: fixtures for the tests of a host.

pytest loads this file wherever dentalpain is installed. It stands outside of the package and imports nothing of it
before a fixture is asked for, so that it costs nothing and coverage still sees the package being imported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from dentalpain.testing import Access, FixedClock, MemoryPractice, MemoryStore

# A Tuesday morning; a test that needs another one moves the clock.
NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
PATIENT = {"patient": {"id": "ref-1", "name": "Test Patient", "birth_date": "1980-01-01", "sex": "female"}}


@pytest.fixture
def dentalpain_practice() -> MemoryPractice:
    """Practice software in memory, which expects one patient: reference "ref-1", of whom nothing else is recorded."""
    from dentalpain.testing import ListedPatient, MemoryPractice

    return MemoryPractice({"ref-1": PATIENT}, [ListedPatient("ref-1", "Test Patient")])


@pytest.fixture
def dentalpain_store() -> MemoryStore:
    """A store in memory."""
    from dentalpain.testing import MemoryStore

    return MemoryStore()


@pytest.fixture
def dentalpain_clock() -> FixedClock:
    """A clock that stands at 24 November 2026, 9:30 UTC, until it is moved."""
    from dentalpain.testing import FixedClock

    return FixedClock(NOW)


@pytest.fixture
def dentalpain_access() -> Access:
    """Who is signed in and what is granted: nobody and nothing, until the test says `dentalpain_access.allow()`."""
    from dentalpain.testing import Access

    return Access()


@pytest.fixture
def dentalpain_mount(
    dentalpain_practice: MemoryPractice,
    dentalpain_store: MemoryStore,
    dentalpain_clock: FixedClock,
    dentalpain_access: Access,
) -> Callable[..., Flask]:
    """A function that mounts dentalpain on an app with these fakes; keywords of `init_app` replace them."""

    def mount(app: Flask, **more: Any) -> Flask:
        from dentalpain import DentalPain

        given: dict[str, Any] = {
            "practice": dentalpain_practice,
            "store": dentalpain_store,
            "clock": dentalpain_clock,
            "authorize": dentalpain_access.authorize,
            "current_user": dentalpain_access.current_user,
        }
        DentalPain().init_app(app, **{**given, **more})
        return app

    return mount
