"""What is typed and ticked becomes what the service is asked, and nothing more than was said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dentalpain.errors import AnswersError

from .samples import Host


def asked(verb: str = "review", **form: Any) -> Any:
    host = Host()
    response = host.post(host.open(), **form)
    assert response.status_code == 303
    return host.service.last(verb)


def test_an_empty_form_asks_for_nothing() -> None:
    said = asked()
    assert said["answers"] == [] and said["findings"] is None and said["facts"] == {}
    assert said["prescribe"] == () and said["indication"] is None


def test_a_screener_item_without_an_answer_is_null_and_not_zero() -> None:
    said = asked("screen", **{"screener-1": "2", "screener-2": "0"})
    assert said["answers"][0]["items"] == {"1": 2, "2": 0, "3A": None, "3B": None, "3C": None, "3D": None}


@pytest.mark.parametrize("value", ["2", "-1", "1.0", "yes"])
def test_points_that_an_item_does_not_have_are_no_answer(value: str) -> None:
    assert asked("screen", **{"screener-2": value})["answers"] == []


def test_the_state_of_the_office_goes_into_the_review() -> None:
    host = Host(config={"DENTALPAIN_STATE": "OH"})
    host.open()
    assert host.service.last("review")["state"] == "OH"


def test_one_line_is_one_prescription() -> None:
    said = asked(prescribe=" Norco 5/325 q6h #12 \r\n\r\n ibuprofen 400 mg q6h ", indication="surgical_extraction")
    assert said["prescribe"] == ("Norco 5/325 q6h #12", "ibuprofen 400 mg q6h")
    assert said["indication"] == "surgical_extraction"


def test_an_indication_that_does_not_exist_is_none() -> None:
    assert asked(indication="boredom")["indication"] is None


def test_a_place_that_was_not_pressed_has_no_entry() -> None:
    findings = asked(**{"press-right-masseter": "familiar", "hold_seconds": "5"})["findings"]
    assert findings["examination"]["palpation"] == [
        {
            "site": "right masseter",
            "pain": True,
            "familiar_pain": True,
            "spreads_within_muscle": False,
            "refers_beyond_muscle": False,
            "hold_seconds": 5,
        }
    ]


def test_a_hold_that_nobody_noted_is_absent() -> None:
    entry = asked(**{"press-left-temporalis": "pain"})["findings"]["examination"]["palpation"][0]
    assert "hold_seconds" not in entry and entry["spreads_within_muscle"] is None


def test_an_unticked_place_is_no_only_when_somebody_says_it_was_asked() -> None:
    silent = asked(prescribe="x", pain_last_30_days="none")["findings"]
    assert "examination" not in silent
    stated = asked(**{"opening_familiar_pain-asked": "1"})["findings"]["examination"]
    assert stated["opening_familiar_pain"] == []


def test_a_question_left_alone_stays_out_of_the_history() -> None:
    assert asked(pain_changed_by_jaw_use="no")["findings"] == {"history": {"pain_changed_by_jaw_use": False}}


@pytest.mark.parametrize(
    ("word", "value"), [("yes", True), ("no", False), ("unknown", "unknown")]
)
def test_one_click_answers_a_question(word: str, value: Any) -> None:
    assert asked(answer=f"pregnant={word}")["facts"] == {"pregnant": value}


def test_an_answer_can_be_taken_back() -> None:
    host = Host()
    visit = host.post(host.open(), answer="pregnant=no").headers["Location"]
    host.post(visit.split("#")[0], answer="pregnant=clear")
    assert host.service.last("review")["facts"] == {}


def test_answers_stay_from_step_to_step() -> None:
    host = Host()
    visit = host.post(host.open(), answer="pregnant=no").headers["Location"]
    host.post(visit.split("#")[0], prescribe="ibuprofen 400 mg")
    assert host.service.last("review")["facts"] == {"pregnant": False}


def test_a_number_is_kept_exactly() -> None:
    assert asked(**{"fact-weight_kg": "68.2"})["facts"] == {"weight_kg": Decimal("68.2")}


@pytest.mark.parametrize("text", ["heavy", "6,8", "1e3", "NaN", "٣", "1234567"])
def test_what_is_not_a_number_is_an_error_beside_its_field_and_nothing_is_lost(text: str) -> None:
    host = Host()
    response = host.post(host.open(), prescribe="Norco 5/325", **{"fact-weight_kg": text})
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "Write a number, such as 45 or 1.2." in page and "Norco 5/325" in page
    assert len(host.service.kept) == 1  # nothing was assessed


@pytest.mark.parametrize("text", ["-1", "91", "wide", "40,5"])
def test_an_opening_that_no_jaw_has_is_an_error(text: str) -> None:
    host = Host()
    response = host.post(host.open(), max_assisted_interincisal_mm=text)
    assert response.status_code == 422 and "Write millimeters from 0 to 90" in response.get_data(as_text=True)


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("90", 90), ("40.5", Decimal("40.5"))])
def test_an_opening_within_the_bounds_is_kept(text: str, value: Any) -> None:
    examination = asked(max_assisted_interincisal_mm=text)["findings"]["examination"]
    assert examination["max_assisted_interincisal_mm"] == value


def test_a_date_is_written_as_year_month_day() -> None:
    assert asked(**{"fact-planned_surgery_date": "2026-12-01"})["facts"] == {"planned_surgery_date": "2026-12-01"}
    host = Host()
    assert host.post(host.open(), **{"fact-planned_surgery_date": "next week"}).status_code == 422


def test_a_prescription_of_a_hundred_kilobytes_is_refused_in_a_sentence() -> None:
    host = Host()
    response = host.post(host.open(), prescribe="a" * 100_000)
    assert response.status_code == 422
    assert "longer than 4000 characters" in response.get_data(as_text=True)


def test_ticked_warning_signs_are_yes_and_the_rest_is_no_only_when_all_were_asked() -> None:
    shown = ["RF-01=jaw_claudication", "RF-01=scalp_tenderness", "RF-02=sweating"]
    partly = asked(**{"sign-shown": shown, "sign": "scalp_tenderness"})
    assert partly["facts"] == {"scalp_tenderness": True}
    wholly = asked(**{"sign-shown": shown, "sign": "scalp_tenderness", "signs-asked": "RF-01"})
    assert wholly["facts"] == {"jaw_claudication": False, "scalp_tenderness": True}  # nobody asked about RF-02


def test_a_sign_that_is_ticked_under_one_red_flag_is_not_denied_under_another() -> None:
    shown = ["RF-01=visual_loss_or_diplopia", "RF-05=visual_loss_or_diplopia"]
    said = asked(**{"sign-shown": shown, "sign": "visual_loss_or_diplopia", "signs-asked": ["RF-01", "RF-05"]})
    assert said["facts"] == {"visual_loss_or_diplopia": True}


def test_an_answer_that_only_the_reader_can_refuse_is_shown_with_the_form_as_it_was_typed() -> None:
    host = Host()
    visit = host.open()

    def refuse(*record: Any, **arguments: Any) -> Any:
        raise AnswersError("is a number in kg.", where="fact weight_kg", mend="Write digits.")

    host.service.screen = refuse  # type: ignore[method-assign]  # a fake in place of one method
    response = host.post(visit, prescribe="Norco 5/325", **{"fact-weight_kg": "-3"})
    page = response.get_data(as_text=True)
    assert response.status_code == 422 and "Write digits." in page and "Norco 5/325" in page


def test_a_form_beyond_the_limit_of_a_body_is_refused() -> None:
    host = Host(config={"DENTALPAIN_MAX_BODY": 2048})
    visit = host.open()
    assert host.post(visit, prescribe="a" * 3000).status_code == 413


def test_going_through_a_list_today_is_an_answer() -> None:
    host = Host()
    visit = host.post(host.open(), answer="problems_reviewed=yes").headers["Location"]
    assert host.service.last("review")["facts"] == {"problems_reviewed": True}
    page = host.client.get(visit.split("#")[0]).get_data(as_text=True)
    assert page.count("Reviewed with the patient Nov 24, 2026") == 1


def test_the_form_shows_again_what_was_sent() -> None:
    host = Host()
    form = {
        "screener-1": "1",
        "press-left-tmj-lateral-pole": "familiar",
        "hold_seconds": "2",
        "pain_location_confirmed": "left tmj",
        "max_assisted_interincisal_mm": "41",
        "vertical_overlap_mm": "-2",
        "other_pain_diagnosis_explains_better": "no",
        "pain_last_30_days": "comes and goes",
        "prescribe": "ibuprofen 600 mg q6h",
        "indication": "chronic_tmd",
    }
    visit = host.post(host.open(), **form).headers["Location"].split("#")[0]
    first = host.service.last("review")
    page = host.client.get(visit).get_data(as_text=True)
    again = {"screener-1": "1", **_checked(page)}
    host.post(visit, **again)
    second = host.service.last("review")
    assert {k: v for k, v in first.items()} == {k: v for k, v in second.items()}


def _checked(page: str) -> dict[str, Any]:
    """The values that a browser would send from the page."""
    import re
    from html import unescape

    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]+>", page):
        held = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = held.get("type") in ("radio", "checkbox") and " checked" in tag
        typed = "type" not in held and held.get("name", "").endswith("_mm")
        if (ticked and held["name"] not in ("topic", "paper")) or typed:
            sent[held["name"]] = held["value"]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        if chosen:
            sent[name] = chosen.group(1)
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    sent["prescribe"] = unescape(text.group(1)) if text else ""
    return sent
