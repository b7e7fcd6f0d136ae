"""db upgrade, audit verify, check, faults of ours, and the same verbs inside a host."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from dentalpain import cli, service
from dentalpain.commands import edge

from .conftest import STORY_DAY, Run, example


def saved(dentalpain: Run, store: str) -> str:
    words = ("review", example("walter_novak"), *STORY_DAY, "--save", "--store", store, "--json")
    return str(dentalpain(*words).json["assessment"])


def tamper(store: str, statement: str) -> None:
    """Change a row as the owner of the file can, who takes away the guards first."""
    with sqlite3.connect(store.removeprefix("sqlite:///")) as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(statement)
    database.close()


def test_upgrade_makes_the_tables_once_and_leaves_them_alone_after_that(dentalpain: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'new.db').as_posix()}"
    assert "before: none" in dentalpain("db", "upgrade", "--store", url).out
    assert "as before" in dentalpain("db", "upgrade", "--store", url).out


def test_the_store_may_be_named_by_the_environment(
    dentalpain: Run, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DENTALPAIN_STORE", store)
    words = ("review", example("walter_novak"), *STORY_DAY, "--save", "--json")
    assert dentalpain("replay", dentalpain(*words).json["assessment"], "--json").json["equal"]


def test_an_audit_trail_as_it_was_written_is_whole(dentalpain: Run, store: str) -> None:
    saved(dentalpain, store)
    saved(dentalpain, store)
    told = dentalpain("audit", "verify", "--store", store, "--json").json
    assert (told["whole"], told["entries"]) == (True, 2)
    assert f"2:{told['tip']}" in dentalpain("audit", "verify", "--store", store).out


def test_a_changed_entry_is_found_by_its_number(dentalpain: Run, store: str) -> None:
    for _ in range(3):
        saved(dentalpain, store)
    tamper(store, "UPDATE dentalpain_audit SET who = 'somebody else' WHERE number = 2")
    assert "entry 2" in dentalpain("audit", "verify", "--store", store).refusal


def test_entries_cut_off_the_end_are_found_with_a_tip_kept_elsewhere(dentalpain: Run, store: str) -> None:
    saved(dentalpain, store)
    saved(dentalpain, store)
    told = dentalpain("audit", "verify", "--store", store, "--json").json
    tamper(store, "DELETE FROM dentalpain_audit WHERE number = 2")
    assert dentalpain("audit", "verify", "--store", store).code == 0
    tip = f"{told['entries']}:{told['tip']}"
    assert "entry" in dentalpain("audit", "verify", "--store", store, "--tip", tip).refusal
    assert "--tip" in dentalpain("audit", "verify", "--store", store, "--tip", "2").refusal


def test_check_names_version_knowledge_and_store(dentalpain: Run, store: str) -> None:
    told = dentalpain("check", "--store", store, "--json").json
    assert told["rules"] >= 50 and told["store"] == "SQLStore" and told["audit_entries"] == 0
    assert "store: none" in dentalpain("check").out


# -- faults of ours ------------------------------------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def review(*args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError("Walter Novak has an eGFR of 29")

    monkeypatch.setattr(service.Service, "review", review)


def test_a_fault_of_ours_ends_with_1_and_an_id_that_the_log_holds_without_any_value(
    dentalpain: Run, broken: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="dentalpain"):
        ended = dentalpain("review", example("walter_novak"), *STORY_DAY)
    assert ended.code == 1 and ended.out == "" and ended.err.count("\n") == 1
    fault = ended.err.split("a fault of ours, ")[1][:8]
    assert fault in caplog.text and "ZeroDivisionError" in caplog.text
    for text in (caplog.text, ended.err):
        assert "Novak" not in text and "eGFR" not in text


def test_where_nobody_keeps_a_log_the_fault_stands_in_a_file_that_is_named(
    dentalpain: Run, broken: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "faults" / "dentalpain.log"
    monkeypatch.setenv("DENTALPAIN_LOG", str(path))
    monkeypatch.setattr(edge.log, "hasHandlers", lambda: False)
    ended = dentalpain("review", example("walter_novak"), *STORY_DAY)
    assert ended.code == 1 and str(path) in ended.err
    account = path.read_text(encoding="utf-8")
    assert ended.err.split("a fault of ours, ")[1][:8] in account
    assert "ZeroDivisionError" in account and "Novak" not in account


def test_the_own_log_of_a_windows_user_is_in_the_folder_for_programs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DENTALPAIN_LOG", raising=False)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert edge.log_file() == tmp_path / "dentalpain" / "dentalpain.log"


# -- inside a host -------------------------------------------------------------------------------------------------


@pytest.fixture
def host(tmp_path: Path) -> Any:
    from flask import Flask

    from dentalpain import DentalPain
    from dentalpain.practice.memory import MemoryPractice

    app = Flask(__name__, instance_path=str(tmp_path))
    app.secret_key = "for tests"
    practice = MemoryPractice({})
    DentalPain().init_app(app, authorize=lambda *_: True, current_user=lambda: None, practice=practice)
    app.cli.add_command(cli.flask_commands)
    yield app
    app.extensions["dentalpain"]["dentalpain"].service.store.close()


def test_inside_a_host_the_verbs_use_the_store_of_the_host(host: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DENTALPAIN_STORE", raising=False)
    runner = host.test_cli_runner()
    words = ["dentalpain", "screen", str(example("walter_novak")), *STORY_DAY, "--save", "--json"]
    assert runner.invoke(args=words).exit_code == 0
    assert "1 entries" in runner.invoke(args=["dentalpain", "audit", "verify"]).output
    assert "settings: those of the host, checked" in runner.invoke(args=["dentalpain", "check"]).output


def test_inside_a_host_a_refusal_is_one_line_as_well(host: Any) -> None:
    for words in (["review", "nobody.json"], ["review"], ["nonsense"], ["--nonsense"]):
        ended = host.test_cli_runner().invoke(args=["dentalpain", *words])
        assert ended.exit_code == 2
        assert ended.stderr.startswith("dentalpain: ") and ended.stderr.count("\n") == 1


def test_an_app_without_the_extension_is_told_how_to_attach_it() -> None:
    from flask import Flask

    app = Flask(__name__)
    app.cli.add_command(cli.flask_commands)
    ended = app.test_cli_runner().invoke(args=["dentalpain", "check"])
    assert ended.exit_code == 2 and "init_app" in ended.stderr
