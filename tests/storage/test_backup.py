"""An SQLite store is copied while it is in use, and put back whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dentalpain.errors import StoreError
from dentalpain.storage import migrate
from dentalpain.storage.backup import back_up, put_back
from dentalpain.storage.engines import open_engine
from dentalpain.storage.sql_store import SQLStore

from .samples import ASSESSMENT, LOOK


@pytest.fixture
def office(sqlite: Any, tmp_path: Path) -> tuple[SQLStore, str, Path]:
    """A store with one assessment, the id of that, and a backup of both."""
    store = sqlite.open()
    saved = store.save(ASSESSMENT)
    backup = tmp_path / "elsewhere" / "monday.backup"
    backup.parent.mkdir()
    back_up(store.engine, "default", backup)
    return store, saved, backup


def changed(path: Path, *statements: str) -> None:
    """Change a file as its owner can, who takes away the guards first."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)


def test_a_backup_is_one_file_that_opens_as_a_store(office: Any) -> None:
    _, saved, backup = office
    assert [path.name for path in backup.parent.iterdir()] == ["monday.backup"]
    copy = SQLStore(f"sqlite:///{backup}")
    assert (copy.find(saved), copy.tip().number, copy.verify()) == (ASSESSMENT, 1, None)
    copy.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights than owner, group and others")
def test_nobody_but_the_owner_may_read_a_backup(office: Any) -> None:
    assert office[2].stat().st_mode & 0o077 == 0


def test_a_backup_holds_what_still_stands_in_the_write_ahead_log(office: Any, tmp_path: Path) -> None:
    store, _, _ = office
    second = store.save(replace(ASSESSMENT, kind="screen"))
    assert (tmp_path / "default.db-wal").stat().st_size > 0
    back_up(store.engine, "default", tmp_path / "elsewhere" / "tuesday.backup")
    copy = SQLStore(f"sqlite:///{tmp_path / 'elsewhere' / 'tuesday.backup'}")
    assert copy.find(second).kind == "screen"
    copy.close()


def test_a_backup_taken_while_others_save_is_whole(office: Any, tmp_path: Path) -> None:
    store, _, _ = office
    writer = threading.Thread(target=lambda: [store.save(ASSESSMENT) for _ in range(20)])
    writer.start()
    back_up(store.engine, "default", tmp_path / "busy.backup")
    writer.join()
    copy = SQLStore(f"sqlite:///{tmp_path / 'busy.backup'}")
    assert copy.verify() is None
    assert len(copy.for_patient("patient-1", limit=100)) == copy.tip().number
    copy.close()
    assert store.tip().number == 21


def test_a_backup_never_overwrites_a_file(office: Any) -> None:
    store, _, backup = office
    before = backup.read_bytes()
    with pytest.raises(StoreError, match="exists already"):
        back_up(store.engine, "default", backup)
    assert backup.read_bytes() == before


def test_a_backup_into_a_folder_that_is_not_there_is_refused_in_a_sentence(office: Any, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(office[0].engine, "default", tmp_path / "nowhere" / "monday.backup")


def test_a_restored_store_is_as_it_was_and_what_stood_there_is_kept(office: Any, tmp_path: Path) -> None:
    store, saved, backup = office
    second = store.save(replace(ASSESSMENT, kind="screen"))
    aside = tmp_path / "aside.db"
    restored = put_back(store.engine, "default", backup, aside)
    assert (restored.find(saved), restored.tip().number, restored.verify()) == (ASSESSMENT, 1, None)
    earlier = SQLStore(f"sqlite:///{aside}")
    assert (earlier.find(second).kind, earlier.tip().number) == ("screen", 2)
    earlier.close()
    restored.append(LOOK)
    # Who had the store open goes on with what was restored.
    assert (store.tip().number, store.verify()) == (2, None)
    with closing(sqlite3.connect(tmp_path / "default.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_store_that_was_lost_is_made_anew_from_its_backup(office: Any, tmp_path: Path) -> None:
    _, saved, backup = office
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}", create=True)
    restored = put_back(engine, "default", backup, tmp_path / "aside.db")
    assert restored.find(saved) == ASSESSMENT
    assert not (tmp_path / "aside.db").exists()
    engine.dispose()


def test_a_store_that_cannot_be_read_any_more_is_moved_aside(office: Any, tmp_path: Path) -> None:
    store, saved, backup = office
    store.close()
    for ending in ("-wal", "-shm"):
        Path(f"{tmp_path / 'default.db'}{ending}").unlink(missing_ok=True)
    (tmp_path / "default.db").write_bytes(b"Dear colleague, " * 1000)
    engine = open_engine(f"sqlite:///{tmp_path / 'default.db'}")
    assert put_back(engine, "default", backup, tmp_path / "aside.db").find(saved) == ASSESSMENT
    assert (tmp_path / "aside.db").read_bytes().startswith(b"Dear colleague")
    engine.dispose()


def test_a_backup_of_an_earlier_revision_is_brought_up_to_date(sqlite: Any, tmp_path: Path) -> None:
    store = sqlite.open()
    saved = store.save(ASSESSMENT)
    migrate.downgrade(store.engine, "0001")
    back_up(store.engine, "default", tmp_path / "old.backup")
    restored = put_back(store.engine, "default", tmp_path / "old.backup", tmp_path / "aside.db")
    assert (restored.find(saved), restored.verify()) == (ASSESSMENT, None)


def refused(office: Any, source: Path, said: str) -> None:
    """The file is not put back, for this reason, and the store stays as it is."""
    store, _, backup = office
    store.append(LOOK)
    with pytest.raises(StoreError, match=said):
        put_back(store.engine, "default", source, backup.with_name("aside.db"))
    assert (store.tip().number, store.verify()) == (2, None)
    assert not backup.with_name("aside.db").exists()
    assert [path.name for path in Path(str(store.engine.url.database)).parent.iterdir() if "restore" in path.name] == []


@pytest.mark.parametrize(
    "content", [b"", b"Dear colleague, " * 1000, b"SQLite format 3\x00" + b"\x01" * 9000], ids=["empty", "text", "torn"]
)
def test_a_file_that_is_no_store_is_not_put_back(office: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter").write_bytes(content)
    refused(office, tmp_path / "letter", "not a whole backup")


def test_a_backup_that_contradicts_itself_is_not_put_back(office: Any) -> None:
    # Bytes 36 to 39 of the header count the free pages, of which a new file has none.
    whole = bytearray(office[2].read_bytes())
    assert whole[36:40] == b"\x00\x00\x00\x00"
    whole[39] = 5
    office[2].write_bytes(whole)
    refused(office, office[2], "not a whole backup")


def test_where_the_present_store_cannot_be_kept_it_is_not_replaced(office: Any, tmp_path: Path) -> None:
    store, _, backup = office
    store.append(LOOK)
    with pytest.raises(StoreError, match="cannot be put back"):
        put_back(store.engine, "default", backup, tmp_path / "nowhere" / "aside.db")
    assert (store.tip().number, store.verify()) == (2, None)


def test_half_of_a_backup_is_not_put_back(office: Any) -> None:
    backup = office[2]
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) // 2])
    refused(office, backup, "not a whole backup")


def test_the_backup_of_another_office_is_not_put_back(office: Any) -> None:
    changed(office[2], "UPDATE dentalpain_tenants SET tenant = 'south'")
    refused(office, office[2], "another office")


def test_a_backup_whose_trail_was_changed_is_not_put_back(office: Any) -> None:
    changed(office[2], "UPDATE dentalpain_audit SET who = 'somebody-else'")
    refused(office, office[2], "from entry 1 on")


def test_a_backup_of_a_later_revision_is_not_put_back(office: Any) -> None:
    changed(office[2], "UPDATE dentalpain_alembic_version SET version_num = '0999'")
    refused(office, office[2], "do not know that revision")


def test_postgresql_is_no_file_that_could_be_copied(postgresql: Any, tmp_path: Path) -> None:
    store = postgresql.open()
    with pytest.raises(StoreError, match="Only a store in SQLite"):
        back_up(store.engine, "default", tmp_path / "monday.backup")
    with pytest.raises(StoreError, match="Only a store in SQLite"):
        put_back(store.engine, "default", tmp_path / "monday.backup", tmp_path / "aside.db")
