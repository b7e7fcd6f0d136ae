"""One office of PostgreSQL is written to a file and put back whole or not at all, and no other office is touched."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import DBAPIError

from dentalpain.commands.storing import storing
from dentalpain.errors import StoreError
from dentalpain.storage.office_file import back_up_office, is_empty, put_back_office
from dentalpain.storage.roles import check_role

from .samples import ASSESSMENT, LOOK, MOMENT, fill

LATER = dt.datetime(2036, 1, 2, tzinfo=dt.UTC)


def test_an_office_comes_back_as_it_was_and_the_other_one_stays(offices: Any, tmp_path: Path) -> None:
    north, south = offices.store("north"), offices.store("south")
    app, owner = offices.engine(offices.app), offices.engine(offices.owner)
    saved, theirs = fill(north), fill(south)
    offices.store("north", offices.owner).prune(dt.date(2027, 1, 1), "owner-1", LATER)  # a trail that begins with a seal
    north.save(ASSESSMENT)
    tips, file = (north.tip(), south.tip()), tmp_path / "north.jsonl"
    rows = back_up_office(app, "north", file, MOMENT)
    assert file.stat().st_mode & 0o077 == 0 and theirs not in file.read_text(encoding="ascii")
    before = north.export_patient("patient-1", "owner-1", LATER)
    younger = north.save(ASSESSMENT)
    assert put_back_office(owner, "north", file) == rows
    assert (north.tip(), south.tip()) == tips and north.verify(tips[0]) is None
    assert north.find(saved) == ASSESSMENT and south.find(theirs) == ASSESSMENT
    after = north.export_patient("patient-1", "owner-1", LATER)
    assert {**after, "exported_at": ""} == {**before, "exported_at": ""}
    with pytest.raises(StoreError):
        north.find(younger)
    assert north.find(north.save(ASSESSMENT)) == ASSESSMENT  # the counters go on
    check_role(app)  # row security in force
    with pytest.raises(DBAPIError, match="only ever added"):  # and the guards
        offices.superuser.run("DELETE FROM dentalpain_audit")


def test_what_is_torn_changed_or_anothers_changes_nothing(offices: Any, tmp_path: Path) -> None:
    north, owner, whole = offices.store("north"), offices.engine(offices.owner), tmp_path / "whole"
    saved = fill(north)
    back_up_office(owner, "north", whole, MOMENT)
    lines = whole.read_bytes().splitlines(keepends=True)
    spoilt = {
        "empty": b"",
        "one line": lines[0],
        "torn": b"".join(lines[:-1]),
        "a row less": b"".join([*lines[:1], *lines[2:]]),
        "changed": b"".join(lines).replace(b"dentist-7", b"dentist-8"),
        "no json": b"\x00\n" * 3,
    }
    for name, data in spoilt.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(StoreError, match="not a whole backup"):
            put_back_office(owner, "north", tmp_path / name)
    with pytest.raises(StoreError, match="another office"):
        put_back_office(owner, "south", whole)
    with pytest.raises(StoreError, match="owns the tables"):
        put_back_office(offices.engine(offices.app), "north", whole)
    with pytest.raises(StoreError, match="exists already"):
        back_up_office(owner, "north", whole, MOMENT)
    assert north.find(saved) == ASSESSMENT and north.verify() is None and is_empty(owner, "south")


def test_a_trail_that_was_forged_before_the_backup_is_not_put_back(offices: Any, tmp_path: Path) -> None:
    north, owner, file = offices.store("north"), offices.engine(offices.owner), tmp_path / "forged"
    north.append(LOOK)
    offices.superuser.forge(1, who="somebody-else")
    back_up_office(owner, "north", file, MOMENT)
    with pytest.raises(StoreError, match="from entry 1 on"):
        put_back_office(owner, "north", file)
    assert north.tip().number == 1


def test_the_commands_do_both_and_keep_what_stood_there(offices: Any, tmp_path: Path) -> None:
    fill(offices.store("north"))
    file = str(tmp_path / "monday.jsonl")

    def run(role: str, *words: str) -> Any:
        return CliRunner().invoke(storing, [*words, "--store", offices.url(role), "--tenant", "north"])

    assert "rows of this office" in run(offices.app, "backup", file).output
    assert run(offices.owner, "restore", file).exit_code == 2  # the office is there
    done = run(offices.owner, "restore", file, "--replace")
    assert done.exit_code == 0 and "entries of the trail" in done.output
    assert len(list(tmp_path.glob("monday.before-restore-*.jsonl"))) == 1
    trail = [entry.entry.action for entry in offices.store("north").trail(0, 100)]
    assert trail[-1] == "restore" and "backup" not in trail  # the backup is older than its own entry
