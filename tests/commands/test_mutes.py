"""mutes add, list and lift on the command line, what a review then says, and what the office says of itself."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from dentalpain.storage.sql_store import SQLStore

from .conftest import Run

RULE = "NSAID-RAAS-OR-DIUR"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A man of 71 who takes lisinopril; the lists were reviewed."""
    days = dict.fromkeys(("problems", "medicines", "allergies"), "2026-11-20")
    held: dict[str, Any] = {
        "patient": {"id": "p1", "birth_date": "1955-02-01", "sex": "male"},
        "medicines": ["lisinopril 10 mg daily"],
        "facts": {"alcohol_drinks_per_day": 0},
        "reviewed_on": days,
    }
    path = tmp_path / "record.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
    monkeypatch.setattr("dentalpain.commands.mutes.now", lambda: moment)


def asked(record: Path, store: str) -> tuple[object, ...]:
    text = "ibuprofen 400 mg q6h #12"
    return ("review", record, "--prescribe", text, "--for", "simple_extraction", "--on", "2026-11-24", "--store", store)


def test_a_flag_is_muted_marked_listed_and_lifted(dentalpain: Run, store: str, record: Path) -> None:
    saved = dentalpain(*asked(record, store), "--save", "--json").json["assessment"]
    told = ("--until", "2027-01-31", "--reason", "tolerated_before", "--store", store)
    name = dentalpain("mutes", "add", saved, RULE, *told, "--json").json["id"]
    flags = dentalpain(*asked(record, store), "--json").json["flags"]
    marks = {one["rule"]: one["muted"]["until"] for one in flags if "muted" in one}
    assert marks == {RULE: "2027-01-31"}
    out = " ".join(dentalpain(*asked(record, store)).out.split())
    assert "MUTED FOR THIS PATIENT: 1" in out and f"dentalpain mutes lift {name}" in out
    listed = dentalpain("mutes", "list", "p1", "--store", store).out
    assert RULE in listed and "standing" in listed and "Taken before without harm" in listed
    assert "Lifted" in dentalpain("mutes", "lift", name, "--store", store).out
    assert [one["state"] for one in dentalpain("mutes", "list", "p1", "--store", store, "--json").json["items"]] == ["lifted"]
    assert "MUTED FOR THIS PATIENT" not in dentalpain(*asked(record, store)).out
    assert "Nothing was muted" in dentalpain("mutes", "list", "p2", "--store", store).out
    held = SQLStore(store)
    assert held.verify() is None
    held.close()


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        (RULE, ("--until", "2027-01-31")),  # no reason
        (RULE, ("--until", "2026-11-23", "--text", "why not")),  # past
        ("OPI-BENZO", ("--until", "2027-01-31", "--text", "why not")),  # no flag of this review
        (RULE, ("--until", "2027-01-31", "--text", " ")),
    ],
)
def test_what_cannot_be_muted_is_one_line_that_says_why(
    dentalpain: Run, store: str, record: Path, rule: str, more: tuple[str, ...]
) -> None:
    saved = dentalpain(*asked(record, store), "--save", "--json").json["assessment"]
    assert dentalpain("mutes", "add", saved, rule, *more, "--store", store).refusal


def test_a_presumed_yes_is_not_muted_but_answered_first(dentalpain: Run, store: str, record: Path) -> None:
    # Heart failure of a class that nobody recorded: the stable-failure rule speaks by presumption. Muted, its card and with
    # it the question would be gone, and a class III or IV never found.
    held = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**held, "problems": ["heart failure"]}), encoding="utf-8")
    result = dentalpain(*asked(record, store), "--save", "--json").json
    presumed = {one["rule"] for one in result["flags"] if one["answer"] == "yes" and one["presumed"]}
    assert "NSAID-HF" in presumed and "nyha_class" in {one["fact"] for one in result["questions"]}
    told = ("--until", "2027-01-31", "--reason", "tolerated_before", "--store", store)
    assert "Answer what it asks" in dentalpain("mutes", "add", result["assessment"], "NSAID-HF", *told).refusal
    known = dentalpain(*asked(record, store), "--fact", "nyha_class=II", "--save", "--json").json
    assert dentalpain("mutes", "add", known["assessment"], "NSAID-HF", *told, "--json").json["id"]


def test_the_environment_says_how_long_a_mute_may_last(
    dentalpain: Run, store: str, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = dentalpain(*asked(record, store), "--save", "--json").json["assessment"]
    words = ("mutes", "add", saved, RULE, "--until", "2026-12-31", "--reason", "tolerated_before", "--store", store)
    monkeypatch.setenv("DENTALPAIN_MUTE_DAYS_MAX", "30")
    assert "30 days" in dentalpain(*words).refusal
    monkeypatch.setenv("DENTALPAIN_MUTE_DAYS_MAX", "a year")
    assert "from 1 to 3650" in dentalpain(*words).refusal


def test_overrides_tell_how_often_a_rule_spoke_and_withhold_what_is_small(dentalpain: Run, store: str, record: Path) -> None:
    dentalpain(*asked(record, store), "--save")
    span = ("overrides", "--from", "2020-01-01", "--to", "2099-12-31", "--store", store)
    shown = {one["rule"]: one for one in dentalpain(*span, "--json").json["shown"]}
    assert shown[RULE] == {"rule": RULE, "shown": 1, "overridden": 0, "rate": 0}
    assert f"{RULE}: shown 1, decided against 0 (0.0%)" in dentalpain(*span).out
    withheld = dentalpain(*span, "--withhold-small").out
    assert f"{RULE}: shown withheld, decided against withheld" in withheld and "counts from 1 to 10" in withheld


# -- what the office says of itself --------------------------------------------------------------------------------------


def prescriber(dentalpain: Run, record: Path, *more: str) -> str:
    found = dentalpain("review", record, "--for", "chronic_tmd", "--on", "2026-11-24", "--json", *more).json
    plan = next(one["plan"] for one in found["alternatives"] if one["id"] == "low_dose_naltrexone")
    return str(plan["who_prescribes"])


def test_who_prescribes_low_dose_naltrexone_is_said_by_option_or_environment(
    dentalpain: Run, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "has not said" in prescriber(dentalpain, record)
    assert "its dentist" in prescriber(dentalpain, record, "--naltrexone-prescriber", "dentist")
    monkeypatch.setenv("DENTALPAIN_NALTREXONE_PRESCRIBER", "physician")
    assert "a physician" in prescriber(dentalpain, record)
    assert "its dentist" in prescriber(dentalpain, record, "--naltrexone-prescriber", "dentist")
    monkeypatch.setenv("DENTALPAIN_NALTREXONE_PRESCRIBER", "nurse")
    assert '"dentist" or "physician"' in dentalpain("review", record, "--on", "2026-11-24").refusal


def test_the_state_may_be_named_by_the_environment(dentalpain: Run, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    norco = ("review", record, "--prescribe", "Norco 5/325 1 tab q6h #40", "--for", "simple_extraction")

    def limits() -> list[str]:
        found = dentalpain(*norco, "--on", "2026-11-24", "--json").json["flags"]
        return [one["rule"] for one in found if one["rule"] == "STATE-DAYS" and one["answer"] == "yes"]

    assert limits() == []
    monkeypatch.setenv("DENTALPAIN_STATE", "OH")
    assert limits() != []
    monkeypatch.setenv("DENTALPAIN_STATE", "Ohio")
    assert "two letters" in dentalpain(*norco, "--on", "2026-11-24").refusal
