"""The blank paper form of each questionnaire: accessible, numbered as its answers file, and honest about its wording."""

from __future__ import annotations

import itertools
from typing import Any

import page
import pytest

from dentalpain.errors import UnknownNameError
from dentalpain.handouts.content import Document, texts
from dentalpain.handouts.html import to_html
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.paper_forms.body import BodyPicture, places
from dentalpain.handouts.paper_forms.building import build_form
from dentalpain.handouts.paper_forms.question import Question
from dentalpain.paper_forms import instrument_of, names, paper_form

from .assessments import service
from .hearing import expected
from .reading_pdf import reader, spoken
from .samples import OFFICE, ON

FORMS = names(service())
SIZES = [("letter", False), ("a4", True)]


def form(name: str, **more: Any) -> Document:
    return build_form(instrument_of(service(), name), office=OFFICE, on=ON, **more)


def questions(name: str, **more: Any) -> list[Question]:
    return [block for block in form(name, **more).blocks if isinstance(block, Question)]


@pytest.mark.parametrize(("paper", "large"), SIZES)
@pytest.mark.parametrize("name", FORMS)
def test_every_form_passes_pdf_ua_1_and_pdf_a_2a_and_is_read_out_in_its_order(name: str, paper: str, large: bool) -> None:
    data = to_pdf(form(name), paper=paper, large_print=large)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    assert spoken(data) == expected(form(name), large=large)


@pytest.mark.parametrize("name", FORMS)
def test_every_item_stands_on_its_form_once_and_in_order(name: str) -> None:
    instrument = instrument_of(service(), name)
    assert [question.ask for question in questions(name)] == [item.ask for item in instrument.items]


def test_the_numbers_are_those_of_the_answers_file_where_it_has_numbers() -> None:
    assert [one.number for one in questions("dc-tmd-sq")][:6] == ["1", "2", "3", "4A", "4B", "4C"]
    # PHQ-4 is answered by words (nervous, worry, interest, down): the form counts them in that order.
    assert [one.number for one in questions("phq-4")] == ["1", "2", "3", "4"]
    assert questions("phq-4", points=True)[0].hints == ("In the answers file: nervous",)


def test_points_are_hidden_unless_staff_ask_for_them() -> None:
    assert questions("phq-4")[0].boxes[0] == "not at all"
    assert questions("phq-4", points=True)[0].boxes[3] == "on nearly every day (3)"


def test_a_scale_has_a_box_for_each_number_and_says_what_its_ends_mean() -> None:
    first = questions("peg")[0]
    assert first.boxes == tuple(str(number) for number in range(11))
    assert first.hints == ("0: no pain. 10: pain as bad as it can be.",)
    assert questions("jfls-8")[0].more == ("too difficult",)


def test_a_count_of_days_and_a_length_of_time_are_lines_to_write_on() -> None:
    assert questions("gcps-6-month")[0].lines == ("Number from 0 to 180",)
    assert questions("dc-tmd-sq")[1].lines == ("Years", "Months")


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_who_answers_what_time_it_asks_about_and_whose_words_these_are(name: str) -> None:
    said = " ".join(texts(form(name)))
    instrument: Any = instrument_of(service(), name)
    assert f"The questions ask about: {instrument.texts['window']}." in said
    assert ("For you to fill in." in said) == (instrument.texts["answered_by"] == "patient")
    assert ("Not the validated wording" in said) == ("not the validated" in instrument.texts["wording"])
    assert instrument.texts["licence"]["holder"] in said


def test_no_pain_is_told_from_a_drawing_that_was_left_blank() -> None:
    (question,) = questions("pain-drawing")
    assert question.more == ("no pain in any of these places",)


def test_every_place_of_the_answers_file_stands_on_the_picture_under_its_number() -> None:
    for name in ("pain-drawing", "fm-2016"):
        item = instrument_of(service(), name).items[0]
        picture = next(block for block in form(name).blocks if isinstance(block, BodyPicture))
        drawn = {sign for sign, _, _, number in picture.signs() if number}
        assert drawn == {str(number) for number in range(1, len(item.names) + 1)}
        assert questions(name)[0].boxes[0] == f"1. {item.names[0]}"


def test_left_and_right_are_the_patient_s_own() -> None:
    x = {(one.name, one.x > 120): one.x for one in places() if one.name.endswith("hip")}
    # From the front the patient's left hip is at our right; from the back at our left.
    assert x["left hip", False] > x["right hip", False]
    assert x["left hip", True] < x["right hip", True]


def test_numbers_on_the_picture_do_not_lie_on_each_other() -> None:
    picture = next(block for block in form("pain-drawing").blocks if isinstance(block, BodyPicture))
    spots = [(x, y) for _, x, y, _ in picture.signs()]
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) > 7 for a, b in itertools.combinations(spots, 2))


def test_the_page_of_a_form_holds_the_same_questions_and_the_picture_with_its_alternative() -> None:
    shown = to_html(form("pain-drawing"))
    assert 'role="img" aria-label="The body from the front' in shown and "<li>23. intra-oral</li>" in shown
    assert "<li>10</li>" in to_html(form("peg")) and 'class="handout-line"' in to_html(form("gcps-1-month"))


def test_the_short_forms_fit_one_sheet_of_paper() -> None:
    for name in ("phq-4", "peg", "tmd-pain-screener-short", "pain-drawing"):
        assert len(reader(to_pdf(form(name))).pages) == 1, name


def test_a_form_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnknownNameError, match="phq-4"):
        paper_form(service(), "nope", office=OFFICE, on=ON)
