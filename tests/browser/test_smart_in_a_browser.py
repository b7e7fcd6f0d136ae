"""A launch from a record system in a real browser: over two sites, with the cookies and policies that it really keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from dentalpain.storage import MemoryStore
from examples.smart import create_app
from tests.browser.browsing import IN_A_BROWSER, free_port, served
from tests.practice.fhir_stub import Stub, open_stub

pytestmark = IN_A_BROWSER
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def record_system() -> Iterator[Stub]:
    with open_stub() as found:
        yield found


class Launched:
    """The address of the host, and that of the record system: for a browser these are two sites."""

    def __init__(self, address: str, record_system: str) -> None:
        self.address, self.record_system = address, record_system

    def launch(self, patient: str) -> str:
        return f"{self.address}/smart/launch?{urlencode({'iss': self.record_system, 'launch': f'launch-{patient}'})}"


@pytest.fixture(scope="module")
def host(record_system: Stub) -> Iterator[Launched]:
    port, base = free_port(), record_system.base("smart", "banner")
    address = f"http://localhost:{port}"
    app = create_app([base], f"{address}/smart/callback", store=MemoryStore(), clock=lambda: NOW)
    with served(app, port):
        yield Launched(address, base)


@pytest.fixture
def page(chromium: Any, host: Launched) -> Iterator[Any]:
    """A browser that shows the record system, and that fails the test where a page is not all loaded."""
    context = chromium.new_context()
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(f"{host.record_system}/metadata")
    yield opened
    context.close()
    assert not said


def leave(page: Any, address: str) -> None:
    """Go where a link of the page that is open would go."""
    page.evaluate("address => { location.href = address }", address)
    page.wait_for_url("**/pain/visits/*")
    page.wait_for_load_state("load")


def test_a_launch_opens_the_patient_and_a_prescription_is_reviewed_there(page: Any, host: Launched) -> None:
    leave(page, host.launch("ann"))
    assert page.url.startswith(host.address) and "code=" not in page.url
    assert page.get_by_role("heading", level=1).inner_text() == "Ann Berg"
    assert "warfarin 5 mg" in page.locator(".dp-patient").inner_text()
    assert page.locator(".dp-bar").evaluate("e => getComputedStyle(e).display") == "flex"  # the policy lets our style in
    page.get_by_label("What would you prescribe?").fill("ibuprofen 400 mg q6h #12")
    page.get_by_label("What is it for?").select_option("simple_extraction")
    page.locator(".dp-go", has_text="Review").click()
    # Her eGFR is 29: below 30 an NSAID is not for her (KDIGO).
    page.get_by_role("heading", name="NSAID with badly reduced kidney function").wait_for()


def test_the_clinician_is_named_and_can_sign_out_and_whoever_opens_us_from_nowhere_is_asked_for_a_patient(
    page: Any, host: Launched
) -> None:
    leave(page, host.launch("ann"))
    visit = page.url
    assert page.get_by_text("Dr. Dana Reyes").is_visible()  # as the id_token calls her
    page.get_by_role("button", name="Sign out here").click()
    page.get_by_role("heading", name="Signed out").wait_for()
    assert page.get_by_text("Dr. Dana Reyes").count() == 0
    leave(page, f"{host.address}/")
    # The record system asks which patient, and Bo is picked.
    assert page.url != visit and page.get_by_role("heading", level=1).inner_text() == "Bo Ruiz"
