"""Our pages in a host with Flask-Talisman's strictest policy: the browser finds nothing to complain of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask_talisman import Talisman

from dentalpain import DentalPain
from dentalpain.testing import Access, MemoryStore
from examples.office import story_clock
from examples.office.schedule import open_practice
from tests.browser.browsing import IN_A_BROWSER, served
from tests.hosts.office import an_app
from tests.hosts.test_pages import STRICT

pytestmark = IN_A_BROWSER


def make_host() -> Any:
    """A host with Talisman over the patients of the example office; http, because there is no certificate here."""
    app = an_app(DENTALPAIN_OFFICE={"name": "Maple Street Dental", "phone": "555-0142"})
    Talisman(app, content_security_policy=STRICT, force_https=False, session_cookie_secure=False)
    app.add_url_rule("/inline", "inline", lambda: '<!doctype html><p style="color: red">inline</p>')
    access = Access()
    access.allow()
    people = {"authorize": access.authorize, "current_user": access.current_user}
    DentalPain().init_app(app, practice=open_practice(), store=MemoryStore(), clock=story_clock, **people)
    return app


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(make_host()) as found:
        yield found


@pytest.fixture(scope="module")
def page(chromium: Any, address: str) -> Iterator[Any]:
    context = chromium.new_context(base_url=address)
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(page: Any) -> Iterator[list[str]]:
    """What the console of the browser says while a test runs, and errors of scripts."""
    found: list[str] = []

    def hear(message: Any) -> None:
        # A browser asks for a host's icon by itself, at a time of its own.
        asked_by_itself = str(message.location.get("url", "")).endswith("/favicon.ico")
        if message.type in ("error", "warning") and not asked_by_itself:
            found.append(f"{message.text} {message.location.get('url', '')}")

    def fault(error: Any) -> None:
        found.append(str(error.error))

    page.context.on("console", hear)  # also of pages that are opened from this one
    page.context.on("weberror", fault)
    yield found
    page.context.remove_listener("console", hear)
    page.context.remove_listener("weberror", fault)


def test_a_page_with_an_inline_style_would_be_heard(page: Any, complaints: list[str]) -> None:
    page.goto("/inline")
    page.wait_for_timeout(200)
    assert "Content Security Policy" in " ".join(complaints)


def test_on_the_patients_own_page_the_console_stays_silent(page: Any, complaints: list[str]) -> None:
    page.goto("/pain/")
    page.get_by_role("button", name="Hand questionnaires to Nora Bell").click()
    page.get_by_role("button", name="Make the address").click()
    page.goto(page.locator(".dp-address").inner_text())
    page.wait_for_load_state("networkidle")
    assert page.locator(".pf-send").first.evaluate("e => getComputedStyle(e).width") != "auto"
    page.get_by_label("It came and went").check()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert complaints == []


def test_from_the_list_to_the_handout_the_console_stays_silent(page: Any, complaints: list[str]) -> None:
    page.goto("/pain/")
    page.get_by_role("button", name="1:15 PM Margaret Oyelaran").click()
    page.wait_for_url("**/pain/visits/*")
    page.get_by_label("What would you prescribe?").fill("Norco 5/325 1 tab q6h prn #12")
    page.get_by_label("What is it for?").select_option("simple_extraction")
    page.locator(".dp-go", has_text="Review").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("#flag-OPI-BENZO").count() == 1
    assert page.locator(".dp-bar").evaluate("e => getComputedStyle(e).display") == "flex"  # our style was let in
    page.get_by_label("After a tooth is removed").check()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open as a page").click()
    opened.value.wait_for_load_state("networkidle")
    assert "Maple Street Dental" in opened.value.content()
    rule = page.locator('a[href*="/why/"]').first.get_attribute("href")
    page.goto(rule)
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("heading", level=1).is_visible() and complaints == []
