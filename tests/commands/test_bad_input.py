"""Input that cannot be used ends with 2 and one line; strange parts of usable input are listed as not read."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from .conftest import STORY_DAY, Run, answer_of, example, option_of

ADULT = {"patient": {"id": "p-1", "name": "Ada Test", "birth_date": "1980-01-01", "sex": "male"}}


def written(folder: Path, content: Any, name: str = "record.json") -> Path:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def bundle(*resources: Any, kind: str = "collection") -> Any:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": resource} for resource in resources]}


PATIENT = {"resourceType": "Patient", "id": "a", "birthDate": "1980-01-01", "gender": "male"}
OTHER_PATIENT = {**PATIENT, "id": "b"}
STU3_CONDITION = {
    "resourceType": "Condition",
    "clinicalStatus": "active",
    "verificationStatus": "confirmed",
    "subject": {"reference": "Patient/a"},
    "code": {"text": "Asthma"},
}

UNUSABLE = {
    "cut off in the middle": '{"resourceType": "Bundle", "entry": [{"resource": {"resour',
    "empty": "",
    "no JSON": "Norco 5/325",
    "a list": "[]",
    "not UTF-8": b'{"patient": {"name": "\xff\xfe"}}',
    "nested too deep": '{"a":' * 5000 + "1" + "}" * 5000,
    "an endless number": '{"facts": {"egfr": ' + "9" * 5000 + "}}",
    "not a number": '{"facts": {"egfr": NaN}}',
    "a bare resource": PATIENT,
    "a document Bundle": bundle(PATIENT, kind="document"),
    "a message Bundle": bundle(PATIENT, kind="message"),
    "FHIR STU3": bundle(PATIENT, STU3_CONDITION),
    "two patients": bundle(PATIENT, OTHER_PATIENT),
    "an unknown key": {**ADULT, "problemz": []},
    "a fact of another kind": {**ADULT, "facts": {"egfr": "yes"}},
    "no such fact": {**ADULT, "facts": {"e_g_f_r": 29}},
    "a birth date that is none": {"patient": {"birth_date": "1980-13-45"}},
}


@pytest.mark.parametrize("what", UNUSABLE)
@pytest.mark.parametrize("verb", ["screen", "review"])
def test_a_record_that_cannot_be_used_ends_with_one_line_that_names_the_file(
    dentalpain: Run, tmp_path: Path, verb: str, what: str
) -> None:
    path = written(tmp_path, UNUSABLE[what])
    ended = dentalpain(verb, path, *STORY_DAY, "--json")
    assert "record.json" in ended.refusal
    assert ended.out == ""
    assert "Ada Test" not in ended.err


def test_a_file_that_is_not_there_is_named(dentalpain: Run, tmp_path: Path) -> None:
    assert "nobody.json" in dentalpain("review", tmp_path / "nobody.json").refusal


def test_a_folder_is_no_record(dentalpain: Run, tmp_path: Path) -> None:
    assert tmp_path.name in dentalpain("review", tmp_path).refusal


def test_a_file_of_more_than_50_megabytes_is_refused_without_being_read(dentalpain: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    assert "50 MB" in dentalpain("review", path).refusal


def test_of_several_patients_one_is_read_when_it_is_named(dentalpain: Run, tmp_path: Path) -> None:
    path = written(tmp_path, bundle(PATIENT, OTHER_PATIENT))
    assert dentalpain("review", path, "--patient", "b", *STORY_DAY, "--json").json["age_years"] == 46
    line = dentalpain("review", path, *STORY_DAY).refusal
    assert "2 patients" in line and "--patient" in line


def test_no_birth_date_is_a_caution_and_an_unknown_age(dentalpain: Run, tmp_path: Path) -> None:
    path = written(tmp_path, bundle({"resourceType": "Patient", "id": "a"}))
    result = dentalpain("review", path, "--prescribe", "Norco 5/325 1 q6h #12", *STORY_DAY, "--json").json
    assert result["age_years"] is None
    assert any("birth date" in part["what"] for part in result["not_read"])
    assert answer_of(result, "OPI-CHILD") == "unknown"


def test_a_value_of_the_future_is_listed_and_not_read(dentalpain: Run, tmp_path: Path) -> None:
    record = {**ADULT, "facts": {"egfr": {"value": 20, "date": "2027-01-01"}}}
    result = dentalpain(
        "review", written(tmp_path, record), "--prescribe", "ibuprofen 400 mg q6h #12", *STORY_DAY, "--json"
    ).json
    assert any(part["where"] == "/facts/egfr" for part in result["not_read"])
    assert answer_of(result, "NSAID-EGFR30") == "unknown"


@pytest.mark.parametrize("text", ["ibuprofen -400 mg q6h #12", "Norco 5/325 -1 tab q6h #12", "Norco 5/325 1 tab q-6h"])
def test_a_negative_dose_gives_no_negative_and_no_silent_number(dentalpain: Run, text: str) -> None:
    result = dentalpain("review", example("emma_lindqvist"), "--prescribe", text, *STORY_DAY, "--json").json
    held = result["prescriptions"][0]
    numbers = [
        result["mme_per_day"]["total"],
        result["ibuprofen_mg_per_day"],
        held["units_per_day_max"],
        held["mme_per_day"],
    ]
    assert all(number is None or number >= 0 for number in numbers)
    assert held["unread"]


def test_a_prescription_of_100_kilobytes_is_answered_at_once_and_nothing_of_it_counts(dentalpain: Run) -> None:
    text = "Norco 5/325 1 tab q6h prn " * 3900
    started = time.monotonic()
    ended = dentalpain("review", example("emma_lindqvist"), "--prescribe", text, *STORY_DAY, "--json")
    assert time.monotonic() - started < 10
    if ended.code == 2:
        assert "Norco" not in ended.refusal
    else:
        assert any(held["unread"] for held in ended.json["prescriptions"]) or ended.json["not_read"]


MARKED = "<b>Ibuprofen</b> <font color=red>400 mg</font> & \u202e21# h6q\u200f"


def test_markup_in_names_and_texts_is_shown_as_it_is_and_steers_nothing(dentalpain: Run, tmp_path: Path) -> None:
    record = {**ADULT, "problems": ["<script>alert(1)</script> & \x1b[31mred"], "medicines": [MARKED]}
    record["patient"] = {**ADULT["patient"], "name": "<b>Ada</b> & \u202eadA"}
    path = written(tmp_path, record)
    assert dentalpain("review", path, *STORY_DAY, "--json").json["prescriptions"][0]["text"] == MARKED
    shown = dentalpain("review", path, *STORY_DAY).out
    assert "<b>Ibuprofen</b>" in shown
    assert not {"\x1b", "\u202e", "\u200f"} & set(shown)


def test_markup_comes_through_into_the_handout_as_plain_text(dentalpain: Run, tmp_path: Path) -> None:
    office = written(tmp_path, {"name": "<b>Smile</b> & <font color=red>Co</font>", "phone": "555-0100"}, "office.json")
    page, pdf = tmp_path / "handout.html", tmp_path / "handout.pdf"
    for path in (page, pdf):
        ended = dentalpain("handout", example("emma_lindqvist"), *STORY_DAY, "--office", office, "-o", path)
        assert ended.code == 0, ended.err
    assert "&lt;b&gt;Smile&lt;/b&gt; &amp; &lt;font" in page.read_text(encoding="utf-8")
    assert pdf.read_bytes().startswith(b"%PDF")


# -- options -------------------------------------------------------------------------------------------------------

WRONG_WORDS = [
    (["nonsense"], "nonsense"),
    (["review"], "RECORD"),
    (["review", "R", "--on", "tomorrow"], "--on"),
    (["review", "R", "--on", "1999-12-31"], "2000-01-01"),
    (["review", "R", "--for", "headache"], "simple_extraction"),
    (["review", "R", "--consider", "aspirine"], "aspirine"),
    (["review", "R", "--fact", "egfr"], "--fact"),
    (["review", "R", "--fact", "egfr=low"], "egfr"),
    (["review", "R", "--fact", "nothing=1"], "nothing"),
    (["review", "R", "--fact", "egfr=29", "--fact", "egfr=30"], "egfr"),
    (["review", "R", "--state", "Ohio"], "--state"),
    (["review", "R", "--prescribe", " "], "--prescribe"),
    (["review", "R", "--save"], "DENTALPAIN_STORE"),
    (["review", "R", "--save", "--store", "sqlite:///nowhere/no.db"], "db upgrade"),
    (["review", "R", "--save", "--store", "nonsense"], "sqlite:///"),
    (["handout", "R"], "-o"),
    (["handout", "R", "-o", "handout.doc"], ".pdf"),
    (["handout", "R", "-o", "h.pdf", "--paper", "a3"], "--paper"),
    (["handout", "R", "-o", "h.pdf", "--letter", "love-letter"], "--letter"),
    (["handout", "R", "-o", "h.pdf", "--letter", "chart-summary", "--legacy-mme"], "--legacy-mme"),
    (["handout", "R", "-o", "h.pdf", "--language", "xx"], "language"),
    (["handout", "R", "-o", "h.pdf", "--topic", "knees"], "topic"),
    (["handout", "R", "-o", "h.pdf", "--give", "ibuprofene"], "give"),
    (["explain", "NO-SUCH-RULE"], "store"),
    (["replay", "abc"], "store"),
    (["audit", "verify"], "store"),
    (["db", "upgrade"], "store"),
    (["knowledge", "sheet", "NO-SUCH-RULE"], "NO-SUCH-RULE"),
    (["schema", "bundle"], "bundle"),
    (["demo", "--on", "soon"], "--on"),
]


@pytest.mark.parametrize(("words", "named"), WRONG_WORDS, ids=[" ".join(words) for words, _ in WRONG_WORDS])
def test_words_that_cannot_be_meant_end_with_one_line_that_says_which(
    dentalpain: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    record = str(example("emma_lindqvist"))
    ended = dentalpain(*(record if word == "R" else word for word in words))
    assert named in ended.refusal
    assert ended.out == ""
    assert not list(tmp_path.iterdir())


def test_answers_that_do_not_fit_name_their_file_and_the_place_in_it(dentalpain: Run, tmp_path: Path) -> None:
    answers = {"instrument": "tmd-pain-screener", "items": {"1": 1.9}}
    line = dentalpain(
        "screen", example("emma_lindqvist"), "--answers", written(tmp_path, answers, "answers.json")
    ).refusal
    assert "answers.json" in line and "items" in line and "1.9" not in line


def test_findings_that_do_not_fit_name_their_file_and_the_place_in_it(dentalpain: Run, tmp_path: Path) -> None:
    findings = {"examination": {"performed": "no"}}
    path = written(tmp_path, findings, "findings.json")
    for verb in ("screen", "review"):
        line = dentalpain(verb, example("emma_lindqvist"), "--findings", path).refusal
        assert "findings.json" in line and "performed" in line


def test_an_office_with_a_strange_key_is_refused(dentalpain: Run, tmp_path: Path) -> None:
    office = written(tmp_path, {"name": "Smile", "telephone": "555"}, "office.json")
    line = dentalpain("handout", example("emma_lindqvist"), "--office", office, "-o", tmp_path / "h.pdf").refusal
    assert "office.json" in line


def test_a_medicine_that_the_review_blocks_cannot_be_handed_out(dentalpain: Run, tmp_path: Path) -> None:
    path = tmp_path / "handout.pdf"
    ended = dentalpain("handout", example("walter_novak"), *STORY_DAY, "--give", "ibuprofen", "-o", path)
    assert "NSAID-EGFR30" in ended.refusal
    assert not path.exists()


def test_an_option_that_is_only_considered_can_be_judged(dentalpain: Run) -> None:
    result = dentalpain("review", example("walter_novak"), *STORY_DAY, "--consider", "cyclobenzaprine", "--json").json
    assert option_of(result, "cyclobenzaprine")["line"] is None
