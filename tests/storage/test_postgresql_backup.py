"""The backup of many offices on PostgreSQL, with the server's own tools as docs/hosts.md says it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from dentalpain.storage.roles import check_role

from .samples import ASSESSMENT, fill


def tool(name: str, *arguments: str) -> None:
    done = subprocess.run([name, *arguments], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_a_dump_that_is_restored_holds_each_office_its_chain_its_guards_and_its_row_security(offices: Any, tmp_path: Path) -> None:
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("no pg_dump: install postgresql-client")
    kept = {office: fill(offices.store(office)) for office in ("north", "south")}
    tips = {office: offices.store(office).tip() for office in kept}
    superuser = make_url(offices.superuser.url()).set(drivername="postgresql", query={})
    [(schema,)] = offices.superuser.run("SELECT current_schema()")
    file, address = str(tmp_path / "pain.dump"), superuser.render_as_string(hide_password=False)
    tool("pg_dump", "--format=custom", f"--schema={schema}", f"--file={file}", address)
    for held in offices.opened:
        held.dispose() if isinstance(held, Engine) else held.close()
    offices.superuser.run(f"DROP SCHEMA {schema} CASCADE")
    tool("pg_restore", f"--dbname={address}", file)
    app = offices.engine(offices.app)
    check_role(app)
    for office, saved in kept.items():
        store = offices.store(office)
        assert store.find(saved) == ASSESSMENT and store.verify(tips[office]) is None
        assert store.find(store.save(ASSESSMENT)) == ASSESSMENT  # the counters go on as well
    with app.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM dentalpain_assessments")).scalar() == 0  # no office is named
    with pytest.raises(DBAPIError, match="only ever added"):
        offices.superuser.run("DELETE FROM dentalpain_audit")


def test_a_dump_by_the_owner_is_refused_by_the_server_and_not_silently_empty(offices: Any, tmp_path: Path) -> None:
    if not shutil.which("pg_dump"):
        pytest.skip("no pg_dump: install postgresql-client")
    fill(offices.store("north"))
    owner = make_url(offices.url(offices.owner)).set(drivername="postgresql", query={})
    [(schema,)] = offices.superuser.run("SELECT current_schema()")
    words = ["pg_dump", f"--schema={schema}", f"--file={tmp_path / 'x'}", owner.render_as_string(hide_password=False)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0 and "row-level security" in done.stderr
