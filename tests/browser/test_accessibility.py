"""axe-core, in a real browser, finds nothing against WCAG 2.2 A and AA on any handout, page of the staff or of a patient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dentalpain.handouts.html import to_page
from dentalpain.storage import MemoryStore
from examples.office import create_app
from tests.browser.browsing import IN_A_BROWSER, served, sign_in
from tests.handouts.product import one_of_each_kind
from tests.handouts.samples import every_kind_of_block, small

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core: axe-playwright-python is not installed")

pytestmark = IN_A_BROWSER
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# One language shows each kind; what differs between languages is the wording.
KINDS = one_of_each_kind()
KINDS["every kind of block"] = small(*every_kind_of_block("A text"), watermark="Not signed")


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(bypass_csp=True)  # the pages allow no script but their own; axe is one
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def office(page: Any) -> Iterator[Any]:
    """The example office with a dentist signed in."""
    with served(create_app(store=MemoryStore())) as address:
        page.goto(f"{address}/sign-in")
        yield page


def against(page: Any, context: str | None = None) -> list[str]:
    """What axe-core holds against the page: the rule and the elements."""
    options = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
    found = axe.Axe().run(page, context=context, options=options).response
    assert found["passes"], "axe-core looked at nothing"
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_the_page_of(kind: str, page: Any) -> None:
    page.set_content(to_page(KINDS[kind]).decode())
    assert against(page) == []


def test_axe_can_find_something(page: Any) -> None:
    document = to_page(KINDS["every kind of block"]).decode()
    page.set_content(document.replace(' lang="en"', "").replace('role="img"', ""))
    assert {text.partition(":")[0] for text in against(page)} >= {"html-has-lang"}


def test_axe_finds_nothing_on_the_pages_of_the_staff(office: Any) -> None:
    assert against(office) == []
    sign_in(office, "dana")
    office.goto("/".join([*office.url.split("/")[:3], "pain/"]))
    assert against(office) == []
    office.get_by_role("button", name="1:15 PM Margaret Oyelaran").click()
    office.wait_for_url("**/pain/visits/*")
    visit = office.url
    assert against(office) == []
    office.get_by_label("What would you prescribe?").fill("Norco 5/325 q6h #12")
    office.get_by_label("What is it for?").select_option("simple_extraction")
    office.locator(".dp-go", has_text="Review").click()
    office.wait_for_load_state("load")
    office.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert against(office) == []
    office.goto(f"{visit}/course")
    assert against(office) == []
    office.goto(visit)
    why = office.locator("a[href*='/why/']").first.get_attribute("href")
    office.goto("/".join(visit.split("/")[:3]) + why)
    assert against(office) == []


def test_axe_finds_nothing_on_the_way_of_a_questionnaire_to_a_patient_and_on_the_patients_pages(chromium: Any) -> None:
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    with served(create_app(store=MemoryStore())) as address:
        page.goto(f"{address}/sign-in")
        sign_in(page, "finn")
        page.goto(f"{address}/pain/")
        page.get_by_role("button", name="Hand questionnaires to Margaret Oyelaran").click()
        assert against(page) == []
        for name in ("dc-tmd-sq", "gcps-1-month", "pain-drawing", "phq-9"):
            page.locator(f"input[value='{name}']").check()
        page.get_by_role("button", name="Make the address").click()
        assert against(page) == []
        page.goto(page.locator(".dp-address").inner_text())
        assert against(page) == []
        page.get_by_role("button", name="Send my answers").click()
        page.get_by_role("heading", name="Something could not be sent yet").wait_for()
        assert against(page) == []
        page.get_by_role("group", name="better off dead").get_by_label("On several days").check()
        page.get_by_role("button", name="Send my answers").click()
        page.get_by_role("heading", name="Thank you").wait_for()
        assert against(page) == []
        page.goto(f"{address}/pain/")
        page.get_by_text("A clinician sees this patient").wait_for()
        assert against(page) == []
    context.close()
