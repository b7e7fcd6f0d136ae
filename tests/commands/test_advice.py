"""screen, review and handout as a dentist uses them at a terminal, and what --save keeps."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from .conftest import PATIENTS, STORY_DAY, Run, example

PERCOCET = "Percocet 5/325 1-2 tabs q4-6h prn #20"
CAROL = (
    example("carol_jimenez"),
    *("--answers", PATIENTS / "answers" / "carol_jimenez.json"),
    *("--findings", PATIENTS / "findings" / "carol_jimenez.json"),
    *STORY_DAY,
)


def test_json_is_the_whole_result_and_nothing_else(dentalpain: Run) -> None:
    ended = dentalpain("review", example("walter_novak"), *STORY_DAY, "--json")
    assert ended.err == ""
    assert {"assessment", "on", "flags", "alternatives", "not_read"} <= set(json.loads(ended.out))


def test_the_worst_stands_first_and_each_flag_names_fact_value_source_and_day(dentalpain: Run) -> None:
    shown = " ".join(dentalpain("review", example("walter_novak"), *STORY_DAY).out.split())
    assert shown.index("[DO NOT USE]") < shown.index("[SERIOUS]")
    assert "29 mL/min/1.73 m² (laboratory, Oct 2, 2026)" in shown


def test_what_is_missing_is_said_to_be_not_recorded_and_asked_for(dentalpain: Run) -> None:
    shown = dentalpain("review", example("sam_ellery"), "--prescribe", "ibuprofen 400 mg q6h #12", *STORY_DAY).out
    assert "age not recorded" in shown and "(egfr)" in shown
    assert "--fact egfr=…" in shown or "--fact problems_reviewed=…" in shown
    assert "safe" not in shown.lower()


def test_no_line_is_wider_than_100_columns_and_none_is_colored_outside_of_a_terminal(dentalpain: Run) -> None:
    for words in (("screen", *CAROL), ("review", *CAROL, "--prescribe", PERCOCET)):
        shown = dentalpain(*words).out
        assert max(map(len, shown.splitlines())) <= 100
        assert "\x1b" not in shown


def test_an_answer_of_the_dentist_is_read_as_a_fact_of_that_day(dentalpain: Run) -> None:
    asked = ("review", example("sam_ellery"), "--prescribe", "ibuprofen 400 mg q6h #12", *STORY_DAY, "--json")
    flags = dentalpain(*asked, "--fact", "egfr=29").json["flags"]
    kidney = next(flag for flag in flags if flag["rule"] == "NSAID-EGFR30")
    told = {"fact": "egfr", "value": 29, "source": "dentist", "date": "2026-11-24", "stale": False}
    assert (kidney["answer"], kidney["because"]) == ("yes", [told])


def test_a_typed_prescription_takes_the_place_of_the_draft_which_is_listed_as_not_read(dentalpain: Run) -> None:
    result = dentalpain(
        "review", example("emma_lindqvist"), "--prescribe", "ibuprofen 400 mg q6h #12", *STORY_DAY, "--json"
    ).json
    assert [held["text"] for held in result["prescriptions"]] == ["ibuprofen 400 mg q6h #12"]
    assert any("Norco" in part["what"] for part in result["not_read"])


def test_a_draft_that_was_left_aside_is_named_by_its_place_in_the_file(dentalpain: Run, tmp_path: Path) -> None:
    draft = {
        "resourceType": "MedicationRequest", "status": "draft", "intent": "order", "subject": {"reference": "Patient/p"},
        "medicationCodeableConcept": {"text": "tramadol 50 mg"},
    }  # fmt: skip
    patient = {"resourceType": "Patient", "id": "p", "birthDate": "1990-02-03"}
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}, {"resource": draft}]}
    path = tmp_path / "record.json"
    path.write_text(json.dumps(bundle), encoding="utf-8")
    left = dentalpain("review", path, "--prescribe", "ibuprofen 400 mg q6h #12", *STORY_DAY, "--json").json["not_read"]
    assert [(one["where"], one["what"]) for one in left if "typed" in one["why"]] == [("/entry/1/resource", "tramadol 50 mg")]


def test_the_superseded_factors_are_shown_beside_those_of_2022_when_asked_for_and_named_as_legacy(dentalpain: Run) -> None:
    # Tramadol 50 mg × 4: × 0.2 = 40 by CDC 2022, × 0.1 = 20 by CDC 2016.
    asked = ("review", example("nora_bell"), "--prescribe", "tramadol 50 mg q6h #12", *STORY_DAY)
    result = dentalpain(*asked, "--legacy-mme", "--json").json
    assert (result["mme_per_day"]["total"], result["mme_per_day"]["edition"]) == (40, "cdc2022")
    assert (result["mme_per_day_legacy"]["total"], result["mme_per_day_legacy"]["edition"]) == (20, "cdc2016")
    assert "mme_per_day_legacy" not in dentalpain(*asked, "--json").json
    assert "Legacy, by the factors of 2016" in dentalpain(*asked, "--legacy-mme").out


def test_for_wins_over_the_indication_of_the_record(dentalpain: Run) -> None:
    result = dentalpain("review", example("emma_lindqvist"), "--for", "simple_extraction", *STORY_DAY, "--json").json
    assert result["indication"] == "simple_extraction"
    assert any(flag["rule"] == "ADA-SIMPLE-NOOPIOID" and flag["answer"] == "yes" for flag in result["flags"])


def test_low_dose_naltrexone_is_not_shown_for_acute_pain_and_nothing_is_asked_for_its_sake(dentalpain: Run) -> None:
    shown = dentalpain("review", example("emma_lindqvist"), *STORY_DAY).out
    assert "naltrexone" not in shown.lower().replace("(naltrexone", "")
    assert "last_opioid_date" not in shown


# -- handout -------------------------------------------------------------------------------------------------------


def test_the_course_of_naltrexone_is_told_with_its_evidence_on_both_sides(dentalpain: Run) -> None:
    settled = ("opioid_active=no", "nonprescribed_opioid_like=no", "moud=no", "opioid_naive=yes", "planned_surgery_date=2027-06-01")
    facts = [word for fact in settled for word in ("--fact", fact)]
    shown = " ".join(dentalpain("review", *CAROL, "--for", "chronic_tmd", *facts).out.split())
    # 1.5 mg for two weeks, 3 mg for two weeks, then 4.5 mg, from the day of the review on; held 72 hours before surgery.
    assert "week 0 1.5 mg from Nov 24, 2026 to Dec 7, 2026; week 2 3 mg from Dec 8, 2026 to Dec 21, 2026" in shown
    assert "last dose before the planned operation: May 28, 2027" in shown
    assert "3 against, 4 for, 4 neutral" in shown and "off-label" in shown.lower() and "compounded" in shown


def test_a_course_that_must_wait_says_until_when_and_what_leads_on(dentalpain: Run) -> None:
    last = ("--fact", "last_opioid_date=2026-11-20", "--fact", "last_opioid_type=short_use")
    shown = " ".join(dentalpain("review", *CAROL, "--for", "chronic_tmd", *last).out.split())
    # Seven days after short use: Nov 20 + 7 = Nov 27.
    assert "opioid-free days are over on Nov 27, 2026" in shown and "Wait until the days are over" in shown
    assert "day of the latest opioid dose: Nov 20, 2026" in shown


def test_the_handout_is_a_pdf_with_the_name_of_the_office(dentalpain: Run, tmp_path: Path) -> None:
    office = tmp_path / "office.json"
    office.write_text('{"name": "Maple Street Dental", "phone": "555-0142"}', encoding="utf-8")
    path = tmp_path / "new folder" / "handout.pdf"
    given = ("--give", "acetaminophen", "--office", office, "-o", path)
    ended = dentalpain("handout", example("walter_novak"), *STORY_DAY, *given)
    assert ended.code == 0 and "handout.pdf" in ended.out
    pages = PdfReader(path).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "Maple Street Dental" in text and "acetaminophen" in text.lower()
    assert len(pages) <= 2


def test_the_office_file_names_a_logo_beside_it_and_an_address_on_the_web(dentalpain: Run, tmp_path: Path) -> None:
    logo = io.BytesIO()
    Image.new("RGB", (60, 20), "teal").save(logo, "PNG")
    (tmp_path / "logo.png").write_bytes(logo.getvalue())
    told = {"name": "Maple <Street>", "address": ["12 Maple Street", "Springfield"], "hours": "8 to 5"}
    told |= {"url": "https://maple.example", "logo": "logo.png", "next_visit": "May 8 at 9"}
    office, page = tmp_path / "office.json", tmp_path / "handout.html"
    office.write_text(json.dumps(told), encoding="utf-8")
    assert dentalpain("handout", example("walter_novak"), *STORY_DAY, "--office", office, "-o", page).code == 0
    shown = page.read_text(encoding="utf-8")
    said = ("Maple &lt;Street&gt;", "12 Maple Street", "8 to 5", "Your next visit: May 8 at 9")
    assert all(text in shown for text in said)
    assert 'src="data:image/png;base64,' in shown and "Square code that opens https://maple.example" in shown
    assert "<style>" in shown and "<link" not in shown
    (tmp_path / "logo.png").write_bytes(b"GIF89a")
    ended = dentalpain("handout", example("walter_novak"), *STORY_DAY, "--office", office, "-o", page)
    assert "office.json, /logo: The logo is neither PNG nor JPEG. Save it as PNG." in ended.refusal


def test_named_topics_are_printed_and_no_other(dentalpain: Run, tmp_path: Path) -> None:
    page = tmp_path / "handout.html"
    visit = ("handout", example("walter_novak"), *STORY_DAY, "--for", "surgical_extraction", "-o", page)
    assert dentalpain(*visit).code == 0
    assert "After your tooth is pulled" in page.read_text(encoding="utf-8")
    assert dentalpain(*visit, "--topic", "muscle-pain").code == 0
    assert "After your tooth is pulled" not in page.read_text(encoding="utf-8")
    assert dentalpain(*visit, "--topic", "none").code == 0
    assert "Your care after this visit" in page.read_text(encoding="utf-8")


def test_a_topic_can_be_added_and_another_left_out(dentalpain: Run, tmp_path: Path) -> None:
    page = tmp_path / "handout.html"
    visit = ("handout", example("walter_novak"), *STORY_DAY, "--for", "surgical_extraction", "-o", page)
    assert dentalpain(*visit, "--also", "pain-diary").code == 0
    both = page.read_text(encoding="utf-8")
    assert "After your tooth is pulled" in both and "My week" in both
    assert dentalpain(*visit, "--also", "pain-diary", "--without", "after-extraction").code == 0
    assert "After your tooth is pulled" not in page.read_text(encoding="utf-8")
    refused = dentalpain(*visit, "--also", "pain-diary", "--without", "pain-diary").refusal
    assert "both wanted and left out" in refused


def test_the_page_on_how_the_pain_has_gone_draws_dated_answers_and_what_the_store_keeps(
    dentalpain: Run, store: str, tmp_path: Path
) -> None:
    def peg(day: str, each: int) -> Path:
        path = tmp_path / f"{day}.json"
        path.write_text(json.dumps({"instrument": "peg", "on": day, "items": dict.fromkeys("123", each)}), encoding="utf-8")
        return path

    page, kept = tmp_path / "h.html", ("--store", store)
    first = (example("walter_novak"), *STORY_DAY, "--answers", peg("2026-10-05", 8))
    assert dentalpain("screen", *first, "--save", *kept).code == 0
    second = (example("walter_novak"), *STORY_DAY, "--answers", peg("2026-11-20", 5))
    ended = dentalpain("handout", *second, *kept, "--topic", "my-course", "-o", page)
    assert ended.code == 0, ended.err
    shown = page.read_text(encoding="utf-8")
    # the PEG is the mean of its three items
    assert '<th scope="row">October 5, 2026</th><td>8</td>' in shown and ">November 20, 2026</th><td>5</td>" in shown
    assert "Yours went down from 8 to 5. That is a real change." in " ".join(shown.split())  # 3 of 8 is more than 30 percent


def test_without_a_signature_of_this_practice_the_handout_is_a_preview(
    dentalpain: Run, store: str, tmp_path: Path
) -> None:
    words = ("handout", example("walter_novak"), *STORY_DAY, "--store", store, "--json", "-o", tmp_path / "h.html")
    assert dentalpain(*words).json["preview"] is True
    signed = ("--who", "Ann Example", "--licence", "OH 30.1", "--role", "dentist", "--store", store)
    assert dentalpain("knowledge", "sign", "handouts/en", *signed).code == 0
    assert dentalpain(*words).json["preview"] is False
    in_spanish = dentalpain(*[word for word in words if word != "--json"], "--language", "es")
    assert "dentalpain knowledge sign handouts/es" in " ".join(in_spanish.out.split())  # each language has its own


def test_only_what_the_clinician_releases_is_told_to_the_patient(dentalpain: Run, tmp_path: Path) -> None:
    page = tmp_path / "handout.html"
    assert dentalpain("handout", *CAROL, "-o", page).code == 0
    kept_back = page.read_text(encoding="utf-8")
    assert dentalpain("handout", *CAROL, "--release", "local-myalgia", "-o", page).code == 0
    assert "A jaw muscle is sore" in page.read_text(encoding="utf-8") and "A jaw muscle is sore" not in kept_back
    assert dentalpain("handout", *CAROL, "--release", "arthralgia", "-o", page).code == 2  # not met


# -- what is kept --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["screen", "review", "handout"])
def test_a_saved_assessment_is_found_explained_and_replayed(
    dentalpain: Run, store: str, tmp_path: Path, verb: str
) -> None:
    more = ("-o", tmp_path / "h.pdf") if verb == "handout" else ()
    kept = dentalpain(verb, *CAROL, "--save", "--store", store, "--json", *more).json["assessment"]
    replayed = dentalpain("replay", kept, "--store", store, "--json").json
    assert (replayed["same_knowledge"], replayed["equal"], replayed["differing_rules"]) == (True, True, [])
    assert "same advice" in dentalpain("replay", kept, "--store", store).out
    assert kept in dentalpain("explain", kept, "--store", store).out
    assert dentalpain("explain", kept, "--store", store, "--json").json["kind"] == verb


def test_every_word_of_a_review_is_run_again_by_replay(dentalpain: Run, store: str) -> None:
    more = (
        "--prescribe",
        PERCOCET,
        "--for",
        "surgical_extraction",
        "--fact",
        "egfr=25",
        "--consider",
        "cyclobenzaprine",
        "--state",
        "OH",
    )
    words = ("review", example("margaret_oyelaran"), *STORY_DAY, *more, "--save", "--store", store, "--json")
    review = dentalpain(*words).json
    replayed = dentalpain("replay", review["assessment"], "--store", store, "--json").json
    assert replayed["equal"] and replayed["now"]["flags"] == review["flags"]
    assert [one["id"] for one in replayed["now"]["alternatives"]] == [one["id"] for one in review["alternatives"]]


def test_an_unknown_id_is_said_to_be_unknown(dentalpain: Run, store: str) -> None:
    for verb in ("replay", "explain"):
        assert "No assessment" in dentalpain(verb, "A" * 22, "--store", store).refusal


# -- the program itself --------------------------------------------------------------------------------------------


def ended_process(*words: object, **environment: str) -> Any:
    command = [sys.executable, "-m", "dentalpain.cli", *map(str, words)]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DENTALPAIN_STORE")}
    return subprocess.run(command, capture_output=True, check=False, env={**clean, **environment}, timeout=60)


def test_it_writes_utf_8_on_a_console_that_knows_ascii_alone() -> None:
    done = ended_process(
        "review", example("walter_novak"), *STORY_DAY, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C"
    )
    assert done.returncode == 0, done.stderr
    assert "1.73 m²" in done.stdout.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "dentalpain.cli", "review", str(example("walter_novak")), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


def test_help_needs_no_knowledge_and_no_store(dentalpain: Run) -> None:
    shown = dentalpain("--help").out
    assert all(re.search(rf"^  {verb} ", shown, re.M) for verb in ("screen", "review", "handout", "knowledge", "demo"))
    assert dentalpain().out.startswith("Usage: dentalpain")
