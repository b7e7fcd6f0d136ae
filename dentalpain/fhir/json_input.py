"""JSON from outside: bounded, exact, and refused with the place and the mend when it cannot be used.

A file comes from somebody who can export it again; a request comes from a program, whose developer reads the answer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from ..errors import RecordError

MAX_BYTES = 50 * 1024 * 1024
MAX_DEPTH = 100
MAX_DIGITS = 40  # digits of a number, and the greatest power of ten: no clinical number comes near

LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class _BadNumber(ValueError):
    """A number that is not JSON, or longer than any measurement."""

    def __init__(self, written: str, what: str) -> None:
        super().__init__(what)
        self.written, self.what = written, what


class _RepeatedKey(ValueError):
    """One object holds a key twice."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How the errors speak of an input: what it is, and what whoever sent it does about each fault."""

    empty: tuple[str, str]
    cut_off: tuple[str, str]
    no_json: str
    no_object: str
    no_utf_8: str
    half_character: str
    too_deep: tuple[str, str]


A_FILE = Wording(
    empty=("The file is empty.", "Give a FHIR R4 Bundle or a native record."),
    cut_off=("The file ends in the middle of the record.", "Export or copy it again."),
    no_json="Export the record again as JSON.",
    no_object="A record starts with '{'.",
    no_utf_8="Save the file as UTF-8.",
    half_character="Export the record again.",
    too_deep=("The record", "No FHIR record needs that: check its source."),
)
A_REQUEST = Wording(
    empty=("The body is empty.", "Send a JSON object."),
    cut_off=("The body ends in the middle.", "Send all of it, with the Content-Length that it has."),
    no_json="Let a JSON library write the body.",
    no_object="Send an object: it starts with '{'.",
    no_utf_8="Send the body in UTF-8.",
    half_character="Send both halves of a surrogate pair, or neither.",
    too_deep=("The body", "No resource of FHIR needs that."),
)


def load_json(source: Path | str | bytes, name: str = "", wording: Wording = A_FILE) -> dict[str, Any]:
    """The JSON object of a file (a path) or of bytes, numbers with a fraction as Decimal.

    `name` is how errors call the input; for a file its own name. Raises RecordError for a file that is missing, larger
    than 50 MB, not UTF-8, cut off, nested deeper than 100 levels, or that holds NaN, an endless number or a key twice.
    """
    called = name or ("the input" if isinstance(source, bytes) else Path(source).name)
    text = _decoded(source if isinstance(source, bytes) else _bytes_of(Path(source), called), called, wording)
    data = _parsed(text, called, wording)
    if not isinstance(data, dict):
        raise RecordError("This is JSON, but not an object.", where=called, mend=wording.no_object)
    _check_depth(data, called, wording)
    _check_characters(data, text, called, wording)
    return data


def _bytes_of(path: Path, called: str) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            _too_large(called)
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise RecordError(f"The file cannot be read: {reason}.", where=called, mend="Check the path.") from error


def _too_large(called: str) -> NoReturn:
    raise RecordError("The file is larger than 50 MB.", where=called, mend="Send the record of one patient alone.")


def _decoded(raw: bytes, called: str, wording: Wording) -> str:
    if len(raw) > MAX_BYTES:
        _too_large(called)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{called}, byte {error.start + 1}"
        raise RecordError("The text is not UTF-8.", where=where, mend=wording.no_utf_8) from error


def _parsed(text: str, called: str, wording: Wording) -> Any:
    try:
        return json.loads(
            text,
            parse_float=_fraction,
            parse_int=_integer,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except _BadNumber as error:
        where = f"{called}, {_place(text, text.find(error.written))}"
        raise RecordError(error.what, where=where, mend="Write a number such as 12.5, or leave the value out.") from error
    except _RepeatedKey as error:
        raise RecordError(str(error), where=called, mend="Keep one of the two.") from error
    except json.JSONDecodeError as error:
        raise _not_json(error, text, called, wording) from error
    except RecursionError as error:
        raise _too_deep(called, wording) from error


def _fraction(written: str) -> Decimal:
    number = Decimal(written)
    if len(written) > 2 * MAX_DIGITS or abs(number.adjusted()) > MAX_DIGITS:
        raise _BadNumber(written, "This number is out of all bounds.")
    return number


def _integer(written: str) -> int:
    if len(written) > MAX_DIGITS:
        raise _BadNumber(written, f"This number has more than {MAX_DIGITS} digits.")
    return int(written)


def _constant(written: str) -> NoReturn:
    raise _BadNumber(written, f"{written} is not a number in JSON.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _RepeatedKey("One object holds the same key twice.")
    return made


def _place(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - text.rfind(chr(10), 0, position)}"


def _not_json(error: json.JSONDecodeError, text: str, called: str, wording: Wording) -> RecordError:
    where = f"{called}, line {error.lineno}, column {error.colno}"
    if not text.strip():
        return RecordError(wording.empty[0], where=called, mend=wording.empty[1])
    unfinished = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    if unfinished:
        return RecordError(wording.cut_off[0], where=where, mend=wording.cut_off[1])
    return RecordError(f"This is not JSON: {error.msg}.", where=where, mend=wording.no_json)


def _too_deep(called: str, wording: Wording) -> RecordError:
    what, mend = wording.too_deep
    return RecordError(f"{what} is nested deeper than {MAX_DEPTH} levels.", where=called, mend=mend)


def _check_depth(data: dict[str, Any], called: str, wording: Wording) -> None:
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        children = (item.values() if isinstance(item, dict) else item for item in level)
        level = [child for group in children for child in group if isinstance(child, dict | list)]
        if not level:
            return
    raise _too_deep(called, wording)


def _check_characters(data: dict[str, Any], text: str, called: str, wording: Wording) -> None:
    """Half a character ('\\ud800' alone) parses, but can be neither stored nor printed."""
    if not LONE_SURROGATE.search(text):
        return
    try:
        json.dumps(data, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeEncodeError as error:
        raise RecordError("A text holds half a character.", where=called, mend=wording.half_character) from error
