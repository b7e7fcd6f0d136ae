"""Directions by the day: 'day 1: 2 tablets, day 2: 1 tablet' as steps that follow one another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from re import Match

from .plain_text import CLOCK_WORDS
from .sig_text import COUNTS, SigText, pattern

LABEL = pattern(
    r"(?:(?:then|and|on|,) )*day (?:# )?(\d{1,2})(?: (?:-|to|and|through) (?:day )?(\d{1,2}))?"
    r"((?: (?:and )?(?:on|onward|onwards|thereafter|beyond|after|later)(?= )| \+)?)"
)
DOSE = pattern(rf"\d+(?:\.\d+)? (?:{COUNTS}|mg|mcg|g)")
RHYTHM = pattern(
    "every|daily|bid|tid|qid|times|hourly|morning|noon|evening|night|bedtime|am|pm|once|breakfast|lunch|dinner|supper|"
    "(?:a|per|/) day|" + "|".join(CLOCK_WORDS)
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How many steps, and the last day; None where the last step has no end."""

    steps: int
    days: Fraction | None


def spread_days(sig: SigText) -> Schedule | None:
    """Write each labelled day as a step of its own ('… then …'); a step without a rhythm is the amount of a day.

    None, and nothing is changed, unless the labels count from day 1 without a gap.
    """
    labels = list(LABEL.finditer(sig.line))
    if len(labels) < 2 or not _count_on(labels):
        return None
    leading = DOSE.search(sig.line, _behind_name(sig.line))
    trailing = leading is not None and leading.start() < labels[0].start()
    pieces = _pieces(sig.line, labels, trailing)
    head, steps = pieces[0], [piece if RHYTHM.search(f" {piece} ") else f"{piece} daily " for piece in pieces[1:]]
    tail = "" if not trailing else f" {sig.line[labels[-1].end():].strip()} "
    sig.line = " ".join(f" {head} , {' then '.join(steps)} , {tail} ".split()).join("  ")
    last = labels[-1]
    return Schedule(len(steps), None if last.group(3) else Fraction(last.group(2) or last.group(1)))


def _behind_name(line: str) -> int:
    """Where the directions begin: behind the last name and the strength that stands with it."""
    named = list(STRENGTH_BEHIND_NAME.finditer(line))
    return named[-1].end() if named else 0


STRENGTH_BEHIND_NAME = pattern(r"@\d+(?: \d+(?:\.\d+)?(?: [-/] \d+(?:\.\d+)?)?(?: (?:mg|mcg|g))?)?(?: (?:tab|cap|odt|er))?")


def _count_on(labels: list[Match[str]]) -> bool:
    expected = 1
    for label in labels:
        if int(label.group(1)) != expected or int(label.group(2) or expected) < expected:
            return False
        expected = int(label.group(2) or expected) + 1
    return True


def _pieces(line: str, labels: list[Match[str]], trailing: bool) -> list[str]:
    """What stands before the steps, and each step without its label."""
    if not trailing:
        stops = [*(label.start() for label in labels[1:]), len(line)]
        steps = [line[label.end() : stop] for label, stop in zip(labels, stops, strict=True)]
        return [line[: labels[0].start()], *(step.strip(" ,") for step in steps)]
    start = _behind_name(line)
    starts = [start, *(label.end() for label in labels[:-1])]
    steps = [line[begin : label.start()] for begin, label in zip(starts, labels, strict=True)]
    return [line[:start], *(step.strip(" ,") for step in steps)]
