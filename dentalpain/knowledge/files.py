"""Reading knowledge files: TOML with exact decimals, CSV as rows, and the digest over all that advice depends on."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import KnowledgeError

FOLDER = Path(__file__).parent
CLINICAL = FOLDER.parent / "clinical"

# The worked cases stand at the foot of a rule's file and are read only for tests, the review sheet and "why".
FOOT = "\n[[worked_case]]"


def read_toml(path: Path, *, head_only: bool = False) -> dict[str, Any]:
    """A TOML file, numbers as Decimal; `head_only` leaves the worked cases at its foot unread.

    Raises KnowledgeError that names the file and the place.
    """
    text = path.read_text(encoding="utf-8")
    if head_only:
        text = text.split(FOOT, 1)[0]
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{place(path)}: not valid TOML: {error}.") from error


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by column name; raises KnowledgeError for a row that is too long or too short."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise KnowledgeError(f"{place(path)}, row {number}: {len(reader.fieldnames or ())} columns are needed.")
    return rows


def place(path: Path) -> str:
    """A knowledge file as a reader would look for it, relative to the folder of the package."""
    return path.relative_to(FOLDER.parent).as_posix()


def knowledge_files() -> list[Path]:
    """Every file that holds knowledge, and every module that decides, in a fixed order."""
    held = [p for p in FOLDER.rglob("*") if p.suffix in {".toml", ".csv"}]
    return sorted([*held, *CLINICAL.rglob("*.py")], key=place)


def digest_of(paths: list[Path], settings: str = "") -> str:
    """SHA-256 over path and content (line ends as LF) of the files, and the settings that rules read."""
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(place(path).encode() + b"\0" + hashlib.sha256(content).digest())
    whole.update(settings.encode())
    return whole.hexdigest()
