"""The adapter of the example keeps the contract, and a patient of its office can be opened and reviewed."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from dentalpain.errors import PracticeError
from dentalpain.testing import PracticeContract
from examples.own_adapter import create_app
from examples.own_adapter.adapter import Chairside, make_database

DAY = dt.date(2026, 11, 24)
README = Path(__file__).parents[2] / "examples" / "own_adapter" / "README.md"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "chairside.sqlite3"
    make_database(path, DAY)
    return path


class TestChairside(PracticeContract):
    known_ref, unknown_ref, day, files = "C-7", "C-99", DAY, True

    @pytest.fixture
    def adapter(self, database: Path) -> Chairside:
        return Chairside(database)


def test_what_chairside_does_not_hold_is_left_out_and_not_called_none(database: Path) -> None:
    record = Chairside(database).find_record("C-8", DAY)
    assert record["patient"] == {"id": "C-8", "name": "Imke Sander"}
    assert record["allergies"] == [] and "reviewed_on" not in record


def test_a_database_that_is_not_there_is_a_practice_error_that_repeats_nothing(tmp_path: Path) -> None:
    with pytest.raises(PracticeError) as refused:
        Chairside(tmp_path / "nowhere.sqlite3").find_record("C-7", DAY)
    assert "C-7" not in str(refused.value) and "nowhere" not in str(refused.value)


def test_a_filed_handout_stands_in_the_chart(database: Path) -> None:
    Chairside(database).file_document("C-7", "handout.pdf", b"%PDF-")
    with sqlite3.connect(database) as opened:
        assert opened.execute("SELECT person, name FROM document").fetchall() == [("C-7", "handout.pdf")]
    opened.close()


def test_the_host_opens_a_patient_and_the_ulcer_speaks_against_ibuprofen(tmp_path: Path) -> None:
    client = create_app(tmp_path, config={"TESTING": True}).test_client()
    assert "Hollis Wren" in client.get("/pain/").get_data(as_text=True)
    visit = send(client, "/pain/visits", patient="C-7")
    reviewed = send(client, visit, prescribe="ibuprofen 400 mg q6h #12", indication="simple_extraction")
    page = client.get(reviewed).get_data(as_text=True)
    # NSAID-GI-HX or NSAID-GI-ACTIVE for the ulcer, NSAID-ANTICOAG for the warfarin: both lists of Chairside were read.
    assert re.search(r'id="flag-NSAID-GI', page) and 'id="flag-NSAID-ANTICOAG"' in page


def send(client: Any, path: str, **data: str) -> str:
    client.get("/pain/")
    with client.session_transaction() as session:
        token = session["_dentalpain_form"]
    return str(client.post(path, data={"csrf_token": token, **data}).headers["Location"].split("#")[0])


def test_the_contract_of_the_readme_can_be_copied(tmp_path: Path) -> None:
    [block] = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    database = tmp_path / "chairside.sqlite3"
    make_database(database, DAY)
    defined: dict[str, Any] = {"MyAdapter": lambda: Chairside(database)}
    exec(block, defined)
    suite = defined["TestMine"]()
    for name in (name for name in dir(suite) if name.startswith("test_")):
        getattr(suite, name)(Chairside(database))
