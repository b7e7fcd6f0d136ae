"""The directions of a prescription: how often, the caps, the quantity, the days, the refills. Never a guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from re import Match

from ..prescription import Unread
from .asides import UNIT, strike_asides
from .plain_text import CLOCK_WORDS
from .schedules import spread_days
from .sig_text import COUNTS, NUM, RANGE, SigText, pattern, upper
from .sig_words import FORM_OF_WORD, ROUTE_OF_WORD

DAY = "day"
ONCE = "once"  # a single dose, counted as that day's dose
START = "start"  # a first dose before the regular ones
FIRST_DAY = "first day"
REGULAR = "regular"
SLOT = "slot"  # a time of day; several of them add up

MINUTES_A_DAY = 1440
PERIOD_DAYS = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(30), "hour": Fraction(1, 24)}
MOST_DOSES_A_DAY = 48  # plausibility limits of the reader, not clinical ones
MOST_QUANTITY = 10_000
MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Frequency:
    """Times a day at the most, where in the line it stands, and its kind; `name` tells times of day apart."""

    at: int
    per_day: Fraction
    kind: str = REGULAR
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cap:
    """The most in a day, in dose units ('' or a unit), in 'dose', or in mg or g."""

    amount: Fraction
    unit: str


@dataclass(slots=True)
class Directions:
    """What the words around the dose say."""

    frequencies: list[Frequency] = field(default_factory=list)
    caps: list[Cap] = field(default_factory=list)
    quantity: Fraction | None = None
    quantity_unit: str = ""
    doses_in_all: Fraction | None = None
    days: Fraction | None = None
    day_spans: int = 0
    refills: int | None = None
    as_needed: bool = False
    form_words: list[str] = field(default_factory=list)
    route: str = ""
    unread: list[Unread] = field(default_factory=list)


A_DAY = (
    r"(?:(?:/|per|a|an|in|in a|in any|in each|every|each|within|over|during)(?: 1| a| any)? (?:1 )?(?:day|24 hour)"
    r"|daily)(?: period)?"
)
OF = r"(?: (?:of )?(?:@\d+|\$))?(?: total)?"
CAPS = (
    pattern(rf"max(?: (?:daily|total|dose|up|to|,))* {RANGE}(?: ({UNIT}))?{OF} {A_DAY}"),
    pattern(rf"max (?:total )?(?:daily|day)(?: dose| total| qty)?(?: of| is| ,| max)* {RANGE}(?: ({UNIT}))?{OF}"),
    pattern(rf"up to {RANGE}(?: ({UNIT}))?{OF} {A_DAY}"),
    pattern(rf"total(?: of| ,)? {RANGE}(?: ({UNIT}))? {A_DAY}"),
    pattern(rf"{RANGE}(?: ({UNIT}))? {A_DAY} max"),
    pattern(rf"{RANGE}(?: ({UNIT}))? max {A_DAY}"),
)
CAP_IN_TIMES = pattern(rf"max {RANGE} times {A_DAY}")
UP_TO_TIMES = pattern(rf"up to {RANGE} times {A_DAY}")  # a cap beside hours, the frequency itself without them
HOURS = pattern(rf"every {NUM}(?: (?:-|to|or) {NUM})? hour")
CAP_WITHOUT_PERIOD = pattern(rf"max(?: dose)? {RANGE}(?: ({UNIT}))?{OF}(?! (?:day|week|/|per))")
CONTAINER = r"bottle|box|pack|tube|bag|kit|inhaler|vial|pen|syringe|canister"
NO_QUANTITY = r" (?:- )?(?:day(?! supply(?: of| is| ,| #)* \d)|week|month|hour|refill)"  # '20 tablets dispensed, 3-day supply'
QUANTITIES = (
    pattern(rf"(?:qty )?(?:of )?(?:# )+(\d+)(?: ({COUNTS}|{CONTAINER}))?(?! (?:day|[-/] \d|to \d))"),
    pattern(rf"({NUM}) ({COUNTS}) (?:to be )?qty(?! (?:of |, |- )?(?:# )?{NUM}(?= )(?!{NO_QUANTITY}))"),
    pattern(rf"qty (?:of |, |- )?({NUM})(?!{NO_QUANTITY})(?: ({COUNTS}|{CONTAINER}))?"),
)
REFILLS = (  # the number before the word first, so that 'no refills #20' and 'no refills x 3 days' keep their numbers
    pattern(r"()(?:no|(?<!# )(?<!qty )0) refill"),
    pattern(r"(?<!# )(?<!qty )(?<!qty , )(?<!qty - )(?<!qty of )(\d+) refill"),
    pattern(rf"refill(?: x| times| ,| #| -)* (\d+|none)(?! (?:day|week|month|hour|{COUNTS}) )(?: times)?"),
    pattern(r"r - (\d{1,2})"),
)
SPAN = r"(?:(?:for|x|max)(?: (?:up|to|the|a|an|next|first|another|total|of|about))* )"
DAYS = (
    pattern(rf"{SPAN}{RANGE}(?: more)? (day|week|month)"),
    pattern(rf"{SPAN}(?:only )?{RANGE} (hour)"),
    pattern(rf"{RANGE} (?:- )?(day|week|month) (?:- )?(?:supply|course|total|only)"),
    pattern(rf"(?:duration|supply)(?: of| is| ,)* {RANGE} (day|week|month)"),
)
DAYS_ALONE = pattern(r"(?<=[~,] )([1-9]|[1-8]\d)(?: (?:-|to) (\d{1,2}))? (day|week)(?= (?:[~,]|$|# |qty))")
DAYS_SUPPLY = pattern(rf"(?:day|days) supply(?: of| is| ,| #)* ({NUM})")
ONE_WEEK = pattern(r"(?:for|x) (?:a|an|1) (week|month)")
NUMBER_OF_DOSES = pattern(rf"(?:for|x) (?!1 )({NUM}) dose")
PERIODS = {"daily": "day", "weekly": "week", "monthly": "month", "24 hour": "day"}
FREQUENCIES: tuple[tuple[str, Callable[[Match[str]], Fraction]], ...] = (
    (rf"every {RANGE} hour", lambda m: 24 / _lower(m)),
    (rf"{RANGE} hourly", lambda m: 24 / _lower(m)),
    (r"every hour|hourly", lambda m: Fraction(24)),
    (rf"every {RANGE} minute", lambda m: MINUTES_A_DAY / _lower(m)),
    (r"(?:every|on)? ?(?:other|alternate) (?:day|night|morning|evening|bedtime)", lambda m: Fraction(1, 2)),
    (rf"every {RANGE} (day|week|month)", lambda m: 1 / (_lower(m) * PERIOD_DAYS[m.group(3)])),
    (
        rf"(?:up to |max )?{RANGE} (?:times|x)(?: (?:/|per|a|an|each|every|in a))? "
        r"(day|week|month|daily|weekly|monthly|24 hour)",
        lambda m: upper(m) / PERIOD_DAYS[PERIODS.get(m[3], m[3])],
    ),
    (r"bid", lambda m: Fraction(2)),
    (r"tid", lambda m: Fraction(3)),
    (r"qid", lambda m: Fraction(4)),
    (r"(?:once )?(?:every|a|per|each|/) day|once daily|once / day|daily", lambda m: Fraction(1)),
    (r"(?:once )?(?:every|a|per|each|/) week|(?:once )?weekly", lambda m: Fraction(1, 7)),
    (r"(?:once )?(?:every|a|per|each|/) month|(?:once )?monthly", lambda m: Fraction(1, 30)),
)
FREQUENCY_SHAPES = tuple((pattern(body), rate) for body, rate in FREQUENCIES)
VISITS = "appointment|procedure|surgery|visit|treatment|extraction|extractions|operation"
SLOT_LEAD = rf"(?:{NUM} (?:minute|hour) )?(?:(?:every|each|in|at|the|with|before|after|per) )*"
SLOTS = tuple(
    (pattern(SLOT_LEAD + rf"(?:{words})"), name)
    for name, words in (
        ("morning", "morning|am|breakfast"),
        ("noon", "noon|lunch|midday|lunchtime"),
        ("evening", "afternoon|evening|pm|dinner|supper"),
        ("night", rf"bedtime|bed|night before(?: (?:the|your|dental|{VISITS}))*|night|nightly"),
    )
)
CLOCK = pattern(rf"(?:at )?({'|'.join(CLOCK_WORDS)})(?: (?:(?:in|at|the|every) )*(?:morning|noon|evening|night|bedtime))?")
FIRST_DAYS = pattern(r"(?:on )?(?:the )?(?:first day|(?<! x )(?<! for )1 day(?= then)|day # ?1|day 1|1 day 1)")
BEFORE_VISIT = (
    rf"(?:{RANGE} (?:hour|minute) )?(?:before|prior to|pre(?: -)?)(?: (?:the|your|dental|surgical|each|to|oral))* "
    rf"(?:{VISITS}|op|work)"
)
ONCE_SHAPE = pattern(
    rf"{BEFORE_VISIT}|preop|once|x 1(?: dose)?|1 times(?: only| dose)?|single dose|1 dose(?: only)?|stat|now"
)
START_SHAPE = pattern(r"initially|at first|first(?: dose)?|to start|as (?:a|1) first dose|at onset")


def read_directions(sig: SigText) -> Directions:
    """Read and strike out everything but the medicine, its strength and the dose."""
    found = Directions()
    found.form_words = [FORM_OF_WORD[word] for word in WORDS_OF_FORM.findall(sig.line)]
    schedule = spread_days(sig)
    strike_asides(sig, bool({"injection", "inhaled"} & set(found.form_words)))
    _caps(sig, found)
    _refills(sig, found)
    _quantity(sig, found)
    for match in sig.take(FIRST_DAYS):
        found.frequencies.append(Frequency(match.start(), Fraction(1), FIRST_DAY))
    _days(sig, found)
    if schedule is not None:
        found.days = schedule.days if found.days is None else None
        found.day_spans = schedule.steps
    _frequencies(sig, found)
    _days_alone(sig, found)
    _trailing_quantity(sig, found)
    found.as_needed = sig.has(PRN)
    for word in WORDS_OF_ROUTE.findall(sig.line):
        found.route = found.route or ROUTE_OF_WORD[word]
    return found


PRN = pattern("prn")
WORDS_OF_FORM = pattern("|".join(FORM_OF_WORD))
WORDS_OF_ROUTE = pattern("|".join(ROUTE_OF_WORD))


def _lower(match: Match[str]) -> Fraction:
    """The shorter interval of a range; zero raises ZeroDivisionError in the caller's division."""
    first = Fraction(match.group(1))
    return min(first, Fraction(match.group(2))) if match.group(2) else first


def _caps(sig: SigText, found: Directions) -> None:
    for match in sig.take(CAP_IN_TIMES) + (sig.take(UP_TO_TIMES) if sig.has(HOURS) else []):
        found.caps.append(Cap(upper(match), "dose"))
    for shape in CAPS:
        for match in sig.take(shape):
            found.caps.append(Cap(upper(match), match.group(3) or ""))
    for match in sig.take(CAP_WITHOUT_PERIOD):
        found.unread.append(Unread(_shown(match), "a maximum without a period is not applied; write 'per day'"))


def _refills(sig: SigText, found: Directions) -> None:
    for shape in REFILLS:
        for match in sig.take(shape):
            found.refills = int(match.group(1)) if match.group(1).isdigit() else 0


def _quantity(sig: SigText, found: Directions) -> None:
    matches = [match for shape in QUANTITIES for match in sig.take(shape)]
    amounts = {(Fraction(match.group(1)), match.group(2) or "") for match in matches}
    if len({amount for amount, _ in amounts}) > 1:
        found.unread.append(Unread(_shown(matches[0]), "two different quantities are written"))
    elif matches:
        (amount, unit) = max(amounts)
        if unit in CONTAINERS:
            found.unread.append(Unread(_shown(matches[0]), "how many dose units the package holds is not written"))
        elif not 0 < amount <= MOST_QUANTITY:
            found.unread.append(Unread(_shown(matches[0]), "not a possible quantity"))
        else:
            found.quantity, found.quantity_unit = amount, unit


TRAILING = pattern(rf"(\d+) ({COUNTS})(?=[ ~,]*$)")
COUNTED = pattern(rf"{RANGE} ({COUNTS})")
MANY_DOSES = 6  # times the largest dose that is written: no dose then, but what is dispensed


def _trailing_quantity(sig: SigText, found: Directions) -> None:
    """'1 tab q6h prn 12 tablets': an amount behind the directions, too large for a dose, is what is dispensed."""
    last = TRAILING.search(sig.line)
    if last is None or found.quantity is not None or not found.frequencies or last.start() < found.frequencies[-1].at:
        return
    doses = [m for m in COUNTED.finditer(sig.line) if m.start() < last.start() and m.group(3) == last.group(2)]
    if doses and Fraction(last.group(1)) >= MANY_DOSES * max(upper(match) for match in doses):
        found.quantity, found.quantity_unit = Fraction(last.group(1)), last.group(2)
        sig.strike(last)


CONTAINERS = frozenset(CONTAINER.split("|"))


def _days(sig: SigText, found: Directions) -> None:
    for match in sig.take(NUMBER_OF_DOSES):
        found.doses_in_all = Fraction(match.group(1))
    spans = [upper(m) * PERIOD_DAYS[m.group(3)] for shape in DAYS for m in sig.take(shape)]
    spans += [PERIOD_DAYS[m.group(1)] for m in sig.take(ONE_WEEK)]
    supply = [Fraction(m.group(1)) for m in sig.take(DAYS_SUPPLY)]
    found.day_spans = len(spans)
    if spans and any(frequency.kind == FIRST_DAY for frequency in found.frequencies):
        spans.append(Fraction(1))  # '2 the first day, then 1 for 4 days' is five days
    days = max(supply) if supply else sum(spans) if spans else None
    if days is not None and not 0 < days <= MOST_DAYS:
        found.unread.append(Unread("days", "not a possible number of days"))
    elif days is not None:
        found.days = Fraction(days)


def _days_alone(sig: SigText, found: Directions) -> None:
    """'q6h 5 days': a number of days that nothing else explains."""
    if found.days is None and found.frequencies:
        for match in sig.take(DAYS_ALONE)[:1]:
            found.days = upper(match) * PERIOD_DAYS[match.group(3)]


def _frequencies(sig: SigText, found: Directions) -> None:
    for shape, rate in FREQUENCY_SHAPES:
        for match in sig.take(shape):
            _add_frequency(found, match, rate)
    for match in sig.take(CLOCK):
        found.frequencies.append(Frequency(match.start(), Fraction(1), SLOT, match.group(1)))
    for shape, name in SLOTS:
        for match in sig.take(shape):
            found.frequencies.append(Frequency(match.start(), Fraction(1), SLOT, name))
    for match in sig.take(ONCE_SHAPE):
        found.frequencies.append(Frequency(match.start(), Fraction(1), ONCE))
    for match in sig.take(START_SHAPE):
        found.frequencies.append(Frequency(match.start(), Fraction(1), START))
    found.frequencies.sort(key=lambda frequency: frequency.at)


def _add_frequency(found: Directions, match: Match[str], rate: Callable[[Match[str]], Fraction]) -> None:
    try:
        per_day = rate(match)
    except ZeroDivisionError:
        per_day = Fraction(0)
    if 0 < per_day <= MOST_DOSES_A_DAY:
        found.frequencies.append(Frequency(match.start(), per_day))
    else:
        found.unread.append(Unread(_shown(match), "not a possible number of doses a day"))


def _shown(match: Match[str]) -> str:
    return match.group().strip()[:60]
