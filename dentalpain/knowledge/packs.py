"""The practice's own packs: official questionnaires that it installed under their licence, one file each.

A folder of packs holds `questionnaires/INSTRUMENT.json`, written by `dentalpain knowledge install` and checked against a
schema whenever it is read. The digest of the knowledge covers these files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, validate

from ..errors import SettingsError
from .schemas import Strict

QUESTIONNAIRES = "questionnaires"
AGAIN = "Take the form out with 'dentalpain knowledge uninstall' and install it again."
LONGEST_FILE = 4 * 1024 * 1024

Pack = Mapping[str, Any]
PackFile = tuple[str, bytes]


def _text(most: int = 4000) -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1, max=most))


def _texts(keys: int = 100) -> fields.Dict:
    return fields.Dict(
        keys=fields.String(validate=validate.Length(min=1, max=keys)),
        values=fields.String(validate=validate.Length(min=1, max=4000)),
        load_default=dict,
    )


class _ItemSchema(Strict):
    """One question: its official words, its code in LOINC, and both in other languages; options by their points.

    One that the form asks as several questions has the linkIds of its `parts` in the place of its own.
    """

    ask = _text()
    link_id = fields.String(required=True, validate=validate.Length(max=255))
    parts = _texts()
    loinc = fields.String(load_default="")
    options = _texts()
    codes = _texts(600)  # what a chosen code of the form, "system|code", stands for: points, or a word
    translations = _texts()
    option_translations = fields.Dict(keys=fields.String(), values=_texts(), load_default=dict)


class PackSchema(Strict):
    """An installed questionnaire: what it may be used for and where it comes from, and the words of each item."""

    instrument = _text(60)
    title = _text(300)
    url = fields.String(required=True)
    version = _text(100)
    publisher = fields.String(required=True)
    copyright = _text()
    language = _text(35)
    sha256 = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$"))
    installed_on = fields.Date(required=True)
    items = fields.Dict(keys=fields.String(), values=fields.Nested(_ItemSchema), required=True)


def pack_files(folder: Path | None) -> list[Path]:
    """The files of all packs, in a fixed order."""
    return [] if folder is None else sorted((folder / QUESTIONNAIRES).glob("*.json"))


def files_of(folder: Path | None) -> tuple[PackFile, ...]:
    """Name and content of every pack as they stand now, so that a later change of the folder changes no knowledge in use.

    Raises SettingsError for a file that cannot be read.
    """
    return tuple((path.name, _content(path)) for path in pack_files(folder))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise SettingsError(f"{path.name}: the pack cannot be read: {error.strerror}.") from None


def packs_digest(files: Sequence[PackFile]) -> str:
    """SHA-256 over name and content of every pack; '' where there is none."""
    whole = hashlib.sha256()
    for name, content in files:
        whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return whole.hexdigest() if files else ""


def read_packs(folder: Path | None) -> dict[str, Pack]:
    """Every installed questionnaire of a folder by its instrument; raises SettingsError as `packs_in` does."""
    return packs_in(files_of(folder))


def packs_in(files: Sequence[PackFile]) -> dict[str, Pack]:
    """Every installed questionnaire by its instrument.

    Raises SettingsError that names the file, the place and the mend, for one that is broken or under another name.
    """
    held = {Path(name).stem: _read(name, content) for name, content in files}
    for name, pack in held.items():
        if pack["instrument"] != name:
            raise SettingsError(f"{name}.json: the file is named after another questionnaire. {AGAIN}")
    return held


def _read(name: str, content: bytes) -> Pack:
    if len(content) > LONGEST_FILE:
        raise SettingsError(f"{name}: the pack is too large to be one. {AGAIN}")
    try:
        return dict(PackSchema().load(json.loads(content.decode())))
    except (ValueError, RecursionError, ValidationError) as error:
        place = _first_place(error.messages) if isinstance(error, ValidationError) else "no valid JSON"
        raise SettingsError(f"{name}: {place}. {AGAIN}") from None


def _first_place(messages: Any, pointer: str = "") -> str:
    """The first thing that is wrong, as its place and what is said of it."""
    if isinstance(messages, Mapping):
        key = next(iter(messages))
        return _first_place(messages[key], f"{pointer}/{key}")
    said = messages[0] if isinstance(messages, list) else messages
    return f"{pointer or '/'}: {str(said).rstrip('.').lower()}"


def write_pack(folder: Path, pack: Pack) -> Path:
    """Keep a pack; one of the same instrument is replaced. Raises SettingsError where the folder cannot be written."""
    path = folder / QUESTIONNAIRES / f"{pack['instrument']}.json"
    dumped = PackSchema().dump(pack)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(dumped, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"The folder of packs cannot be written: {error.strerror}. Name another folder.") from None
    return path


def remove_pack(folder: Path, instrument: str) -> None:
    """Take an installed questionnaire out again: our own wording holds from then on. Raises SettingsError."""
    path = next((path for path in pack_files(folder) if path.stem == instrument), None)
    if path is None:
        held = ", ".join(path.stem for path in pack_files(folder)) or "none"
        raise SettingsError(f"No official form is installed for '{instrument[:60]}'. Installed are: {held}.")
    path.unlink()
