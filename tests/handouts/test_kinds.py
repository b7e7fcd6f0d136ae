"""Every kind of patient handout: complete, readable, the same in both views, and fit for this patient."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from dentalpain.errors import InputError, KnowledgeError, UnknownNameError
from dentalpain.handouts import building
from dentalpain.handouts.card import Card
from dentalpain.handouts.content import Block, Box, MedicineTable, Paragraph, plain, texts
from dentalpain.handouts.fonts import covered_characters
from dentalpain.handouts.html import to_fragment
from dentalpain.handouts.layout import _build, to_pdf
from dentalpain.handouts.moves import Moves
from dentalpain.handouts.plain_table import PlainTable
from dentalpain.handouts.reading_ease import grade
from dentalpain.handouts.style import LARGE, PAPERS
from dentalpain.handouts.topic_blocks import Making, topic_block
from dentalpain.handouts.wording import load

from .hearing import expected
from .product import topics
from .reading_pdf import spaced, spoken
from .samples import (
    COURSE,
    JAW,
    JAW_FOUND,
    KIDNEYS,
    OFFICE,
    PLAIN,
    PLAN,
    UNDATED,
    dose,
    handout,
    option,
    review,
    screen,
)
from .test_page import pieces

WORDING = load("en")
KINDS = {name.removeprefix("en:topic:"): document for name, document in topics("en").items()}
# The topics of the public contract; those of single medicines are named medicine:OPTION.
CONTRACT = {
    "tmj-self-care", "muscle-pain", "joint-pain", "clicking-locking", "headache-with-tmd", "burning-mouth",
    "trigeminal-neuralgia", "nerve-pain-after-injury", "after-extraction", "toothache-until-treated",
    "central-sensitization", "low-dose-naltrexone", "opioid-if-prescribed", "pain-diary", "my-course",
}  # fmt: skip


def said(document: Any) -> str:
    return spaced(" ".join(texts(document)))


def block(document: Any, kind: type) -> Any:
    return next(one for one in document.blocks if isinstance(one, kind))


def test_every_topic_of_the_contract_has_wording() -> None:
    assert set(WORDING.topics) == CONTRACT


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_read_in_grade_6(kind: str) -> None:
    assert grade(" ".join(f"{text.rstrip('.?')}." for text in texts(KINDS[kind]))) <= 6


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("kind", sorted({*CONTRACT, "medicine:ibuprofen"}))  # the pages on medicines are of one build
def test_what_is_read_out_of_every_kind_is_the_content_in_its_order(kind: str, large: bool) -> None:
    assert spoken(to_pdf(KINDS[kind], large_print=large)) == expected(KINDS[kind], large=large)


@pytest.mark.parametrize("kind", sorted(CONTRACT))
def test_the_page_of_every_kind_says_the_same(kind: str) -> None:
    body = to_fragment(KINDS[kind]).replace("</strong> <span", "</strong><span")
    body = re.sub(r"<text.*?</text>", "", body)  # inside a picture: its label is what is heard
    heard = [text for text in pieces(body) if text not in (KINDS[kind].version, KINDS[kind].watermark)]
    assert heard == [spaced(text) for text in texts(KINDS[kind])]


@pytest.mark.parametrize("kind", sorted(CONTRACT))
def test_every_kind_says_what_is_known_when_to_call_and_what_to_say_back(kind: str) -> None:
    topic = WORDING.topics[kind]
    assert topic.known and topic.call_us and topic.call_911 and topic.say_back
    assert topic.look_at


@pytest.mark.parametrize("kind", sorted(CONTRACT - {"low-dose-naltrexone"}))
def test_no_page_of_large_print_is_half_empty_but_the_last(kind: str) -> None:
    covered_characters()  # registers the fonts
    filled = _build(KINDS[kind], PAPERS["letter"], LARGE).filled
    assert min(filled[:-1]) >= 0.6


def test_large_print_of_a_jaw_handout_fills_its_pages_up_to_the_boxes() -> None:
    covered_characters()
    document = handout(JAW, JAW_FOUND, give=["cbt"], released=["local-myalgia"])
    filled = _build(document, PAPERS["letter"], LARGE).filled
    assert min(filled[:-1]) >= 0.6


# -- chosen by the visit and by hand ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("diagnosis", "heading"),
    [
        ("disc-displacement-with-reduction", "If your jaw gets stuck"),
        ("subluxation", "If your jaw gets stuck"),
        ("headache-attributed-to-tmd", "Be careful with pain pills"),
        ("degenerative-joint-disease", "Care for the joint"),
    ],
)
def test_a_released_diagnosis_brings_its_topic(diagnosis: str, heading: str) -> None:
    found = screen((diagnosis, "right"))
    assert heading in said(handout(JAW, found, give=[], released=[diagnosis]))
    assert heading not in said(handout(JAW, found, give=[]))


@pytest.mark.parametrize(
    ("indication", "title"),
    [
        ("burning_mouth", "Your burning mouth"),
        ("trigeminal_neuralgia", "Nerve pain in your face"),
        ("post_traumatic_neuropathic", "Nerve pain after an injury"),
        ("persistent_idiopathic_facial", "Why pain can stay after you heal"),
    ],
)
def test_an_indication_brings_its_topic(indication: str, title: str) -> None:
    assert handout(review(indication=indication), give=[]).title == title


def test_a_topic_can_be_added_to_those_of_the_visit_and_one_left_out() -> None:
    more = said(handout(PLAIN, also=["pain-diary"]))
    assert "Bite on the gauze" in more and "My week" in more
    fewer = said(handout(KIDNEYS, give=["hydrocodone"], without=["after-extraction"]))
    assert "Bite on the gauze" not in fewer and "Keep naloxone at home" in fewer


def test_a_topic_that_is_both_wanted_and_left_out_is_an_error() -> None:
    with pytest.raises(InputError, match="both wanted and left out"):
        handout(PLAIN, also=["pain-diary"], without=["pain-diary"])
    with pytest.raises(UnknownNameError, match="no handout on this topic"):
        handout(PLAIN, without=["a-broken-leg"])


def test_background_and_pictures_are_for_the_first_topic_alone() -> None:
    both = handout(JAW, JAW_FOUND, give=[], released=["local-myalgia"])
    assert "Care for the muscles" in said(both)
    assert "strong muscles on your cheeks" not in said(both)
    assert "strong muscles on your cheeks" in said(KINDS["muscle-pain"])


def test_beside_another_topic_three_moves_are_drawn_and_on_a_page_of_their_own_all_five() -> None:
    both = block(handout(JAW, JAW_FOUND, give=[], released=["local-myalgia", "arthralgia"]), Moves)
    assert [move.picture.name for move in both.items] == ["tongue-up-opening", "side-slide", "stretch"]
    alone = block(KINDS["tmj-self-care"], Moves)
    assert {move.picture.name for move in alone.items} > {"resisted-opening", "chin-tuck"} and len(alone.items) == 5


# -- a medicine on its own -------------------------------------------------------------------------------------------


def test_every_medicine_has_a_page_of_its_own() -> None:
    for name in (name for name, table in WORDING.medicines.items() if isinstance(table, dict)):
        assert WORDING.topic(f"medicine:{name}").names == (name,)


def test_a_page_on_a_medicine_hands_it_out_with_its_dose() -> None:
    document = handout(PLAIN, give=[], topics=["medicine:ibuprofen"])
    assert document.title == "About your medicine: Ibuprofen"
    (row,) = block(document, MedicineTable).rows
    assert "400 mg" in spaced(row.how)


def test_there_is_no_page_on_a_blocked_medicine_or_on_one_that_was_not_judged() -> None:
    with pytest.raises(InputError, match="ibuprofen is blocked for this patient by NSAID-EGFR30"):
        handout(KIDNEYS, give=[], topics=["medicine:ibuprofen"])
    with pytest.raises(UnknownNameError, match="did not judge the option celecoxib"):
        handout(PLAIN, give=[], also=["medicine:celecoxib"])
    with pytest.raises(UnknownNameError, match="no page on this medicine"):
        handout(review(option("a_new_one")), give=[], topics=["medicine:a_new_one"])


def test_the_page_on_naltrexone_says_off_label_compounded_and_disputed() -> None:
    shown = said(KINDS["medicine:low_dose_naltrexone"])
    assert "It is off-label." in shown and "It is compounded." in shown and "Studies do not agree." in shown
    assert "how it works" not in shown  # nobody knows how


@pytest.mark.parametrize("name", sorted(name for name in KINDS if name.startswith("medicine:")))
def test_a_page_never_says_stop_about_a_medicine_that_must_not_be_stopped_all_at_once(name: str) -> None:
    """Baclofen, clonazepam and the like: a patient who feels unwell calls, and is told how to step down."""
    shown = said(KINDS[name])
    assert "Stop and call us if you do not feel well" not in shown
    if "Do not stop it all at once." in shown:
        assert "Stop it" not in shown and "Stop and call" not in shown


# -- low-dose naltrexone ---------------------------------------------------------------------------------------------


def naltrexone(plan: Any, verdict: str = "offer_with_care") -> Any:
    judged = option("low_dose_naltrexone", verdict, box=dose(1.5, hours=24)) | {"plan": plan}
    return review(judged, indication="chronic_tmd")


def test_the_calendar_has_the_steps_and_the_visits_in_their_order_with_dates() -> None:
    table = block(handout(naltrexone(PLAN), give=["low_dose_naltrexone"]), PlainTable)
    assert [(spaced(when), spaced(what)) for when, what in table.rows] == [
        ("December 1, 2026, to December 14, 2026", "Take 1.5 mg at bedtime."),
        ("December 15, 2026, to December 28, 2026", "Take 3 mg at bedtime."),
        ("From December 29, 2026, on", "Take 4.5 mg at bedtime."),
        ("December 29, 2026", "Visit: how do you feel?"),
        ("January 26, 2027", "Visit: how do you feel?"),
        ("February 23, 2027", "Visit: do we go on or stop?"),
    ]


def test_without_a_first_day_the_calendar_has_weeks_and_says_not_to_start() -> None:
    document = handout(naltrexone(UNDATED), give=["low_dose_naltrexone"])
    assert "Do not take it before we tell you the day." in said(document)
    # the steps begin at the start of weeks 0, 2 and 4: in the patient's count weeks 1, 3 and 5
    assert [spaced(when) for when, _ in block(document, PlainTable).rows] == [
        "From week 1 on", "From week 3 on", "From week 5 on", "After week 4", "After week 8", "After week 12",
    ]  # fmt: skip
    assert not [text for text in texts(document) if "2026" in text and "December" in text]


def test_without_a_plan_no_dose_calendar_is_made_up() -> None:
    document = handout(naltrexone(None), give=["low_dose_naltrexone"])
    assert not [one for one in document.blocks if isinstance(one, PlainTable)]
    assert "We give you your dose calendar at your visit." in said(document)


def test_the_pause_before_surgery_has_its_hours_and_its_last_evening() -> None:
    shown = said(handout(naltrexone(PLAN), give=["low_dose_naltrexone"]))
    assert "Stop 72 hours before surgery" in shown
    assert "Your last dose before surgery is on the evening of March 8, 2027." in shown
    assert "Your last dose before surgery" not in said(handout(naltrexone(UNDATED), give=["low_dose_naltrexone"]))


def test_the_rule_to_stop_is_that_of_the_plan() -> None:
    shown = said(handout(naltrexone(PLAN), give=["low_dose_naltrexone"]))
    assert "We look at your pain at week 12. If it is not 30 percent less, we stop." in shown


def test_the_first_dose_in_the_table_says_that_the_calendar_goes_on() -> None:
    (row,) = block(handout(naltrexone(PLAN), give=["low_dose_naltrexone"]), MedicineTable).rows
    assert row.times.bedtime == "1.5\N{NO-BREAK SPACE}mg"
    assert row.notes[0] == "This is your first dose. Your dose calendar shows when it goes up."


def test_the_card_to_cut_out_stands_last_and_names_the_office() -> None:
    document = handout(naltrexone(PLAN), give=["low_dose_naltrexone"])
    card = document.blocks[-1]
    assert isinstance(card, Card)
    assert plain(card.call) == "Call: Riverside Family Dental, 734-555-0142"
    assert [run.link for run in card.call] == [None, None, "tel:7345550142"]
    silent = handout(naltrexone(PLAN), give=["low_dose_naltrexone"], office=OFFICE | {"phone": ""})
    assert plain(silent.blocks[-1].call) == "Call: Riverside Family Dental"  # type: ignore[union-attr]  # another block fails the test


def test_a_card_in_another_language_stands_there_in_english_too_for_the_emergency_room() -> None:
    spanish, introduced, english = handout(naltrexone(PLAN), give=["low_dose_naltrexone"], language="es").blocks[-3:]
    assert isinstance(spanish, Card) and isinstance(english, Card)
    assert (spanish.title, spanish.language) == ("Tomo naltrexona en dosis baja", "")
    assert (english.title, english.language) == ("I take low-dose naltrexone", "en")
    assert "inglés" in plain(introduced.runs)  # type: ignore[union-attr]  # another block fails the test
    assert 'class="handout-card" lang="en"' in english.html() and 'lang="' not in spanish.html()


def test_a_block_that_does_not_exist_is_an_error_of_the_wording() -> None:
    with pytest.raises(KnowledgeError, match="block is not one of calendar"):
        topic_block("dance", WORDING.topics["my-course"], Making(WORDING, None, handout().office))


# -- diary -----------------------------------------------------------------------------------------------------------


def test_the_diary_has_a_week_of_empty_cells() -> None:
    table = block(KINDS["pain-diary"], PlainTable)
    assert [spaced(row[0]) for row in table.rows] == [f"Day {number}" for number in range(1, 8)]
    assert {cell for row in table.rows for cell in row[1:]} == {""}


def test_the_pill_log_of_opioids_is_for_the_page_on_its_own() -> None:
    assert len(block(KINDS["opioid-if-prescribed"], PlainTable).rows) == 6
    assert not [one for one in handout(KIDNEYS, give=["hydrocodone"]).blocks if isinstance(one, PlainTable)]


def test_in_large_print_the_diary_has_lines_to_write_on() -> None:
    heard = spoken(to_pdf(KINDS["pain-diary"], large_print=True))
    assert heard.count(("P", "Pain, morning")) == 7


# -- what a patient has to avoid stands on every kind that names a medicine ------------------------------------------


def test_what_not_to_take_because_of_weak_kidneys_stands_beside_a_page_on_a_medicine() -> None:
    document = handout(KIDNEYS, give=[], topics=["medicine:acetaminophen"])
    avoid = [one for one in document.blocks if isinstance(one, Box) and one.kind == "avoid"]
    assert avoid and "Your kidneys are weak" in said(document)


def test_the_course_of_another_topic_is_not_printed() -> None:
    assert "Your numbers" not in said(handout(PLAIN, course=COURSE))


def test_a_paragraph_with_numbers_of_the_patient_is_personal() -> None:
    def inside(one: Block | Box) -> bool:
        return isinstance(one, Paragraph) and "Yours" in plain(one.runs)

    found = [one for one in KINDS["my-course"].blocks if inside(one)]
    assert found and all(one.personal for one in found)  # type: ignore[union-attr]  # another block fails the test


def test_a_blocked_medicine_is_found_by_its_name_in_the_language_of_the_handout(monkeypatch: pytest.MonkeyPatch) -> None:
    called = {**WORDING.medicines, "ibuprofen": {**WORDING.medicines["ibuprofen"], "called": ["Ibuprofeno"]}}
    monkeypatch.setattr(building, "load", lambda language: replace(WORDING, medicines=called))
    notes = [*WORDING.medicines["acetaminophen"]["notes"], "No tome ibuprofeno."]
    called["acetaminophen"] = {**WORDING.medicines["acetaminophen"], "notes": notes}
    assert "ibuprofeno" not in said(handout(KIDNEYS, give=["acetaminophen"]))
    assert "ibuprofeno" in said(handout(PLAIN, give=["acetaminophen"]))
