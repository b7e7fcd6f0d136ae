"""A sig as one line of canonical words with single spaces; what is read is struck out, what is left is seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from re import Match, Pattern

from .names import Found
from .plain_text import UNREADABLE
from .sig_words import NUMBER_WORDS, ROMAN, TENS, WORDS

NUM = r"(?:\d+(?:\.\d+)?|\.\d+)"
RANGE = rf"({NUM})(?: (?:-|to|or) ({NUM}))?"
COUNTS = "tab|cap|ml|tsp|tbsp|patch|film|spray|puff|drop|lozenge|supp|packet|unit"
MOST_TABLETS = 4  # a bare number up to this may count tablets
STRUCK = "~"
MENTION = "$"


def pattern(body: str) -> Pattern[str]:
    """A pattern over whole words of the line."""
    return re.compile(rf"(?<= )(?:{body})(?= )")


def upper(match: Match[str], first: int = 1) -> Fraction:
    """The upper end of a range that a match holds in two groups."""
    low = Fraction(match.group(first))
    return max(low, Fraction(match.group(first + 1))) if match.group(first + 1) else low


BOTH_WAYS = pattern(rf"({NUM})((?: (?:{COUNTS}))?) \( ({NUM}) \)")  # 6 (six), 15 tabs (fifteen)
ROMAN_QUANTITY = pattern(r"(?:#|qty) (x{1,3}(?:ix|iv|v?i{0,3}))(?! \d)")
NOSTRILS = pattern(rf"{RANGE} spray (?:(?:in|into|to|per) )?(?:every|both|per) nostril")
MIXED = pattern(r"(?:([1-9]) (?:- |and )?(?:a |1 )?)?(?:a |1 )?(half|1 / 2|1 / 4|3 / 4)(?: of(?: a)?| a)?(?! [/\d])")
DIGITS = {"half": "5", "1 / 2": "5", "1 / 4": "25", "3 / 4": "75"}
ROMAN_COUNT = pattern(
    rf"(i{{1,3}}|iv|vi?|i{{0,2}}ss)(?: (-|to|or) (i{{1,3}}|iv|vi?))?(?= (?:{COUNTS}|po|every|bid|tid|qid|prn))"
)
ONE_UNIT = pattern(r"(?:a|an|1 full)(?= (?:tab|cap|patch|film|lozenge|spray|puff|packet|tsp|tbsp) )")
SLOT = "bedtime|bed|night|evening|morning|noon"
MEALS_AND_BEDTIME = r"(?:(?:before|after|with)(?: (?:every|a|all))? )?meals?(?: (?:and|,))*(?: (?:at|every))* (?:bedtime|bed)"
RATE = "bid|tid|qid|daily|every day"
PHRASES: tuple[tuple[Pattern[str], str], ...] = tuple(
    (pattern(body), read)
    for body, read in (
        (r"(?:should )?(?:do )?(?:not|dont) (?:to )?(?:exceed|take more than|use more than|go over)", "max"),
        (r"(?:no|not) (?:more|sooner) (?:often|frequently)? ?than(?= every)", ","),
        (r"(?:no|not|never) more than|(?:max )?limit(?:ed)?(?: of| to)?", "max"),
        (r"max (?:of|is|total|at|allowed|,)(?: of)?", "max"),
        (r"(?:only )?(?:as|if|when)(?: absolutely)? (?:needed|required|necessary|needs)", "prn"),
        (r"(?:by|via|through) mouth", "po"),
        (r"under (?:the |your )?tongue", "sl"),
        (r"(?:and )?then stop", ","),
        (r"(?:and )?then prn", ", prn"),
        (rf"every ({NUM}) hour (?:to|-) every ({NUM}) hour", r"every \1 - \2 hour"),
        (r"(?:and )?(?:followed by|thereafter|after that|afterwards?|and then|, then)", "then"),
        (r"around the clock|while awake|w a", ","),
        (rf"((?:#|qty) ({NUM})) \2(?! (?:{COUNTS}|mg|every|bid|tid|qid|po|prn) )", r"\1"),  # '#15 fifteen'
        (r"(\d) (?:st|nd|rd|th)(?= )", r"\1"),
        (r"((?:for|x) \d+) nights?", r"\1 day"),
        (r"x [-,] ", "x "),
        (rf"(\d+ (?:{COUNTS})) qty(?= 0 refill)", r"qty \1 ,"),  # '20 tablets dispensed 0 refills'
        (rf"(?:{RATE}) (?:-|to|or|/) ({RATE})", r"\1"),  # 'tid-qid': the more frequent stands last
        (rf"(qid|4 times(?: (?:a|every|per))? (?:day|daily)) {MEALS_AND_BEDTIME}", r"\1"),
        (MEALS_AND_BEDTIME, UNREADABLE),  # three doses, or four, and never one
        (rf"(daily|every day) and(?= (?:(?:every|at|in|the) )*(?:{SLOT}) )", rf"\1 {UNREADABLE}"),
    )
)


class SigText:
    """The line with the medicines as @0, @1 … and those only mentioned as $; what is taken is struck out in place."""

    __slots__ = ("line",)

    def __init__(self, tokens: Sequence[str], found: Sequence[Found], mentions: Sequence[Found] = ()) -> None:
        line = f" {' '.join(_canonical(tokens, found, mentions))} "
        line = ROMAN_QUANTITY.sub(_roman_quantity, line)
        line = BOTH_WAYS.sub(lambda m: m.group(1) + m.group(2) if m.group(1) == m.group(3) else UNREADABLE, line)
        line = " ".join(WORDS.get(word, word) if not word.isalpha() else word for word in line.split())
        line = f" {' '.join(line.split())} "
        line = MIXED.sub(_mixed, line)
        line = ROMAN_COUNT.sub(_roman, line)
        line = ONE_UNIT.sub("1", line)
        for shape, read in PHRASES:
            line = shape.sub(read, line)
        line = NOSTRILS.sub(lambda m: f"{2 * upper(m)} spray", line)
        self.line = line

    def take(self, shape: Pattern[str]) -> list[Match[str]]:
        """Every place where the pattern stands, struck out."""
        found = list(shape.finditer(self.line))
        for match in found:
            self.strike(match)
        return found

    def strike(self, match: Match[str]) -> None:
        """Strike out one place."""
        start, stop = match.span()
        self.line = f"{self.line[:start]}{STRUCK * (stop - start)}{self.line[stop:]}"

    def has(self, shape: Pattern[str]) -> bool:
        """Whether the pattern stands in what is not struck out."""
        return shape.search(self.line) is not None


def _canonical(tokens: Sequence[str], found: Sequence[Found], mentions: Sequence[Found]) -> list[str]:
    words: list[str] = []
    at = 0
    for hit in sorted((*found, *mentions), key=lambda hit: hit.start):
        words += _plain_words(tokens[at : hit.start])
        words.append(f"@{found.index(hit)}" if hit in found else MENTION)
        at = hit.stop
    return words + _plain_words(tokens[at:])


def _plain_words(tokens: Sequence[str]) -> list[str]:
    words: list[str] = []
    for token in tokens:
        number = NUMBER_WORDS.get(token)
        if number and len(words) > 1 and words[-1] == "-" and words[-2] in TENS:
            words.pop()
        if number and words and words[-1] in TENS and len(number) == 1:
            words[-1] = str(TENS[words[-1]] + int(number))
        elif token in TENS:
            words.append(token)
        else:
            words.append(number or (WORDS[token] if token.isalpha() and token in WORDS else token))
    return [str(TENS.get(word, word)) for word in words]


def _mixed(match: Match[str]) -> str:
    """One and a half, 1 1/2, half a: as a decimal; a strength before it ('5/325 1/2 tab') stays apart.

    'lorazepam 1 1/2 tab' is one and a half tablets or half of a 1 mg tablet: it is asked.
    """
    whole, digits = match.group(1), DIGITS[match.group(2)]
    before = match.string[: match.start()].split(" ")[-2:]
    if whole and int(whole) <= MOST_TABLETS and any(word.startswith("@") for word in before):
        return UNREADABLE
    if whole and any(word == "/" or word.startswith("@") for word in before):
        return f"{whole} 0.{digits}"
    return f"{whole or 0}.{digits}"


def _roman(match: Match[str]) -> str:
    first, joiner, second = match.groups()
    return f"{ROMAN[first]} {joiner} {ROMAN[second]}" if second else ROMAN[first]


def _roman_quantity(match: Match[str]) -> str:
    """'#XII', as some write a quantity that nobody shall alter."""
    tens = match.group(1).rstrip("iv") if not match.group(1).endswith("ix") else match.group(1)[:-2]
    ones = match.group(1)[len(tens) :]
    values = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return f"# {10 * len(tens) + values.index(ones)}"
