"""Every setting of a host: checked at start, and refused with its name and a sentence that says what to write."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from dentalpain.errors import SettingsError
from dentalpain.settings import NAMES, Settings, read_settings

ADDRESSES = "write a list of addresses"

# For each setting: values that cannot work, and what the sentence says to write instead.
WRONG: dict[str, list[tuple[Any, str]]] = {
    "DENTALPAIN_STORE": [("office.db", "write a database URL, such as"), (7, "write text in quotes")],
    "DENTALPAIN_TENANT": [("", "write the name of the office"), (7, "write text in quotes")],
    "DENTALPAIN_FONTS": [("", "write a folder"), (7, "write text in quotes"), ("/nowhere/fonts", "this folder is not there")],
    "DENTALPAIN_PACKS": [("", "write a folder"), (7, "write text in quotes")],
    "DENTALPAIN_MAX_BODY": [(10, "write a number of bytes from 1024"), ("2000", "write a whole number, without quotes")],
    "DENTALPAIN_MAX_PRESCRIPTION": [(5, "write a number of characters from 100"), (10**6, "from 100 to 100000")],
    "DENTALPAIN_OFFICE": [
        ("Maple Street", "DENTALPAIN_OFFICE: write a dictionary with the keys name, phone"),
        ({"phone": "1"}, "['name']: this key is missing"),
        ({"name": "A", "fax": "1"}, "['fax']: this key is not known; the keys are"),
        ({"name": "A", "lines": 7}, "['lines']: write text in quotes, or a list of it"),
        ({"name": "A", "logo": 7}, "['logo']: write the path of a PNG or JPEG file"),
    ],
    "DENTALPAIN_PATIENT_LINK_MINUTES": [
        (4, "write a number of minutes from 5 to 10080, or 0"),
        (-1, "from 5 to 10080, or 0"),
        (10_081, "from 5 to 10080, or 0"),
        ("60", "write a whole number, without quotes"),
    ],
    "DENTALPAIN_PAPER": [("legal", 'write "letter" or "a4"')],
    "DENTALPAIN_LANGUAGE": [
        ("English please", 'write a language tag, such as "en"'),
        ("xx", "there are no handouts in this language; write one of ar, en, es,"),
    ],
    "DENTALPAIN_LARGE_PRINT": [("no", "write True or False, without quotes")],
    "DENTALPAIN_STATE": [("Ohio", "write the two letters of a US state"), ("oh", "in capitals"), ("ZZ", "US state")],
    "DENTALPAIN_FILE_DOCUMENTS": [(1, "write True or False")],
    "DENTALPAIN_API": [("off", "write True or False")],
    "DENTALPAIN_SIGN_IN_ENDPOINT": [(7, "write text in quotes")],
    "DENTALPAIN_CDS_OPEN": [("yes", "write True or False")],
    "DENTALPAIN_CDS_ISSUERS": [
        (["https://ehr.example"], "write a dictionary such as"),
        ({"https://ehr.example": "http://ehr.example/jwks.json"}, "with https://"),
        ({"https://ehr.example": 7}, "write for each issuer the path"),
    ],
    "DENTALPAIN_CDS_BASE_URL": [
        ("office.example/pain", "write the address under which /cds-services stands"),
        ("http://office.example", "starts with https://"),
    ],
    "DENTALPAIN_CDS_ORIGINS": [("https://ehr.example", ADDRESSES), (["https://ehr.example/page"], "https://")],
    "DENTALPAIN_CDS_FHIR_SERVERS": [("https://ehr.example/fhir", ADDRESSES), (["ftp://ehr.example"], "https://")],
    "DENTALPAIN_FRAME_ANCESTORS": [
        ("https://ehr.example", ADDRESSES),
        (["https://ehr.example/page"], "https://"),
        (["*"], "name the origins"),
        (["https://ehr.example"], 'Set SESSION_COOKIE_SAMESITE = "None"'),
    ],
    "DENTALPAIN_STORE_HOOKS": [("true", "write True or False")],
    "DENTALPAIN_MUTE_DAYS_MAX": [(0, "from 1 to 3650"), (3651, "from 1 to 3650"), ("365", "whole number")],
    "DENTALPAIN_NALTREXONE_PRESCRIBER": [("nurse", '"dentist" or "physician"')],
}


def test_the_table_names_every_setting() -> None:
    assert set(WRONG) == set(NAMES)
    assert {f"DENTALPAIN_{field.name.upper()}" for field in dataclasses.fields(Settings)} == set(NAMES)


@pytest.mark.parametrize(("setting", "value", "advice"), [(name, *case) for name, cases in WRONG.items() for case in cases])
def test_what_cannot_work_is_refused_with_what_to_write(setting: str, value: Any, advice: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({setting: value})
    assert str(refused.value).startswith(setting) and advice in str(refused.value)


def test_several_faults_are_named_together() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"DENTALPAIN_PAPER": "legal", "DENTALPAIN_STATE": "Ohio"})
    assert "DENTALPAIN_PAPER:" in str(refused.value) and "DENTALPAIN_STATE:" in str(refused.value)


def test_a_value_is_never_repeated() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"DENTALPAIN_STORE": "postgresql:/app:secret@db"})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "meant"),
    [("DENTALPAIN_PAPPER", "did you mean DENTALPAIN_PAPER?"), ("DENTALPAIN_CDS_ISSUER", "did you mean DENTALPAIN_CDS_ISSUERS?")],
)
def test_a_setting_that_does_not_exist_is_refused_with_the_one_that_was_meant(given: str, meant: str) -> None:
    with pytest.raises(SettingsError, match=f"{given}: there is no such setting") as refused:
        read_settings({given: "a4"})
    assert meant in str(refused.value)


def test_a_setting_that_resembles_none_is_refused_with_the_list_of_all() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"DENTALPAIN_XYZZY": 1})
    assert all(name in str(refused.value) for name in NAMES)


def test_settings_of_the_host_and_of_other_extensions_are_none_of_ours() -> None:
    assert read_settings({"SECRET_KEY": "x", "PAPER": "legal", "WTF_CSRF_ENABLED": False}).paper == "letter"


def test_everything_has_a_default_and_nothing_is_open_by_default() -> None:
    settings = read_settings({})
    assert not (settings.cds_open or settings.cds_issuers or settings.cds_origins or settings.cds_fhir_servers)
    assert not (settings.file_documents or settings.store_hooks)
