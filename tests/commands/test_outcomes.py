"""`dentalpain outcomes` and `dentalpain overrides`: a trial judged, and decisions counted."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest

from dentalpain.commands.result_schemas import outcomes_schema
from dentalpain.storage import AuditEntry, Override
from dentalpain.storage.port import FEEDBACK
from dentalpain.storage.sql_store import SQLStore

from .conftest import Run


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "record.json"
    path.write_text(json.dumps({"patient": {"id": "x", "birth_date": "1955-03-04"}}), encoding="utf-8")
    return str(path)


def peg(folder: Path, day: str, points: int) -> str:
    path = folder / f"peg-{day}.json"
    path.write_text(json.dumps({"instrument": "peg", "on": day, "items": dict.fromkeys("123", points)}), encoding="utf-8")
    return str(path)


def test_answers_of_two_days_say_whether_the_treatment_works(dentalpain: Run, record: str, tmp_path: Path) -> None:
    answers = [peg(tmp_path, "2026-11-20", 8), peg(tmp_path, "2027-02-15", 6)]
    given = [word for path in answers for word in ("--answers", path)]
    found = dentalpain("outcomes", record, *given, "--started", "2026-11-24", "--on", "2027-02-16", "--watch", "pain", "--json")
    told = json.loads(found.out)
    jsonschema.validate(told, outcomes_schema())
    # 8 to 6 is a fall of 25 percent, less than 30; twelve weeks from 24 November are over on 16 February.
    assert (told["working"], told["trial"]["judged_on"], told["changes"][0]["better_percent"]) == ("no", "2027-02-16", 25)
    before = dentalpain("outcomes", record, *given, "--started", "2026-11-24", "--on", "2027-02-15", "--json")
    assert json.loads(before.out)["working"] == "unknown"


def test_a_measure_is_typed_with_its_value_and_day(dentalpain: Run, record: str) -> None:
    typed = ("pain_0_10=8@2026-11-24", "pain_0_10=5.6@2027-02-16", "mme_per_day=40@2026-11-24", "mme_per_day=45@2027-02-16")
    words = [word for text in typed for word in ("--measure", text)]
    found = dentalpain("outcomes", record, *words, "--started", "2026-11-24", "--on", "2027-02-16")
    # 2.4 of 8 is the 30 percent that the mark asks for; but opioids rose from 40 to 45.
    assert "opioids rose meanwhile" in found.out and "12.5 % worse" in found.out
    assert "Not measured at both ends: function, quality of life." in found.out


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (["--measure", "pain_0_10=8"], "--measure 1"),
        (["--measure", "pain_0_10=Zanzibar@2026-11-24"], "--measure 1"),
        (["--measure", "pain_0_10=nan@2026-11-24"], "--measure 1"),
        (["--measure", "Zanzibar=8@2026-11-24"], "--measure 1"),
        (["--measure", "pain_0_10=11@2026-11-24"], "--measure 1"),
        (["--measure", "pain_0_10=8@2027-02-17"], "--measure 1"),
        (["--weeks", "0"], "--weeks"),
        (["--stops-below", "101"], "--stops-below"),
    ],
)
def test_a_measure_or_option_that_cannot_be_ends_with_2_and_is_not_repeated(
    dentalpain: Run, record: str, words: list[str], place: str
) -> None:
    found = dentalpain("outcomes", record, *words, "--started", "2026-11-24", "--on", "2027-02-16")
    assert place in found.refusal and "Zanzibar" not in found.refusal


def test_a_kept_judgement_is_replayed(dentalpain: Run, record: str, store: str) -> None:
    url = ("--store", store)
    told = dentalpain("outcomes", record, "--started", "2026-11-24", "--on", "2027-02-16", "--save", "--json", *url)
    name = json.loads(told.out)["assessment"]
    assert json.loads(dentalpain("replay", name, "--json", *url).out)["equal"]
    assert "It cannot be told" in dentalpain("explain", name, *url).out


def test_decisions_are_counted_by_rule_and_reason_from_a_day_to_a_day(dentalpain: Run, record: str, store: str) -> None:
    held, at = SQLStore(store), dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
    saved = json.loads(dentalpain("review", record, "--save", "--json", "--store", store).out)["assessment"]
    held.override(Override(saved, "OPI-BENZO", "dentist-7", at, "tolerated_before", "Jane took it"))
    held.append(AuditEntry("cds-hooks x", FEEDBACK, at + dt.timedelta(days=1), "accepted NSAID-EGFR30"))
    span = ("--from", "2026-11-24", "--to", "2026-11-25", "--store", store)
    assert json.loads(dentalpain("overrides", *span, "--json").out) == {
        "from": "2026-11-24",
        "to": "2026-11-25",
        "shown": [],  # no rule says yes in the review that was saved
        "withheld": 0,
        "decisions": [
            {"rule": "NSAID-EGFR30", "outcome": "accepted", "reason": None, "count": 1},
            {"rule": "OPI-BENZO", "outcome": "overridden", "reason": "tolerated_before", "count": 1},
        ],
    }
    text = dentalpain("overrides", *span).out
    assert "OPI-BENZO: overridden (Taken before without harm): 1" in text and "Jane" not in text
    assert "There are none." in dentalpain("overrides", "--to", "2026-11-23", "--store", store).out
    assert "first day" in dentalpain("overrides", "--from", "2026-11-25", "--to", "2026-11-24", "--store", store).refusal
    assert "--store" in dentalpain("overrides").refusal
    held.close()
