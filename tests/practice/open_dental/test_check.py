"""`dentalpain check` in a host: the practice software answers, its account is a narrow one, and documents can be filed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dentalpain.cli import flask_commands
from dentalpain.errors import PracticeError
from dentalpain.practice.open_dental import HotFolder, OpenDental
from dentalpain.practice.open_dental.rights import too_wide
from dentalpain.storage import MemoryStore
from examples.open_dental import create_app

from .api_stub import CATEGORY, CUSTOMER, DEVELOPER, Stub, open_stub
from .server import Office


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    pytest.importorskip("urllib3", reason="no urllib3: install dentalpain[fhir]")
    with open_stub() as running:
        named = {"API": running.base, "IMAGE_CATEGORY": CATEGORY, "DEVELOPER_KEY": DEVELOPER, "CUSTOMER_KEY": CUSTOMER}
        for name, value in named.items():
            monkeypatch.setenv(f"OPEN_DENTAL_{name}", str(value))
        yield running


def checked(app: Flask) -> Any:
    return app.test_cli_runner().invoke(flask_commands, args=["check", "--json"])


def test_the_check_of_a_host_asks_the_database_and_the_api(office: Office, stub: Stub) -> None:
    app = create_app(office.url, store=MemoryStore(), config={"TESTING": True})
    told = json.loads(checked(app).output)
    assert "the database answers" in told["practice"] and "the image category is there" in told["practice"]
    assert told["documents"] is None and app.config["DENTALPAIN_FILE_DOCUMENTS"] is True
    stub.fault = (401, "Invalid credentials")
    ended = checked(app)
    assert ended.exit_code == 2 and "refuses the keys" in ended.output and DEVELOPER not in ended.output


def test_a_database_that_does_not_answer_ends_the_check_with_one_line() -> None:
    app = create_app("mysql+pymysql://x:secret@127.0.0.1:1/opendental", store=MemoryStore(), config={"TESTING": True})
    ended = checked(app)
    assert ended.exit_code == 2 and "does not answer" in ended.output and "secret" not in ended.output
    assert app.config["DENTALPAIN_FILE_DOCUMENTS"] is False  # no category is named


def test_a_folder_that_can_be_written_passes_and_one_that_is_gone_does_not(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    adapter = OpenDental(office.url, documents=HotFolder(folder, 133))
    assert "can be written" in adapter.check() and list(folder.iterdir()) == []
    folder.rmdir()
    with pytest.raises(PracticeError, match="cannot be written"):
        adapter.check()
    adapter.close()


def test_an_account_that_may_do_more_is_refused(office: Office) -> None:
    adapter = OpenDental(office.owner)
    with pytest.raises(PracticeError, match=r"may do more than read.*grants\.sql"):
        adapter.check()


def test_an_account_that_may_read_the_ssn_is_refused(office: Office) -> None:
    user, database = office.url.username, office.url.database
    office.run(f"GRANT SELECT (SSN) ON {database}.patient TO '{user}'@'%'")
    adapter = OpenDental(office.url)
    try:
        with pytest.raises(PracticeError, match="may read the SSN"):
            adapter.check()
    finally:
        adapter.close()
        office.run(f"REVOKE SELECT (SSN) ON {database}.patient FROM '{user}'@'%'")


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        ("GRANT USAGE ON *.* TO `d`@`%` IDENTIFIED BY PASSWORD '*0'", ""),
        ("GRANT SELECT (`PatNum`, `LName`) ON `o`.`patient` TO `d`@`%`", ""),
        ("GRANT SELECT ON `o`.* TO `d`@`%`", "may read whole tables"),
        ("GRANT SELECT (`SSN`, `PatNum`) ON `o`.`patient` TO `d`@`%`", "may read the SSN"),
        ("GRANT SELECT (`PatNum`), INSERT ON `o`.`patient` TO `d`@`%`", "may do more than read"),
        ("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost`", "may do more than read"),
        ("GRANT SELECT (`PatNum`) ON `o`.`patient` TO `d`@`%` WITH GRANT OPTION", "may hand on its rights"),
        ("GRANT `wide` TO `d`@`%`", "has a role of the server"),
    ],
)
def test_each_line_of_a_grant_is_read_as_what_it_allows(grant: str, said: str) -> None:
    assert too_wide([grant]) == said
