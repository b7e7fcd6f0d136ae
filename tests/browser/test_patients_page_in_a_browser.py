"""A patient answers on a phone, with and without scripts, while the staff's list stands open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dentalpain.storage import MemoryStore
from examples.office import create_app
from tests.browser.browsing import IN_A_BROWSER, served, sign_in

pytestmark = IN_A_BROWSER
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(store=MemoryStore())) as found:
        yield found


@pytest.fixture(scope="module")
def desk(chromium: Any, address: str) -> Iterator[Any]:
    """The list of the day, at the front desk."""
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sign-in")
    sign_in(page, "finn")
    yield page
    context.close()


def handed(desk: Any, patient: str, *questionnaires: str) -> str:
    """The address that the desk shows to a patient."""
    desk.goto("/pain/")
    desk.get_by_role("button", name=f"Hand questionnaires to {patient}").click()
    desk.locator("input[name=instrument][checked]").uncheck()
    for name in questionnaires:
        desk.locator(f"input[value='{name}']").check()
    desk.get_by_role("button", name="Make the address").click()
    return str(desk.locator(".dp-address").inner_text())


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=request.param)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_a_patient_answers_with_a_finger_and_is_thanked_and_the_way_back_is_closed(desk: Any, phone: Any) -> None:
    opened = handed(desk, "Carol Jimenez", "phq-4", "gcps-1-month")
    phone.goto(opened)
    first = phone.locator("fieldset", has_text="How often").first
    for target in first.locator("label").all():
        box = target.bounding_box()
        assert box["height"] >= 44 and box["x"] + box["width"] <= PHONE["width"]
    first.get_by_label("On several days").check()
    phone.get_by_label("On how many days of the last six months").fill("200")
    phone.get_by_role("button", name="Send my answers").click()
    phone.get_by_role("heading", name="Something could not be sent yet").wait_for()
    assert first.get_by_role("radio", name="On several days").is_checked()
    phone.get_by_label("On how many days of the last six months").fill("120")
    phone.get_by_role("button", name="Send my answers").click()
    phone.get_by_role("heading", name="Thank you").wait_for()
    phone.goto(opened)
    phone.get_by_role("heading", name="This page is closed").wait_for()


def test_a_no_hides_what_it_passes_over_also_without_scripts(desk: Any, phone: Any) -> None:
    phone.goto(handed(desk, "Sam Ellery", "dc-tmd-sq"))
    passed_over = phone.get_by_role("group", name="Over the last 30 days, how was that pain?")
    passed_over.wait_for()
    gate = phone.get_by_role("group", name="Have you ever had pain in the jaw")
    gate.get_by_label("No", exact=True).check()
    passed_over.wait_for(state="hidden")
    gate.get_by_label("Yes", exact=True).check()
    passed_over.wait_for()


def test_a_list_that_stands_open_says_by_itself_that_a_clinician_is_needed(desk: Any, chromium: Any) -> None:
    opened = handed(desk, "Margaret Oyelaran", "phq-9")
    standing = desk.context.new_page()
    standing.clock.install()
    standing.goto("/pain/")
    news = standing.get_by_text("A patient's answers need a clinician now.")
    assert not news.is_visible()
    context = chromium.new_context(viewport=PHONE)
    patient = context.new_page()
    patient.goto(opened)
    patient.get_by_role("group", name="better off dead").get_by_label("On several days").check()
    patient.get_by_role("button", name="Send my answers").click()
    patient.get_by_role("heading", name="Thank you").wait_for()
    context.close()
    standing.clock.run_for(16_000)
    news.wait_for()
    standing.get_by_role("link", name="Show them").last.click()
    standing.get_by_text("A clinician sees this patient before they leave.").wait_for()
    standing.close()


def test_what_was_typed_is_cleared_when_nobody_is_there_any_more(desk: Any, chromium: Any) -> None:
    context = chromium.new_context(viewport=PHONE)
    patient = context.new_page()
    patient.clock.install()
    patient.goto(handed(desk, "Nora Bell", "phq-4"))
    chosen = patient.get_by_role("radio", name="On several days").first
    chosen.check(force=True)
    patient.clock.run_for(599_000)
    assert not patient.locator("#pf-idle").is_visible()
    patient.clock.run_for(2_000)
    patient.locator("#pf-idle").wait_for()
    patient.evaluate("""() => {
        window.answered = new Promise(done => document.getElementById("pf-idle").addEventListener("close", done));
    }""")
    patient.get_by_role("button", name="I am still here").click()
    patient.evaluate("() => window.answered.then(() => true)")
    assert chosen.is_checked()
    patient.clock.run_for(601_000)
    patient.locator("#pf-idle").wait_for()
    patient.evaluate("() => document.dispatchEvent(new Event('scroll'))")
    patient.clock.run_for(61_000)
    patient.locator("#pf-idle").wait_for(state="hidden")
    assert not chosen.is_checked()
    context.close()
