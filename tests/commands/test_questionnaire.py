"""questionnaire, and a response to it as answers of a screening."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

Json = dict[str, Any]


def response(points: int) -> Json:
    """Answers of that many points to each of the four items."""
    items = [{"linkId": key, "answer": [{"valueInteger": points}]} for key in ("nervous", "worry", "interest", "down")]
    named = {"resourceType": "QuestionnaireResponse", "questionnaire": "urn:dentalpain:questionnaire:phq-4"}
    return {**named, "status": "completed", "item": items}


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "record.json"
    path.write_text('{"patient": {"id": "1", "birth_date": "1970-01-01"}}', encoding="utf-8")
    return str(path)


def handed_in(tmp_path: Path, *items: Json, points: int = 1) -> str:
    path = tmp_path / "answers.json"
    sent = response(points)
    path.write_text(json.dumps({**sent, "item": [*sent["item"], *items]}), encoding="utf-8")
    return str(path)


def test_the_names_are_listed_and_each_is_printed(dentalpain: Run) -> None:
    names = dentalpain("questionnaire").out.split()
    assert "phq-4" in names and "red-flags" in names
    printed = dentalpain("questionnaire", "phq-4").json
    assert (printed["resourceType"], printed["url"]) == ("Questionnaire", "urn:dentalpain:questionnaire:phq-4")
    assert [item["linkId"] for item in printed["item"]][-4:] == ["nervous", "worry", "interest", "down"]
    assert "phq-4" in dentalpain("questionnaire", "phq-2").refusal


def test_a_response_is_read_as_answers(dentalpain: Run, tmp_path: Path, record: str) -> None:
    strange = {"linkId": "/44250-9", "answer": [{"valueInteger": 1}]}
    screened = dentalpain("screen", record, "--answers", handed_in(tmp_path, strange), "--on", "2026-11-24", "--json").json
    (score,) = screened["scores"]
    assert (score["score"], score["band"]) == (4, "mild")  # 4 × 1; mild from 3
    assert screened["not_read"][0] == {
        "where": "answers 1/item/4",
        "what": "linkId /44250-9",
        "why": "the questionnaire asks nothing under this linkId",
    }


def test_a_response_that_cannot_be_used_is_refused_with_file_and_place(dentalpain: Run, tmp_path: Path, record: str) -> None:
    twice = {"linkId": "down", "answer": [{"valueInteger": 1}]}
    refusal = dentalpain("screen", record, "--answers", handed_in(tmp_path, twice)).refusal
    assert "answers.json /item/4" in refusal and "second time" in refusal
    assert "answers.json" in dentalpain("screen", record, "--answers", handed_in(tmp_path, points=9)).refusal
