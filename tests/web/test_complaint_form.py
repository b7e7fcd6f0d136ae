"""On the page of a visit a dentist tells other pains apart: each key of a complaint can be answered, and what follows is shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.screening.complaint import NUMBERS, YES_NO
from dentalpain.service import Service
from dentalpain.storage import MemoryStore
from dentalpain.web import complaint_form
from dentalpain.web.complaint_words import GROUPS, LONGEST, SECONDS_OF, label

from .samples import Host
from .test_visit_page import text_of

# DDX-TN (ICHD-3 13.1.1): letters A to G.
TRIGEMINAL = {
    "attacks_recurrent": "yes",
    "pain_unilateral": "yes",
    "pain_in_trigeminal_division": "yes",
    "pain_beyond_division": "no",
    "pain_severe": "yes",
    "pain_electric_or_stabbing": "yes",
    "triggered_by_light_touch": "yes",
    "longest_attack": "2",
    "longest_attack-unit": "minutes",
}
# IASP 2021: the four steps that make nociplastic pain possible, and three months.
NOCIPLASTIC = {
    "duration_months": "3",
    "pain_regional_or_widespread": "yes",
    "nociceptive_cause_sufficient": "no",
    "neuropathic_cause_sufficient": "no",
    "evoked_hypersensitivity": "yes",
}


def sent(host: Host, **complaint: str) -> Any:
    return host.post(host.open(), **{f"complaint.{key}": value for key, value in complaint.items()})


def told(**complaint: str) -> dict[str, Any] | None:
    """The complaint that the service is asked with after this form."""
    host = Host()
    assert sent(host, **complaint).status_code == 303
    findings = host.service.last("screen")["findings"]
    return None if findings is None else findings["complaint"]


def page(**complaint: str) -> str:
    """The page of a visit with this complaint, by the real knowledge."""
    host = Host(service=Service(store=MemoryStore()))
    answer = sent(host, **complaint)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return text_of(host.client.get(str(answer.headers["Location"]).split("#")[0]).get_data(as_text=True))


def test_each_key_of_a_complaint_has_its_question_and_none_is_asked_twice() -> None:
    answers = [key for group in GROUPS for key in group.answers]
    numbers = [key for group in GROUPS for key in group.numbers]
    assert sorted(answers) == sorted([*YES_NO, "photophobia"])
    assert sorted([*numbers, *SECONDS_OF]) == sorted(NUMBERS)


def test_yes_no_and_not_asked_are_three_answers() -> None:
    assert told(pain_dull="yes", pain_burning="no", nausea="", restless="perhaps") == {
        "pain_dull": True,
        "pain_burning": False,
    }
    assert told(pain_dull="") is None


@pytest.mark.parametrize(
    ("unit", "key"),
    [("seconds", "attack_seconds_max"), ("minutes", "attack_minutes_max"), ("hours", "attack_hours_max")],
)
def test_the_longest_attack_is_told_in_one_of_three_units_and_comes_back_in_it(unit: str, key: str) -> None:
    held = told(longest_attack="2.5", **{"longest_attack-unit": unit})
    assert held == {key: Decimal("2.5")}
    assert complaint_form.fields_of(held) == {f"complaint.{LONGEST}": "2.5", f"complaint.{LONGEST}-unit": unit}


@pytest.mark.parametrize(
    ("hours", "taken"), [("24", True), ("0", True), ("24.5", False), ("-1", False), ("many", False)]
)
def test_a_day_has_24_hours(hours: str, taken: bool) -> None:
    host = Host()
    answer = sent(host, hours_per_day=hours)
    assert answer.status_code == (303 if taken else 422)
    assert ("Write a number from 0 to 24" in answer.get_data(as_text=True)) is not taken


def test_what_was_answered_comes_back_in_the_form() -> None:
    host = Host(service=Service(store=MemoryStore()))
    answer = sent(host, **TRIGEMINAL, better_explained="no")
    html = host.client.get(str(answer.headers["Location"]).split("#")[0]).get_data(as_text=True)
    assert (
        'id="complaint.pain_beyond_division"><option value="">Not asked</option>'
        '<option value="yes">Yes</option><option value="no" selected>' in html
    )
    assert (
        'name="complaint.longest_attack" id="complaint.longest_attack" size="5" inputmode="decimal" autocomplete="off" value="2"'
        in html
    )
    assert "<option selected>minutes</option>" in html


def test_trigeminal_neuralgia_is_met_by_all_letters_and_considered_one_short() -> None:
    assert "Meets criteria: Trigeminal neuralgia G50.0" in page(**TRIGEMINAL, better_explained="no")
    short = page(**TRIGEMINAL)
    assert "Consider: Trigeminal neuralgia (one criterion short: something else explains it better)" in short
    assert "Meets criteria: Trigeminal" not in short


def test_an_attack_of_more_than_two_minutes_is_no_trigeminal_neuralgia() -> None:
    longer = page(**{**TRIGEMINAL, "longest_attack": "2.01"}, better_explained="no")
    assert "Meets criteria: Trigeminal" not in longer


def test_nociplastic_pain_brings_what_acts_on_the_nervous_system_into_view_and_says_how_it_stands_with_naltrexone() -> (
    None
):
    text = page(**NOCIPLASTIC)
    assert "Nociplastic pain by the grading of the IASP, 2021 possible" in text
    assert "comes into view: Amitriptyline, low dose; Duloxetine; Low-dose naltrexone" in text
    assert "off-label and compounded, and its trials conflict" in text


def test_the_grading_says_what_is_not_known_and_offers_nothing_before() -> None:
    text = page(**{**NOCIPLASTIC, "evoked_hypersensitivity": ""})
    assert "2021 not determinable yet" in text and "comes into view" not in text
    assert label("evoked_hypersensitivity") in text


def test_without_a_complaint_nothing_of_it_is_shown() -> None:
    text = page()
    assert "one criterion short" not in text and "Nociplastic pain by the grading" not in text


def test_the_terminal_tells_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    import json

    from dentalpain import cli

    told = {
        key: {"yes": True, "no": False}.get(word, word)
        for key, word in TRIGEMINAL.items()
        if not key.startswith("longest")
    }
    complaint = {
        **told,
        "attack_minutes_max": 2,
        "better_explained": False,
        **{key: {"yes": True, "no": False}.get(word, 3) for key, word in NOCIPLASTIC.items()},
    }
    findings, record = tmp_path / "findings.json", tmp_path / "record.json"
    findings.write_text(json.dumps({"complaint": complaint}))
    record.write_text(json.dumps({"patient": {"id": "1", "birth_date": "1980-01-01"}}))
    with pytest.raises(SystemExit):
        cli.main(["screen", str(record), "--findings", str(findings), "--on", "2026-11-24"])
    said = " ".join(capsys.readouterr().out.split())
    assert "Trigeminal neuralgia (DDX-TN): criteria met; G50.0" in said
    assert "consider, one criterion short short of: tearing" in said
    assert "Nociplastic pain by the grading of the IASP, 2021: possible." in said
    assert "Low-dose naltrexone is off-label and compounded, and its trials conflict." in said
