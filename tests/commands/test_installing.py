"""knowledge install: from then on a practice asks in the official words, until it takes the form out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fhir.official import asked, form, option, phq_9, ratings
from tests.fhir.test_official_parts import FM_LINKS, WHOLE, fibromyalgia, response

from .conftest import STORY_DAY, Run, example


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return tmp_path / "packs"


def written(folder: Path, content: Any, name: str = "form.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def cautions(dentalpain: Run, folder: Path, packs: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cautions of a PHQ-9 that is screened in a practice with these packs."""
    monkeypatch.setenv("DENTALPAIN_PACKS", str(packs))
    items = {str(n): 0 for n in range(1, 11)}
    given = written(folder, {"instrument": "phq-9", "on": "2026-11-24", "items": items}, "answers.json")
    ended = dentalpain("screen", example("nora_bell"), "--answers", given, *STORY_DAY, "--json")
    assert ended.code == 0, ended.err
    monkeypatch.delenv("DENTALPAIN_PACKS")
    said: list[str] = ended.json["scores"][0]["cautions"]
    return said


def test_results_lose_the_caution_when_the_form_is_installed_and_have_it_again_without(
    dentalpain: Run, tmp_path: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "The questions were asked in our own words: not the validated wording."
    assert own in cautions(dentalpain, tmp_path, packs, monkeypatch)
    assert dentalpain("knowledge", "install", written(tmp_path, phq_9()), "--packs", packs).code == 0
    assert own not in cautions(dentalpain, tmp_path, packs, monkeypatch)
    assert dentalpain("knowledge", "uninstall", "phq-9", "--packs", packs).code == 0
    assert own in cautions(dentalpain, tmp_path, packs, monkeypatch)


def test_the_check_lists_what_is_installed_with_its_version_and_source(dentalpain: Run, tmp_path: Path, packs: Path) -> None:
    dentalpain("knowledge", "install", written(tmp_path, phq_9()), "--packs", packs)
    ended = dentalpain("knowledge", "check", "--packs", packs, "--json")
    assert ended.json["installed"] == [
        {
            "instrument": "phq-9",
            "title": "The official form",
            "version": "2.1",
            "url": "http://publisher.example/Questionnaire/form",
            "publisher": "The publisher",
        }
    ]
    assert "official form of phq-9" in dentalpain("knowledge", "check", "--packs", packs).out


def test_a_broken_pack_is_a_fault_that_the_check_names(dentalpain: Run, tmp_path: Path, packs: Path) -> None:
    dentalpain("knowledge", "install", written(tmp_path, phq_9()), "--packs", packs)
    (packs / "questionnaires" / "phq-9.json").write_text("{}", encoding="utf-8")
    assert "phq-9.json" in dentalpain("knowledge", "check", "--packs", packs).refusal


def test_a_form_that_does_not_say_what_it_is_needs_a_name(dentalpain: Run, tmp_path: Path, packs: Path) -> None:
    path = written(tmp_path, ratings(3))
    assert "--as" in dentalpain("knowledge", "install", path, "--packs", packs).refusal
    ended = dentalpain("knowledge", "install", path, "--as", "peg", "--packs", packs)
    assert ended.code == 0 and "version 2.1" in ended.out and "Reproduce, translate" in ended.out
    assert "no such questionnaire" in dentalpain("knowledge", "install", path, "--as", "peg-4", "--packs", packs).refusal


def test_a_form_that_does_not_fit_is_refused_by_file_place_and_mend_and_nothing_is_kept(
    dentalpain: Run, tmp_path: Path, packs: Path
) -> None:
    said = dentalpain("knowledge", "install", written(tmp_path, ratings(2)), "--as", "peg", "--packs", packs).refusal
    assert "form.json /item" in said and "--map" in said
    assert not packs.exists()


def test_a_map_of_the_items_is_read_and_its_faults_are_named(dentalpain: Run, tmp_path: Path, packs: Path) -> None:
    path = written(tmp_path, ratings(3))
    good = written(tmp_path, {"1": "q3", "2": "q2", "3": "q1"}, "map.json")
    assert dentalpain("knowledge", "install", path, "--as", "peg", "--map", good, "--packs", packs).code == 0
    held = json.loads((packs / "questionnaires" / "peg.json").read_text(encoding="utf-8"))
    assert held["items"]["1"]["ask"] == "Rating 3"
    bad = written(tmp_path, {"1": 3}, "map.json")
    said = dentalpain("knowledge", "install", path, "--as", "peg", "--map", bad, "--packs", packs).refusal
    assert "map.json /1" in said


def test_answers_to_the_official_form_under_its_own_linkids_and_codes_score_here(
    dentalpain: Run, tmp_path: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [option(f"deg-{n}", f"Degree {n}", system="http://publisher.example/degrees") for n in range(4)]
    asked_four = [asked(f"q{n}", f"Question {n}", answerOption=words) for n in range(4)]
    link_ids = written(tmp_path, {"nervous": "q2", "worry": "q3", "interest": "q0", "down": "q1"}, "map.json")
    official = written(tmp_path, form(*asked_four))
    assert dentalpain("knowledge", "install", official, "--as", "phq-4", "--map", link_ids, "--packs", packs).code == 0
    monkeypatch.setenv("DENTALPAIN_PACKS", str(packs))
    coding = {"system": "http://publisher.example/degrees", "code": "deg-3"}
    given = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": "http://publisher.example/Questionnaire/form",
        "authored": "2026-11-24",
        "item": [{"linkId": f"q{n}", "answer": [{"valueCoding": coding}]} for n in range(4)],
    }
    ended = dentalpain(
        "screen", example("nora_bell"), "--answers", written(tmp_path, given, "answers.json"), *STORY_DAY, "--json"
    )
    assert ended.code == 0, ended.err
    score = ended.json["scores"][0]
    assert (score["instrument"], score["score"], score["band"]) == ("phq-4", 12, "severe")  # 4 × 3


def test_without_a_folder_nothing_is_installed(dentalpain: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DENTALPAIN_PACKS", raising=False)
    path = written(tmp_path, phq_9())
    assert "DENTALPAIN_PACKS" in dentalpain("knowledge", "install", path).refusal


GCPS = "http://publisher.example/Questionnaire/form"


def answers_to(questionnaire: str, points: dict[str, int]) -> dict[str, Any]:
    """A response with these whole numbers, in a Bundle of the patient or by itself."""
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": questionnaire,
        "authored": "2026-11-24",
        "item": [{"linkId": key, "answer": [{"valueInteger": worth}]} for key, worth in points.items()],
    }


def original_gcps() -> dict[str, Any]:
    """The GCPS without item 1, its items numbered one lower, and the map that says so."""
    return form(*(asked(str(n), f"Rating {n}", "integer") for n in range(1, 8)))


# CPI (5 + 6 + 4) × 10 / 3 = 50, 7 days are 1 point of 180 days, interference (3 + 3 + 3) × 10 / 3 = 30 is 1 point:
# 2 disability points and a CPI of 50 are grade II. Read by our numbers the days would be 3 of 180, and no grade: item 8 blank.
BY_THEIR_NUMBERS = {"1": 5, "2": 6, "3": 4, "4": 7, "5": 3, "6": 3, "7": 3}
BY_OURS = {str(int(key) + 1): worth for key, worth in BY_THEIR_NUMBERS.items()}


def install_original_gcps(dentalpain: Run, tmp_path: Path, packs: Path) -> None:
    """The form without the question on days, whose item n is our item n + 1."""
    link_ids = written(tmp_path, {str(n + 1): str(n) for n in range(1, 8)}, "map.json")
    file = written(tmp_path, original_gcps())
    assert dentalpain("knowledge", "install", file, "--as", "gcps-6-month", "--map", link_ids, "--packs", packs).code == 0


def test_a_form_that_numbers_its_items_otherwise_is_read_by_its_numbers_and_our_own_form_by_ours(
    dentalpain: Run, tmp_path: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_original_gcps(dentalpain, tmp_path, packs)
    monkeypatch.setenv("DENTALPAIN_PACKS", str(packs))
    for named, points in ((GCPS, BY_THEIR_NUMBERS), (f"{GCPS}|2.1", BY_THEIR_NUMBERS), (OURS, BY_OURS)):
        path = written(tmp_path, answers_to(named, points), "answers.json")
        ended = dentalpain("screen", example("nora_bell"), "--answers", path, *STORY_DAY, "--json")
        assert ended.code == 0, ended.err
        score = ended.json["scores"][0]
        assert (score["status"], score["score"], score["band"]) == ("complete", 50, "II"), named
        assert score["subscales"]["points_days"] == 1


OURS = "urn:dentalpain:questionnaire:gcps-6-month"


def test_the_question_that_the_official_form_lacks_is_not_asked_in_our_words(
    dentalpain: Run, tmp_path: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_original_gcps(dentalpain, tmp_path, packs)
    monkeypatch.setenv("DENTALPAIN_PACKS", str(packs))
    shown = json.loads(dentalpain("questionnaire", "gcps-6-month").out)
    assert [item["linkId"] for item in shown["item"] if item["type"] != "display"] == ["2", "3", "4", "5", "6", "7", "8"]


def test_answers_in_a_bundle_that_name_the_installed_form_are_read_as_that_form(
    dentalpain: Run, tmp_path: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link_ids = written(tmp_path, {str(n + 1): str(n) for n in range(1, 8)}, "map.json")
    file = written(tmp_path, original_gcps())
    given = {**answers_to(GCPS, BY_THEIR_NUMBERS), "subject": {"reference": "Patient/p"}}
    patient = {"resourceType": "Patient", "id": "p", "birthDate": "1980-01-01"}
    whole = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}, {"resource": given}]}
    record = written(tmp_path, whole, "record.json")
    before = dentalpain("screen", record, *STORY_DAY, "--json").json
    assert not before["scores"] and any("not one of ours" in each["why"] for each in before["not_read"])
    assert dentalpain("knowledge", "install", file, "--as", "gcps-6-month", "--map", link_ids, "--packs", packs).code == 0
    monkeypatch.setenv("DENTALPAIN_PACKS", str(packs))
    score = dentalpain("screen", record, *STORY_DAY, "--json").json["scores"][0]
    assert (score["instrument"], score["score"], score["band"]) == ("gcps-6-month", 50, "II")


def test_a_form_that_asks_one_item_in_parts_is_installed_with_a_map_of_them_and_its_answers_score(
    dentalpain: Run, tmp_path: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, link_ids = written(tmp_path, fibromyalgia()), written(tmp_path, FM_LINKS, "map.json")
    refused = dentalpain("knowledge", "install", file, "--as", "fm-2016", "--packs", packs).refusal
    assert "form.json /item" in refused and "--map" in refused
    ended = dentalpain("knowledge", "install", file, "--as", "fm-2016", "--map", link_ids, "--packs", packs)
    assert ended.code == 0, ended.err
    monkeypatch.setenv("DENTALPAIN_PACKS", str(packs))
    given = written(tmp_path, response(WHOLE), "answers.json")
    score = dentalpain("screen", example("nora_bell"), "--answers", given, *STORY_DAY, "--json").json["scores"][0]
    assert (score["subscales"]["wpi"], score["score"], score["positive"]) == (7, 13, True)  # 7 places, 3 + 2 + 1 points
    paper = dentalpain("form", "fm-2016", "-o", tmp_path / "form.html")
    assert paper.code == 0, paper.err
    said = (tmp_path / "form.html").read_text(encoding="utf-8")
    assert "15. Pain in the neck?" in said and "For how many years?" in said and "not the validated wording" not in said


@pytest.mark.parametrize(
    ("link_ids", "where"),
    [({"sites": {"neck": 3}}, "map.json /sites/neck"), ({"sites": {"neck": "s1"}}, "map.json /sites/left jaw")],
    ids=["no text", "one place alone"],
)
def test_a_map_of_parts_that_does_not_fit_names_the_part(
    dentalpain: Run, tmp_path: Path, packs: Path, link_ids: dict[str, Any], where: str
) -> None:
    file, link_file = written(tmp_path, fibromyalgia()), written(tmp_path, link_ids, "map.json")
    said = dentalpain("knowledge", "install", file, "--as", "fm-2016", "--map", link_file, "--packs", packs).refusal
    assert where in said and not packs.exists()
