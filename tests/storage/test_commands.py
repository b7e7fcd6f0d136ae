"""The commands over a store: audit list, tip and prune; store export, delete, move, backup and restore; check."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from dentalpain import cli
from dentalpain.errors import NotStoredError, StoreError
from dentalpain.storage import AuditEntry
from dentalpain.storage.exact_json import read

from .samples import ASSESSMENT, LOOK, MOMENT


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def refusal(self) -> str:
        assert self.code == 2 and self.err.startswith("dentalpain: ") and self.err.count("\n") == 1, self
        return self.err


Run = Callable[..., Ended]


@pytest.fixture
def dentalpain(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("DENTALPAIN_STORE", "DENTALPAIN_TENANT"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object) -> Ended:
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        return Ended(int(str(left.value.code)), *capsys.readouterr())

    return run


def last(store: Any) -> AuditEntry:
    """The newest entry of the trail."""
    entry: AuditEntry = store.trail(after=store.tip().number - 1)[0].entry
    return entry


def test_an_export_is_a_file_with_all_that_is_stored(dentalpain: Run, database: Any, tmp_path: Path) -> None:
    store = database.open()
    saved = store.save(ASSESSMENT)
    out = tmp_path / "patient.json"
    ended = dentalpain("store", "export", "patient-1", "-o", out, "--store", database.url())
    assert (ended.code, "1 assessments, 1 entries" in ended.out) == (0, True)
    held = read(out.read_text(encoding="utf-8"))
    assert [one["id"] for one in held["assessments"]] == [saved]
    assert held["assessments"][0]["inputs"] == ASSESSMENT.inputs
    assert (last(store).action, last(store).patient_ref) == ("export", "patient-1")
    assert last(store).who.startswith("cli:")


def test_a_deletion_says_how_much_went_and_the_trail_stays_whole(dentalpain: Run, database: Any) -> None:
    store = database.open()
    saved = store.save(ASSESSMENT)
    assert "1 assessments" in dentalpain("store", "delete", "patient-1", "--store", database.url()).out
    with pytest.raises(NotStoredError):
        store.find(saved)
    assert dentalpain("audit", "verify", "--store", database.url()).code == 0
    assert "No assessment" in dentalpain("store", "delete", "patient-1", "--store", database.url()).refusal


@pytest.mark.parametrize(("answer", "removed"), [("n\n", False), ("\n", False), ("y\n", True)])
def test_at_a_terminal_a_deletion_asks_first(
    dentalpain: Run, sqlite: Any, monkeypatch: pytest.MonkeyPatch, answer: str, removed: bool
) -> None:
    import io

    store = sqlite.open()
    store.save(ASSESSMENT)
    terminal = io.StringIO(answer)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    ended = dentalpain("store", "delete", "patient-1", "--store", sqlite.url())
    assert (store.for_patient("patient-1") == (), ended.code == 0) == (removed, removed)


def test_a_move_gives_everything_to_the_new_reference(dentalpain: Run, database: Any) -> None:
    store = database.open()
    saved = store.save(ASSESSMENT)
    assert "1 assessments" in dentalpain("store", "move", "patient-1", "patient-2", "--store", database.url()).out
    assert store.find(saved).patient_ref == "patient-2"
    assert "old reference" in dentalpain("store", "move", "patient-9", "patient-2", "--store", database.url()).refusal
    assert dentalpain("store", "move", "patient-2", "patient-2", "--store", database.url()).code == 2


def test_no_command_over_a_patient_repeats_the_reference_when_it_refuses(dentalpain: Run, database: Any) -> None:
    database.open()
    for words in (("export", "Jane-Roe", "-o", "x.json"), ("delete", "Jane-Roe"), ("move", "Jane-Roe", "patient-2")):
        assert "Jane" not in dentalpain("store", *words, "--store", database.url()).refusal


def test_a_backup_is_restored_and_both_stand_in_the_trail(dentalpain: Run, sqlite: Any, tmp_path: Path) -> None:
    store, url, backup = sqlite.open(), sqlite.url(), tmp_path / "monday.backup"
    saved = store.save(ASSESSMENT)
    assert dentalpain("store", "backup", backup, "--store", url).code == 0
    assert last(store).action == "backup"
    assert "exists already" in dentalpain("store", "backup", backup, "--store", url).refusal
    store.delete_patient("patient-1", "clerk-2", MOMENT)
    kept = f"{store.tip().number}:{store.tip().row_hash}"
    assert "--replace" in dentalpain("store", "restore", backup, "--store", url).refusal
    ended = dentalpain("store", "restore", backup, "--replace", "--store", url)
    assert ended.code == 0
    [aside] = tmp_path.glob("default.before-restore-*.db")
    assert str(aside) in ended.out
    assert store.find(saved) == ASSESSMENT
    # The backup held the saving alone; the restoring follows it.
    assert (store.tip().number, last(store).action, store.verify()) == (2, "restore", None)
    refused = dentalpain("audit", "verify", "--tip", kept, "--store", url).refusal  # the saving, the backup, the deletion
    assert kept.startswith("3:") and "ends at entry 2" in refused and "after an older backup was put back" in refused


def test_a_restoring_that_is_refused_leaves_no_copy_of_the_office_behind(
    dentalpain: Run, postgresql: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the app's role is refused, which does not own the tables; the copy that was to be set aside holds patients."""
    postgresql.open().save(ASSESSMENT)
    at = ("--store", postgresql.url())
    dentalpain("store", "backup", tmp_path / "b", *at)

    def refuse(*_: Any) -> int:
        raise StoreError("Putting a backup back is for the role that owns the tables.")

    monkeypatch.setattr("dentalpain.storage.office_file.put_back_office", refuse)
    assert "owns the tables" in dentalpain("store", "restore", tmp_path / "b", "--replace", *at).refusal
    assert [path.name for path in tmp_path.glob("b*")] == ["b"]


def test_a_lost_store_comes_back_where_none_stands(dentalpain: Run, sqlite: Any, tmp_path: Path) -> None:
    store = sqlite.open("north")
    saved = store.save(ASSESSMENT)
    words = ("--store", sqlite.url("north"), "--tenant", "north")
    assert dentalpain("store", "backup", tmp_path / "b", *words).code == 0
    fresh = f"sqlite:///{(tmp_path / 'new.db').as_posix()}"
    assert "another office" in dentalpain("store", "restore", tmp_path / "b", "--store", fresh).refusal
    assert dentalpain("store", "restore", tmp_path / "b", "--store", fresh, "--tenant", "north").code == 0
    assert json.loads(dentalpain("audit", "tip", "--store", fresh, "--tenant", "north", "--json").out)["number"] == 2
    assert dentalpain("explain", saved, "--store", fresh).code == 2  # the default office is not the north
    assert "no such file" in dentalpain("store", "restore", tmp_path / "c", "--replace", "--store", fresh).refusal


def test_an_office_in_postgresql_has_a_file_of_its_own(dentalpain: Run, postgresql: Any, tmp_path: Path) -> None:
    postgresql.open().save(ASSESSMENT)
    at = ("--store", postgresql.url())
    # One assessment, and its entry of the trail.
    assert "2 rows of this office" in dentalpain("store", "backup", tmp_path / "b", *at).out
    assert "--replace" in dentalpain("store", "restore", tmp_path / "b", *at).refusal
    assert "2 rows of this office, 2 entries" in dentalpain("store", "restore", tmp_path / "b", "--replace", *at).out
    (tmp_path / "b").write_bytes(b"")
    assert "not a whole backup" in dentalpain("store", "restore", tmp_path / "b", "--replace", *at).refusal
    assert "no such file" in dentalpain("store", "restore", tmp_path / "c", "--replace", *at).refusal


@pytest.mark.parametrize("verb", ["export", "delete", "move", "backup", "restore"])
def test_without_a_store_there_is_nothing_to_keep(dentalpain: Run, verb: str, tmp_path: Path) -> None:
    words = {"export": ("r", "-o", tmp_path / "f"), "move": ("r", "s"), "delete": ("r",)}.get(verb, (tmp_path / "f",))
    assert "--store" in dentalpain("store", verb, *words).refusal
    assert list(tmp_path.iterdir()) == []


# -- the trail ---------------------------------------------------------------------------------------------------------


def with_old_looks(database: Any) -> Any:
    """A store with a look of each year from 2015 to 2018."""
    store = database.open()
    for year in range(2015, 2019):
        store.append(replace(LOOK, at=MOMENT.replace(year=year)))
    return store


def test_the_trail_is_listed_for_a_person_and_for_a_program(dentalpain: Run, database: Any) -> None:
    store = with_old_looks(database)
    words = ("audit", "list", "--store", database.url())
    lines = dentalpain(*words).out.splitlines()
    assert len(lines) == 4
    assert lines[0] == "1  2015-11-30T14:05:06.000789+00:00  dentist-7  look  done  patient-1  -"
    listed = [json.loads(line) for line in dentalpain(*words, "--json", "--after", 1, "--limit", 2).out.splitlines()]
    assert [one["number"] for one in listed] == [2, 3]
    assert listed[0]["hash"] == store.trail(after=1)[0].row_hash
    assert dentalpain(*words, "--after", 4).out == ""


def test_a_trail_longer_than_a_page_is_listed_to_its_end(
    dentalpain: Run, sqlite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dentalpain.commands.trail.PAGE", 3)
    with_old_looks(sqlite)
    assert len(dentalpain("audit", "list", "--store", sqlite.url()).out.splitlines()) == 4


def test_the_tip_is_what_verify_takes(dentalpain: Run, database: Any) -> None:
    store = with_old_looks(database)
    tip = dentalpain("audit", "tip", "--store", database.url()).out.strip()
    assert tip == f"4:{store.tip().row_hash}"
    assert dentalpain("audit", "verify", "--tip", tip, "--store", database.url()).code == 0
    assert "entry 4" in dentalpain("audit", "verify", "--tip", f"4:{'1' * 64}", "--store", database.url()).refusal
    told = json.loads(dentalpain("audit", "tip", "--json", "--store", database.url()).out)
    assert (told["tenant"], f"{told['number']}:{told['hash']}") == ("default", tip)


def test_a_pruning_says_what_left_and_the_trail_is_whole_after_it(dentalpain: Run, database: Any) -> None:
    store = with_old_looks(database)
    words = ("audit", "prune", "--store", database.url(), "--before")
    assert "Entries 1 to 2 (2)" in dentalpain(*words, "2017-01-01").out
    assert (store.verify(), store.tip().number) == (None, 5)
    assert "no entry" in dentalpain(*words, "2017-01-01").out
    sealed = json.loads(dentalpain(*words, "2018-01-01", "--json").out)["sealed"]
    assert (sealed["first_number"], sealed["last_number"], sealed["entries"]) == (3, 3, 1)
    assert json.loads(dentalpain(*words, "2018-01-01", "--json").out) == {"sealed": None}
    assert json.loads(dentalpain("audit", "verify", "--store", database.url(), "--json").out)["whole"] is True


def test_a_pruning_of_what_must_be_kept_is_refused(dentalpain: Run, database: Any) -> None:
    store = with_old_looks(database)
    words = ("audit", "prune", "--store", database.url())
    assert "6 years" in dentalpain(*words, "--before", "9999-01-01").refusal
    assert "50 years" in dentalpain(*words, "--before", "2018-01-01", "--keep-years", 50).refusal
    assert "--before" in dentalpain(*words).refusal
    assert store.tip().number == 4


# -- many offices ------------------------------------------------------------------------------------------------------


def test_check_refuses_a_role_that_no_policy_binds_and_takes_a_narrow_one(dentalpain: Run, offices: Any) -> None:
    assert "superuser" in dentalpain("check", "--store", offices.superuser.url()).refusal
    assert "owns the table" in dentalpain("check", "--store", offices.url(offices.owner)).refusal
    narrow = dentalpain("check", "--store", offices.url(offices.app), "--tenant", "north", "--json")
    assert json.loads(narrow.out)["audit_entries"] == 0


def test_the_printed_grants_are_what_a_narrow_role_needs(dentalpain: Run, offices: Any) -> None:
    second = f"{offices.app}-2"  # a name that has to be quoted
    printed = dentalpain("db", "grants", second).out.splitlines()
    assert all(f'TO "{second}";' in line for line in printed)
    [(schema,)] = offices.superuser.run("SELECT current_schema()")
    offices.superuser.run(f"CREATE ROLE \"{second}\" LOGIN PASSWORD 'for-tests'")
    try:
        offices.superuser.run(f'GRANT USAGE ON SCHEMA {schema} TO "{second}"')
        with offices.engine(offices.owner).begin() as connection:
            for statement in printed:
                connection.execute(text(statement))
        store = offices.store("north", second)
        store.save(ASSESSMENT)
        assert dentalpain("check", "--store", offices.url(second)).code == 0
    finally:
        offices.close()
        offices.superuser.run(f'DROP OWNED BY "{second}"', f'DROP ROLE "{second}"')


def test_the_office_is_named_on_the_command_line(dentalpain: Run, offices: Any, tmp_path: Path) -> None:
    offices.store("north").save(ASSESSMENT)
    owner = ("--store", offices.url(offices.owner))
    assert "0 entries" in dentalpain("audit", "verify", *owner).out
    assert "1 entries" in dentalpain("audit", "verify", *owner, "--tenant", "north").out
    assert "Nothing" in dentalpain("store", "export", "patient-1", "-o", tmp_path / "f", *owner).refusal
    assert dentalpain("store", "delete", "patient-1", *owner, "--tenant", "north").code == 0
    app = ("--store", offices.url(offices.app), "--tenant", "north")
    assert "lacks a right" in dentalpain("store", "move", "patient-1", "patient-2", *app).refusal


def test_a_host_of_many_offices_shows_each_person_their_own(
    offices: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flask import Flask

    from dentalpain import DentalPain
    from dentalpain.practice.memory import MemoryPractice

    monkeypatch.delenv("DENTALPAIN_TENANT", raising=False)
    monkeypatch.delenv("DENTALPAIN_STORE", raising=False)

    @dataclass(frozen=True)
    class Person:
        id: str
        name: str
        office: str

    signed_in: list[Person] = []
    app = Flask(__name__, instance_path=str(tmp_path))
    app.secret_key = "for tests"
    DentalPain().init_app(
        app,
        authorize=lambda *_: False,
        current_user=lambda: signed_in[-1] if signed_in else None,
        practice=MemoryPractice({}),
        store=offices.store(lambda: signed_in[-1].office if signed_in else None),
    )
    app.cli.add_command(cli.flask_commands)
    for office in ("north", "south", "north"):
        signed_in.append(Person("dentist-7", "D. Seven", office))
        assert app.test_client().get("/pain/").status_code == 403
    # Each refusal stands in the trail of the office of the one who was refused.
    assert [offices.store(office).tip().number for office in ("north", "south")] == [2, 1]
    signed_in.clear()
    runner = app.test_cli_runner()
    assert "2 entries" in runner.invoke(args=["dentalpain", "audit", "verify", "--tenant", "north"]).output
    nobody = runner.invoke(args=["dentalpain", "audit", "verify"])
    assert nobody.exit_code == 2 and "--tenant" in nobody.stderr
