"""handout --letter, form and knowledge sheet -o: the documents for clinicians, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import page
import pytest

from dentalpain.handouts.letters.words import KINDS

from .conftest import PATIENTS, STORY_DAY, Run

CAROL = (
    PATIENTS / "carol_jimenez.json", "--answers", PATIENTS / "answers" / "carol_jimenez.json",
    "--findings", PATIENTS / "findings" / "carol_jimenez.json", *STORY_DAY, "--for", "chronic_tmd",
)  # fmt: skip


def test_a_letter_is_written_where_a_handout_would_be(dentalpain: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    ended = dentalpain("handout", *CAROL, "--letter", "physiotherapy", "-o", path, "--json")
    assert ended.json["letter"] == "physiotherapy" and ended.json["preview"] is True
    assert page.validate_pdf_bytes(path.read_bytes(), profile="ua1").is_compliant


def test_the_service_of_a_letter_of_necessity_and_the_codes_of_the_office_stand_in_it(dentalpain: Run, tmp_path: Path) -> None:
    office = tmp_path / "office.json"
    office.write_text(json.dumps({"name": "Office", "procedure_codes": ["D0000"]}))
    path = tmp_path / "letter.html"
    give = ("--give", "supervised_jaw_exercise_stretching")
    dentalpain("handout", *CAROL, "--letter", "medical-necessity", "--office", office, *give, "-o", path)
    said = path.read_text(encoding="utf-8")
    assert "office's list: D0000" in said.replace("&#x27;", "'") and "Supervised jaw exercise and stretching: strong" in said


def test_a_fact_answered_on_the_day_is_told_in_the_letter(dentalpain: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    dentalpain("handout", *CAROL, "--letter", "medical-necessity", "--fact", "pain_duration_days=365", "-o", path)
    assert "Pain for 365\N{NO-BREAK SPACE}days" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("letter", [(), ("--letter", "referral-orofacial-pain")])
def test_a_json_file_is_the_referral_in_fhir(dentalpain: Run, tmp_path: Path, letter: tuple[str, ...]) -> None:
    path = tmp_path / "referral.fhir.json"
    assert dentalpain("handout", *CAROL, *letter, "-o", path).code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["type"] == "document"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--letter", "nope", "-o", "x.pdf"), KINDS[-1]),
        (("--letter", "physiotherapy", "-o", "x.json"), "Only the referral"),
        (("--letter", "physiotherapy", "--topic", "muscle-pain", "-o", "x.pdf"), "takes no topics"),
        (("--letter", "physician-red-flag", "-o", "x.pdf"), "found no warning sign"),
    ],
)
def test_a_letter_that_cannot_be_written_is_refused_in_one_line(dentalpain: Run, words: tuple[str, ...], said: str) -> None:
    assert said in dentalpain("handout", *CAROL, *words).refusal


def test_a_description_beside_a_procedure_code_is_refused(dentalpain: Run, tmp_path: Path) -> None:
    office = tmp_path / "office.json"
    office.write_text(json.dumps({"name": "Office", "procedure_codes": ["D0000 words of the code set"]}))
    ended = dentalpain("handout", *CAROL, "--letter", "medical-necessity", "--office", office, "-o", tmp_path / "x.pdf")
    assert "not a code number" in ended.refusal


def test_a_paper_form_is_written_for_print_and_as_a_page(dentalpain: Run, tmp_path: Path) -> None:
    for name in ("phq-4.pdf", "phq-4.html"):
        path = tmp_path / name
        assert dentalpain("form", "phq-4", "--paper", "a4", "--large-print", "-o", path).out == f"The form is in {path}.\n"
    assert (tmp_path / "phq-4.pdf").read_bytes().startswith(b"%PDF")
    assert "How often did you feel tense" in (tmp_path / "phq-4.html").read_text(encoding="utf-8")
    assert "Choose: " in dentalpain("form", "nope", "-o", tmp_path / "x.pdf").refusal
    assert "neither a PDF nor a page" in dentalpain("form", "phq-4", "-o", tmp_path / "x.txt").refusal


@pytest.mark.parametrize("item", ["NSAID-EGFR30", "low_dose_naltrexone"])
def test_the_review_sheet_is_printed_with_all_that_the_terminal_shows(dentalpain: Run, tmp_path: Path, item: str) -> None:
    path = tmp_path / "sheet.pdf"
    assert dentalpain("knowledge", "sheet", item, "-o", path).code == 0
    for profile in ("ua1", "2a"):
        assert page.validate_pdf_bytes(path.read_bytes(), profile=profile).is_compliant
    twin = tmp_path / "sheet.html"
    dentalpain("knowledge", "sheet", item, "--large-print", "-o", twin)
    said = twin.read_text(encoding="utf-8")
    for label in ("Name", "License and state", "Role", "Day", "Signature"):
        assert f'<p class="handout-line"><span>{label}</span></p>' in said
    shown = " ".join(dentalpain("knowledge", "sheet", item).out.split())
    digest = next(word for word in shown.split() if len(word) == 64)
    assert digest in said
    assert "neither a PDF nor a page" in dentalpain("knowledge", "sheet", item, "-o", "x.txt").refusal


def test_a_handout_and_a_letter_are_written_in_the_language_that_is_asked_for(dentalpain: Run, tmp_path: Path) -> None:
    path = tmp_path / "handout.html"
    ended = dentalpain("handout", *CAROL, "--language", "es", "-o", path, "--json")
    said = path.read_text(encoding="utf-8")
    assert ended.json["preview"] is True and '<html lang="es">' in said and "VISTA PREVIA" in said
    dentalpain("handout", *CAROL, "--language", "es", "--letter", "physiotherapy", "-o", path)
    said = path.read_text(encoding="utf-8")
    assert "Envío a fisioterapia" in said and "están en inglés" in said  # what stays in English is said
