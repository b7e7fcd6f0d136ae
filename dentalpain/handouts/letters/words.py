"""The wording of letters: the words that all share, and those of each kind."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ...errors import KnowledgeError, UnknownNameError
from ...paths import knowledge_folder
from ..text import LONGEST, clean, keep_numbers
from ..wording import Wording, fill, load

KNOWLEDGE = "en"  # the language of the rules, diagnoses, options and sources that letters name
KINDS = (
    "referral-orofacial-pain",
    "physician-naltrexone",
    "physician-red-flag",
    "physiotherapy",
    "medical-necessity",
    "chart-summary",
)


@dataclass(frozen=True)
class LetterWords:
    """The words of one kind of letter in one language, beside those of the handouts."""

    wording: Wording
    shared: Mapping[str, Any]
    own: Mapping[str, Any]

    def word(self, name: str, /, **values: object) -> str:
        """A word of this kind, else one that all letters share, with its places filled in."""
        text = self.own.get(name, self.shared["words"].get(name))
        if text is None:
            raise KnowledgeError(f"the wording of letters lacks {name}.")
        return keep_numbers(fill(str(text), values))

    def heading(self, name: str) -> str:
        """A heading of this kind, else one that all letters share."""
        own = self.own.get("headings", {})
        return str(own[name] if name in own else self.shared["headings"][name])

    def of(self, table: str, name: str) -> str:
        """A word of one of the shared tables, such as the urgencies."""
        return str(self.shared[table][name])

    def one_word(self, kept: str) -> str:
        """A short value or source in this language, such as yes or examination; others as they are kept."""
        return str(self.shared["one_word"].get(kept, kept))

    def heads(self, table: str) -> tuple[str, ...]:
        """The column heads of a table."""
        return tuple(self.own[table] if table in self.own else self.shared["table"][table])

    def date(self, day: str | dt.date | None) -> str:
        """A day in words; a day that is not recorded says so."""
        if day is None or day == "":
            return self.word("no_date")
        try:
            return self.wording.date(day if isinstance(day, dt.date) else dt.date.fromisoformat(day))
        except ValueError:  # a year, or a year and a month
            return str(day)

    def short_date(self, day: str | None) -> str:
        """A day for a narrow column."""
        whole = self.date(day)
        for month in self.wording.general["dates"]["months"]:
            whole = whole.replace(str(month), str(month)[:3])
        return whole

    def said(self, text: object) -> str:
        """Text of the record or of the knowledge as the fonts can show it; too long a text is cut with a sign of it."""
        whole = str(text)
        cut = whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
        return self.wording.spelled(clean(cut, "text of the record"))


def letter_languages() -> list[str]:
    """The languages that have letters."""
    return sorted(path.parent.parent.name for path in (knowledge_folder() / "handouts").glob("*/letters/words.toml"))


@cache
def load_letter(kind: str, language: str) -> LetterWords:
    """The words of a kind of letter.

    Raises UnknownNameError for a kind that does not exist and for a language that has no letters, KnowledgeError for a
    file that does not fit.
    """
    if kind not in KINDS:
        raise UnknownNameError("there is no letter of this kind.", where="letter", mend=f"Choose: {', '.join(KINDS)}.")
    wording = load(language)
    folder = knowledge_folder() / "handouts" / language / "letters"
    if not folder.is_dir():
        mend = f"Choose: {', '.join(letter_languages())}."
        raise UnknownNameError("letters are not written in this language.", where="language", mend=mend)
    own = _read(folder / f"{kind}.toml")
    if own.get("id") != kind:
        raise KnowledgeError(f"letters/{kind}.toml: its id is not the name of the file.")
    return LetterWords(wording, _read(folder / "words.toml"), own)


def _read(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"letters/{path.name}: it cannot be read as TOML.") from error
    if table.get("status") != "draft" or not isinstance(table.get("written_on"), dt.date):
        raise KnowledgeError(f'letters/{path.name}: it needs status = "draft" and the day it was written_on.')
    return table
