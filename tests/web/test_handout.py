"""The handout from the page: only what the review lets through, and no name in the file's name."""

from __future__ import annotations

import pytest

from .samples import Host


def test_the_pdf_comes_back_with_a_name_that_tells_nothing() -> None:
    host = Host()
    response = host.post(host.open() + "/handout", give="acetaminophen", kind="pdf", paper="a4", print="large")
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="handout.pdf"'
    said = host.service.last("handout")
    assert said["give"] == ("acetaminophen",) and said["paper"] == "a4" and said["large_print"] is True


def test_the_same_handout_is_there_as_a_page() -> None:
    host = Host()
    response = host.post(host.open() + "/handout", topic="muscle-pain", kind="html")
    assert response.content_type == "text/html; charset=utf-8"
    assert '<link rel="stylesheet" href="/pain/static/handout.css">' in response.get_data(as_text=True)


@pytest.mark.parametrize("option", ["ibuprofen", "low_dose_naltrexone", "heroin"])
def test_what_is_blocked_cannot_be_handed_out_even_by_a_forged_form(option: str) -> None:
    host = Host()
    assert host.post(host.open() + "/handout", give=option).status_code == 400
    assert not [verb for verb, _ in host.service.asked if verb == "handout"]


def test_a_finding_that_is_not_met_cannot_be_released() -> None:
    host = Host()
    assert host.post(host.open() + "/handout", release="arthralgia").status_code == 400


def test_an_empty_handout_is_refused_in_a_sentence() -> None:
    host = Host()
    response = host.post(host.open() + "/handout")
    assert response.status_code == 400 and "Tick at least one thing" in response.get_data(as_text=True)


def test_nothing_goes_into_the_chart_until_the_host_switches_it_on() -> None:
    host = Host()
    visit = host.open()
    assert "Put into the chart" not in host.client.get(visit).get_data(as_text=True)
    assert host.post(visit + "/chart", topic="muscle-pain").status_code == 403
    assert not host.practice.filed


def test_a_handout_goes_into_the_chart_where_the_host_switched_it_on() -> None:
    host = Host(config={"DENTALPAIN_FILE_DOCUMENTS": True})
    visit = host.open()
    assert host.post(visit + "/chart", topic="muscle-pain").status_code == 303
    assert host.practice.filed == [("ref-1", "handout.pdf", b"%PDF-1.4 made by hand")]


def test_a_decision_against_a_flag_needs_a_reason_and_is_kept() -> None:
    host = Host()
    visit = host.open()
    assert host.post(visit + "/overrides", rule="OPI-BENZO").status_code == 400
    assert host.post(visit + "/overrides", rule="NO-SUCH", reason="tolerated_before").status_code == 400
    assert host.post(visit + "/overrides", rule="OPI-BENZO", reason="because").status_code == 400
