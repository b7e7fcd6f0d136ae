"""Text of people, made fit for print: nothing is lost in silence, nothing is read as markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..errors import WordingError

LONGEST = 2_000  # characters in one piece of text; ReportLab needs seconds for words of 100,000
NBSP = "\N{NO-BREAK SPACE}"

_SPACES = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")
# Unicode Bidirectional Algorithm (UAX 9): marks, embeddings, overrides and isolates, which could turn 1-2 into 2-1.
_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_INVISIBLE = {0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
_BY_NUMBER = re.compile(r"(?<=\d) (?=[^\W\d_])")


def clean(text: str, what: str = "text") -> str:
    """The text in NFC on one line, without control, bidirectional and invisible characters.

    `what` names the piece in an error. Raises WordingError for a lone surrogate and for text over 2,000 characters.
    """
    if len(text) > LONGEST:
        raise WordingError(f"the {what} is too long to print.", mend=f"Shorten it to {LONGEST:,} characters.")
    for character in text:
        if unicodedata.category(character) == "Cs":
            raise WordingError(
                f"the {what} holds U+{ord(character):04X}, half of a character.", mend="Type the text again."
            )
    spaced = _SPACES.sub(" ", text)
    kept = (c for c in spaced if ord(c) not in _BIDI | _INVISIBLE and unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", "".join(kept)).strip(" ")


def keep_numbers(text: str) -> str:
    """The text with a number and the word after it held together by a no-break space.

    Where the word stands before the number (day 3) the wording holds the no-break space itself: what does is a matter of
    the language.
    """
    return _BY_NUMBER.sub(NBSP, text)


def check_printable(texts: Iterable[str], covered: Iterable[int]) -> None:
    """Raise WordingError that names the code point if the fonts lack a character of the texts."""
    known = frozenset(covered)  # the fonts' own set stays as it is
    for character in sorted(set().union(*texts)):
        if ord(character) not in known:
            raise WordingError(
                f"the character U+{ord(character):04X} is in none of the fonts of this handout.",
                mend="Leave it out or write it another way.",
            )
