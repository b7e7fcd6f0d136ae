"""On the page of a patient's course a dentist is told whether a treatment on trial works by its marks, and what is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from .patients_hands import START, Office
from .test_visit_page import text_of

BEGAN = START - dt.timedelta(weeks=12)
ALL = ["function", "opioids", "quality_of_life"]


@pytest.fixture
def office() -> Office:
    return Office()


def judged(office: Office, started: dt.datetime = BEGAN, **form: Any) -> str:
    """The page after the treatment was judged with this form."""
    path = f"{office.visit()}/course"
    sent = office.send(path, started=started.date().isoformat(), **{"weeks": "12", "watched": ALL, **form})
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return text_of(office.page(path))


def with_start(office: Office, pain: str, **more: str) -> Office:
    """The office with a pain that was measured on the day the treatment began."""
    office.clock.move_to(BEGAN)
    judged(office, pain_0_10=pain, **more)
    office.clock.move_to(START)
    return office


# 10 at the start: 7 is 30 % less, 7.1 is 29 % less.
@pytest.mark.parametrize(
    ("now", "said"),
    [("7", "treatment is working"), ("7.1", "it is not working"), ("6.9", "treatment is working"), ("", "It cannot be told")],
)
def test_thirty_percent_less_pain_after_twelve_weeks_is_the_mark(office: Office, now: str, said: str) -> None:
    assert said in judged(with_start(office, "10"), pain_0_10=now)


def test_a_day_before_the_day_of_judging_too_little_is_not_yet_a_failure(office: Office) -> None:
    with_start(office, "10")
    office.clock.move_to(START - dt.timedelta(days=1))
    page = judged(office, pain_0_10="9")
    assert "It cannot be told" in page and "Missing to judge it wholly: jaw function, opioid use, quality of life, time" in page


def test_less_pain_with_more_opioids_is_not_put_down_to_the_treatment(office: Office) -> None:
    with_start(office, "10", mme_per_day="10")
    page = judged(office, pain_0_10="3", mme_per_day="20")
    assert "It cannot be told" in page and "Opioids rose meanwhile" in page
    assert "70 % better reaches 50 percent" in page and "100 % worse" in page


def test_a_questionnaire_of_a_visit_counts_by_itself(office: Office) -> None:
    # PEG: the mean of three items; 9 at the start and 6 now is a third less.
    for moment, points in ((BEGAN, "9"), (START, "6")):
        office.clock.move_to(moment)
        peg = {f"peg.{key}": points for key in ("1", "2", "3")}
        assert office.send(office.visit(), **{"form-shown": "peg", **peg}).status_code == 303
    page = judged(office)
    assert "the treatment is working" in page and "PEG: pain and what it takes away, 0 to 10 9" in page
    assert "33.3 % better" in page


def test_what_was_measured_stands_once_however_often_it_was_judged(office: Office) -> None:
    with_start(office, "10")
    judged(office, pain_0_10="6")
    judged(office)
    values = [one for one in office.service.course("p1") if one["measure"] == "pain_0_10"]
    assert [(one["value"], str(one["on"])) for one in values] == [(10, str(BEGAN.date())), (6, str(START.date()))]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"started": ""}, "The day on which the treatment began is needed."),
        ({"started": "2026-11-25"}, "The treatment begins after the day that is asked about."),
        ({"started": "yesterday"}, ""),
        ({"weeks": "0"}, ""),
        ({"weeks": "many"}, "Write a number, such as 4"),
        ({"pain_0_10": "11"}, ""),
        ({"pain_0_10": "bad"}, "Write a number, such as 4"),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_kept(office: Office, form: dict[str, str], said: str) -> None:
    path = f"{office.visit()}/course"
    sent = office.send(path, **{"started": "2026-09-01", "weeks": "12", **form})
    assert sent.status_code == 422 and said in sent.get_data(as_text=True)
    assert f'href="#{next(iter(form))}"' in sent.get_data(as_text=True)
    assert office.service.latest("p1", "outcomes") is None


def test_who_may_only_see_is_shown_the_course_and_judges_nothing(office: Office) -> None:
    path = f"{office.visit()}/course"
    office.access.allow("see", "list")
    assert office.staff.get(path).status_code == 200
    assert office.send(path, started="2026-09-01").status_code == 403
