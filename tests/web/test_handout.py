"""The handout from the page: only what the review lets through, and no name in the file's name."""

from __future__ import annotations

import copy

import pytest

from dentalpain.handouts.letters.words import KINDS
from dentalpain.handouts.wording import load
from dentalpain.web.advice import TOPICS
from dentalpain.web.words import LETTERS

from .samples import REVIEW, Host


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


def test_how_the_pain_has_gone_is_read_from_the_store_only_if_it_is_ticked() -> None:
    host = Host()
    visit = host.open()
    host.post(visit + "/handout", topic="my-course", kind="pdf")
    assert host.service.last("handout")["course"] == [{"measure": "peg", "value": 5, "on": "2026-04-30"}]
    host.post(visit + "/handout", topic="muscle-pain", kind="pdf")
    assert host.service.last("handout")["course"] == ()


def test_a_page_on_each_ticked_medicine_is_one_tick() -> None:
    host = Host()
    host.post(host.open() + "/handout", give="acetaminophen", topic="medicine-pages", kind="pdf")
    assert host.service.last("handout")["topics"] == ("medicine:acetaminophen",)


def test_every_topic_with_wording_can_be_ticked() -> None:
    assert set(TOPICS) == {*load("en").topics, "medicine-pages"}


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


def test_a_letter_is_made_from_the_kept_visit_and_asks_only_for_what_the_review_lets_through() -> None:
    host = Host()
    host.service.review_result = copy.deepcopy(host.service.review_result)
    host.service.review_result["alternatives"][0]["verdict"] = "blocked"
    blocked = host.service.review_result["alternatives"][0]["id"]
    visit = host.open()
    response = host.post(visit + "/handout", letter="physiotherapy", give=blocked, kind="letter-pdf")
    assert response.content_type == "application/pdf"
    said = host.service.last("letter")
    assert said["letter"] == "physiotherapy" and said["give"] == () and said["kept"]["inputs"]["record"] == {}


def test_a_referral_comes_in_fhir_under_a_name_that_tells_nothing() -> None:
    host = Host()
    response = host.post(host.open() + "/handout", letter="referral-orofacial-pain", kind="letter-fhir")
    assert response.content_type == "application/fhir+json"
    assert response.headers["Content-Disposition"] == 'inline; filename="handout.json"'


def test_the_page_offers_each_letter_and_refuses_one_that_does_not_exist() -> None:
    host = Host()
    visit = host.open()
    shown = host.client.get(visit).get_data(as_text=True)
    offered = {kind for kind in KINDS if f'<option value="{kind}">' in shown}
    assert tuple(LETTERS) == KINDS and offered == set(KINDS) - {"physician-naltrexone"}  # the pain is acute
    host.service.review_result = {**REVIEW, "indication": "chronic_tmd"}
    assert '<option value="physician-naltrexone">' in host.client.get(host.open()).get_data(as_text=True)
    assert host.post(visit + "/handout", letter="nope", kind="letter-pdf").status_code == 400
    assert host.post(visit + "/handout", letter="", kind="letter-pdf").status_code == 400


def test_the_language_of_a_handout_is_chosen_on_the_page_and_else_that_of_the_settings() -> None:
    host = Host()
    visit = host.open()
    assert '<option value="es" lang="es">Español</option>' in host.client.get(visit).get_data(as_text=True)
    host.post(visit + "/handout", topic="muscle-pain", kind="pdf", language="es")
    assert host.service.last("handout")["language"] == "es"
    host.post(visit + "/handout", topic="muscle-pain", kind="pdf")
    assert host.service.last("handout")["language"] == "en"


def test_a_language_without_wording_is_refused() -> None:
    host = Host()
    visit = host.open()
    assert host.post(visit + "/handout", topic="muscle-pain", language="xx").status_code == 400
