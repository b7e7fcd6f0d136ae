"""What arrives as JSON is bounded and exact, or refused with its place; never a traceback, nor a patient's value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dentalpain.errors import RecordError
from dentalpain.fhir import json_input
from dentalpain.fhir.json_input import load_json


def refused(source: Path | str | bytes) -> RecordError:
    with pytest.raises(RecordError) as caught:
        load_json(source, "record.json")
    return caught.value


def test_numbers_keep_every_digit() -> None:
    data = load_json(b'{"value": 16.899227071637306, "count": 3}')
    assert data == {"value": Decimal("16.899227071637306"), "count": 3}


def test_a_file_is_named_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "patient 7.json"
    path.write_text('{"a": tru}')
    with pytest.raises(RecordError) as caught:
        load_json(path)
    assert caught.value.where == "patient 7.json, line 1, column 7"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert load_json(b"\xef\xbb\xbf{}") == {}


def test_a_missing_file_and_a_folder_are_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "absent.json").what
    assert refused(tmp_path).mend == "Check the path."


def test_a_file_that_was_cut_off_names_the_place() -> None:
    error = refused(b'{"resourceType": "Bundle",\n "entry": [{"resource"')
    assert error.what == "The file ends in the middle of the record."
    assert error.where == "record.json, line 2, column 23"


def test_a_text_that_was_cut_off_is_known_as_such() -> None:
    assert refused(b'{"family": "Some').what == "The file ends in the middle of the record."


def test_an_empty_file_says_so() -> None:
    assert refused(b" \n ").what == "The file is empty."


def test_something_else_than_json_names_the_place() -> None:
    error = refused(b"<Bundle/>")
    assert error.where == "record.json, line 1, column 1" and "not JSON" in error.what


def test_latin_1_is_not_utf_8() -> None:
    error = refused('{"name": "José"}'.encode("latin-1"))
    assert error.where == "record.json, byte 14" and error.mend == "Save the file as UTF-8."


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_nan_and_infinity_are_no_numbers(word: str) -> None:
    error = refused(f'{{\n "value": {word}}}'.encode())
    assert error.where.startswith("record.json, line 2") and word in error.what


def test_a_number_of_41_digits_is_refused_and_one_of_40_is_read() -> None:
    assert load_json(b'{"n": ' + b"9" * 40 + b"}") == {"n": int("9" * 40)}
    assert refused(b'{"n": ' + b"9" * 41 + b"}").where == "record.json, line 1, column 7"
    assert "40 digits" in refused(b'{"n": ' + b"9" * 100_000 + b"}").what


@pytest.mark.parametrize("number", ["1e41", "1e-41", "1e999999999", "0." + "1" * 200])
def test_a_fraction_out_of_all_bounds_is_refused(number: str) -> None:
    assert refused(f'{{"n": {number}}}'.encode()).what == "This number is out of all bounds."


def test_100_levels_are_read_and_101_are_refused() -> None:
    def nested(levels: int) -> bytes:
        return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)

    assert load_json(nested(100))
    assert "deeper than 100" in refused(nested(101)).what


def test_a_hundred_thousand_levels_are_refused_without_a_crash() -> None:
    assert "deeper than 100" in refused(b'{"a":' * 100_000).what
    assert "deeper than 100" in refused(b'{"a":' + b"[" * 100_000).what


def test_a_list_or_a_bare_word_is_no_record() -> None:
    assert refused(b"[]").what == "This is JSON, but not an object."
    assert refused(b"true").mend == "A record starts with '{'."


def test_a_key_that_stands_twice_is_refused() -> None:
    assert refused(b'{"status": "active", "status": "entered-in-error"}').what == "One object holds the same key twice."


def test_half_a_character_is_refused_and_a_whole_one_is_read() -> None:
    assert refused(b'{"name": "\\ud83d"}').what == "A text holds half a character."
    assert load_json(b'{"name": "\\ud83d\\ude42", "n": 1.5}')["name"] == "\N{SLIGHTLY SMILING FACE}"


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_input, "MAX_BYTES", 20)
    path = tmp_path / "large.json"
    path.write_bytes(b'{"a": "' + b"x" * 30 + b'"}')
    assert refused(path).what == "The file is larger than 50 MB."
    assert refused(path.read_bytes()).what == "The file is larger than 50 MB."
    assert load_json(b'{"a": "just so"}      '[:20]) == {"a": "just so"}


def test_no_value_of_the_file_is_repeated_in_an_error() -> None:
    for source in (b'{"family": "Secretname", "x": NaN}', b'{"family": "Secretname"', b'{"family": Secretname}'):
        assert "Secretname" not in str(refused(source))
