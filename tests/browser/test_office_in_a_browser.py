"""The page in a real browser: a dentist's way through it with the keyboard and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dentalpain.storage import MemoryStore
from examples.office import create_app
from tests.browser.browsing import IN_A_BROWSER, served, sign_in

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(store=MemoryStore())) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, chromium: Any, address: str) -> Iterator[Any]:
    context = chromium.new_context(java_script_enabled=request.param, base_url=address)
    opened = context.new_page()
    opened.goto("/sign-in")
    sign_in(opened, "dana")
    yield opened
    context.close()


def open_patient(page: Any) -> None:
    page.get_by_role("row", name="Margaret Oyelaran").get_by_role("button").click()
    page.wait_for_url("**/pain/visits/*")
    page.wait_for_load_state("load")


def test_a_dentist_comes_from_the_list_to_the_pdf(page: Any) -> None:
    open_patient(page)
    page.get_by_label("What would you prescribe?").fill("ibuprofen 400 mg q6h #12")
    page.get_by_label("What is it for?").select_option("simple_extraction")
    page.locator(".dp-go", has_text="Review").click()
    page.get_by_role("heading", name="NSAID with badly reduced kidney function").wait_for()
    assert page.get_by_label("What would you prescribe?").input_value() == "ibuprofen 400 mg q6h #12"
    page.get_by_label("After a tooth is removed").check()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open as a page").click()
    opened.value.get_by_text("Maple Street Dental").first.wait_for()


def test_one_click_answers_a_question_and_asks_the_rules_again(page: Any) -> None:
    open_patient(page)
    page.get_by_label("What would you prescribe?").fill("Norco 5/325 q6h #12")
    page.get_by_label("What is it for?").select_option("simple_extraction")
    page.locator(".dp-go", has_text="Review").click()
    first = page.locator(".dp-questions > li").filter(has=page.locator("button:text-is('No')")).first
    question = first.locator("p").inner_text()
    first.get_by_role("button", name="No:").click()
    page.locator(".dp-given", has_text=question.split(" settles")[0]).wait_for()
    assert page.get_by_label("What would you prescribe?").input_value() == "Norco 5/325 q6h #12"


def test_the_enter_key_in_a_field_reviews_and_answers_no_question(page: Any) -> None:
    open_patient(page)
    page.locator("summary", has_text="Interview and examination").click()
    page.get_by_label("Widest assisted opening, mm").fill("41")
    page.get_by_label("Widest assisted opening, mm").press("Enter")
    page.wait_for_load_state()
    assert page.locator(".dp-given").count() == 0
    assert page.get_by_label("Widest assisted opening, mm").input_value() == "41"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_appointments_of_the_office_fit_the_screen(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    assert page.get_by_text("Margaret Oyelaran").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1400, 820, 640, 320])
def test_nothing_is_cut_off_at_any_width_or_zoom(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_patient(page)
    last = page.get_by_role("button", name="Print the PDF").bounding_box()
    assert last["x"] + last["width"] <= width
    boxes = [box.bounding_box() for box in page.locator(".dp-block, .dp-step, .dp-patient").all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)


def test_what_can_be_pressed_is_large_enough_for_a_finger(page: Any) -> None:
    open_patient(page)
    pressed = page.locator(".dp button:visible, .dp summary:visible, .dp select:visible, .dp label:visible")
    small = [
        (button.inner_text(), box["height"])
        for button in pressed.all()
        if (box := button.bounding_box()) and box["height"] < 24 and button.get_attribute("class") != "dp-first"
    ]
    assert not small  # WCAG 2.2, 2.5.8: 24 CSS pixels


def test_the_browser_finds_nothing_to_complain_about(chromium: Any, address: str) -> None:
    page = chromium.new_context(base_url=address).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto("/sign-in")
    sign_in(page, "dana")
    page.goto("/pain/")
    page.get_by_role("button", name="1:15 PM Margaret Oyelaran").click()
    page.wait_for_url("**/pain/visits/*")
    page.wait_for_load_state("load")
    page.get_by_label("What would you prescribe?").fill("x")
    page.locator("#dp-changed").wait_for(state="visible", timeout=10_000)
    assert not said
    page.context.close()




def test_a_no_hides_the_questions_that_it_passes_over_and_a_blank_hides_none(page: Any) -> None:
    open_patient(page)
    page.locator("summary", has_text="Questionnaires").click()
    page.locator("summary", has_text="Open a questionnaire").click()
    page.get_by_role("button", name="DC/TMD Symptom Questionnaire").click()
    page.wait_for_load_state("load")
    locked = page.locator('[id="dc-tmd-sq.10-label"]')  # asked only of somebody whose jaw ever locked
    assert locked.is_visible()
    ever = page.get_by_role("radiogroup", name="Has your jaw ever locked")
    ever.get_by_label("No", exact=True).check(force=True)
    assert not locked.is_visible()
    ever.get_by_label("Yes", exact=True).check(force=True)
    assert locked.is_visible()
