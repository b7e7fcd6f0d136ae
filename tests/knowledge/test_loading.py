"""Reading the knowledge: a fault names file and place, a day without a value is refused, and nothing is read twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from dentalpain.errors import KnowledgeError, NoValueOnDayError, UnknownNameError
from dentalpain.knowledge import files, load
from dentalpain.knowledge.bench import tools, unbuilt
from dentalpain.knowledge.load import Knowledge, load_knowledge

KNOWLEDGE = load_knowledge()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge folder of its own, so that a broken file can be tried."""
    held = tmp_path / "dentalpain" / "knowledge"
    held.mkdir(parents=True)
    for module in (files, load):
        monkeypatch.setattr(module, "FOLDER", held)
    return held


def test_a_file_that_is_no_toml_is_named_with_the_place(folder: Path) -> None:
    (folder / "broken.toml").write_text("a = 1\nb = = 2\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"knowledge/broken.toml: not valid TOML.*line 2"):
        files.read_toml(folder / "broken.toml")


@pytest.mark.parametrize("row", ["1", "1,2,3"])
def test_a_row_that_is_too_long_or_too_short_is_named(folder: Path, row: str) -> None:
    (folder / "table.csv").write_text(f"a,b\n1,2\n{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"table.csv, row 3: 2 columns"):
        files.read_rows(folder / "table.csv")


def test_a_rule_file_without_its_function_says_that_both_have_one_name(folder: Path) -> None:
    path = folder / "rules" / "nsaids" / "nsaid_safety" / "no_such_rule.toml"
    path.parent.mkdir(parents=True)
    path.write_text('id = "X-1"\nscope = ["nsaid"]\nseverity = "info"\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"no function .no_such_rule.\. Name both alike"):
        _ = Knowledge().rules


def test_a_limit_that_stands_in_two_files_is_refused(folder: Path) -> None:
    text = '[once]\nunit = "d"\nmeaning = "m"\n[[once.value]]\nfrom = 2000-01-01\nvalue = 1\ncitation = "c"\n'
    (folder / "limits").mkdir()
    for name in ("a.toml", "b.toml"):
        (folder / "limits" / name).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'once' stands in another file"):
        _ = Knowledge().limits


def test_a_limit_is_given_as_it_stood_on_the_day() -> None:
    assert KNOWLEDGE.limit("egfr_nsaid_avoid", dt.date(2026, 11, 24)) == Decimal(30)  # KDIGO: avoid below 30
    with pytest.raises(NoValueOnDayError, match="no value on 1999-12-31: its first day is 2000-01-01"):
        KNOWLEDGE.limit("egfr_nsaid_avoid", dt.date(1999, 12, 31))
    with pytest.raises(UnknownNameError, match="made_up"):
        KNOWLEDGE.limit("made_up", dt.date(2026, 11, 24))


def test_the_limits_of_a_day_are_gathered_once_and_many_days_do_not_pile_up() -> None:
    knowledge = Knowledge()
    day = dt.date(2026, 11, 24)
    assert knowledge.limits_on(day) is knowledge.limits_on(day)
    for number in range(70):
        knowledge.limits_on(day + dt.timedelta(days=number))
    assert len(knowledge._limits_on) <= 65


def test_a_rule_that_does_not_exist_is_told_from_one_that_is_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownNameError, match=r"docs/rules.md"):
        KNOWLEDGE.rule("MADE-UP")
    monkeypatch.setitem(KNOWLEDGE.rule_index, "PLANNED-1", {"severity": "major"})
    with pytest.raises(UnknownNameError, match="planned, not built"):
        KNOWLEDGE.rule("PLANNED-1")


def test_a_planned_rule_that_is_serious_holds_back_what_it_covers(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "PLANNED-1", "severity": "major", "scope": "nsaid;opioid"}
    monkeypatch.setitem(KNOWLEDGE.rule_index, "PLANNED-1", row)
    assert unbuilt(KNOWLEDGE)["PLANNED-1"] == {"nsaid", "opioid"}


def test_the_digest_is_the_same_for_both_kinds_of_line_ends(folder: Path) -> None:
    path = folder / "a.toml"
    path.write_bytes(b"a = 1\nb = 2\n")
    one = files.digest_of([path])
    path.write_bytes(b"a = 1\r\nb = 2\r\n")
    assert files.digest_of([path]) == one
    path.write_bytes(b"a = 1\nb = 3\n")
    assert files.digest_of([path]) != one


def test_an_allergy_that_says_that_there_is_none_is_no_allergy_of_a_worked_case() -> None:
    with pytest.raises(KnowledgeError, match="names a substance"):
        tools(KNOWLEDGE).allergy("NKDA", dt.date(2026, 11, 24))


def test_any_medicine_that_rules_read_can_be_judged_although_no_guideline_lists_it() -> None:
    options = tools(KNOWLEDGE).bench.options
    meloxicam = options.get("meloxicam")
    assert meloxicam is not None and meloxicam.prescription is not None
    assert "nsaid" in meloxicam.prescription.tags
    assert tools(KNOWLEDGE).option_texts("meloxicam")["name"] == "Meloxicam"
    assert options.get("amoxicillin") is None  # no rule reads it, so that nobody could judge it
    assert options.get("made_up") is None
    assert options.get("ibuprofen") is options["ibuprofen"]
