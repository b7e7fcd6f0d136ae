"""Questionnaires among the resources of a Bundle: the newest answers of this patient to a form of ours are screened."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from dentalpain.practice.files import read_document
from dentalpain.practice.native import read_native, write_native
from dentalpain.service import default_service

from .conftest import bundle

ON = dt.date(2026, 11, 30)
SERVICE = default_service()
TOOLS = SERVICE.tools
Json = dict[str, Any]


def phq_4(points: int, authored: str = "2026-11-29", **more: Any) -> Json:
    """Answers of that many points to each of the four items."""
    answers = [{"linkId": key, "answer": [{"valueInteger": points}]} for key in ("nervous", "worry", "interest", "down")]
    head = {"resourceType": "QuestionnaireResponse", "questionnaire": "urn:dentalpain:questionnaire:phq-4", "status": "completed"}
    return {**head, "subject": {"reference": "Patient/p1"}, "authored": authored, "item": answers, **more}


def record(*resources: Json, **more: Any) -> Any:
    return read_document(bundle(*resources, **more), on=ON, vocabulary=TOOLS.vocabulary, names=TOOLS.names)


def screened(*resources: Json, answers: list[Json] | None = None, **more: Any) -> Json:
    return SERVICE.screen(record(*resources, **more), answers=answers or [])


def scores(found: Json) -> dict[str, Any]:
    return {score["instrument"]: score["score"] for score in found["scores"]}


def why(found: Json) -> list[str]:
    return [part["why"] for part in found["not_read"]]


def test_answers_in_the_record_are_scored_with_the_day_they_were_given() -> None:
    found = screened(phq_4(2))
    (score,) = found["scores"]
    assert (score["instrument"], score["score"], score["band"]) == ("phq-4", 8, "moderate")  # 4 × 2; severe from 9
    assert score["answered_on"] == "2026-11-29"


def test_of_several_answers_to_one_form_the_newest_are_read_and_the_others_listed() -> None:
    found = screened(phq_4(1, "2026-05-01"), phq_4(3, "2026-11-29T10:00:00Z"), phq_4(2, "2026-11-29T09:00:00Z"))
    assert scores(found) == {"phq-4": 12}
    assert why(found).count("newer answers to it are read") == 2


def test_answers_that_are_handed_in_stand_before_those_of_the_record() -> None:
    items = {"nervous": 0, "worry": 0, "interest": 0, "down": 1}
    found = screened(phq_4(2), answers=[{"instrument": "phq-4", "items": items}])
    assert scores(found) == {"phq-4": 1}
    assert "newer answers to it are read" in why(found)


def test_what_is_not_read_is_listed() -> None:
    foreign = phq_4(2, questionnaire="http://loinc.org/q/69724-3")
    found = screened(foreign, phq_4(2, status="entered-in-error"), phq_4(2, "2026-12-24"))
    assert scores(found) == {}
    assert {"it answers a questionnaire that is not one of ours", "it was entered in error"} <= set(why(found))
    assert "dated after 2026-11-30" in why(found)


def test_answers_of_another_patient_are_left_out() -> None:
    assert scores(screened(phq_4(2, subject={"reference": "Patient/p2"}))) == {}


def test_answers_in_the_record_that_cannot_be_used_do_not_stop_the_screening() -> None:
    broken = phq_4(9)  # no item counts 9 points
    found = screened(broken)
    assert scores(found) == {}
    assert any("not a point of the item" in reason for reason in why(found))


def test_red_flags_of_a_form_in_the_record_reach_screening_and_review() -> None:
    form = {"questionnaire": "urn:dentalpain:questionnaire:phq-9", "item": [{"linkId": "9", "answer": [{"valueInteger": 1}]}]}
    flags = {flag["rule"]: flag["answer"] for flag in screened(phq_4(0, **form))["red_flags"]}
    assert flags["RF-12"] == "yes"  # item 9 from one point on, whatever the sum
    review = SERVICE.review(record(phq_4(0, **form)), indication="chronic_tmd")
    (naltrexone,) = [one for one in review["alternatives"] if one["id"] == "low_dose_naltrexone"]
    assert "LDN-MOOD" in naltrexone["rules"] and "LDN-MOOD" not in naltrexone["unknown_rules"]


def test_a_native_record_may_hold_answers_in_our_own_shape() -> None:
    items = {"nervous": 1, "worry": 1, "interest": 1, "down": 0}
    older = {"instrument": "phq-4", "on": "2026-10-01", "items": {**items, "down": 3}}
    data = {"patient": {"id": "p1"}, "answers": [older, {"instrument": "phq-4", "on": "2026-11-02", "items": items}]}
    native = read_native(data, on=ON, vocabulary=TOOLS.vocabulary, names=TOOLS.names)
    assert scores(SERVICE.screen(native)) == {"phq-4": 3}  # 1 + 1 + 1 + 0


def test_names_and_notes_of_a_response_stay_behind() -> None:
    named = {"source": {"reference": "Patient/p1", "display": "Ada Lovelace"}, "text": {"div": "Ada Lovelace"}}
    kept = record(phq_4(2, **named)).answers
    assert "Ada" not in json.dumps(kept) and kept[0]["source"] == {"reference": "Patient/p1"}


def test_a_record_is_stored_with_its_answers_and_scores_the_same_again() -> None:
    first = record(phq_4(2))
    stored = json.loads(json.dumps(write_native(first)))
    again = read_native(stored, on=ON, vocabulary=TOOLS.vocabulary, names=TOOLS.names)
    assert again.answers == first.answers
    assert SERVICE.screen(again)["scores"] == SERVICE.screen(first)["scores"]
