"""What is left of a sig when everything known is read: numbers and words that change a dose refuse every number."""

from __future__ import annotations

import re

from ..prescription import Unread
from .names import DrugNames
from .plain_text import UNREADABLE
from .sig_text import COUNTS, RANGE, STRUCK, SigText, pattern
from .sig_words import FILLER, RISKY

REASON = pattern(
    r"(?:for|prn|due to|treat|treats|treating|during|because of)(?: (?:the|a|of|to|and|or|with|in|[a-z]{3,}))+"
)
BARE_INTERVAL = pattern(rf"every {RANGE}")  # 'q6': hours or days; a frequency is never guessed
WORD = re.compile(r"[^\s~]+")
MEASURED = re.compile(rf" (?:(?:{COUNTS}) |{STRUCK})")
UNKNOWN_WORDS = "these words are not known; the numbers come from the rest"
MOST_SUGGESTED = 3
DRUG_LIKE = 6  # letters; a shorter unknown word is not searched among the names


def read_leftovers(sig: SigText, names: DrugNames, implied: bool = False) -> tuple[list[Unread], bool]:
    """Unread parts, and whether they forbid any number; `implied`: no number of units is written, one was taken."""
    unread = [Unread(match.group().strip(), "hours or days: the interval has no unit") for match in sig.take(BARE_INTERVAL)]
    refused = bool(unread)
    words: list[str] = []
    reason = {m.start() + word.start() for m in REASON.finditer(sig.line) for word in WORD.finditer(m.group())}
    for match in WORD.finditer(sig.line):
        word = match.group()
        if word[0].isdigit() or word == UNREADABLE or word[0] == ".":
            unread.append(Unread(_around(sig.line, match), "what this number stands for is not clear"))
            refused = True
        elif word in RISKY:
            unread.append(Unread(_around(sig.line, match), "this may change the amount in a way that is not read"))
            refused = True
        elif len(word) > 1 and word.isalpha() and word not in FILLER and match.start() not in reason:
            words.append(word)
            if implied and MEASURED.match(sig.line, match.end()):  # 'tew tabs': a number that nobody can read
                unread.append(Unread(_around(sig.line, match), "what this word before the dose stands for is not clear"))
                refused = True
    if words:
        unread.append(_unknown_words(words, names))
    return unread[:5], refused


def _unknown_words(words: list[str], names: DrugNames) -> Unread:
    suggestions: list[str] = []
    for word in [word for word in dict.fromkeys(words) if len(word) >= DRUG_LIKE][:MOST_SUGGESTED]:
        suggestions += names.suggest(word, 1)
    return Unread(" ".join(words)[:60], UNKNOWN_WORDS, tuple(dict.fromkeys(suggestions)))


def _around(line: str, match: re.Match[str]) -> str:
    """The word with its neighbours, so that a person finds the place."""
    before = line[: match.start()].replace(STRUCK, " ").split()[-1:]
    after = line[match.end() :].replace(STRUCK, " ").split()[:1]
    return " ".join(word for word in (*before, match.group(), *after) if not word.startswith("@"))[:60]
