"""The words of a typed problem: one spelling, its parts, what may be left off, and the numbers that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from .measuring import days_in_text
from .quantities import PartialDate
from .record import StatedValue
from .typed_days import tidy

SEMANTIC_TAG = re.compile(r"\s*\((disorder|finding|situation|procedure|morphologic abnormality|event|substance)\)$")
QUALIFIERS = re.compile(r"^(chronic|essential|known|stable|mild|moderate|severe)\s+")
KIND_WORD = re.compile(r"\s+(disease|disorder|syndrome|nos|unspecified)$")
DRINKS = re.compile(r"(\d+)\s*(?:drinks?|beers?|glasses?)\b", re.I)
DUE_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
ROMAN = {"i": "I", "ii": "II", "iii": "III", "iv": "IV", "1": "I", "2": "II", "3": "III", "4": "IV"}
STAGES = {"i": "1", "ii": "2", "iii": "3", "iiia": "3a", "iiib": "3b", "iv": "4", "v": "5"}
STAGE = re.compile(r"(?<![\w.])(?:g|stage|st)?\s*([1-5][ab]?|iii[ab]?|ii?|iv|v)(?![\w.])", re.I)
CLASS = re.compile(r"(?<![\w.])(i{1,3}|iv|[1-4])(?![\w.])", re.I)
CHILD_PUGH = re.compile(r"(?<![\w'])(?:a|b|c)(?![\w'])", re.I)

# A heading, and words that say who told it, how well it is treated, or how often it came: they change no fact.
LABEL = re.compile(
    r"^(?:pmhx?|phx|past (?:medical|surgical) (?:history|hx)|medical (?:history|hx)|med hx|psh|problems?|conditions?|"
    r"diagnos[ie]s|"
    r"dx|cv|cardiac|cardio|pulm|resp|neuro|endo|gi|gu|renal|hepatic|psych|heme|other|medical alert|alert)\s*[:=]\s*"
)
AHEAD = re.compile(
    r"^(?:(?:pt|patient)\s+(?:has|had|is|reports|states)|has|have|had|having|is|was|known|dx'?d?(?: with| of)?|diagnosed with|"
    r"diagnosis of|suffers from|lives with|treated for|being treated for|under (?:treatment|care) for|tx for|"
    r"takes meds? for|on meds? for|recent(?:ly)?|(?:\d|two|three|several|multiple)(?= (?:heart attacks|strokes|mis|stents|"
    r"tias|cvas|mini)\b)|an?|the|chronic|stable|mild|moderate|severe|significant|right|left|bilateral|total|rt|lt|r|l|on|"
    r"takes|taking|uses|using|pos(?:itive)? for|\+)\s+"
)
BEHIND = re.compile(
    r"\s*(?<![\w-])(?:(?:well[- ])?controlled|under control|stable|mild|moderate|severe|paroxysmal|d/o|dz|"
    r"(?:on|takes?|taking|with) (?:\d+ )?(?:daily )?med(?:ication|icine)?s?|medicated|diet|diet[- ]controlled|"
    r"per (?:pt|patient|md|pcp|physician)|(?:pt|patient) (?:states|reports)|asymptomatic|"
    r"(?:mild |moderate |severe )?(?:intermittent|persistent)|dx'?d?|diagnosed|x ?\d{1,2}|\d{1,2} ?x|bilateral|ou|nos|"
    r"unspecified|(?:followed|managed|monitored|treated)(?: by (?:pcp|md|\w+olog(?:y|ist)))?|placed|placement|inserted|"
    r"procedure|stage|type|surgery|sx|repair|(?:lv)?ef\s*(?:of|=|:|~|<|>)?\s*\d+(?:\s*-\s*\d+)?\s*%?|"
    r"(?:hb|hg)?a1c\s*(?:of|is|=|:)?\s*\d+(?:\.\d+)?\s*%?|m ?/?w ?/?f|t ?/?th?u? ?/?s(?:at?)?|mon ?wed ?fri|"
    r"[23] ?x ?(?:/|per |a )?\s*w(?:ee)?k(?:ly)?)$"
)

# Between problems of a list; a dash or a slash only where it cannot be part of one.
HARD = re.compile(r"(\s*[;,+|]\s*|\s+&\s+|(?<=\w{2})&(?=\w{2})|\s+-+\s+|(?<=[a-z]{2})\s?/\s?(?=[a-z]{2}))")
SOFT = re.compile(
    r"(\s+(?:and|with|on|due to|d/t|secondary to|2/2|requiring|from|after|but|for|or)\s+|"
    r"\s+(?=(?:s/p|status post|without|no|denies|not|never|h/o|hx of|history of|nyha|child[- ]pugh)\b))"
)
ALSO = re.compile(r"\s*,\s*(?=(?:and\s+)?(?:19|20)\d\d\b)|\s*[&+]\s*(?=(?:19|20)\d\d\b)|\s+and\s+(?=(?:19|20)\d\d\b)")
BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
OF_NYHA = re.compile(
    r"\b(?:(chf|hf|heart failure),?\s+(?:fc|functional )?class|nyha(?: fc)?(?: functional)?(?:[ -]?class)?)(?=\s*(?:i|[1-4]))"
)


def plain_words(text: str) -> str:
    """A typed entry in the form in which names are compared: lower case, single blanks, no semantic tag."""
    words = " ".join(text.replace("’", "'").split()).casefold().rstrip(" .")
    return SEMANTIC_TAG.sub("", words)


def listed(words: str) -> str:
    """The words ready to be taken apart: no heading, brackets as a further entry, 'w/' and 'w/o' written out."""
    words = re.sub(r"\bw/o\b", "without", LABEL.sub("", words))
    words = re.sub(r"\bw/\s*", "with ", words).replace("and/or", "or")
    words = OF_NYHA.sub(lambda found: f"{found[1] or ''} nyha".strip(), words)
    return tidy(ALSO.sub(" ", BRACKETS.sub(r", \1", words)))


def spellings(words: str) -> Iterable[str]:
    """The entry itself, then without a leading qualifier, then without a closing 'disease' or 'disorder'."""
    bare = QUALIFIERS.sub("", words)
    return dict.fromkeys((words, bare, KIND_WORD.sub("", words), KIND_WORD.sub("", bare)))


def trimmed(words: str) -> Iterable[str]:
    """The words with less and less around them: what is ahead, then what is behind, until nothing more falls off."""
    seen = [words]
    while True:
        less = tidy(AHEAD.sub("", words))
        less = less if less != words else tidy(BEHIND.sub("", words))
        if less in ("", words):
            return seen[1:]
        seen.append(words := less)


def says_nothing(words: str) -> bool:
    """Whether the words only say who told it, how well it is treated, or how often it came."""
    less, words = words, ""
    while less != words:
        less, words = tidy(BEHIND.sub("", f" {less}")), less
    return not less


def number_in(fact: str, text: str) -> StatedValue | None:
    """The number or grade that a typed entry gives for a fact; None when it gives none, or several."""
    if fact == "ckd_stage":
        return _one({STAGES.get(each, each) for each in map(str.lower, STAGE.findall(text))})
    if fact == "nyha_class":
        return _one({ROMAN[each.lower()] for each in CLASS.findall(text)})
    if fact == "child_pugh_class":
        return _one({each.upper() for each in CHILD_PUGH.findall(text)})
    if fact == "gestational_age_weeks":
        days = days_in_text(text)
        return due_date_in(text) if days is None else Decimal(days)
    amount = DRINKS.search(text)
    return Decimal(amount[1]) if amount else None


def _one(found: set[str]) -> str | None:
    return found.pop() if len(found) == 1 else None


def due_date_in(text: str) -> PartialDate | None:
    """A due date written month/day/year; None without a year, or for a day that does not exist."""
    found = DUE_DATE.search(text)
    if found is None:
        return None
    year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
    try:
        return PartialDate.parse(f"{year}-{int(found[1]):02}-{int(found[2]):02}")
    except ValueError:
        return None
