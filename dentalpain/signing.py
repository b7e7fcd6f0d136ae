"""Signatures of clinicians under items of the knowledge: valid only while the item is what was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UnknownNameError
from .knowledge.files import CLINICAL, FOLDER
from .knowledge.load import Knowledge

if TYPE_CHECKING:
    from .storage.port import Signature


@dataclass(frozen=True, slots=True)
class Signatures:
    """The items that carry a valid signature of this practice, and how many do not."""

    valid: Mapping[str, Signature]
    unsigned: int

    def covers(self, item: str) -> bool:
        """Whether a clinician of this practice has signed the item as it stands."""
        return item in self.valid

    def status(self, item: str) -> str:
        """'checked' with a valid signature, else 'draft'."""
        return "checked" if item in self.valid else "draft"


def item_files(knowledge: Knowledge) -> dict[str, tuple[Path, ...]]:
    """Every item that can be signed, with the files that make it: its text, its function, its limits."""
    limits = tuple(sorted((FOLDER / "limits").glob("*.toml")))
    items: dict[str, tuple[Path, ...]] = {}
    for rule in knowledge.rules.rules:
        text = FOLDER.parent / str(rule.texts["path"])
        code = CLINICAL / "prescribing" / text.parent.parent.name / f"{text.parent.name}.py"
        items[rule.id] = (text, code, *(limits if rule.limits else ()))
    items |= {f"options/{path.stem}": (path,) for path in sorted((FOLDER / "options").glob("*.toml"))}
    for folder in sorted(p for p in (FOLDER / "handouts").iterdir() if p.is_dir()):
        items[f"handouts/{folder.name}"] = tuple(sorted(folder.rglob("*.toml")))
    return items


@lru_cache(maxsize=1)
def item_digests(knowledge: Knowledge) -> Mapping[str, str]:
    """SHA-256 of each item that can be signed, line ends as LF."""
    return {item: _digest(paths) for item, paths in item_files(knowledge).items()}


def _digest(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


def digest_of_item(knowledge: Knowledge, item: str) -> str:
    """The digest that a signature of the item has to carry; raises UnknownNameError."""
    try:
        return item_digests(knowledge)[item]
    except KeyError:
        raise UnknownNameError(
            f"There is no item '{item[:60]}' to sign.", mend="List them with: dentalpain knowledge digest."
        ) from None


def signatures_of(knowledge: Knowledge, signatures: Iterable[Signature]) -> Signatures:
    """The signatures that are valid today: the newest for each item, if the item has not changed since."""
    digests = item_digests(knowledge)
    valid = {s.item: s for s in signatures if digests.get(s.item) == s.digest}
    return Signatures(valid, len(digests) - len(valid))


def no_signatures(knowledge: Knowledge) -> Signatures:
    """The state of a practice that keeps no store: nothing is signed."""
    return Signatures({}, len(item_digests(knowledge)))
