"""A prescription text made plain: one spelling of every sign, in tokens, so that case and spacing mean nothing."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 2000  # one prescription; a text of several may be ten times as long

UNREADABLE = "¿"  # stands where a reading would be a guess; nothing matches it

MARKUP = re.compile(r"<\s*[/!?]?\s*[a-z][^<>]{0,200}>?", re.IGNORECASE)
DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
VULGAR_FRACTIONS = {"½": " 1/2 ", "¼": " 1/4 ", "¾": " 3/4 ", "⅓": UNREADABLE, "⅔": UNREADABLE}
SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("×✕✖", "x"),
        **dict.fromkeys("’‘ʼ´`", "'"),
        **dict.fromkeys("®™©", " "),
        "µ": "u", "μ": "u", "°": "h", "º": "h", "⁄": "/", "∕": "/", "≤": " max ", "•": " ", "·": ".",
    }
)  # fmt: skip

# Swallowed, whatever the last word says: an ibuprofen 'liqui-gel' is none for the skin.
GEL_CAPSULE = re.compile(r"\b(?:liquid?|soft)[ -]*gels?(?:[ -]*caps?(?:ules?)?)?\b|\bgel[ -]+(?:caps?|tabs?|capsules?|tablets?)\b")
WITH = (re.compile(r"\bw/o\b"), re.compile(r"\bw/\s?|\bw/(?=[a-z])"))
STOPPED = re.compile(r"\bd\s?/\s?c(?:d|ed)?\b")
NUMBER_SIGN = re.compile(r"\b(?:no|num|number)\.?\s*#?\s*(?=\d)")
DOTTED = re.compile(r"\b(?:[a-z]\.){1,4}[a-z]\b\.?|\b[qx]\.(?=\s*\d)|(?<=\d)\.(?=hr?s?\b)")  # p.o., q.6.h.
STOP_BEFORE_NUMBER = re.compile(
    r"\b(disp|dispense|qty|quant|max|maximum|tab|tabs|cap|caps|sig|rx|ref|refills?|approx|amt|prn|hrs?|h|d|days?|po|"
    r"pain|q|mg|ml|mcg)\.(?=\s*\d)"
)
LETTER_DOT_DIGIT = re.compile(r"(?<=[a-z])\.(?=\d)")
THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,.])")
COMMA_IN_NUMBER = re.compile(r"(?<=\d),(?=\d)")
NEGATIVE = re.compile(r"(?:^|(?<=[\s(:=-]))-(?=\.?\d)")
EARLIER_NUMBER = re.compile(r"\d\s*$")
LIST_NUMBER = re.compile(r"^\s*(?:\(\d{1,2}\)|\d{1,2}[.)])\s+(?=[a-z])")  # '2) Motrin 800 mg': no dose of two

# Times of the clock. A small number before 'am' may count tablets ('1 am, 2 pm'), so it needs 'at' or minutes.
HALF_DAY = r"\s*[ap]m\b"
CLOCK_FIRST = (
    rf"(?:at|@)\s*(?:1[0-2]|0?[1-9])(?::?[0-5]\d)?{HALF_DAY}|(?:1[0-2]|0?[789]){HALF_DAY}"
    rf"|(?:1[0-2]|0?[1-9]):[0-5]\d(?:{HALF_DAY})?|(?:1[3-9]|2[0-3]|00):[0-5]\d"
    r"|(?:at|@)\s*(?:(?:[01]\d|2[0-3])[0-5]\d|2400)|0[0-9][0-5]\d"
)
CLOCK_NEXT = (
    rf"(?:1[0-2]|0?[1-9])(?::[0-5]\d)?{HALF_DAY}|(?:[01]?\d|2[0-3]):[0-5]\d|(?:[01]\d|2[0-3])[0-5]\d|2400"
)
CLOCK_JOIN = r"\s*(?:,|and|&|/)\s*(?:and\s+)?(?:at\s+)?"
CLOCK_TIMES = re.compile(
    rf"(?<![\w/.#:-])(?:{CLOCK_FIRST})(?:\s*h(?:ou)?rs?\b)?(?:(?:{CLOCK_JOIN}(?:{CLOCK_NEXT}|noon|midday|bedtime)"
    rf"|\s+(?:1[0-2]|0?[1-9])[ap]m\b)(?:\s*h(?:ou)?rs?\b)?)*(?![\w/,:-]\d)(?!\d)"
)
CLOCK_TIME = re.compile(rf"{CLOCK_FIRST}|{CLOCK_NEXT}")
CLOCK_WORDS = tuple(f"clock{letter}" for letter in "abcdefghijkl")

TOKEN = re.compile(r"\d+(?:\.\d+)?|\.\d+|[a-z]+|[^\sa-z\d]")

TRAILING_ZERO = re.compile(r"(?<![\d.])\d+\.0+(?!\d)")
NAKED_DECIMAL = re.compile(r"(?<![\d.])\.\d")
UNSAFE_WORDS = {
    "qd": "QD", "qod": "QOD", "u": "U", "iu": "IU", "ms": "MS", "mso": "MSO4", "ug": "µg", "cc": "cc", "od": "OD",
    "hs": "HS", "qhs": "QHS",
}  # fmt: skip
UNSAFE_AND_NAMES = {("ms", "contin"), ("ms", "ir")}


@dataclass(frozen=True, slots=True)
class PlainText:
    """The tokens of one text, notes on unsafe forms, and why its numbers must not be read ('' if they may)."""

    tokens: tuple[str, ...]
    notes: tuple[str, ...] = ()
    refusal: str = ""


def plain_line(text: str) -> str:
    """One line in one spelling: lower case, simple signs, no markup, numbers without thousands commas."""
    line = html.unescape(text)
    line = MARKUP.sub(" ", line)
    for sign, written in VULGAR_FRACTIONS.items():
        line = line.replace(sign, written)
    line = INVISIBLE.sub("", DIRECTION_MARKS.sub("", line)).translate(SIGNS)
    line = CONTROL.sub(" ", unicodedata.normalize("NFKC", line)).casefold().translate(SIGNS)
    line = WITH[1].sub("with ", WITH[0].sub("without", line))
    line = GEL_CAPSULE.sub("capsule", STOPPED.sub("discontinue", line))
    line = NUMBER_SIGN.sub("# ", line)
    line = DOTTED.sub(lambda m: m.group().replace(".", ""), line)
    line = STOP_BEFORE_NUMBER.sub(r"\1 , ", line)
    line = LETTER_DOT_DIGIT.sub(f" {UNREADABLE} ", line)
    line = THOUSANDS.sub(r"\1\2", line)
    line = COMMA_IN_NUMBER.sub(f" {UNREADABLE} ", _with_clock_words(line))
    return line.replace("'", "")


def _with_clock_words(line: str) -> str:
    """Each time of the clock as a word of its own: '8 am and 8 pm' is 'at clocka and at clockb'."""
    words = iter(CLOCK_WORDS)

    def named(times: re.Match[str]) -> str:
        return f" {CLOCK_TIME.sub(lambda one: f' at {next(words, UNREADABLE)} ', HOURS_BEHIND.sub('', times.group()))} "

    return CLOCK_TIMES.sub(named, line)


HOURS_BEHIND = re.compile(r"\s*h(?:ou)?rs?\b")


def plain_text(text: str) -> PlainText:
    """The tokens of a text of at most MAX_CHARACTERS; longer ones are cut by the caller."""
    line = LIST_NUMBER.sub("", plain_line(text))
    tokens = tuple(TOKEN.findall(line))
    return PlainText(tokens, unsafe_forms(line, tokens), refusal_of(text, line))


def refusal_of(text: str, line: str) -> str:
    """Why no number of this text may be used, or ''."""
    if MARKUP.search(html.unescape(text)):
        return "it holds markup; write it in plain words"
    if DIRECTION_MARKS.search(text):
        return "it holds marks that change the direction of writing; type it anew"
    if any(not EARLIER_NUMBER.search(line[: m.start()]) for m in NEGATIVE.finditer(line)):
        return "it holds a negative number"
    return ""


def unsafe_forms(line: str, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Notes on ways of writing that the Joint Commission and ISMP ask not to use; they are read all the same."""
    notes = [
        f"'{m.group()}' has a trailing zero and can be misread as ten times as much"
        for m in TRAILING_ZERO.finditer(line)
    ]
    notes += [f"'{m.group()}' lacks the zero before the point" for m in NAKED_DECIMAL.finditer(line)]
    following = (*tokens[1:], "")[: len(tokens)]
    for word, after in zip(tokens, following, strict=True):
        if word in UNSAFE_WORDS and (word, after) not in UNSAFE_AND_NAMES:
            notes.append(f"'{UNSAFE_WORDS[word]}' is an abbreviation that is easily misread; write it out")
    return tuple(dict.fromkeys(notes))
