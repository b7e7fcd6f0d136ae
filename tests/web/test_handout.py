"""The handout from the page: only what the review lets through, and no name in the file's name."""

from __future__ import annotations

import copy

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


def test_a_suggested_topic_that_is_unticked_is_not_printed() -> None:
    host = Host()
    visit = host.open()
    host.post(visit + "/handout", give="acetaminophen", topic="muscle-pain", kind="pdf")
    assert host.service.last("handout")["topics"] == ("muscle-pain",)
    host.post(visit + "/handout", give="acetaminophen", kind="pdf")
    assert host.service.last("handout")["topics"] == ()


def test_an_opioid_does_not_go_out_without_its_warnings() -> None:
    host = Host()
    host.service.review_result = copy.deepcopy(host.service.review_result)
    for one in host.service.review_result["alternatives"]:
        if one["id"] == "acetaminophen":
            one["id"] = "hydrocodone"
    host.post(host.open() + "/handout", give="hydrocodone", kind="pdf")
    assert host.service.last("handout")["topics"] == ("opioid-if-prescribed",)


def test_the_next_visit_is_a_field_of_the_form_and_begins_with_what_the_office_wrote() -> None:
    host = Host(config={"DENTALPAIN_OFFICE": {"name": "An office", "next_visit": 'We call "you"'}})
    visit = host.open()
    assert 'name="next_visit" maxlength="120"' in host.client.get(visit).get_data(as_text=True)
    assert 'value="We call &#34;you&#34;"' in host.client.get(visit).get_data(as_text=True)
    host.post(visit + "/handout", topic="muscle-pain", next_visit="May 8 at 9")
    assert host.service.last("handout")["office"]["next_visit"] == "May 8 at 9"
    host.post(visit + "/handout", topic="muscle-pain")
    assert host.service.last("handout")["office"]["next_visit"] == ""


def test_the_page_may_show_the_logo_that_it_holds() -> None:
    host = Host()
    response = host.post(host.open() + "/handout", topic="muscle-pain", kind="html")
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]
    assert "data:" not in host.post(host.open() + "/handout", topic="muscle-pain").headers["Content-Security-Policy"]


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
