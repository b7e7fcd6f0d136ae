"""What a handout is about: what was found and released, and the topics that the visit calls for or a person chose."""

from __future__ import annotations

import pytest

from dentalpain.errors import InputError, UnknownNameError
from dentalpain.handouts.choosing import topics_of_medicines

from .samples import JAW, JAW_FOUND, KIDNEYS, PLAIN, handout, option, review, screen
from .test_building import WORDING, box, said


def test_what_was_found_is_printed_only_if_the_clinician_released_it() -> None:
    assert "joint is sore" not in said(handout(JAW, JAW_FOUND, give=[]))
    assert "Your jaw joint is sore on both sides." in said(handout(JAW, JAW_FOUND, give=[], released=["arthralgia"]))


def test_a_side_is_named_where_it_is_known() -> None:
    shown = said(handout(JAW, screen(("myalgia", "left")), give=[], released=["myalgia"]))
    assert "The muscles that move your jaw are sore on the left side." in shown
    shown = said(handout(JAW, screen(("subluxation", "patient")), give=[], released=["subluxation"]))
    assert "Your jaw slips too far when you open wide." in shown


def test_a_subtype_says_more_than_myalgia_and_replaces_it() -> None:
    shown = said(handout(JAW, JAW_FOUND, give=[], released=["myalgia", "local-myalgia"]))
    assert "sore in one spot on the right side" in shown
    assert "The muscles that move your jaw" not in shown


def test_a_diagnosis_that_was_not_met_cannot_be_released() -> None:
    with pytest.raises(InputError, match="did not find myofascial-pain"):
        handout(JAW, JAW_FOUND, give=[], released=["myofascial-pain"])
    with pytest.raises(InputError, match="did not find arthralgia"):
        handout(JAW, None, give=[], released=["arthralgia"])
    with pytest.raises(UnknownNameError, match="no wording"):
        handout(JAW, JAW_FOUND, give=[], released=["something-else"])


def test_topics_follow_the_visit_where_nobody_chose() -> None:
    assert handout(PLAIN).title == "After your tooth is pulled"
    assert handout(review(indication="toothache_no_care"), give=[]).title == "Your toothache, until we treat it"
    assert "If you take an opioid" in said(handout(KIDNEYS, give=["hydrocodone"]))
    assert "off-label" in said(handout(JAW, give=["low_dose_naltrexone"]))
    assert "Care for the muscles" in said(handout(JAW, JAW_FOUND, give=[], released=["arthralgia", "local-myalgia"]))


def test_the_topics_that_a_person_chose_are_printed_and_no_other() -> None:
    shown = handout(PLAIN, topics=["muscle-pain"])
    assert "Care for the muscles" in said(shown)
    assert "Bite on the gauze" not in said(shown)
    both = said(handout(PLAIN, topics=["after-extraction", "muscle-pain"]))
    assert "Bite on the gauze" in both and "Care for the muscles" in both


def test_every_topic_can_be_left_out() -> None:
    shown = handout(KIDNEYS, give=["hydrocodone"], topics=[])
    assert shown.title == "Your care after this visit"
    assert "If you take an opioid" not in said(shown) and "Hydrocodone" in said(shown)


def test_a_topic_that_is_named_twice_is_printed_once() -> None:
    assert said(handout(PLAIN, topics=["after-extraction"] * 2)).count("Bite on the gauze") == 1


def test_an_opioid_and_low_dose_naltrexone_have_topics_of_their_own_and_a_plain_pain_pill_has_none() -> None:
    assert topics_of_medicines(["oxycodone"], WORDING) == ["opioid-if-prescribed"]
    assert topics_of_medicines(["low_dose_naltrexone"], WORDING) == ["low-dose-naltrexone"]
    assert topics_of_medicines(["ibuprofen", "cbt"], WORDING) == []


def test_a_visit_without_a_topic_still_says_when_to_call() -> None:
    document = handout(review(option("ibuprofen"), indication=None), give=["ibuprofen"])
    assert document.title == "Your care after this visit"
    assert "Call us at 734-555-0142 if" in box(document, "call_us")
    assert "Call 911 if" in box(document, "call_911")


def test_a_topic_that_names_a_blocked_medicine_is_refused() -> None:
    with pytest.raises(InputError, match="low-dose-naltrexone names a medicine that the review blocked"):
        handout(KIDNEYS, give=[], topics=["low-dose-naltrexone"])


def test_care_that_is_no_pill_is_a_next_step_and_care_in_the_office_is_silent() -> None:
    assert "Go to your talk visits." in said(handout(JAW, give=["cbt"]))
    assert "long" not in said(handout(KIDNEYS, give=["long_acting_local_anaesthetic"]))
