"""The order of a visit's page, and the lines in short at its head."""

from __future__ import annotations

import re

import pytest

from .samples import REVIEW, SCREEN, Host
from .test_visit_page import text_of

HEADINGS = (
    "In short",
    "Warning signs",
    "The prescription, as it was read",
    "A day's totals, with what is taken now",
    "What stands against it",
    "Questions that would settle it",
    "Alternatives for this patient",
    "Findings",
    "What this review did not do",
    "Handout",
)


def order(page: str) -> list[str]:
    """The headings named above in the order in which they stand on a page."""
    return [title for title in re.findall(r"<h2[^>]*>([^<]+)</h2>", page) if title in HEADINGS]


@pytest.fixture
def page() -> str:
    host = Host()
    return str(host.client.get(host.open()).get_data(as_text=True))


def test_advice_stands_in_the_order_in_which_it_matters(page: str) -> None:
    assert tuple(order(page)) == HEADINGS


def test_warning_signs_that_nobody_asked_about_stand_below_a_review_and_are_named_above_it() -> None:
    host = Host()
    host.service.screen_result = {**SCREEN, "red_flags": [flag for flag in SCREEN["red_flags"] if flag["answer"] == "unknown"]}
    shown = str(host.client.get(host.open()).get_data(as_text=True))
    assert order(shown).index("Warning signs") == order(shown).index("Findings") - 1
    assert "Not ruled out 1 group of warning signs" in in_short(shown)


def test_without_a_prescription_a_screening_comes_first() -> None:
    host = Host()
    host.service.review_result = {**REVIEW, "prescriptions": [{**REVIEW["prescriptions"][0], "current": True}], "flags": []}
    shown = order(str(host.client.get(host.open()).get_data(as_text=True)))
    assert shown[:3] == ["In short", "Warning signs", "Findings"]


def in_short(page: str) -> str:
    return text_of(page[page.index('class="dp-block dp-glance"') : page.index("</nav>")])


def test_the_lines_in_short_name_the_worst_first_and_what_is_not_known_before_what_may_be_given(page: str) -> None:
    said = [
        "Emergency now Heart pain felt in the jaw",
        "Serious Opioid with a benzodiazepine",
        "Cannot be checked 1 rule",
        "Questions 2, the most decisive first",
        "Not ruled out 1 group of warning signs",
        "Instead Acetaminophen",
        "Instead, ask first Naproxen",
        "Not for this patient Ibuprofen",
    ]
    found = in_short(page)
    places = [found.index(line) for line in said]
    assert places == sorted(places)
    assert "altrexone" not in found  # an extraction is acute: it is not shown


def test_a_line_in_short_leads_to_a_heading_of_the_page(page: str) -> None:
    leads = re.findall(r'<a href="#([a-z]+)">', page[page.index("dp-glance") : page.index("</nav>")])
    assert set(leads) == {"warnings", "flags", "questions", "alternatives"}
    assert all(f'<h2 id="{to}">' in page for to in leads)


def test_where_nothing_stands_against_it_that_is_said_with_its_limit() -> None:
    host = Host()
    host.service.review_result = {**REVIEW, "flags": []}
    shown = str(host.client.get(host.open()).get_data(as_text=True))
    assert "Against it nothing found in the rules that are built" in in_short(shown)


def test_what_a_flag_is_about_is_named_where_more_than_one_medicine_is_proposed(page: str) -> None:
    assert "About: Norco" not in text_of(page)
    host = Host()
    second = {**REVIEW["prescriptions"][0], "text": "Norco 5/325 at night"}
    host.service.review_result = {**REVIEW, "prescriptions": [*REVIEW["prescriptions"], second]}
    shown = text_of(str(host.client.get(host.open()).get_data(as_text=True)))
    assert "About: Norco 5/325 1-2 tabs q4-6h prn #20, max 8/day" in shown


def test_where_nothing_is_proposed_the_options_are_no_replacement() -> None:
    host = Host()
    host.service.review_result = {**REVIEW, "prescriptions": [], "flags": []}
    found = in_short(str(host.client.get(host.open()).get_data(as_text=True)))
    assert "Against current medicines nothing found" in found
    assert "Can be offered Acetaminophen" in found and "Instead" not in found


def test_an_indication_that_nobody_chose_here_is_said_to_come_from_the_record(page: str) -> None:
    assert "Judged for what the record names: Simple extraction" in text_of(page)
