"""When a typed problem was: 'CABG 2018', 'stent 3 months ago', 'AKI last month'; no day is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from .quantities import PartialDate

Day = dict[str, int]
UNIT_DAYS: Day = {"d": 1, "w": 7, "m": 30, "y": 365}
NUMBERS: Day = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "couple": 2,
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONG_AGO = 36_500  # days: longer than anybody's history
TURN_OF_CENTURY = 40  # '18 is 2018 and '95 is 1995

LEAD = r"(?:(?<!\w)(?:in|on|from|of|about|around|approx\.?|circa|last|latest|most recent|~|dx'?d?|diagnosed|date|back)\s*:?\s*)*"
COUNT = rf"\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
UNIT = r"(?P<unit>days?|d|weeks?|wks?|w|months?|mths?|mos?|m|years?|yrs?|y)\b\.?"
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d/])(?!\s*(?:mg|mcg|iu|units?|ml|lbs?|cal\w*)\b)"
# Weeks and due dates of a pregnancy are no days on which it began, and what is planned has not been.
NOT_PEELED = re.compile(
    r"\b(?:pregnan\w*|pg|iup|gest\w*|due date|baby due|due (?:in )?\d|edd|edc|lmp|g\d ?p\d|scheduled|planned|planning|upcoming|"
    r"awaiting|waiting|pending|will have)\b"
)


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day as typed: of the calendar, or so many days before the entry was written (the most and the fewest)."""

    day: PartialDate | None = None
    ago: tuple[int, int] = (0, 0)

    def told_on(self, recorded: PartialDate | None, on: dt.date) -> PartialDate | None:
        """The day meant by an entry written on `recorded`; None where that cannot be told, or lies after it."""
        if self.day is None:
            if recorded is None:
                return None
            most, fewest = self.ago
            return PartialDate(recorded.first - dt.timedelta(days=most), recorded.last - dt.timedelta(days=fewest))
        latest = recorded.last if recorded is not None else on
        if self.day.first > latest:
            return None
        return PartialDate(self.day.first, min(self.day.last, latest))


def _between(first: str, last: str) -> TypedDay:
    return TypedDay(PartialDate(PartialDate.parse(first).first, PartialDate.parse(last).last))


def _year(text: str) -> str:
    if len(text) == 4:
        return text
    return f"20{text}" if int(text) <= TURN_OF_CENTURY else f"19{text}"


def _numeric(found: re.Match[str]) -> TypedDay:
    return _between(*[f"{_year(found['year'])}-{int(found['month']):02}-{int(found['day']):02}"] * 2)


def _month_of(found: re.Match[str]) -> TypedDay:
    number = MONTHS.index(found["month"]) + 1 if found["month"] in MONTHS else int(found["month"])
    return _between(*[f"{_year(found['year'])}-{number:02}"] * 2)


def _years(found: re.Match[str]) -> TypedDay:
    """'2015-18', or the month of '2018-09'."""
    year, until = found["year"], found["until"]
    last = until if len(until) == 4 else year[:2] + until
    return _between(year, last) if last >= year else _between(*[f"{year}-{until}"] * 2)


def _some_ago(found: re.Match[str]) -> TypedDay:
    """So many weeks ago, as exact as it was said: '3 months ago' is two and a half to three and a half."""
    length = UNIT_DAYS[found["unit"][0]]
    low = _count(found["count"])
    high = _count(found["to"]) if found["to"] else low
    more = found["more"] or found["plus"]
    slack = length // 2
    most = LONG_AGO if more else high * length + (0 if found["less"] else slack)
    fewest = 0 if found["less"] else low * length - (0 if more else slack)
    return TypedDay(ago=(min(most, LONG_AGO), min(fewest, LONG_AGO)))


def _count(text: str) -> int:
    return NUMBERS.get(text) or int(text)


def _few_ago(found: re.Match[str]) -> TypedDay:
    length = UNIT_DAYS[found["unit"][0]]
    return TypedDay(ago=(12 * length, length))


def _lately(found: re.Match[str]) -> TypedDay:
    """Within the last so many weeks; 'last year' may be the one of the calendar, which began up to two years ago."""
    length = UNIT_DAYS[found["unit"][0]]
    count = _count(found["count"] or "1")
    most = count * length if found["within"] or found["count"] else 2 * length
    return TypedDay(ago=(min(most, LONG_AGO), 0))


Reader = Callable[[re.Match[str]], TypedDay | None]
FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(LEAD + form), reader)
    for form, reader in (
        # Lasting since: it says nothing about one day.
        (
            rf"\b(?:since|x|for)\s+(?:the\s+)?(?:past\s+|last\s+)?(?:about\s+|~)?(?:{COUNT}|few|many|several)\+?\s*{UNIT}",
            lambda _: None,
        ),
        (rf"\bsince\s+(?:{MONTH}\s*|\d{{1,2}}/)?(?:\d{{1,2}}/)?{YEAR}", lambda _: None),
        (r"\bsince\s+(?:birth|childhood|a child|age\s+\d+)", lambda _: None),
        (
            r"(?P<more>over\s+|more than\s+|>\s*|at least\s+)?(?P<less><\s*|less than\s+|under\s+)?(?:about\s+|approx\w*\s+|~\s*)?"
            rf"(?:\ba\s+(?=couple))?\b(?P<count>{COUNT})(?P<plus>\s*\+)?"
            rf"(?:\s*(?:-|to|or)\s*(?P<to>\d+))?\s*{UNIT}\s+(?:ago|prior|back)\b",
            _some_ago,
        ),
        (rf"\b(?:a\s+)?(?:few|several)\s+{UNIT}\s+ago\b", _few_ago),
        (rf"(?P<within>\b(?:with)?in\s+(?:the\s+)?)?\b(?:past|last)\s+(?:(?P<count>{COUNT})\s+)?{UNIT}", _lately),
        (rf"\blast\s+(?:spring|summer|fall|autumn|winter|{MONTH})", lambda _: TypedDay(ago=(400, 1))),
        (r"\byesterday\b", lambda _: TypedDay(ago=(1, 1))),
        (r"\btoday\b", lambda _: TypedDay(ago=(0, 0))),
        (r"\bthis\s+week\b", lambda _: TypedDay(ago=(7, 0))),
        (r"\bthis\s+month\b", lambda _: TypedDay(ago=(31, 0))),
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _numeric),
        (r"(?<![\d/])(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>(?:19|20)\d\d|\d\d)(?![\d/])", _numeric),
        (rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{YEAR}", _month_of),
        (rf"\b{MONTH},?\s+(?:of\s+)?{YEAR}", _month_of),
        (rf"\b{MONTH}\s*'(?P<year>\d\d)\b", _month_of),
        (rf"(?<![\d/])(?P<month>\d{{1,2}})[/-]{YEAR}", _month_of),
        (r"\b(?P<year>(?:19|20)\d\d)\s*(?:-|to)\s*(?P<until>(?:19|20)\d\d|\d\d)\b", _years),
        (r"\b(?P<year>(?:19|20)\d)0'?s\b", lambda found: _between(f"{found['year']}0", f"{found['year']}9")),
        (rf"(?<![\d/.-]){YEAR}", lambda found: _between(found["year"], found["year"])),
        (r"(?<!\w)'(?P<year>\d\d)\b", lambda found: _between(*[_year(found["year"])] * 2)),
        (r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])", lambda _: None),  # a month and a day, or a month and a year: not told
        (rf"(?<![\w/])(?:{COUNT})\+?\s*(?:years|yrs?|months|mos?|weeks|wks?|days)\.?$", lambda _: None),
        (r"\b(?:at\s+)?age\s+(?:of\s+)?\d{1,2}\b", lambda _: None),
    )
)


def peeled(words: str) -> tuple[str, TypedDay | None]:
    """The words without the days that they name, and the latest of those; None where none is told, or no one order."""
    if NOT_PEELED.search(words):
        return words, None
    days: list[TypedDay] = []

    def taken(reader: Reader) -> Callable[[re.Match[str]], str]:
        def take(found: re.Match[str]) -> str:
            try:
                day = reader(found)
            except ValueError:
                return " "  # such as month 13
            days.extend([] if day is None else [day])
            return " "

        return take

    for form, reader in FORMS:
        words = form.sub(taken(reader), words)
    return tidy(words), _latest(days)


def _latest(days: list[TypedDay]) -> TypedDay | None:
    if len({day.day is None for day in days}) != 1:
        return None
    return max(days, key=lambda day: (day.day.last if day.day else dt.date.min, -day.ago[1]))


def tidy(words: str) -> str:
    """Words without the signs that are left around what was taken out."""
    return " ".join(re.sub(r"\(\s*\)", " ", words).split()).strip(" ,;:.-/+&~")
