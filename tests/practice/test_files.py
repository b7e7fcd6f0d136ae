"""A record as it arrives: which of the two it is, and errors that name the file, the place and the mend."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from dentalpain.clinical.recognising import Vocabulary
from dentalpain.errors import RecordError
from dentalpain.knowledge.drug_tables import load_drug_names
from dentalpain.knowledge.files import FOLDER, read_rows
from dentalpain.knowledge.load import load_knowledge
from dentalpain.practice.files import read_document, read_record

WITH = {
    "on": dt.date(2026, 11, 30),
    "vocabulary": Vocabulary(load_knowledge().fact_rows, read_rows(FOLDER / "condition_names.csv")),
    "names": load_drug_names(),
}
NATIVE = {"patient": {"id": "7", "birth_date": "1955-02-01"}}
BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [{"resource": {"resourceType": "Patient", "id": "8"}}],
}


def saved(folder: Path, data: Any) -> Path:
    path = folder / "record.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


def test_a_bundle_and_a_native_record_are_told_apart(tmp_path: Path) -> None:
    assert read_record(saved(tmp_path, NATIVE), **WITH).patient_id == "7"
    assert read_record(str(saved(tmp_path, BUNDLE)), **WITH).patient_id == "8"


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"patient": {"sex": "F"}}, "record.json /patient/sex"),
        ({"resourceType": "Bundle", "type": "message"}, "record.json /type"),
        ({"resourceType": "Patient"}, "record.json /resourceType"),
        ('{"patient": ', "record.json, line 1, column 13"),
        ("[1]", "record.json"),
    ],
)
def test_an_error_names_the_file_the_place_and_the_mend(tmp_path: Path, data: Any, where: str) -> None:
    with pytest.raises(RecordError) as caught:
        read_record(saved(tmp_path, data), **WITH)
    assert caught.value.where == where and caught.value.mend
    assert "\n" not in str(caught.value)


def test_the_patient_asked_for_must_be_the_patient_of_the_record(tmp_path: Path) -> None:
    assert read_record(saved(tmp_path, NATIVE), patient="7", **WITH).patient_id == "7"
    for data in (NATIVE, BUNDLE):
        with pytest.raises(RecordError, match="asked for"):
            read_record(saved(tmp_path, data), patient="9", **WITH)


@pytest.mark.parametrize("data", [[], "text", None, 7])
def test_a_document_that_is_no_object_is_refused(data: Any) -> None:
    with pytest.raises(RecordError, match="A record is a JSON object"):
        read_document(data, **WITH)
